package io.signalbox.kernel.routing;

import io.signalbox.kernel.coordination.CoordinationView;
import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactLog;
import io.signalbox.kernel.store.DigestSink;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Decisions, retry counts and waiting opinions. The decisions of all coordinations stand in one ring, the newest in place of the oldest;
 * those of one coordination are linked backwards, so that its history is walked without touching the others'. Turn only; other threads ask
 * by a query.
 */
public final class Routings {
    private final RoutedDecision[] ring;
    private final RoutingBoard[] boards;
    private final int tasksMax;
    private final OpinionView view = new OpinionView();
    private long nextSequence;
    private int tasks;

    /**
     * An empty store.
     *
     * @param decisionsMax decisions that are kept, of all coordinations together.
     * @param tasksMax tasks that are being retried or have opinions waiting, in all coordinations together.
     */
    public Routings(final int slotsMax, final int decisionsMax, final int tasksMax) {
        boards = new RoutingBoard[slotsMax];
        ring = new RoutedDecision[decisionsMax];
        this.tasksMax = tasksMax;
    }

    // ------------------------------------------------------------------ for the rules

    private RoutingBoard board(final long coordination) {
        return boards[CoordinationView.slotOf(coordination)];
    }

    /** Retries of a task in a row. */
    public int retries(final long coordination, final int task) {
        final RoutingBoard.Task known = known(coordination, task);
        return known == null ? 0 : known.retries;
    }

    /** Opinions that wait for the next decision about a task. */
    byte[][] given(final long coordination, final int task) {
        final RoutingBoard.Task known = known(coordination, task);
        return known == null ? NONE : known.given;
    }

    private static final byte[][] NONE = {};

    /** Whether a task may get a count or an opinion. */
    boolean canRemember(final long coordination, final int task) {
        return tasks < tasksMax || known(coordination, task) != null;
    }

    private RoutingBoard.Task known(final long coordination, final int task) {
        final RoutingBoard board = ofOpen(coordination);
        return board == null ? null : board.task(task);
    }

    /** Number of the last decision of a coordination, 0 before the first. */
    long number(final long coordination) {
        final RoutingBoard board = board(coordination);
        return board == null ? 0 : board.number;
    }

    // ------------------------------------------------------------------ what facts change

    /** OPINION_GIVEN. */
    public void onGiven(final Fact fact, final FactLog log) {
        final RoutingBoard.Task task = remember(fact.coordination(), (int) fact.a());
        final int count = task.given.length;
        final int index = (int) fact.b();
        if (index == count) {
            task.given = Arrays.copyOf(task.given, count + 1);
        }
        task.given[index] = log.copyOf(fact.payload());
    }

    /** DECISION_RECORDED. */
    public void onDecided(final Fact fact, final FactLog log) {
        final RoutingBoard board = open(fact.coordination());
        final int name = (int) fact.a();
        final RoutedDecision decision = new RoutedDecision(
                fact.factId(),
                fact.timestampNs(),
                fact.coordination(),
                name,
                fact.extra(),
                fact.b(),
                fact.c(),
                fact.d(),
                log.copyOf(fact.secondPayload()),
                joined(log.copyOf(fact.payload()), given(fact.coordination(), name)),
                board.newest);
        keep(board, decision);
        board.count(
                decision,
                view.wrap(decision.opinions, RoutingRules.PREAMBLE, decision.opinions.length - RoutingRules.PREAMBLE));
        final int retries = (int) (fact.a() >>> 32);
        if (retries > 0) {
            final RoutingBoard.Task task = remember(fact.coordination(), name);
            task.retries = retries;
            task.given = NONE;
        } else {
            forget(board, name);
        }
    }

    private static byte[] joined(final byte[] own, final byte[][] given) {
        int length = own.length;
        for (final byte[] opinion : given) {
            length += opinion.length;
        }
        if (length == own.length) {
            return own;
        }
        final byte[] all = Arrays.copyOf(own, length);
        int to = own.length;
        for (final byte[] opinion : given) {
            System.arraycopy(opinion, 0, all, to, opinion.length);
            to += opinion.length;
        }
        return all;
    }

    private void keep(final RoutingBoard board, final RoutedDecision decision) {
        ring[(int) (nextSequence % ring.length)] = decision;
        board.newest = nextSequence++;
    }

    /** RETRIES_RESET. */
    public void onRetriesReset(final Fact fact) {
        final RoutingBoard.Task task = known(fact.coordination(), (int) fact.a());
        task.retries = 0;
        if (task.isForgettable()) {
            forget(board(fact.coordination()), (int) fact.a());
        }
    }

    /** ROUTING_CLEARED: the history is gone, counts and statistics stay. */
    public void onCleared(final Fact fact) {
        board(fact.coordination()).newest = -1;
    }

    /** COORDINATION_CLOSED. */
    public void onCoordinationClosed(final Fact fact) {
        final int slot = CoordinationView.slotOf(fact.coordination());
        if (boards[slot] != null) {
            tasks -= boards[slot].tasks.size();
            boards[slot] = null;
        }
    }

    private RoutingBoard open(final long coordination) {
        final int slot = CoordinationView.slotOf(coordination);
        if (boards[slot] == null) {
            boards[slot] = new RoutingBoard(coordination);
        }
        return boards[slot];
    }

    private RoutingBoard.Task remember(final long coordination, final int name) {
        final RoutingBoard board = open(coordination);
        final RoutingBoard.Task known = board.task(name);
        if (known != null) {
            return known;
        }
        final RoutingBoard.Task made = new RoutingBoard.Task();
        board.tasks.put(name, made);
        tasks++;
        return made;
    }

    private void forget(final RoutingBoard board, final int name) {
        if (!board.tasks.isEmpty() && board.tasks.remove(name) != null) {
            tasks--;
        }
    }

    // ------------------------------------------------------------------ for readers

    /** Decisions that are still kept, the newest first. */
    public List<RoutedDecision> history(final long coordination, final int task, final int limit) {
        final List<RoutedDecision> history = new ArrayList<>();
        final RoutingBoard board = ofOpen(coordination);
        long sequence = board == null ? -1 : board.newest;
        while (isKept(sequence) && history.size() < limit) {
            final RoutedDecision decision = at(sequence);
            if (task == 0 || task == decision.task) {
                history.add(decision);
            }
            sequence = decision.previous;
        }
        return history;
    }

    /** The decision of this number, null when it is no longer kept. */
    public RoutedDecision decision(final long coordination, final long number) {
        final RoutingBoard board = ofOpen(coordination);
        long sequence = board == null ? -1 : board.newest;
        while (isKept(sequence)) {
            final RoutedDecision decision = at(sequence);
            if (Verdict.number(decision.verdict) <= number) {
                return Verdict.number(decision.verdict) == number ? decision : null;
            }
            sequence = decision.previous;
        }
        return null;
    }

    /** Whether a coordination has decisions that are still kept. */
    boolean hasHistory(final long coordination) {
        final RoutingBoard board = board(coordination);
        return board != null && isKept(board.newest);
    }

    /** What was decided in a coordination since it was opened. */
    public RoutingStats stats(final long coordination) {
        final RoutingBoard board = ofOpen(coordination);
        return (board == null ? new RoutingBoard(coordination) : board).stats();
    }

    private RoutingBoard ofOpen(final long coordination) {
        final RoutingBoard board = board(coordination);
        return board == null || board.coordination != coordination ? null : board;
    }

    private boolean isKept(final long sequence) {
        return sequence >= 0 && sequence >= nextSequence - ring.length;
    }

    private RoutedDecision at(final long sequence) {
        return ring[(int) (sequence % ring.length)];
    }

    /** Walk everything in canonical order. */
    public void digestInto(final DigestSink sink) {
        sink.add(nextSequence);
        sink.add(tasks);
        for (final RoutingBoard board : boards) {
            if (board != null) {
                sink.add(board.coordination);
                board.digestInto(sink);
                for (final RoutedDecision decision : history(board.coordination, 0, Integer.MAX_VALUE)) {
                    sink.add(decision.factId);
                    sink.add(decision.timestampNs);
                    sink.add(decision.task);
                    sink.add(decision.settings);
                    sink.add(decision.verdict);
                    sink.add(decision.stateVersion);
                    sink.add(decision.routingTimeNs);
                    sink.add(decision.correlation);
                    sink.add(decision.opinions);
                }
            }
        }
    }
}
