package io.signalbox.bench.subject;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;

/** The baseline: a {@code CompletableFuture} for each step, run behind those it needs, on an executor. */
final class FutureGraph implements GraphSubject {
    private final GraphShape shape = new GraphShape();
    private final ExecutorService executor;

    FutureGraph(final ExecutorService executor) {
        this.executor = executor;
    }

    @Override
    public void run() {
        shape.reset();
        final CompletableFuture<?>[] steps = new CompletableFuture<?>[GraphShape.STEPS];
        for (int i = 0; i < steps.length; i++) {
            final int step = i;
            final int[] needs = shape.needs[i];
            final Runnable work = () -> shape.step(step);
            steps[i] = switch (needs.length) {
                case 0 -> CompletableFuture.runAsync(work, executor);
                case 1 -> steps[needs[0]].thenRunAsync(work, executor);
                case 2 -> steps[needs[0]].runAfterBothAsync(steps[needs[1]], work, executor);
                default ->
                    CompletableFuture.allOf(steps[needs[0]], steps[needs[1]], steps[needs[2]])
                            .thenRunAsync(work, executor);
            };
        }
        CompletableFuture.allOf(steps).join();
    }

    @Override
    public int ran() {
        return shape.ran();
    }

    @Override
    public void close() {
        executor.shutdown();
    }
}
