package io.signalbox.kernel.subscription;

import io.signalbox.kernel.store.DigestSink;
import java.util.Arrays;

/** What a subscription was declared with. Immutable. */
final class Terms {
    private final int name;
    private final int recipient;
    private final boolean refuses;
    private final long redeliveryNs;
    private final int deliveriesMax;
    private final int outstandingMax;
    private final int[] types;
    private final int[] senders;

    Terms(
            final int name,
            final int recipient,
            final boolean refuses,
            final long redeliveryNs,
            final int deliveriesMax,
            final int outstandingMax,
            final int[] types,
            final int[] senders) {
        this.name = name;
        this.recipient = recipient;
        this.refuses = refuses;
        this.redeliveryNs = redeliveryNs;
        this.deliveriesMax = deliveriesMax;
        this.outstandingMax = outstandingMax;
        this.types = types;
        this.senders = senders;
    }

    int name() {
        return name;
    }

    int recipient() {
        return recipient;
    }

    boolean refuses() {
        return refuses;
    }

    long redeliveryNs() {
        return redeliveryNs;
    }

    int deliveriesMax() {
        return deliveriesMax;
    }

    int outstandingMax() {
        return outstandingMax;
    }

    boolean wants(final int type, final int sender) {
        return isAmong(types, type) && isAmong(senders, sender);
    }

    /** Whether what is addressed so is for the recipient of these terms. */
    boolean isAddressed(final int to, final int[] several) {
        return to == 0 || recipient == 0 || (several == null ? to == recipient : isAmong(several, recipient));
    }

    private static boolean isAmong(final int[] wanted, final int name) {
        for (final int each : wanted) {
            if (each == name) {
                return true;
            }
        }
        return wanted.length == 0;
    }

    boolean isAs(final Terms other) {
        return name == other.name
                && recipient == other.recipient
                && refuses == other.refuses
                && redeliveryNs == other.redeliveryNs
                && deliveriesMax == other.deliveriesMax
                && outstandingMax == other.outstandingMax
                && Arrays.equals(types, other.types)
                && Arrays.equals(senders, other.senders);
    }

    void digestInto(final DigestSink sink) {
        sink.add(name);
        sink.add(recipient);
        sink.add(refuses ? 1 : 0);
        sink.add(redeliveryNs);
        sink.add(deliveriesMax);
        sink.add(outstandingMax);
        digestInto(sink, types);
        digestInto(sink, senders);
    }

    private static void digestInto(final DigestSink sink, final int[] names) {
        sink.add(names.length);
        for (final int name : names) {
            sink.add(name);
        }
    }
}
