package io.signalbox.kernel;

import io.signalbox.kernel.store.SignalTail;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/** A filter at one reader's place. What it has found out about a name it keeps, since a name stays what it is. One thread at a time. */
final class FilterReading {
    private static final byte UNKNOWN = 0;
    private static final byte YES = 1;
    private static final byte NO = 2;

    private final SignalFilter filter;
    private final IntFunction<String> text;
    private final SignalFilter.NameCondition[] conditions;
    private final byte[][] verdicts;
    private byte[] recipients = new byte[16];

    FilterReading(final SignalFilter filter, final IntFunction<String> text) {
        this.filter = filter;
        this.text = text;
        conditions = filter.names().toArray(SignalFilter.NameCondition[]::new);
        verdicts = new byte[conditions.length][16];
    }

    /** Whether the copied signal passes what can be said without its payload. Allocates nothing for known names. */
    boolean passes(final SignalTail.Cursor signal) {
        if (!filter.isOfScope(signal.coordination())) {
            return false;
        }
        if (signal.priority() < filter.priorityMin()) {
            return false;
        }
        if (filter.recipient() != null && !isReceived(signal)) {
            return false;
        }
        for (int i = 0; i < conditions.length; i++) {
            if (!passes(i, nameOf(conditions[i].field(), signal))) {
                return false;
            }
        }
        return true;
    }

    private static int nameOf(final SignalFilter.Field field, final SignalTail.Cursor signal) {
        return switch (field) {
            case TYPE -> signal.signalType();
            case SENDER -> signal.sender();
            case SUBJECT -> signal.subject();
            case PAYLOAD -> throw new IllegalStateException("a payload is no name");
        };
    }

    private boolean isReceived(final SignalTail.Cursor signal) {
        final int count = signal.recipientCount();
        for (int i = 0; i < count; i++) {
            if (isReceived(signal.recipient(i))) {
                return true;
            }
        }
        return count == 0;
    }

    private boolean isReceived(final int recipient) {
        if (recipient >= recipients.length) {
            recipients = Arrays.copyOf(recipients, Integer.highestOneBit(recipient) * 2);
        }
        if (recipients[recipient] == UNKNOWN) {
            recipients[recipient] = text.apply(recipient).equals(filter.recipient()) ? YES : NO;
        }
        return recipients[recipient] == YES;
    }

    private boolean passes(final int condition, final int name) {
        if (name >= verdicts[condition].length) {
            verdicts[condition] = Arrays.copyOf(verdicts[condition], Integer.highestOneBit(name) * 2);
        }
        final byte[] known = verdicts[condition];
        if (known[name] == UNKNOWN) {
            known[name] = conditions[condition].predicate().test(text.apply(name)) ? YES : NO;
        }
        return known[name] == YES;
    }

    /** Whether the payload has to be looked at too. */
    boolean looksInside() {
        return !filter.payloads().isEmpty() || !filter.predicates().isEmpty();
    }

    /** Whether a signal that {@link #passes(SignalTail.Cursor)} passes in full. */
    boolean passes(final Subscription.Signal signal) {
        for (final Predicate<String> condition : filter.payloads()) {
            if (!condition.test(signal.payload())) {
                return false;
            }
        }
        for (final Predicate<Subscription.Signal> condition : filter.predicates()) {
            if (!condition.test(signal)) {
                return false;
            }
        }
        return true;
    }
}
