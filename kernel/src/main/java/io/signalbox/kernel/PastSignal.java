package io.signalbox.kernel;

import io.signalbox.kernel.signal.Payload;
import io.signalbox.kernel.signal.SignalKind;
import io.signalbox.kernel.signal.StoredSignal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * A signal as the history tells it.
 *
 * @param position of the command that raised it.
 * @param factId {@code position << 16 | index}.
 * @param timestampNs kernel time.
 * @param type the name it was sent under.
 * @param sender name of the sender; {@value #SYSTEM} when there is none.
 * @param subject name of the agent it is about; empty for none.
 * @param recipients names; none: everybody.
 * @param completion 0 none, 1 succeeded, 2 failed.
 * @param quality 0 to 1, NaN for none.
 * @param priority 0 to 9.
 * @param respondsTo position of the signal that it answers, -1 for none.
 * @param origin name of the transport it came in by; empty when it was raised here.
 * @param payload its fields; empty when it carries plain text.
 * @param metadata what travelled beside the payload.
 * @param text the plain text it carries; empty when it carries fields.
 */
public record PastSignal(
        long position,
        long factId,
        long timestampNs,
        String type,
        String sender,
        String subject,
        List<String> recipients,
        int completion,
        double quality,
        int priority,
        long respondsTo,
        String origin,
        Payload payload,
        Payload metadata,
        String text) {
    /** Sender of what no agent sent. */
    public static final String SYSTEM = "system";

    /** Its kind, if it is one of the kernel's; else null. */
    public SignalKind kind() {
        return SignalKind.named(type);
    }

    /** What it carries: its text, or its fields as JSON. */
    String shown() {
        return text.isEmpty() && !payload.names().isEmpty() ? payload.toString() : text;
    }

    /** Everything under the names that older systems gave it. */
    Payload document() {
        return Payload.of()
                .text("signal_id", Long.toString(factId))
                .text("signal_type", type)
                .text("sender_agent_id", sender)
                .texts("recipient_agents", recipients)
                .text("timestamp", Instant.ofEpochSecond(0, timestampNs).toString())
                .fields("event_data", text.isEmpty() ? payload : Payload.of().text("text", text))
                .fields("metadata", metadata);
    }

    static PastSignal of(final Kernel kernel, final StoredSignal signal) {
        final Carried carried = Carried.of(signal.payload());
        return new PastSignal(
                signal.position(),
                signal.factId(),
                signal.timestampNs(),
                kernel.name(signal.signalType()),
                signal.sender() == 0 ? SYSTEM : kernel.name(signal.sender()),
                kernel.name(signal.subject()),
                Arrays.stream(signal.recipients()).mapToObj(kernel::name).toList(),
                signal.completion(),
                signal.quality(),
                signal.priority(),
                signal.respondsTo(),
                kernel.name(signal.origin()),
                carried.fields(),
                carried.metadata(),
                carried.text());
    }
}
