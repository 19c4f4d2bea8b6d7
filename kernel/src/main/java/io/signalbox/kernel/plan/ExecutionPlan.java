package io.signalbox.kernel.plan;

import io.signalbox.kernel.picture.DotPicture;
import io.signalbox.kernel.picture.SvgPicture;
import io.signalbox.kernel.workflow.StepDefinition;
import io.signalbox.kernel.workflow.StepKind;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.util.ArrayList;
import java.util.List;

/**
 * What can be said about the execution of a graph before it begins. Immutable; any thread.
 *
 * <pre>{@code
 * ExecutionPlan plan = ExecutionPlan.of(
 *         new DependencyGraph().addTask("model").addTask("test", "model").addTask("docs", "model"), PlanSettings.STANDARD);
 * plan.strategy();           // STAGED_PARALLEL
 * plan.criticalPath();       // [model, docs]
 * plan.estimate().speedUp(); // 1.5
 * }</pre>
 */
public final class ExecutionPlan {
    private static final int INDEPENDENT_PERCENT = 70;
    private static final int PERCENT = 100;

    private final String name;
    private final PlanModel model;
    private final List<PlannedStep> steps;
    private final List<List<String>> waves;
    private final List<List<String>> chains;
    private final List<String> independentSteps;
    private final List<CoordinationPoint> coordinationPoints;
    private final List<String> criticalPath;
    private final PlanStrategy strategy;
    private final Estimate estimate;

    private ExecutionPlan(final String name, final PlanModel model) {
        final Links links = model.links();
        final int[] order = links.order();
        final int[] levels = links.levels(order);
        final Forecast bounded = Forecast.bounded(model);
        final Forecast free = Forecast.unbounded(model);
        final boolean[] isCritical = new boolean[model.size()];
        free.path().forEach(step -> isCritical[step] = true);
        this.name = name;
        this.model = model;
        this.criticalPath = names(model, free.path());
        this.waves = new ArrayList<>();
        this.steps = new ArrayList<>();
        this.independentSteps = new ArrayList<>();
        this.coordinationPoints = new ArrayList<>();
        for (int i = 0; i < levels.length; i++) {
            final StepDefinition step = model.steps().get(i);
            final int wave = step.isCompensation() ? 0 : levels[i] + 1;
            steps.add(new PlannedStep(step, wave, bounded.startNs(i), bounded.endNs(i), isCritical[i]));
            if (wave > 0) {
                place(step, wave, links.needs()[i].length, model.isWork(i));
            }
        }
        this.chains = links.chains(order).stream()
                .filter(chain -> !model.steps().get(chain.get(0)).isCompensation())
                .map(chain -> names(model, chain))
                .toList();
        this.estimate = new Estimate(
                sum(model), free.lengthNs(), bounded.lengthNs(), model.concurrencyMax(), bounded.inFlightMax());
        this.strategy = strategy(model, links.chains(order), free.inFlightMax());
    }

    /**
     * Plan a graph.
     *
     * @throws TaskNotFoundException when a dependency is no task.
     * @throws CircularDependencyException when there is a cycle.
     */
    public static ExecutionPlan of(final DependencyGraph graph, final PlanSettings settings) {
        return new ExecutionPlan("tasks", PlanModel.of(graph, settings));
    }

    /**
     * Plan a definition, with its gates, priorities and limits.
     *
     * @throws io.signalbox.kernel.workflow.InvalidWorkflowException when it cannot run as it is.
     */
    public static ExecutionPlan of(final WorkflowDefinition definition, final PlanSettings settings) {
        return new ExecutionPlan(definition.name(), PlanModel.of(definition, settings));
    }

    private void place(final StepDefinition step, final int wave, final int needs, final boolean isWork) {
        while (waves.size() < wave) {
            waves.add(new ArrayList<>());
        }
        waves.get(wave - 1).add(step.id());
        if (needs == 0 && isWork) {
            independentSteps.add(step.id());
        }
        if (step.kind() == StepKind.GATE) {
            coordinationPoints.add(new CoordinationPoint(step.id(), CoordinationPoint.Kind.GATE, step.needs()));
        } else if (step.kind() == StepKind.EXTERNAL) {
            coordinationPoints.add(new CoordinationPoint(step.id(), CoordinationPoint.Kind.EXTERNAL, step.needs()));
        } else if (needs > 1) {
            coordinationPoints.add(new CoordinationPoint(step.id(), CoordinationPoint.Kind.JOIN, step.needs()));
        }
    }

    private static List<String> names(final PlanModel model, final List<Integer> indexes) {
        return indexes.stream().map(index -> model.steps().get(index).id()).toList();
    }

    private static long sum(final PlanModel model) {
        long sumNs = 0;
        for (final long durationNs : model.durationNs()) {
            sumNs += durationNs;
        }
        return sumNs;
    }

    private PlanStrategy strategy(final PlanModel model, final List<List<Integer>> chains, final int width) {
        int work = 0;
        for (int i = 0; i < model.size(); i++) {
            work += model.isWork(i) ? 1 : 0;
        }
        if ((long) independentSteps.size() * PERCENT >= (long) work * INDEPENDENT_PERCENT) {
            return PlanStrategy.FULL_PARALLEL;
        }
        final long tracks = chains.stream()
                .filter(chain -> chain.stream().filter(model::isWork).count() > 1)
                .count();
        if (tracks > 1) {
            return PlanStrategy.DEPENDENCY_CHAINS;
        }
        return width > 1 ? PlanStrategy.STAGED_PARALLEL : PlanStrategy.SEQUENTIAL;
    }

    /** What is planned: the name of the definition. */
    public String name() {
        return name;
    }

    /** How the steps hang together. */
    public PlanStrategy strategy() {
        return strategy;
    }

    /** How long it will take. */
    public Estimate estimate() {
        return estimate;
    }

    /**
     * How long it would take by each strategy, with the same places and limits: each step as soon as it can (so it is carried out, and so long it takes,
     * whatever {@link #strategy()} says), the chain that began first before the others, wave after wave, one step after the other. Worked out at each call.
     */
    public List<StrategyEstimate> strategyEstimates() {
        return new Strategies(model).estimates();
    }

    /** Every step, in declared order. */
    public List<PlannedStep> steps() {
        return List.copyOf(steps);
    }

    /** Steps by the length of the longest path to them, for show: nothing waits for a wave. Without compensations. */
    public List<List<String>> waves() {
        return List.copyOf(waves);
    }

    /**
     * What somebody carries out, by how much of such work stands before it on the longest path: as {@link #waves()}, but gates and idle steps make no wave.
     * Worked out at each call.
     */
    public List<List<String>> workWaves() {
        return new Strategies(model).workWaves();
    }

    /** Every step but compensations in exactly one chain; see {@link DependencyGraph#chains}. */
    public List<List<String>> dependencyChains() {
        return chains;
    }

    /** Steps that need nothing and that somebody carries out, in declared order. */
    public List<String> independentSteps() {
        return List.copyOf(independentSteps);
    }

    /** Where steps wait for each other or for somebody, in declared order. */
    public List<CoordinationPoint> coordinationPoints() {
        return List.copyOf(coordinationPoints);
    }

    /** The steps that decide how long it takes however many places there are, from the first to the last. */
    public List<String> criticalPath() {
        return criticalPath;
    }

    /** A JSON document: strategy, estimate in milliseconds, waves, chains, coordination points, critical path and every step. */
    public String toJson() {
        return PlanJson.of(this);
    }

    /** A picture as text for Graphviz, of any size. */
    public String toDot() {
        return DotPicture.render(PlanPicture.of(this));
    }

    /**
     * A picture for a browser.
     *
     * @throws IllegalArgumentException when there are more steps than anybody can look at; {@link #toDot} draws them all.
     */
    public String toSvg() {
        return SvgPicture.render(PlanPicture.of(this));
    }
}
