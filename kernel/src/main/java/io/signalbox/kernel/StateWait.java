package io.signalbox.kernel;

import io.signalbox.kernel.dependency.StatePredicates;
import java.time.Duration;

/** A declared wait for a state: a {@link Dependency} that also knows the version at which it held. Any thread. */
public final class StateWait {
    private final Kernel kernel;
    private final Dependency dependency;

    StateWait(final Kernel kernel, final Dependency dependency) {
        this.kernel = kernel;
        this.dependency = dependency;
    }

    /** The wait, as any other. */
    public Dependency dependency() {
        return dependency;
    }

    /** Wait for its end. */
    public Outcome await() {
        return dependency.await();
    }

    /** Wait for its end, at most so long. */
    public Outcome await(final Duration patience) {
        return dependency.await(patience);
    }

    /**
     * Version of the scope at which it held; -1 before it has resolved, and when its place has a new owner. Takes no lock and asks
     * nobody.
     */
    public long heldVersion() {
        return dependency.handle() < 0
                ? StatePredicates.UNKNOWN
                : kernel.machine().statePredicates().heldVersion(dependency.handle());
    }

    /** Give it up. */
    public Receipt cancel() {
        return dependency.cancel();
    }

    /** Why it still waits, for a person to read. */
    public String explain() {
        return dependency.explain();
    }
}
