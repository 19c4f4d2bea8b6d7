package io.signalbox.kernel.subscription;

import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactType;
import io.signalbox.kernel.event.Recorder;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.names.NameTable;
import java.util.ArrayList;
import java.util.List;

/** Declaring, giving, acknowledging: check, then record. */
public final class SubscriptionRules {
    /** Signals given by one command at most. */
    public static final int TAKE_MAX = 256;
    /** Types, and senders, in one declaration at most. */
    public static final int NAMES_MAX = 64;

    private final Subscriptions subscriptions;
    private final NameTable names;
    private final Recorder recorder;

    public SubscriptionRules(final Subscriptions subscriptions, final NameTable names, final Recorder recorder) {
        this.subscriptions = subscriptions;
        this.names = names;
        this.recorder = recorder;
    }

    /** Answers the handle, that of the open one when it was declared likewise. */
    public long declare(
            final long coordination,
            final int name,
            final int recipient,
            final int flags,
            final long redeliveryNs,
            final int deliveriesMax,
            final int outstandingMax,
            final byte[] types,
            final byte[] senders,
            final long typesRange,
            final long sendersRange) {
        if (flags > 1 || redeliveryNs < 1 || deliveriesMax < 1 || outstandingMax < 1) {
            return Rejection.INVALID_VALUE.answer();
        }
        if (types.length % Integer.BYTES != 0 || senders.length % Integer.BYTES != 0) {
            return Rejection.INVALID_VALUE.answer();
        }
        if (types.length > NAMES_MAX * Integer.BYTES || senders.length > NAMES_MAX * Integer.BYTES) {
            return Rejection.TOO_LONG.answer();
        }
        final Terms terms = new Terms(
                name,
                recipient,
                flags == 1,
                redeliveryNs,
                deliveriesMax,
                outstandingMax,
                Subscriptions.ids(types),
                Subscriptions.ids(senders));
        if (!isName(name)
                || recipient != 0 && !isName(recipient)
                || !areNames(Subscriptions.ids(types))
                || !areNames(Subscriptions.ids(senders))) {
            return Rejection.UNKNOWN_NAME.answer();
        }
        final Outstanding open = subscriptions.named(coordination, name);
        if (open != null) {
            return open.terms.isAs(terms) ? open.handle : Rejection.SUBSCRIBED_OTHERWISE.answer();
        }
        final long handle = subscriptions.nextHandle();
        if (handle < 0) {
            return Rejection.CAPACITY_EXHAUSTED.answer();
        }
        recorder.record(
                FactType.SUBSCRIPTION_DECLARED,
                flags,
                coordination,
                handle,
                Fact.pair(name, recipient),
                redeliveryNs,
                Fact.pair(deliveriesMax, outstandingMax),
                typesRange,
                sendersRange);
        return handle;
    }

    private boolean isName(final int id) {
        return id > 0 && id <= names.size();
    }

    private boolean areNames(final int... ids) {
        for (final int id : ids) {
            if (!isName(id)) {
                return false;
            }
        }
        return true;
    }

    /** Answers how many were given: those raised first, come first. */
    public long take(final long subscription, final int countMax) {
        final Outstanding of = subscriptions.of(subscription);
        if (of == null) {
            return Rejection.UNKNOWN_SUBSCRIPTION.answer();
        }
        if (countMax < 1 || countMax > TAKE_MAX) {
            return Rejection.INVALID_VALUE.answer();
        }
        final List<Outstanding.Entry> given = new ArrayList<>();
        for (final Outstanding.Entry entry : of.ready.values()) {
            if (given.size() == countMax) {
                break;
            }
            given.add(entry);
        }
        final long nowNs = recorder.timestampNs();
        final long redeliveryNs = of.terms.redeliveryNs();
        final long deadlineNs = redeliveryNs >= Long.MAX_VALUE - nowNs ? Long.MAX_VALUE - 1 : nowNs + redeliveryNs;
        for (final Outstanding.Entry entry : given) {
            record(FactType.DELIVERY_GIVEN, of, entry.signal.factId(), entry.attempts + 1, deadlineNs);
        }
        return given.size();
    }

    /** Answers 0. Late is not too late, as long as the signal is outstanding. */
    public long acknowledge(final long subscription, final long factId) {
        final Outstanding of = subscriptions.of(subscription);
        if (of == null) {
            return Rejection.UNKNOWN_SUBSCRIPTION.answer();
        }
        if (!of.has(factId)) {
            return Rejection.UNKNOWN_DELIVERY.answer();
        }
        record(FactType.DELIVERY_ACKNOWLEDGED, of, factId, 0, 0);
        return 0;
    }

    /** Answers 0. */
    public long close(final long subscription) {
        final Outstanding of = subscriptions.of(subscription);
        if (of == null) {
            return Rejection.UNKNOWN_SUBSCRIPTION.answer();
        }
        record(FactType.SUBSCRIPTION_CLOSED, of, 0, 0, 0);
        return 0;
    }

    /** The time of what a subscription was given first is up. What does not fit into this turn stays due. */
    public void expire(final int slot, final long nowNs) {
        final Outstanding of = subscriptions.inSlot(slot);
        Outstanding.Entry next = of == null ? null : of.oldestGiven();
        while (next != null && next.deadlineNs <= nowNs && recorder.hasRoom()) {
            final boolean again = next.attempts < of.terms.deliveriesMax();
            record(
                    again ? FactType.DELIVERY_LAPSED : FactType.DELIVERY_ABANDONED,
                    of,
                    next.signal.factId(),
                    next.attempts,
                    0);
            next = of.oldestGiven();
        }
    }

    private void record(
            final FactType type, final Outstanding of, final long factId, final long attempt, final long deadlineNs) {
        recorder.record(type, 0, of.coordination, of.handle, factId, attempt, deadlineNs);
    }
}
