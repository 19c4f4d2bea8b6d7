package io.signalbox.bench.subject;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Supplier;

/** The ways to carry out a graph, by name. Each has an executor of its own with a thread for each processor. */
public final class Graphs {
    private static final int THREADS = Runtime.getRuntime().availableProcessors();

    private static final Map<String, Supplier<GraphSubject>> GRAPHS = new TreeMap<>(Map.of(
            "graph.futures.forkJoin", () -> new FutureGraph(forkJoin()),
            "graph.futures.fixed", () -> new FutureGraph(fixed()),
            "graph.kernel.forkJoin", () -> new KernelGraph(forkJoin(), false),
            "graph.kernel.fixed", () -> new KernelGraph(fixed(), false),
            "graph.kernel.journaled", () -> new KernelGraph(forkJoin(), true)));

    private Graphs() {}

    private static ExecutorService forkJoin() {
        return new ForkJoinPool(THREADS, ForkJoinPool.defaultForkJoinWorkerThreadFactory, null, true);
    }

    private static ExecutorService fixed() {
        return Executors.newFixedThreadPool(THREADS);
    }

    /** Everything that there is. */
    public static List<String> names() {
        return List.copyOf(GRAPHS.keySet());
    }

    /** Whether {@code name} carries out graphs. */
    public static boolean isGraph(final String name) {
        return GRAPHS.containsKey(name);
    }

    /** A new one. {@code IllegalArgumentException} if there is none of this name. */
    public static GraphSubject newGraph(final String name) {
        final Supplier<GraphSubject> graph = GRAPHS.get(name);
        if (graph == null) {
            throw new IllegalArgumentException("unknown graph " + name + "; known are " + names());
        }
        return graph.get();
    }

    /** Steps of a graph. */
    public static int steps() {
        return GraphShape.STEPS;
    }
}
