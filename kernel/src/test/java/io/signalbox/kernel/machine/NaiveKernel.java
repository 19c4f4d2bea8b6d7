package io.signalbox.kernel.machine;

import io.signalbox.kernel.event.Rejection;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * What the machine should do, written a second time and simply: plain collections, walked from end to end, a class for each room.
 * It shares no code with the machine but the names of the refusals. It does not choose handles: where it accepts, it is told the
 * one that the machine chose.
 */
final class NaiveKernel {
    /** The names that the machine knows, from 1 on: kinds of signals, one of nobody, and those that other rooms would make for themselves. */
    static final List<String> NAMES = List.of(
            "agent_initialized",
            "agent_completed",
            "inter_agent_message",
            "agent_progress",
            "agent_stalled",
            "n6",
            "coordination.sync.created",
            "coordination.sync.ready",
            "coordination.sync.broken",
            "context_distributed",
            "context_updated",
            "context_cleared");

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

    final NaiveSubscriptions subscriptions = new NaiveSubscriptions(this);

    final NaiveSyncs syncs = new NaiveSyncs(this);
    final NaiveLeases leases = new NaiveLeases(this);

    final NaiveContexts contexts = new NaiveContexts(this);

    /** Kernel time of the command that comes. */
    long nowNs;

    final NaiveAgents agents = new NaiveAgents(this);
    /** Position of the command that comes. */
    long position;

    final NaiveRoutings routings = new NaiveRoutings(this);
    final NaiveWorkflows workflows = new NaiveWorkflows(this);
    final NaiveNames names = new NaiveNames(this);

    private final List<NaiveRoom> rooms =
            List.of(states, dependencies, signals, subscriptions, syncs, leases, agents, routings, contexts, workflows);
    private final Deque<Runnable> next = new ArrayDeque<>();
    private final int times;
    private LongConsumer onChosen;

    /** One whose tables hold so many times as much as the smallest. */
    NaiveKernel(final int times) {
        this.times = times;
    }

    /** What one room does when something happens to all of them. */
    interface NaiveRoom {
        /** A scope is closed. */
        void onClosed(long coordination);

        /** What happens by itself, and when. */
        default List<Timer> timers() {
            return List.of();
        }
    }

    /**
     * What happens when its time has come. Of those that have the same deadline the lower rank is first, then the lower slot.
     */
    record Timer(long deadlineNs, int rank, int slot, Runnable action) {}

    /** Size of a table that holds {@code small} in the smallest kernel. */
    int sized(final int small) {
        return small * times;
    }

    static boolean isName(final int id) {
        return id >= 1 && id <= NAMES.size();
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

    /** Everything that is due happens, then what follows from it; when nothing is, a session that was forgotten is closed. */
    void pulse() {
        if (roomsDeadlineNs() > nowNs) {
            coordinations.pulse(nowNs);
        } else {
            timers().filter(timer -> timer.deadlineNs() <= nowNs)
                    .sorted(Comparator.comparingLong(Timer::deadlineNs)
                            .thenComparingInt(Timer::rank)
                            .thenComparingInt(Timer::slot))
                    .toList()
                    .forEach(timer -> timer.action().run());
        }
        follow();
    }

    private Stream<Timer> timers() {
        return rooms.stream().flatMap(room -> room.timers().stream());
    }

    private long roomsDeadlineNs() {
        return timers().mapToLong(Timer::deadlineNs).min().orElse(Long.MAX_VALUE);
    }

    /** This follows from what happens now; it comes when all that has come before it has been followed. */
    void then(final Runnable consequence) {
        next.add(consequence);
    }

    /** The command is done: everything that follows from it. */
    void follow() {
        while (!next.isEmpty()) {
            next.remove().run();
        }
    }

    long nextDeadlineNs() {
        return Math.min(roomsDeadlineNs(), coordinations.nextDeadlineNs());
    }
}
