package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/** Threads of one test: started together, joined within a bound, their failures thrown. */
final class Crew {
    /** What a thread does. */
    interface Work {
        void run() throws Exception;
    }

    private static final long JOIN_LIMIT_MS = 30_000;

    private final List<Thread> threads = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final CountDownLatch gate = new CountDownLatch(1);

    Thread add(final String name, final Work work) {
        final Thread thread = new Thread(() -> run(work), name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
        return thread;
    }

    private void run(final Work work) {
        try {
            gate.await();
            work.run();
        } catch (final Throwable e) {
            synchronized (failures) {
                failures.add(e);
            }
        }
    }

    Crew go() {
        gate.countDown();
        return this;
    }

    void join() throws InterruptedException {
        go();
        for (final Thread thread : threads) {
            thread.join(JOIN_LIMIT_MS);
            assertThat(thread.isAlive())
                    .as("%s still runs: %s", thread.getName(), List.of(thread.getStackTrace()))
                    .isFalse();
        }
        synchronized (failures) {
            if (!failures.isEmpty()) {
                throw new AssertionError(failures.size() + " threads failed", failures.get(0));
            }
        }
    }

    /** Wait for what another thread brings about. */
    static void until(final String what, final BooleanSupplier condition) {
        final long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(JOIN_LIMIT_MS);
        final IdleStrategy idle = new BackoffIdleStrategy();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - endNs)
                    .as("waited 30 s until " + what)
                    .isNegative();
            idle.idle();
        }
    }

    static void untilParked(final Thread thread) {
        until(
                thread.getName() + " is parked",
                () -> thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING);
    }
}
