package io.signalbox.kernel;

import io.signalbox.kernel.command.SubscriptionCommands;
import io.signalbox.kernel.ring.Driver;
import io.signalbox.kernel.subscription.GivenSignal;
import io.signalbox.kernel.subscription.OutstandingSignal;
import io.signalbox.kernel.subscription.SubscriptionStatus;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A subscription that the kernel keeps: what it wants is outstanding from the moment it is raised until it is acknowledged, also while
 * nobody takes it, and with a journal also across restarts. What is taken and not acknowledged in time is given again: at least
 * once, in the kernel's order except for what is given again. Any number of threads may take and acknowledge; each
 * signal goes to one of them.
 */
public final class DurableSubscription {
    private final Kernel kernel;
    private final Driver driver;
    private final long coordination;
    private final String name;
    private final long handle;

    DurableSubscription(final Kernel kernel, final long coordination, final String name, final long handle) {
        this.kernel = kernel;
        this.driver = kernel.driver();
        this.coordination = coordination;
        this.name = name;
        this.handle = handle;
    }

    /** Its name, unique in its coordination. */
    public String name() {
        return name;
    }

    /**
     * What is ready now.
     *
     * @param countMax 1 to 256.
     * @return oldest first; empty when nothing is ready.
     * @throws CommandRefusedException UNKNOWN_SUBSCRIPTION or UNKNOWN_COORDINATION when it was closed; INVALID_VALUE.
     */
    public List<Delivery> poll(final int countMax) {
        final Ingress ingress = kernel.ingress();
        final long given = kernel.answerOrThrow(
                ingress.submit(new SubscriptionCommands.Take().with(coordination, handle, countMax)));
        if (given == 0) {
            return List.of();
        }
        final long position = ingress.position();
        return kernel.query(() -> kernel.machine().subscriptions().givenAt(handle, position)).stream()
                .map(this::handedOut)
                .toList();
    }

    private Delivery handedOut(final GivenSignal given) {
        final OutstandingSignal signal = given.signal();
        final Deliveries.Counter counter = counter(signal.coordination(), signal.type());
        counter.received();
        counter.propagated(Math.max(0, kernel.nowNs() - signal.timestampNs()));
        return Delivery.of(kernel, given);
    }

    private Deliveries.Counter counter(final long ofCoordination, final int signalType) {
        return kernel.signalDesk().deliveries().counter(ofCoordination, signalType);
    }

    /**
     * The next signal, waited for; the turn that raises it, or that lets it be given again, wakes who waits. Null when the time is up, the
     * thread is interrupted (its flag stays), or the kernel closes. Throws what {@link #poll} throws.
     *
     * @param timeout of this wait, by the reader's own clock.
     */
    public Delivery take(final long timeout, final TimeUnit unit) {
        final long deadlineNs = System.nanoTime() + unit.toNanos(timeout);
        final Thread me = Thread.currentThread();
        while (driver.isServed()) {
            driver.turnIfInvoker();
            if (isReady()) {
                final List<Delivery> taken = poll(1);
                if (!taken.isEmpty()) {
                    return taken.get(0);
                }
            }
            final long leftNs = deadlineNs - System.nanoTime();
            if (leftNs <= 0 || me.isInterrupted()) {
                return null;
            }
            driver.subscribers().register(me);
            try {
                if (!isReady() && driver.isServed()) {
                    driver.park(leftNs);
                }
            } finally {
                driver.subscribers().leave(me);
            }
        }
        return null;
    }

    private boolean isReady() {
        return kernel.machine().subscriptions().readyNow(handle);
    }

    /**
     * The signal has been dealt with. Late is not too late, as long as it has not been abandoned. The receipt says whether it was
     * outstanding; that it was not, {@code UNKNOWN_DELIVERY}, is how a repeated acknowledgement is answered.
     */
    public Receipt acknowledge(final Delivery delivery) {
        final Receipt receipt = submitAcknowledgement(delivery.factId());
        if (receipt.isAccepted()) {
            counter(delivery.coordination(), kernel.nameId(delivery.type())).acknowledged();
        }
        return receipt;
    }

    /** As {@link #acknowledge(Delivery)}, by the fact id of the signal. */
    public Receipt acknowledge(final long factId) {
        final OutstandingSignal signal =
                kernel.query(() -> kernel.machine().subscriptions().outstanding(handle, factId));
        final Receipt receipt = submitAcknowledgement(factId);
        if (receipt.isAccepted() && signal != null) {
            counter(signal.coordination(), signal.type()).acknowledged();
        }
        return receipt;
    }

    private Receipt submitAcknowledgement(final long factId) {
        final Ingress ingress = kernel.ingress();
        return kernel.receipt(
                ingress, ingress.submit(new SubscriptionCommands.Acknowledge().with(coordination, handle, factId)));
    }

    /** How it stands; null when it is closed. Asked between two turns. */
    public SubscriptionStatus status() {
        return kernel.query(() -> kernel.machine().subscriptions().status(handle));
    }

    /** End it for good: what is outstanding is dropped, and who waits is refused. Just to stop reading, do nothing. */
    public Receipt unsubscribe() {
        final Ingress ingress = kernel.ingress();
        return kernel.receipt(ingress, ingress.submit(new SubscriptionCommands.Close().with(coordination, handle)));
    }
}
