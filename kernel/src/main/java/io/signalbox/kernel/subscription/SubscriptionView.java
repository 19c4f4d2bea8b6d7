package io.signalbox.kernel.subscription;

import java.util.List;

/** What is seen of declared subscriptions from outside their room. Turn only, but {@link #readyNow}. */
public interface SubscriptionView {
    /** Set in the id of a timer of this room. */
    long TIMER_TAG = 1L << 59;

    /**
     * Whether a signal finds no subscription that is full and must not miss it.
     *
     * @param recipient name id, 0 for everybody.
     * @param several name ids of its recipients when there are several, else null.
     */
    boolean admits(long coordination, int type, int sender, int recipient, int[] several);

    /** How a subscription stands, or null when none has this handle. */
    SubscriptionStatus status(long handle);

    /** What is outstanding of a signal, or null when it is not outstanding there. */
    OutstandingSignal outstanding(long handle, long factId);

    /**
     * What is outstanding of a signal in a subscription for a recipient; attempt 0 when it was not given yet. Null when no such
     * subscription has it outstanding.
     */
    GivenSignal outstandingFor(int recipient, long factId);

    /** What a command at a position gave to a subscription and is not acknowledged yet, in the kernel's order. */
    List<GivenSignal> givenAt(long handle, long position);

    /** Whether the subscription of this handle has something to give, or is no longer open. Any thread; an acquire load. */
    boolean readyNow(long handle);
}
