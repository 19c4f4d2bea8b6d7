package io.signalbox.kernel;

import io.signalbox.kernel.event.Rejection;
import java.time.Duration;

/** A declared wait. It is the kernel's, not the thread's: it goes on without a waiter, and any thread may wait for it. */
public final class Dependency {
    private final Kernel kernel;
    private final Coordination coordination;
    private final long handle;

    Dependency(final Kernel kernel, final Coordination coordination, final long handle) {
        this.kernel = kernel;
        this.coordination = coordination;
        this.handle = handle;
        if (handle < 0 && Rejection.ofAnswer(handle) == null) {
            kernel.answerOrThrow(handle);
        }
    }

    /** Its handle, for {@link Ingress}; negative when the declaration was refused. */
    public long handle() {
        return handle;
    }

    /** Wait for its end. */
    public Outcome await() {
        return await(Long.MAX_VALUE);
    }

    /** Wait for its end, at most so long; after that the answer is {@link Outcome.TimedOut} and the wait goes on. */
    public Outcome await(final Duration patience) {
        return await(Durations.nanos(patience));
    }

    /** How it stands; {@link Outcome.TimedOut} while it is pending. Does not wait. */
    public Outcome poll() {
        return await(0);
    }

    private Outcome await(final long timeoutNs) {
        if (handle < 0) {
            return new Outcome.Rejected(Rejection.ofAnswer(handle));
        }
        final int end = kernel.ingress().await(handle, timeoutNs);
        final long position = kernel.machine().cells().position((int) handle, (int) (handle >>> 32));
        return switch (end) {
            case Ingress.RESOLVED -> new Outcome.Resolved(position);
            case Ingress.FAILED -> new Outcome.Failed(position);
            case Ingress.EXPIRED -> new Outcome.Expired(position);
            case Ingress.CANCELLED -> new Outcome.Cancelled(position);
            case Ingress.RETIRED -> new Outcome.Retired();
            case Ingress.TIMED_OUT -> new Outcome.TimedOut();
            case Ingress.INTERRUPTED -> new Outcome.Interrupted();
            case Ingress.KERNEL_HALTED -> new Outcome.Halted();
            default -> throw new IllegalStateException("unknown end of a wait: " + end);
        };
    }

    /** Give it up. */
    public Receipt cancel() {
        final Ingress ingress = kernel.ingress();
        return kernel.receipt(ingress, ingress.dependencies().cancel(coordination.handle(), handle));
    }

    /** How it stands, what is missing and who could bring it about; not known when its place has a new owner. */
    public DependencyStatus status() {
        return kernel.query(() -> handle >= 0 && kernel.machine().dependencies().owns(handle)
                ? new DependencyReader(kernel).status((int) handle)
                : DependencyStatus.unknown(""));
    }

    /** Why it still waits, for a person to read. */
    public String explain() {
        return kernel.query(() -> Explanation.of(kernel, handle));
    }
}
