package io.signalbox.kernel;

import io.signalbox.kernel.workflow.RunReader;
import io.signalbox.kernel.workflow.StepDefinition;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Who does the steps of runs: which functions, on which executor, how many at once. Immutable; each method answers changed terms.
 *
 * <pre>{@code
 * try (Workers workers = kernel.tasks().serve(WorkerTerms.on(executor)
 *         .handle("compile", context -> StepResult.success(compile(context.inputs())))
 *         .handle("fetch", StepLoad.IO, context -> StepResult.success(fetch(context.resultText("compile")))))) {
 *     kernel.coordination("build").start(definition, inputs).await(Duration.ofMinutes(1));
 * }
 * }</pre>
 */
public final class WorkerTerms {
    /** What does a step, and what that keeps busy. */
    record Handler(StepLoad load, StepFunction function) {}

    /** Which attempts are for these workers. */
    @FunctionalInterface
    private interface Wanted {
        boolean test(RunReader run, int index, int attempt);

        static Wanted both(final Wanted one, final Wanted other) {
            return one == null
                    ? other
                    : (run, index, attempt) -> one.test(run, index, attempt) && other.test(run, index, attempt);
        }
    }

    private final Executor executor;
    private final int parallelism;
    private final boolean byHand;
    private final Map<String, Handler> handlers;
    private final Handler others;
    private final Function<StepDefinition, String> naming;
    private final Wanted wanted;
    private final int agent;

    private WorkerTerms(
            final Executor executor,
            final int parallelism,
            final boolean byHand,
            final Map<String, Handler> handlers,
            final Handler others,
            final Function<StepDefinition, String> naming,
            final Wanted wanted,
            final int agent) {
        this.executor = executor;
        this.parallelism = parallelism;
        this.byHand = byHand;
        this.handlers = handlers;
        this.others = others;
        this.naming = naming;
        this.wanted = wanted;
        this.agent = agent;
    }

    /** Steps run on this executor, as many at once as there are processors. It stays the caller's and is not shut down. */
    public static WorkerTerms on(final Executor executor) {
        return new WorkerTerms(
                executor,
                Runtime.getRuntime().availableProcessors(),
                false,
                Map.of(),
                null,
                WorkerTerms::firstLine,
                null,
                0);
    }

    private static String firstLine(final StepDefinition step) {
        final byte[] payload = step.payload();
        int length = 0;
        while (length < payload.length && payload[length] != '\n') {
            length++;
        }
        return new String(payload, 0, length, StandardCharsets.UTF_8);
    }

    /** Steps run on daemon threads that belong to the workers, as many as there are processors. */
    public static WorkerTerms ownThreads() {
        return on(null);
    }

    /** Nothing runs by itself: whoever calls {@link Workers#work} does what is offered, on its own thread. For tests and for loops of one's own. */
    public static WorkerTerms byHand() {
        final WorkerTerms terms = on(Runnable::run);
        return new WorkerTerms(terms.executor, 0, true, Map.of(), null, terms.naming, null, 0);
    }

    /** At most so many steps of {@link StepLoad#CPU} at once, from 1. */
    public WorkerTerms withParallelism(final int parallelism) {
        if (parallelism < 1) {
            throw new IllegalArgumentException("parallelism must be at least 1: " + parallelism);
        }
        return new WorkerTerms(executor, byHand ? 0 : parallelism, byHand, handlers, others, naming, wanted, agent);
    }

    /** Steps of this name are done so; they keep a processor busy. */
    public WorkerTerms handle(final String name, final StepFunction function) {
        return handle(name, StepLoad.CPU, function);
    }

    /** Steps of this name are done so. The name of a step is the first line of its payload, unless {@link #named} says
     * otherwise. */
    public WorkerTerms handle(final String name, final StepLoad load, final StepFunction function) {
        final Map<String, Handler> more = new HashMap<>(handlers);
        if (more.put(name, new Handler(load, function)) != null) {
            throw new IllegalArgumentException("steps of name '" + name + "' have a function already");
        }
        return new WorkerTerms(executor, parallelism, byHand, Map.copyOf(more), others, naming, wanted, agent);
    }

    /** Steps that no name is registered for are done so; they keep a processor busy. */
    public WorkerTerms handleOthers(final StepFunction function) {
        return handleOthers(StepLoad.CPU, function);
    }

    /** Steps that no name is registered for are done so. */
    public WorkerTerms handleOthers(final StepLoad load, final StepFunction function) {
        return new WorkerTerms(
                executor, parallelism, byHand, handlers, new Handler(load, function), naming, wanted, agent);
    }

    /** How the name of a step is found. Pure and quick: it is asked on any of the workers' threads; when it throws, the step has failed. */
    public WorkerTerms named(final Function<StepDefinition, String> naming) {
        return new WorkerTerms(executor, parallelism, byHand, handlers, others, naming, wanted, agent);
    }

    /** Only these; what is not wanted here is for other workers. Pure and quick: it is asked on any of the workers' threads; when it throws, the step has failed. */
    public WorkerTerms only(final Predicate<Tasks.Task> tasks) {
        return wanting((run, index, attempt) ->
                tasks.test(new Tasks.Task(run.run(), index, attempt, run.plan().step(index))));
    }

    /** Only steps of these runs; otherwise as {@link #only}. When its answer changes, {@link Workers#lookAgain} has to be called. */
    public WorkerTerms onlyRuns(final Predicate<RunReader> runs) {
        return wanting((run, index, attempt) -> runs.test(run));
    }

    private WorkerTerms wanting(final Wanted more) {
        return new WorkerTerms(
                executor, parallelism, byHand, handlers, others, naming, Wanted.both(wanted, more), agent);
    }

    /**
     * These workers are the agent of this name: of the steps that name an agent, a role or capabilities they do those that were given to it, and no others. Without this
     * workers do them for whichever agent has them.
     */
    public WorkerTerms asAgent(final Kernel kernel, final String name) {
        return new WorkerTerms(executor, parallelism, byHand, handlers, others, naming, wanted, kernel.nameId(name));
    }

    /** Null: threads of the workers' own. */
    Executor executor() {
        return executor;
    }

    int parallelism() {
        return parallelism;
    }

    boolean isByHand() {
        return byHand;
    }

    /** What does a step, or null when it is for others. Where the choice itself fails, so does the step. */
    Handler handler(final RunReader run, final int index, final int attempt) {
        if (agent != 0 && run.agent(index) != 0 && run.agent(index) != agent) {
            return null;
        }
        if (handlers.isEmpty() && wanted == null) {
            return others;
        }
        try {
            if (wanted != null && !wanted.test(run, index, attempt)) {
                return null;
            }
            return handlers.isEmpty()
                    ? others
                    : handlers.getOrDefault(naming.apply(run.plan().step(index)), others);
        } catch (final Throwable e) { // an error of theirs must not end the loop that asks
            final StepResult failure = StepResult.thrown(e);
            return new Handler(StepLoad.CPU, context -> failure);
        }
    }
}
