package io.signalbox.yaml;

import io.signalbox.kernel.pattern.Expansion;
import io.signalbox.kernel.pattern.InvalidPatternException;
import io.signalbox.kernel.pattern.Pattern;
import io.signalbox.kernel.pattern.PatternStep;
import io.signalbox.kernel.pattern.Patterns;
import io.signalbox.kernel.pattern.TaskTemplate;
import io.signalbox.kernel.workflow.Gate;
import io.signalbox.kernel.workflow.StepDefinition;
import io.signalbox.kernel.workflow.StepKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Writes out the patterns of a workflow, when its inputs are known: the step becomes a gate over the steps of the pattern. Pure. */
public final class PatternSteps {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final WorkflowFile workflow;
    private final PlanInputs inputs;

    private PatternSteps(final WorkflowFile workflow, final PlanInputs inputs) {
        this.workflow = workflow;
        this.inputs = inputs;
    }

    /**
     * The workflow without patterns, and with their steps.
     *
     * @param inputs as {@link Inputs#resolve} gives them
     * @throws PlanException when a pattern cannot be expanded with these parameters, or has tasks that nobody does
     */
    public static WorkflowFile expand(final WorkflowFile workflow, final JsonNode inputs) {
        if (workflow.steps().stream().noneMatch(step -> step.run() instanceof Run.Pattern)) {
            return workflow;
        }
        final PatternSteps patterns = new PatternSteps(workflow, new PlanInputs(workflow, inputs));
        final List<Step> steps = new ArrayList<>();
        for (final Step step : workflow.steps()) {
            if (step.run() instanceof Run.Pattern pattern) {
                steps.addAll(patterns.steps(step, pattern));
            } else {
                steps.add(step);
            }
        }
        return workflow.withSteps(steps);
    }

    private List<Step> steps(final Step step, final Run.Pattern run) {
        final Map<String, Object> parameters = new TreeMap<>();
        run.parameters()
                .forEach((name, argument) ->
                        parameters.put(name, JSON.treeToValue(inputs.argument(argument, name, step), Object.class)));
        final Expansion expansion = expansion(step, run, parameters);
        requireRuns(step, run, expansion);
        final Set<String> needed = new HashSet<>();
        expansion.steps().forEach(inner -> needed.addAll(inner.needs()));
        final List<String> ends = expansion.steps().stream()
                .map(StepDefinition::id)
                .filter(id -> !needed.contains(id))
                .map(id -> Call.inside(step.id(), id))
                .toList();
        final List<Step> steps = new ArrayList<>();
        steps.add(Step.idle(
                        step.id(),
                        new Run.Gate(Run.Block.PATTERN, Strategy.ALL, ""),
                        ends,
                        Optional.empty(),
                        step.line(),
                        Flow.PLAIN.in(step.flow().parent()).failing(step.flow().onFailure()))
                .withWhen(step.when()));
        expansion.steps().forEach(inner -> steps.add(inner(step, run, inner)));
        return steps;
    }

    private Expansion expansion(final Step step, final Run.Pattern run, final Map<String, Object> parameters) {
        try {
            final Pattern pattern = PatternFiles.parse(run.text(), Path.of(run.name()));
            return run.initial().isPresent()
                    ? Patterns.generate(
                            pattern, TaskTemplate.of(run.initial().get()), parameters, PatternFiles.shipped())
                    : Patterns.expand(pattern, parameters, PatternFiles.shipped());
        } catch (final InvalidPatternException e) {
            throw new PlanException("pattern '" + run.name() + "' of step '" + step.id() + "': " + e.getMessage());
        }
    }

    private void requireRuns(final Step step, final Run.Pattern run, final Expansion expansion) {
        final Set<String> missing = new LinkedHashSet<>();
        for (final StepDefinition inner : expansion.steps()) {
            final PatternStep about = PatternStep.decode(inner.payload());
            if (about.kind() == PatternStep.Kind.TASK && !run.tasks().containsKey(about.taskType())) {
                missing.add(about.taskType());
            }
        }
        for (final StepDefinition inner : expansion.steps()) {
            final PatternStep about = PatternStep.decode(inner.payload());
            if (!about.function().isEmpty()) {
                throw new PlanException("pattern '" + run.name() + "' of step '" + step.id()
                        + "' merges with function '" + about.function()
                        + "', which is code that a workflow file does not have; merge in a task");
            }
        }
        if (!missing.isEmpty()) {
            throw new PlanException("workflow '" + workflow.name() + "': nobody does the tasks "
                    + String.join(", ", missing) + " of pattern '" + run.name() + "'; add them to 'tasks' of step '"
                    + step.id() + "'");
        }
    }

    private static Step inner(final Step step, final Run.Pattern pattern, final StepDefinition inner) {
        final String id = Call.inside(step.id(), inner.id());
        final List<String> needs = inner.needs().isEmpty()
                ? step.needs()
                : inner.needs().stream()
                        .map(need -> Call.inside(step.id(), need))
                        .toList();
        final Flow flow = new Flow(
                Optional.of(inner.onFailure())
                        .filter(meaning -> meaning != io.signalbox.kernel.workflow.OnFailure.INHERIT)
                        .map(meaning -> OnFailure.valueOf(meaning.name())),
                Optional.empty(),
                inner.kind() == StepKind.GATE ? 0 : inner.scheduling().priority(),
                inner.kind() == StepKind.GATE ? Map.of() : step.flow().uses(),
                Placement.ANYBODY,
                Optional.empty(),
                Recovery.NONE,
                step.id(),
                step.flow().scope());
        final Optional<Duration> timeout =
                inner.timeoutNs() == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(inner.timeoutNs()));
        if (inner.kind() == StepKind.GATE) {
            return Step.idle(id, gate(step, inner.gate()), needs, timeout, step.line(), flow);
        }
        final PatternStep about = PatternStep.decode(inner.payload());
        final Optional<TaskRun> task = about.kind() == PatternStep.Kind.TASK
                ? Optional.of(pattern.tasks().get(about.taskType()))
                : Optional.empty();
        return new Step(
                id,
                new Run.PatternTask(
                        new String(inner.payload(), StandardCharsets.UTF_8),
                        inner.judgesNeeds(),
                        task.map(TaskRun::run)),
                needs,
                Optional.empty(),
                Optional.empty(),
                task.map(TaskRun::env).orElse(Map.of()),
                timeout.or(() -> task.flatMap(TaskRun::timeout)),
                task.map(TaskRun::retry).orElse(Retry.NONE),
                task.map(TaskRun::result).orElse(ResultKind.JSON),
                Map.of(),
                step.line(),
                flow);
    }

    private static Run.Gate gate(final Step step, final Gate gate) {
        final Strategy.Cancel cancel = switch (gate.superfluous()) {
            case CANCEL -> Strategy.Cancel.CANCEL_REMAINING;
            case AWAIT -> Strategy.Cancel.WAIT_ALL;
            case LEAVE -> Strategy.Cancel.LEAVE;
        };
        return new Run.Gate(
                Run.Block.GROUP,
                new Strategy(
                        Strategy.Rule.valueOf(gate.rule().name()),
                        gate.required(),
                        gate.qualityMin(),
                        cancel,
                        Optional.empty()),
                gate.timerFrom().isEmpty() ? "" : Call.inside(step.id(), gate.timerFrom()));
    }
}
