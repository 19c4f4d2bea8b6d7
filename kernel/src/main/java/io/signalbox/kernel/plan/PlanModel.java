package io.signalbox.kernel.plan;

import io.signalbox.kernel.workflow.Gate;
import io.signalbox.kernel.workflow.LimitDefinition;
import io.signalbox.kernel.workflow.StepDefinition;
import io.signalbox.kernel.workflow.StepKind;
import io.signalbox.kernel.workflow.Superfluous;
import io.signalbox.kernel.workflow.WorkflowCompiler;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import io.signalbox.kernel.workflow.WorkflowPlan;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * What a forecast works on, by step index.
 *
 * @param steps in declared order.
 * @param links between them.
 * @param required how many of its needs must have ended before a step goes on: all, but for gates that fewer decide.
 * @param durationNs how long it holds its place.
 * @param isIdle whether nobody carries it out.
 * @param urgency which of several ready ones goes first: the higher.
 * @param limits indexes of the limits it uses.
 * @param units how many units of each.
 * @param capacities of the limits; 0 for no bound.
 * @param concurrencyMax steps in flight at once, 0 for no bound.
 */
record PlanModel(
        List<StepDefinition> steps,
        Links links,
        int[] required,
        long[] durationNs,
        boolean[] isIdle,
        int[] urgency,
        int[][] limits,
        int[][] units,
        int[] capacities,
        int concurrencyMax) {
    private static final int[] NONE = {};

    static PlanModel of(final DependencyGraph graph, final PlanSettings settings) {
        final Links links = graph.checkedLinks();
        final List<StepDefinition> steps = graph.tasks().stream()
                .map(id -> StepDefinition.of(id, graph.dependencies(id)))
                .toList();
        final int[][] nothing = new int[steps.size()][];
        Arrays.fill(nothing, NONE);
        return new PlanModel(
                steps,
                links,
                required(steps, links),
                durations(steps, settings),
                idle(steps, settings),
                new int[steps.size()],
                nothing,
                nothing,
                NONE,
                settings.concurrencyMax());
    }

    static PlanModel of(final WorkflowDefinition definition, final PlanSettings settings) {
        final WorkflowPlan plan = WorkflowCompiler.compile(definition);
        final int count = plan.stepCount();
        final int[][] needs = new int[count][];
        final int[][] limits = new int[count][];
        final int[][] units = new int[count][];
        for (int i = 0; i < count; i++) {
            final int step = i;
            needs[i] = indexes(plan.needCount(i), n -> plan.need(step, n));
            limits[i] = indexes(plan.useCount(i), n -> plan.usedLimit(step, n));
            units[i] = indexes(plan.useCount(i), n -> plan.usedUnits(step, n));
        }
        final Links links = Links.of(needs);
        final int ofDefinition = definition.concurrencyMax();
        final int asked = settings.concurrencyMax();
        return new PlanModel(
                definition.steps(),
                links,
                required(definition.steps(), links),
                durations(definition.steps(), settings),
                idle(definition.steps(), settings),
                definition.steps().stream()
                        .mapToInt(step -> step.scheduling().priority())
                        .toArray(),
                limits,
                units,
                definition.limits().stream().mapToInt(LimitDefinition::capacity).toArray(),
                ofDefinition == 0 || asked == 0 ? Math.max(ofDefinition, asked) : Math.min(ofDefinition, asked));
    }

    private static int[] indexes(final int count, final IntUnaryOperator index) {
        final int[] indexes = count == 0 ? NONE : new int[count];
        for (int i = 0; i < count; i++) {
            indexes[i] = index.applyAsInt(i);
        }
        return indexes;
    }

    private static int[] required(final List<StepDefinition> steps, final Links links) {
        final int[] required = new int[steps.size()];
        for (int i = 0; i < required.length; i++) {
            final int members = links.needs()[i].length;
            final Gate gate = steps.get(i).gate();
            final boolean waitsForAll = steps.get(i).kind() != StepKind.GATE || gate.superfluous() == Superfluous.AWAIT;
            required[i] = waitsForAll ? members : Math.min(members, deciding(gate, members));
        }
        return required;
    }

    /** How many successes decide a gate when nothing fails. */
    private static int deciding(final Gate gate, final int members) {
        return switch (gate.rule()) {
            case FIRST -> 1;
            case MAJORITY -> members / 2 + 1;
            case QUORUM -> gate.required();
            case ALL, BEST_EFFORT, COMPETITIVE -> members;
        };
    }

    /** Gates take no time; compensations none on the way forward. */
    private static long[] durations(final List<StepDefinition> steps, final PlanSettings settings) {
        return steps.stream()
                .mapToLong(step -> {
                    final Long known = settings.durationsNs().get(step.id());
                    final boolean takesNoTime = step.kind() == StepKind.GATE
                            || step.isCompensation()
                            || settings.idleSteps().contains(step.id());
                    return takesNoTime ? 0 : known == null ? settings.defaultDurationNs() : known;
                })
                .toArray();
    }

    private static boolean[] idle(final List<StepDefinition> steps, final PlanSettings settings) {
        final boolean[] isIdle = new boolean[steps.size()];
        for (int i = 0; i < isIdle.length; i++) {
            isIdle[i] = settings.idleSteps().contains(steps.get(i).id());
        }
        return isIdle;
    }

    /** The same with as many places and units as anybody wants. */
    PlanModel unbounded() {
        return new PlanModel(
                steps, links, required, durationNs, isIdle, urgency, limits, units, new int[capacities.length], 0);
    }

    /** The same with another order among those that are ready. */
    PlanModel withUrgency(final int[] other) {
        return new PlanModel(
                steps, links, required, durationNs, isIdle, other, limits, units, capacities, concurrencyMax);
    }

    /** Some of its steps, none of which waits for another. */
    PlanModel independent(final List<Integer> chosen) {
        final int count = chosen.size();
        final int[][] noNeeds = new int[count][];
        Arrays.fill(noNeeds, NONE);
        final boolean[] isIdleChosen = new boolean[count];
        for (int i = 0; i < count; i++) {
            isIdleChosen[i] = isIdle[chosen.get(i)];
        }
        return new PlanModel(
                chosen.stream().map(steps::get).toList(),
                Links.of(noNeeds),
                new int[count],
                chosen.stream().mapToLong(step -> durationNs[step]).toArray(),
                isIdleChosen,
                chosen.stream().mapToInt(step -> urgency[step]).toArray(),
                chosen.stream().map(step -> limits[step]).toArray(int[][]::new),
                chosen.stream().map(step -> units[step]).toArray(int[][]::new),
                capacities,
                concurrencyMax);
    }

    int size() {
        return steps.size();
    }

    /** Whether a step holds a place while it lasts. */
    boolean holdsPlace(final int step) {
        return isWork(step) && steps.get(step).kind() == StepKind.TASK;
    }

    /** Whether it is a step of the way forward that somebody carries out. */
    boolean isWork(final int step) {
        return steps.get(step).kind() != StepKind.GATE && !steps.get(step).isCompensation() && !isIdle[step];
    }
}
