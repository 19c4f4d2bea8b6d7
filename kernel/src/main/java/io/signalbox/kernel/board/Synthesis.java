package io.signalbox.kernel.board;

import io.signalbox.kernel.board.BoardStore.Seen;
import io.signalbox.kernel.context.DocumentValue;
import io.signalbox.kernel.pattern.IncomparableResultsException;
import io.signalbox.kernel.pattern.MergeStrategy;
import io.signalbox.kernel.pattern.Merged;
import io.signalbox.kernel.pattern.SourceResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/** Joins of a board: registered with their sources, ended with the last completion that they need, once, whoever comes last. Any thread. */
final class Synthesis {
    private static final int ATTEMPTS_MAX = 10_000;

    private final BoardStore store;
    private final TaskBoard board;
    private final MergeFunctions functions;
    private final JoinLimits limits;

    Synthesis(final BoardStore store, final TaskBoard board, final MergeFunctions functions) {
        this.store = store;
        this.board = board;
        this.functions = functions;
        limits = new JoinLimits(store.coordination());
    }

    /**
     * Write a join, its sources and its continuation in one version.
     *
     * @param made the continuation when it is new, null when it is there.
     */
    BoardTask register(final PendingJoin join, final BoardTask made) {
        for (int i = 0; i < ATTEMPTS_MAX; i++) {
            final BoardStore.Changes changes = store.changes().join(join, 0).tell(CoordinationEvents.joinCreated(join));
            final Seen<BoardTask> known = made == null ? store.task(join.continuationTaskId()) : new Seen<>(made, 0);
            changes.task(
                    known.value().adding("continues", List.of(join.id())).adding("joined_on", join.sourceTaskIds()),
                    known.version());
            for (final String source : join.sourceTaskIds()) {
                final Seen<BoardTask> seen = store.task(source);
                changes.task(seen.value().adding("joins", List.of(join.id())), seen.version());
            }
            if (changes.apply()) {
                limits.begin(join, board.nowNs());
                settle(join.id());
                return store.required(join.continuationTaskId());
            }
            if (store.join(join.id()) != null) {
                throw new BoardException(
                        BoardException.Reason.DUPLICATE_ID, "there is a join '" + join.id() + "' already");
            }
        }
        throw new IllegalStateException("the sources of join '" + join.id() + "' are changed by others all the time");
    }

    /** End a join if its sources decide it, or its time. */
    void settle(final String joinId) {
        for (int i = 0; i < ATTEMPTS_MAX; i++) {
            final Seen<PendingJoin> seen = store.join(joinId);
            if (seen == null || !seen.value().isPending() || isSettled(seen)) {
                return;
            }
        }
        throw new IllegalStateException("join '" + joinId + "' is changed by others all the time");
    }

    /** False when somebody was faster. */
    private boolean isSettled(final Seen<PendingJoin> seen) {
        final PendingJoin join = seen.value();
        final List<BoardTask> sources =
                join.sourceTaskIds().stream().map(store::required).toList();
        final int required = join.strategy().required(sources.size());
        if (limits.isOver(join)) {
            return fail(seen, "its time was up before enough of its sources were completed");
        }
        if (count(sources, task -> task.status() == TaskStatus.COMPLETED) >= required) {
            return conclude(seen, sources);
        }
        return sources.size() - count(sources, task -> task.status().isLost()) >= required
                || fail(seen, "too many of its sources have failed");
    }

    private static long count(final List<BoardTask> tasks, final Predicate<BoardTask> which) {
        return tasks.stream().filter(which).count();
    }

    private boolean conclude(final Seen<PendingJoin> seen, final List<BoardTask> sources) {
        final PendingJoin join = seen.value();
        final Merged merged;
        try {
            merged = functions.merge(join.strategy().ofResults(), join.function(), results(join, sources));
        } catch (final IncomparableResultsException | BoardException e) {
            return fail(seen, e.getMessage());
        }
        final Seen<BoardTask> continuation = store.task(join.continuationTaskId());
        final DocumentValue context = merged.document()
                .with("_join_id", DocumentValue.of(join.id()))
                .with("_synthesized_at", DocumentValue.of(board.nowNs()));
        final boolean isWritten = store.changes()
                .join(join.done(), seen.version())
                .task(continuation.value().with("synthesis_context", context), continuation.version())
                .tell(CoordinationEvents.synthesisCompleted(join, merged))
                .apply();
        if (isWritten) {
            limits.end(join);
        }
        return isWritten;
    }

    /** Of the first that was completed alone, when one is enough. */
    private static List<SourceResult> results(final PendingJoin join, final List<BoardTask> sources) {
        long first = Long.MAX_VALUE;
        for (final BoardTask source : sources) {
            first = Math.min(first, source.completedAt());
        }
        final List<SourceResult> results = new ArrayList<>();
        for (final BoardTask source : sources) {
            final boolean counts = source.status() == TaskStatus.COMPLETED
                    && (join.strategy() != MergeStrategy.FIRST || source.completedAt() == first);
            results.add(new SourceResult(source.id(), source.taskType(), counts ? source.result() : null));
        }
        return results;
    }

    private boolean fail(final Seen<PendingJoin> seen, final String error) {
        final PendingJoin join = seen.value();
        final PendingJoin failed = join.failed(error);
        if (!store.changes()
                .join(failed, seen.version())
                .tell(CoordinationEvents.synthesisFailed(join, error))
                .apply()) {
            return false;
        }
        loseContinuation(failed);
        return true;
    }

    private void loseContinuation(final PendingJoin failed) {
        limits.end(failed);
        if (!store.required(failed.continuationTaskId()).status().hasEnded()) {
            lose(
                    failed.continuationTaskId(),
                    TaskStatus.CANCELLED,
                    "join '" + failed.id() + "' has failed: " + failed.error());
        }
    }

    /**
     * Go on with what somebody began who is no longer there: a task that has ended is told, and what follows from it comes, joins included. Changes nothing when
     * nobody was interrupted.
     */
    void resume() {
        for (final BoardTask task : board.tasks()) {
            if (task.status().hasEnded()) {
                board.sayEnded(task);
            }
            if (task.status().isLost()) {
                loseDependents(task);
            }
        }
        for (final PendingJoin join : store.joins()) {
            if (join.isPending()) {
                limits.begin(join, board.nowNs());
                settle(join.id());
            } else if (join.hasFailed()) {
                loseContinuation(join);
            } else {
                limits.end(join);
            }
        }
    }

    /** End the joins whose time was up. */
    void settleOverdue() {
        final long nowNs = board.nowNs();
        for (final PendingJoin join : store.joins()) {
            if (join.isPending() && join.deadlineNs() <= nowNs) {
                settle(join.id());
            }
        }
    }

    /** A task is lost, and with it whatever cannot do without it. */
    BoardTask lose(final String taskId, final TaskStatus status, final String error) {
        final BoardTask lost = board.lost(taskId, status, error);
        loseDependents(lost);
        return lost;
    }

    private void loseDependents(final BoardTask lost) {
        final Deque<BoardTask> open = new ArrayDeque<>(List.of(lost));
        while (!open.isEmpty()) {
            final BoardTask one = open.removeFirst();
            one.joins().forEach(this::settle);
            for (final BoardTask dependent : board.tasks()) {
                if (dependent.needs().contains(one.id()) && !dependent.status().hasEnded()) {
                    open.addLast(board.lost(
                            dependent.id(),
                            TaskStatus.CANCELLED,
                            "task '" + one.id() + "', which it needs, has failed"));
                }
            }
        }
    }
}
