package io.signalbox.kernel;

import io.signalbox.kernel.signal.Payload;
import io.signalbox.kernel.signal.SignalRules;
import java.util.List;

/**
 * How a signal is sent: by whom, to whom, how urgent. Immutable; start from {@link #bySystem} or {@link #by} and say what differs.
 *
 * @param sender name of the sending agent; null: the system.
 * @param recipients names; none: everybody.
 * @param priority 0 to 9, the higher the more urgent; 5 unless said otherwise.
 * @param metadata what travels beside the payload; its reader gets it apart.
 */
public record Sending(String sender, List<String> recipients, int priority, Payload metadata) {
    private static final Sending BY_SYSTEM = new Sending(null, List.of(), SignalRules.PRIORITY_NORMAL, Payload.of());

    /** By nobody in particular, to everybody. */
    public static Sending bySystem() {
        return BY_SYSTEM;
    }

    /** By an agent, to everybody. */
    public static Sending by(final String sender) {
        return new Sending(sender, List.of(), SignalRules.PRIORITY_NORMAL, Payload.of());
    }

    /** To these and nobody else. */
    public Sending to(final String... recipients) {
        return new Sending(sender, List.of(recipients), priority, metadata);
    }

    /** As urgent as this. */
    public Sending priority(final int priority) {
        return new Sending(sender, recipients, priority, metadata);
    }

    /** With this beside the payload. */
    public Sending metadata(final Payload metadata) {
        return new Sending(sender, recipients, priority, metadata);
    }

    /** As part of something that is followed through everything it leads to; stands in the metadata as {@code correlation_id}. */
    public Sending correlation(final String correlationId) {
        return metadata(metadata.text("correlation_id", correlationId));
    }
}
