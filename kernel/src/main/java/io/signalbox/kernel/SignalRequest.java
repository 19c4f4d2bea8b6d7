package io.signalbox.kernel;

import java.time.Duration;

/**
 * A signal that asks for a response, and the declared wait for it. The wait is the kernel's: its end is journaled, it expires by the
 * kernel's time, any thread may await it.
 */
public final class SignalRequest {
    private final CoordinationSignals signals;
    private final SignalReceipt receipt;
    private final Dependency wait;

    SignalRequest(final CoordinationSignals signals, final SignalReceipt receipt, final Dependency wait) {
        this.signals = signals;
        this.receipt = receipt;
        this.wait = wait;
    }

    /** How the signal itself fared; when it was refused, every wait below ends as {@link Outcome.Rejected}. */
    public SignalReceipt receipt() {
        return receipt;
    }

    /** Position of the signal: what a response names. */
    public long position() {
        return receipt.position();
    }

    /** Wait for the response, the declared time at most. */
    public Outcome await() {
        return receipt.isAccepted() ? wait.await() : new Outcome.Rejected(receipt.rejection());
    }

    /** As {@link #await()}, with a patience of the caller's own; the request goes on behind it. */
    public Outcome await(final Duration patience) {
        return receipt.isAccepted() ? wait.await(patience) : new Outcome.Rejected(receipt.rejection());
    }

    /** The response, when it has come and the history still has it; else null. Does not wait. */
    public PastSignal response() {
        return receipt.isAccepted() && wait.poll() instanceof Outcome.Resolved resolved
                ? signals.at(resolved.position())
                : null;
    }

    /** Give it up; a response that comes later is refused. */
    public Receipt cancel() {
        if (!receipt.isAccepted()) {
            return new Receipt(-1, receipt.durability(), 0, receipt.rejection());
        }
        return wait.cancel();
    }
}
