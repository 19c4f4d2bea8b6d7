package io.signalbox.kernel.machine;

import io.signalbox.kernel.event.Rejection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * What the machine should do, written a second time and simply: plain collections, walked from end to end, a class for each room.
 * It shares no code with the machine but the names of the refusals. It does not choose handles: where it accepts, it is told the
 * one that the machine chose.
 */
final class NaiveKernel {
    static final int NAMES = 6;
    static final int WAITS_MAX = 8;
    static final int SCOPES_MAX = 3;
    static final int PAYLOAD_MAX = 64;
    static final int NAME_LENGTH_MAX = 32;

    /** A step was accepted and the machine chooses the answer. */
    static final long CHOSEN = Long.MIN_VALUE;

    /** Handles of the open scopes, 0 among them. */
    final Set<Long> scopes = new LinkedHashSet<>(Set.of(0L));

    final NaiveCoordinations coordinations = new NaiveCoordinations(this);
    final NaiveStates states = new NaiveStates(this);
    final NaiveDependencies dependencies = new NaiveDependencies(this);
    final NaiveSignals signals = new NaiveSignals(this);

    final NaiveSyncs syncs = new NaiveSyncs(this);
    final NaiveLeases leases = new NaiveLeases(this);

    /** Kernel time of the command that comes. */
    long nowNs;

    final NaiveAgents agents = new NaiveAgents(this);
    final NaiveRoutings routings = new NaiveRoutings(this);
    final NaiveWorkflows workflows = new NaiveWorkflows(this);
    final NaiveNames names = new NaiveNames(this);

    private final List<NaiveRoom> rooms =
            List.of(states, dependencies, signals, syncs, leases, agents, routings, workflows);
    private LongConsumer onChosen;

    /** What one room does when something happens to all of them. */
    interface NaiveRoom {
        /** A scope is closed. */
        void onClosed(long coordination);

        /** Everything that is due is done. */
        default void pulse(final long nowNs) {}

        /** When the room next needs a pulse. */
        default long nextDeadlineNs() {
            return Long.MAX_VALUE;
        }
    }

    static boolean isName(final int id) {
        return id >= 1 && id <= NAMES;
    }

    static boolean isNameOrNone(final int id) {
        return id == 0 || isName(id);
    }

    static long refuse(final Rejection rejection) {
        return rejection.answer();
    }

    static long deadline(final long nowNs, final long timeoutNs) {
        return timeoutNs == 0
                ? Long.MAX_VALUE
                : timeoutNs >= Long.MAX_VALUE - nowNs ? Long.MAX_VALUE - 1 : nowNs + timeoutNs;
    }

    /** The machine chooses the handle; then it is noted so. */
    long choose(final LongConsumer note) {
        onChosen = note;
        return CHOSEN;
    }

    /** What is chosen is noted here too. */
    long alsoNote(final LongConsumer note) {
        onChosen = onChosen.andThen(note);
        return CHOSEN;
    }

    /** The machine chose this handle for what was last accepted. */
    void chosen(final long handle) {
        onChosen.accept(handle);
        onChosen = null;
    }

    void closed(final long coordination) {
        scopes.remove(coordination);
        rooms.forEach(room -> room.onClosed(coordination));
    }

    void pulse(final long nowNs) {
        rooms.forEach(room -> room.pulse(nowNs));
    }

    long nextDeadlineNs() {
        return rooms.stream().mapToLong(NaiveRoom::nextDeadlineNs).min().orElse(Long.MAX_VALUE);
    }
}
