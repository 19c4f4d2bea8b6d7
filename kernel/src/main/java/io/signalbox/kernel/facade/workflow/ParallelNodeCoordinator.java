package io.signalbox.kernel.facade.workflow;

import io.signalbox.kernel.Coordination;
import io.signalbox.kernel.StepContext;
import io.signalbox.kernel.StepResult;
import io.signalbox.kernel.WorkflowRunHandle;
import io.signalbox.kernel.workflow.RunSnapshot;
import io.signalbox.kernel.workflow.RunState;
import io.signalbox.kernel.workflow.RunSummary;
import io.signalbox.kernel.workflow.StepSnapshot;
import io.signalbox.kernel.workflow.StepState;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Several nodes at the same thing, and a strategy that says when they together have succeeded. Any thread, any number of executions at once.
 *
 * <pre>{@code
 * ParallelResult result = new ParallelNodeCoordinator(engine, kernel.coordination("review"))
 *         .executeParallel(
 *                 ParallelConfig.of(ParallelStrategy.MAJORITY_SUCCESS).withTimeout(Duration.ofSeconds(5)),
 *                 ParallelNodeCoordinator.nodes()
 *                         .add("ann", context -> review("ann"))
 *                         .add("ben", context -> review("ben"))
 *                         .add("cho", context -> review("cho")));
 * }</pre>
 */
public final class ParallelNodeCoordinator {
    private final WorkflowEngine engine;
    private final Coordination coordination;
    private final Map<String, WorkflowRunHandle> active = new ConcurrentHashMap<>();

    public ParallelNodeCoordinator(final WorkflowEngine engine, final Coordination coordination) {
        this.engine = Objects.requireNonNull(engine, "engine");
        this.coordination = Objects.requireNonNull(coordination, "coordination");
    }

    /** Nodes, in the order in which they are added. One thread at a time. */
    public static Nodes nodes() {
        return new Nodes();
    }

    /** Nodes and what is said about single ones. */
    public static final class Nodes {
        private final Map<String, StepExecutor> executors = new LinkedHashMap<>();
        private final Map<String, NodeConfig> configs = new LinkedHashMap<>();
        private Map<String, Object> baseState = Map.of();

        private Nodes() {}

        /** One node more. */
        public Nodes add(final String name, final StepExecutor executor) {
            return add(name, executor, NodeConfig.STANDARD);
        }

        /**
         * One node more.
         *
         * @throws InvalidWorkflowPartException when there is one of this name, or nothing does it.
         */
        public Nodes add(final String name, final StepExecutor executor, final NodeConfig config) {
            Compiling.require(executor, executor != null, "the executor of node '" + name + "' must be callable");
            Compiling.require(name, executors.put(name, executor) == null, "two nodes are called '" + name + "'");
            configs.put(name, config);
            return this;
        }

        /** What all of them are given. */
        public Nodes baseState(final Map<String, ?> state) {
            baseState = Compiling.copy(state);
            return this;
        }

        private List<String> names() {
            return List.copyOf(executors.keySet());
        }

        private WorkflowDefinition compiled(final ParallelConfig config) {
            return StrategyPlan.compile(config, names(), configs);
        }

        private Map<String, Object> input(final String name) {
            final Map<String, Object> input = new LinkedHashMap<>(baseState);
            input.putAll(configs.get(name).input());
            return Compiling.copy(input);
        }
    }

    /**
     * Carry the nodes out, and wait for the outcome and for whoever is awaited. When the calling thread is interrupted, they are cancelled, and the flag stays.
     *
     * @throws InvalidWorkflowPartException when there is no node; nothing was done then.
     * @throws io.signalbox.kernel.CommandRefusedException when the kernel has no room for it.
     */
    public ParallelResult executeParallel(final ParallelConfig config, final Nodes nodes) {
        final WorkflowDefinition definition = nodes.compiled(config);
        return carriedOut(
                config,
                nodes,
                (execution, onStarted) -> engine.run(
                        coordination,
                        definition,
                        RunTicket.of(WorkKind.NODES, coordination, ""),
                        execution,
                        onStarted));
    }

    /**
     * Go on with the one execution that an earlier process has left open in this coordination: nodes that have ended are not carried out again, those that had not are. Otherwise as
     * {@link #executeParallel}.
     *
     * @param config as it was, but for what only its results are put together by; times and retries are those that it was started with.
     * @param nodes the same by name.
     * @throws WorkflowNotResumableException when there is none, or more than one, or its nodes are others; they stay open then.
     */
    public ParallelResult resume(final ParallelConfig config, final Nodes nodes) {
        return resume(config, nodes, engine.left().openIn(WorkKind.NODES, coordination, nodes.compiled(config)));
    }

    /** As the other, the execution of this id; one that has ended is only told. */
    public ParallelResult resume(final String executionId, final ParallelConfig config, final Nodes nodes) {
        return resume(config, nodes, engine.left().ofId(WorkKind.NODES, executionId, nodes.compiled(config)));
    }

    private ParallelResult resume(final ParallelConfig config, final Nodes nodes, final RunSummary earlier) {
        return carriedOut(config, nodes, (execution, onStarted) -> engine.resume(earlier, execution, onStarted));
    }

    /** How an execution comes to its end. */
    @FunctionalInterface
    private interface Way {
        RunSnapshot go(Execution execution, Consumer<WorkflowRunHandle> onStarted);
    }

    private ParallelResult carriedOut(final ParallelConfig config, final Nodes nodes, final Way way) {
        final Execution execution = new Execution(nodes);
        final List<String> ids = new ArrayList<>();
        try {
            final RunSnapshot run = way.go(execution, handle -> {
                ids.add(WorkKind.NODES.executionId(handle.handle()));
                active.put(ids.get(0), handle);
            });
            return execution.result(config, nodes.names(), run);
        } finally {
            ids.forEach(active::remove);
        }
    }

    /** Ids of the executions that are under way here. */
    public List<String> activeExecutions() {
        return new ArrayList<>(active.keySet());
    }

    /** Stop an execution that is under way here. False when there is none of this id. */
    public boolean cancel(final String executionId) {
        final WorkflowRunHandle run = active.get(executionId);
        return run != null && run.cancel().isAccepted();
    }

    private final class Execution implements WorkflowEngine.Functions {
        private final Nodes nodes;
        private final HeldResults held = new HeldResults(engine.codec());

        Execution(final Nodes nodes) {
            this.nodes = nodes;
        }

        @Override
        public void restore(final RunSnapshot earlier) {
            held.restore(earlier);
        }

        @Override
        public StepResult perform(final StepContext context) throws Exception {
            final String name = context.step().id();
            return held.perform(
                    context,
                    nodes.executors.get(name),
                    new WorkContext(
                            context,
                            coordination,
                            new WorkContext.Part("", "", name, null, nodes.input(name), Map.of(), nodes.baseState),
                            Map.of(),
                            stage -> {
                                throw new IllegalArgumentException("node '" + name + "' belongs to no stage");
                            }));
        }

        private ParallelResult result(final ParallelConfig config, final List<String> names, final RunSnapshot run) {
            final StepSnapshot outcome = run.step(StrategyPlan.OUTCOME);
            final List<WorkflowStepResult> results = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                final StepSnapshot step = run.steps().get(i);
                results.add(held.result(step, WorkflowStatus.of(step.state()), HeldResults.error(step)));
            }
            final String winner =
                    outcome.winner() < 0 || !config.strategy().hasWinner() ? "" : names.get(outcome.winner());
            final WorkflowStatus status = status(run, outcome);
            final Aggregation aggregation = status == WorkflowStatus.COMPLETED
                    ? Aggregation.of(config.resultAggregation(), results, winner)
                    : new Aggregation(null, List.of());
            final boolean isTimedOut = HeldResults.isTimedOut(outcome) || wasCutOff(config, run, outcome);
            return new ParallelResult(
                    WorkKind.NODES.executionId(run.handle()),
                    config.strategy(),
                    status,
                    isTimedOut,
                    winner,
                    aggregation.value(),
                    results,
                    aggregation.collisions(),
                    Clocks.ms(outcome.sinceNs() - run.startedNs()));
        }

        /** Whether the outcome came when the time was up. */
        private boolean wasCutOff(final ParallelConfig config, final RunSnapshot run, final StepSnapshot outcome) {
            return !config.timeout().isZero()
                    && outcome.sinceNs() - run.startedNs() >= Compiling.nanos(config.timeout());
        }

        private WorkflowStatus status(final RunSnapshot run, final StepSnapshot outcome) {
            if (run.state() == RunState.CANCELLED && outcome.state() == StepState.CANCELLED) {
                return WorkflowStatus.CANCELLED;
            }
            return outcome.state() == StepState.SUCCEEDED || outcome.state() == StepState.SKIPPED
                    ? WorkflowStatus.COMPLETED
                    : WorkflowStatus.FAILED;
        }
    }
}
