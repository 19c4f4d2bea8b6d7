package io.signalbox.cli.engine;

import io.signalbox.kernel.workflow.Gate;
import io.signalbox.kernel.workflow.GateRule;
import io.signalbox.kernel.workflow.LimitDefinition;
import io.signalbox.kernel.workflow.LimitUse;
import io.signalbox.kernel.workflow.OnError;
import io.signalbox.kernel.workflow.OnFailure;
import io.signalbox.kernel.workflow.Scheduling;
import io.signalbox.kernel.workflow.StepDefinition;
import io.signalbox.kernel.workflow.Superfluous;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import io.signalbox.yaml.Flow;
import io.signalbox.yaml.Limit;
import io.signalbox.yaml.Placeholder;
import io.signalbox.yaml.Plan;
import io.signalbox.yaml.Run;
import io.signalbox.yaml.Step;
import io.signalbox.yaml.Strategy;
import io.signalbox.yaml.WorkflowFile;
import java.time.Duration;
import java.util.List;

/** A plan in the words of the kernel: one step for each instance, in the plan's order. Time limits of attempts are not in it: the command line keeps them. */
final class KernelSteps {
    private final WorkflowFile workflow;
    private final Plan plan;

    KernelSteps(final WorkflowFile workflow, final Plan plan) {
        this.workflow = workflow;
        this.plan = plan;
    }

    WorkflowDefinition definition() {
        final int concurrencyMax =
                workflow.concurrency() == 0 ? Runtime.getRuntime().availableProcessors() : workflow.concurrency();
        return WorkflowDefinition.of(
                        workflow.name(), plan.steps().stream().map(this::step).toList())
                .withConcurrencyMax(concurrencyMax)
                .withOnError(OnError.valueOf(workflow.onError().name()))
                .withTimeoutNs(workflow.timeout().map(Duration::toNanos).orElse(0L))
                .withLimits(workflow.limits().stream().map(KernelSteps::limit).toList());
    }

    private static LimitDefinition limit(final Limit limit) {
        return new LimitDefinition(
                limit.name(), limit.capacity(), limit.rate(), limit.per().toNanos());
    }

    private StepDefinition step(final Plan.PlannedStep planned) {
        final List<String> needs =
                planned.needs().stream().map(i -> plan.steps().get(i).id()).toList();
        final StepDefinition step = kind(planned, needs);
        final StepDefinition meant = planned.step()
                .flow()
                .onFailure()
                .map(meaning -> step.withOnFailure(OnFailure.valueOf(meaning.name())))
                .orElse(step);
        return planned.undoes().isEmpty() ? meant : meant.compensating(planned.undoes());
    }

    private static StepDefinition kind(final Plan.PlannedStep planned, final List<String> needs) {
        final Step step = planned.step();
        final long timeoutNs = step.timeout().map(Duration::toNanos).orElse(0L);
        if (planned.isGate()) {
            return StepDefinition.gate(planned.id(), gate(planned.gate().orElseThrow()), needs)
                    .withTimeoutNs(timeoutNs);
        }
        if (planned.isOpen()) {
            final StepDefinition open = StepDefinition.external(planned.id(), needs.toArray(String[]::new));
            return judgesNeeds(step) ? open.judgingNeeds() : open;
        }
        if (step.isApproval()) {
            return StepDefinition.external(planned.id(), needs.toArray(String[]::new))
                    .withTimeoutNs(timeoutNs);
        }
        final StepDefinition task = StepDefinition.of(planned.id(), needs)
                .withRetry(step.retry().policy(step.flow().recovery().retriesMax(step.retry())))
                .withScheduling(scheduling(step.flow()));
        return judgesNeeds(step) ? task.judgingNeeds() : task;
    }

    private static Gate gate(final Run.Gate gate) {
        final Strategy strategy = gate.strategy();
        final Superfluous superfluous = switch (strategy.cancel()) {
            case CANCEL_REMAINING -> Superfluous.CANCEL;
            case WAIT_ALL -> Superfluous.AWAIT;
            case LEAVE -> Superfluous.LEAVE;
        };
        return new Gate(
                GateRule.valueOf(strategy.rule().name()),
                strategy.required(),
                strategy.qualityMin(),
                superfluous,
                gate.timerFrom());
    }

    private static Scheduling scheduling(final Flow flow) {
        final LimitUse[] uses = flow.uses().entrySet().stream()
                .map(use -> new LimitUse(use.getKey(), use.getValue()))
                .toArray(LimitUse[]::new);
        // No placement: no agent registers with the command line, whose own processes carry out every step.
        return Scheduling.PLAIN.withPriority(flow.priority()).using(uses);
    }

    /** A condition that asks for the state of a step decides itself what a skipped or failed one means. */
    private static boolean judgesNeeds(final Step step) {
        return step.run() instanceof Run.AfterFailure
                || step.run() instanceof Run.PatternTask task && task.judges()
                || step.when()
                        .map(when -> when.placeholders().stream().anyMatch(Placeholder.StepState.class::isInstance))
                        .orElse(false);
    }
}
