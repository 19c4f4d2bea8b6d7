package io.signalbox.kernel.context;

import io.signalbox.kernel.store.DigestSink;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** The context of one agent. Turn only. */
final class ContextEntry {
    /** A version that is no longer the present one. */
    private record Past(long version, SharedIntelligence intelligence) {}

    /** An attempt under way. */
    record Attempt(long number, long deadlineNs) {}

    final int agent;
    Distribution.Part part;
    Distribution distribution;
    long number;
    long createdNs;
    long factId;
    long version;
    SharedIntelligence intelligence = SharedIntelligence.EMPTY;
    AssignmentStanding standing = AssignmentStanding.ASSIGNED;
    long attempts;
    int failures;
    /** What the last completion left unmet, a list. */
    DocumentValue unmet = DocumentValue.EMPTY_LIST;
    /** How often something was found unmet whose failed completion has yet to end its attempt. */
    int judged;

    final List<Attempt> active = new ArrayList<>();
    private final ArrayDeque<Past> past = new ArrayDeque<>();

    ContextEntry(final int agent) {
        this.agent = agent;
    }

    /** Another version, with another intelligence or the same; the one before is retained. */
    void advance(final SharedIntelligence next, final int versionsMax) {
        if (version > 0) {
            past.addLast(new Past(version, intelligence));
        }
        while (past.size() > versionsMax) {
            past.removeFirst();
        }
        version++;
        intelligence = next;
    }

    /** What it shared at a version; null when that is not retained. */
    SharedIntelligence at(final long wanted) {
        if (wanted == version) {
            return intelligence;
        }
        for (final Past each : past) {
            if (each.version == wanted) {
                return each.intelligence;
            }
        }
        return null;
    }

    /** The attempt whose time is up first, of several the one begun first; null when none is under way. */
    Attempt first() {
        Attempt first = null;
        for (final Attempt attempt : active) {
            if (first == null || attempt.deadlineNs < first.deadlineNs) {
                first = attempt;
            }
        }
        return first;
    }

    ContextSnapshot snapshot() {
        final List<DocumentValue> unmetList = new ArrayList<>();
        for (int i = 0; i < unmet.size(); i++) {
            unmetList.add(unmet.value(i));
        }
        return new ContextSnapshot(
                agent,
                version,
                distribution.sessionId(),
                distribution.parentWorkflowId(),
                distribution.coordination(),
                number,
                createdNs,
                factId >>> 16,
                part.assignment(),
                part.allocation(),
                part.protocols(),
                intelligence,
                standing,
                attempts,
                active.size(),
                failures,
                List.copyOf(unmetList),
                past.isEmpty() ? version : past.peekFirst().version);
    }

    void digestInto(final DigestSink sink) {
        sink.add(agent);
        sink.add(version);
        sink.add(number);
        sink.add(createdNs);
        sink.add(factId);
        sink.add(standing.ordinal());
        sink.add(attempts);
        sink.add(failures);
        sink.add(judged);
        sink.add(DocumentJson.bytes(DocumentValue.of(distribution.sessionId())));
        sink.add(DocumentJson.bytes(DocumentValue.of(distribution.parentWorkflowId())));
        sink.add(DocumentJson.bytes(distribution.coordination()));
        sink.add(DocumentJson.bytes(part.assignment().document()));
        sink.add(DocumentJson.bytes(part.allocation().toDocument()));
        sink.add(DocumentJson.bytes(part.protocols().toDocument()));
        sink.add(DocumentJson.bytes(unmet));
        sink.add(DocumentJson.bytes(intelligence.toDocument()));
        for (final Past each : past) {
            sink.add(each.version);
            sink.add(DocumentJson.bytes(each.intelligence.toDocument()));
        }
        for (final Attempt attempt : active) {
            sink.add(attempt.number);
            sink.add(attempt.deadlineNs);
        }
    }
}
