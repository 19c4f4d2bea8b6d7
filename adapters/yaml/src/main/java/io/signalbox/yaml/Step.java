package io.signalbox.yaml;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One step of a workflow, with the file's defaults merged in.
 *
 * @param id unique in the file: {@code [A-Za-z_][A-Za-z0-9_-]*}, at most {@link Limits#ID_LENGTH_MAX} characters
 * @param run what it executes
 * @param needs ids of the steps that must end before it, in declared order; a {@code foreach} step stands for all its instances
 * @param when runs only if this is true; empty means always. A gate only shows it: the condition of its block is a step of its own
 * @param foreach runs once for each item; empty means once
 * @param env environment variables, those of the defaults first, in declared order
 * @param timeout time limit of one attempt; empty means none
 * @param retry attempts after the first
 * @param result how standard output becomes its result
 * @param outputs name to path of what an attempt leaves behind, in declared order; the paths are relative, use {@code /} and
 *     stay inside the attempt's directory
 * @param line line of the step in the file, from 1
 * @param flow how it stands among the others
 */
public record Step(
        String id,
        Run run,
        List<String> needs,
        Optional<Expression> when,
        Optional<Foreach> foreach,
        Map<String, Template> env,
        Optional<Duration> timeout,
        Retry retry,
        ResultKind result,
        Map<String, String> outputs,
        int line,
        Flow flow) {

    /** A step without anything special about its flow. */
    public Step(
            final String id,
            final Run run,
            final List<String> needs,
            final Optional<Expression> when,
            final Optional<Foreach> foreach,
            final Map<String, Template> env,
            final Optional<Duration> timeout,
            final Retry retry,
            final ResultKind result,
            final Map<String, String> outputs,
            final int line) {
        this(id, run, needs, when, foreach, env, timeout, retry, result, outputs, line, Flow.PLAIN);
    }

    /** A gate or another step that executes nothing. */
    static Step idle(
            final String id,
            final Run run,
            final List<String> needs,
            final Optional<Duration> timeout,
            final int line,
            final Flow flow) {
        return new Step(
                id,
                run,
                needs,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                timeout,
                Retry.NONE,
                run instanceof Run.Gate || run instanceof Run.Pattern ? ResultKind.JSON : ResultKind.TEXT,
                Map.of(),
                line,
                flow);
    }

    /** Copies lists and maps and keeps their order. */
    public Step {
        needs = List.copyOf(needs);
        env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    }

    /** Whether its members decide it. */
    public boolean isGate() {
        return run instanceof Run.Gate;
    }

    /** Whether somebody outside decides it. */
    public boolean isApproval() {
        return run instanceof Run.Approval;
    }

    /** Whether it is the beginning of a block, which nobody wants to see. */
    public boolean isHidden() {
        return run instanceof Run.AfterFailure
                || run instanceof Run.Condition
                || run instanceof Run.Gate gate && gate.block() == Run.Block.BEGIN;
    }

    Step withFlow(final Flow newFlow) {
        return new Step(id, run, needs, when, foreach, env, timeout, retry, result, outputs, line, newFlow);
    }

    Step withWhen(final Optional<Expression> newWhen) {
        return new Step(id, run, needs, newWhen, foreach, env, timeout, retry, result, outputs, line, flow);
    }

    Step withNeeds(final List<String> newNeeds) {
        return new Step(id, run, newNeeds, when, foreach, env, timeout, retry, result, outputs, line, flow);
    }

    /** The same inside a sub-workflow; {@code implied} is what the call needs, for steps that need nothing else. */
    Step within(final String call, final List<String> implied) {
        final boolean isFirst = needs.isEmpty() && flow.compensates().isEmpty();
        return new Step(
                Call.inside(call, id),
                within(call),
                isFirst
                        ? implied
                        : needs.stream().map(need -> Call.inside(call, need)).toList(),
                when,
                foreach,
                env,
                timeout,
                retry,
                result,
                outputs,
                line,
                flow.within(call));
    }

    private Run within(final String call) {
        if (run instanceof Run.Gate gate) {
            return new Run.Gate(
                    gate.block(),
                    gate.strategy(),
                    gate.timerFrom().isEmpty() ? "" : Call.inside(call, gate.timerFrom()));
        }
        return run instanceof Run.AfterFailure after ? new Run.AfterFailure(Call.inside(call, after.step())) : run;
    }
}
