package io.signalbox.kernel;

import io.signalbox.kernel.dependency.Dependencies;
import java.time.Duration;
import java.util.List;

/** An arrival at a barrier, and the wait for the others. Any thread. */
public final class Arrival {
    private static final long UNKNOWN = -1;

    private final Kernel kernel;
    private final Coordination coordination;
    private final int name;
    private final Dependency release;
    private final long generation;

    Arrival(final Kernel kernel, final Coordination coordination, final int name, final Dependency release) {
        this.kernel = kernel;
        this.coordination = coordination;
        this.name = name;
        this.release = release;
        generation = release.handle() < 0 ? UNKNOWN : kernel.query(this::generationOfWait);
    }

    private long generationOfWait() {
        final Dependencies waits = kernel.machine().dependencies();
        final long wait = release.handle();
        return waits.owns(wait) ? waits.afterPosition((int) wait) : UNKNOWN;
    }

    /** The wait for the release. */
    public Dependency release() {
        return release;
    }

    /** Wait until all have arrived; {@link Outcome.Failed} when the barrier broke before, {@link Outcome.Cancelled} when it was reset. */
    public Outcome await() {
        return release.await();
    }

    /** As {@link #await()}, at most so long; the arrival stands. */
    public Outcome await(final Duration patience) {
        return release.await(patience);
    }

    /** The generation of the barrier to which it belongs, -1 when the arrival was refused. */
    public long generation() {
        return generation;
    }

    /**
     * What everybody brought to this generation, in the declared order of the participants; those who brought nothing are left out.
     * Empty before the release, and when two later generations have been released. Asked between two turns.
     */
    public List<PartialResult> results() {
        return kernel.query(() -> PartialResult.of(kernel, coordination.handle(), name, generation));
    }
}
