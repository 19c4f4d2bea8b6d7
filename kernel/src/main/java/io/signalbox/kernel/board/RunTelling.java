package io.signalbox.kernel.board;

import io.signalbox.kernel.Coordination;
import io.signalbox.kernel.Receipt;
import io.signalbox.kernel.StateKey;
import io.signalbox.kernel.board.CoordinationEvents.Event;
import io.signalbox.kernel.context.DocumentJson;
import io.signalbox.kernel.context.DocumentValue;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.pattern.Expansion;
import io.signalbox.kernel.state.StateValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What runs of patterns tell in their ticket, each thing once: the turn that raises the signal also notes in the ticket's state that it was told, under
 * {@code pattern_told:RUN}. What is told at the start of a run stands in its definition, so that it is told even when the process dies right behind the start.
 * Any thread.
 */
final class RunTelling {
    private static final String AT_START = "told_at_start";
    private static final String TOLD = "pattern_told:";

    private RunTelling() {}

    /** What a pattern tells when it is started, as the payload of its definition. */
    static byte[] atStart(final Expansion expansion) {
        final List<DocumentValue> events = new ArrayList<>();
        expansion
                .splits()
                .forEach(split ->
                        events.add(CoordinationEvents.splitCreated(split).document()));
        expansion
                .syncPoints()
                .forEach(point ->
                        events.add(CoordinationEvents.syncCreated(point).document()));
        expansion
                .joins()
                .forEach(join -> events.add(CoordinationEvents.joinCreated(join).document()));
        return DocumentJson.bytes(DocumentValue.of(Map.of(AT_START, events)));
    }

    /** Tell what has not been told of the start of a run. */
    static void start(final Coordination ticket, final long run, final byte[] definitionPayload) {
        final DocumentValue events = DocumentJson.mapIn(definitionPayload).get(AT_START);
        if (events == null || ticket == null) {
            return;
        }
        final StateKey<Long> key = StateKey.number(TOLD + Long.toHexString(run));
        StateValue told = ticket.state().value(key.name());
        while (told == null || told.asLong() < events.size()) {
            final int next = told == null ? 0 : (int) told.asLong();
            if (next == events.size()) {
                return;
            }
            final Event event = Event.parse(events.value(next));
            write(ticket, key, next + 1L, told == null ? 0 : told.version(), event);
            told = ticket.state().value(key.name());
        }
    }

    /** Tell something of a run, unless that was done. */
    static void once(final Coordination ticket, final long run, final String what, final Event event) {
        final StateKey<Long> key = StateKey.number(TOLD + Long.toHexString(run) + ":" + what);
        if (ticket.state().value(key.name()) == null) {
            write(ticket, key, 1L, 0, event);
        }
    }

    /** That somebody was faster is all right. */
    private static void write(
            final Coordination ticket,
            final StateKey<Long> key,
            final long told,
            final long expectedVersion,
            final Event event) {
        final Receipt receipt = ticket.state()
                .update()
                .set(key, told, expectedVersion)
                .tell(event.type(), CoordinationEvents.SENDER, event.payload().toString())
                .apply();
        if (receipt.rejection() != Rejection.VERSION_MISMATCH) {
            receipt.orThrow();
        }
    }
}
