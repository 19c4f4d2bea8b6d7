package io.signalbox.kernel.board;

import io.signalbox.kernel.Coordination;
import io.signalbox.kernel.Receipt;
import io.signalbox.kernel.StateKey;
import io.signalbox.kernel.StateUpdate;
import io.signalbox.kernel.board.CoordinationEvents.Event;
import io.signalbox.kernel.context.DocumentJson;
import io.signalbox.kernel.context.DocumentValue;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.state.StateValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The tasks and joins of a coordination in its state, a JSON document each, {@code task:ID} and {@code join:ID}, and what was told of merges, {@code merge:ID}. What is read and written again is written
 * only if nobody was faster; several are written in one version or not at all. Any thread.
 */
final class BoardStore {
    private static final String TASK = "task:";
    private static final String JOIN = "join:";
    private static final String MERGE = "merge:";
    private static final int ATTEMPTS_MAX = 10_000;

    private final Coordination coordination;

    BoardStore(final Coordination coordination) {
        this.coordination = coordination;
    }

    Coordination coordination() {
        return coordination;
    }

    /** A value and the version in which it was written. */
    record Seen<T>(T value, long version) {}

    Seen<BoardTask> task(final String id) {
        return seen(TASK + id, value -> BoardTask.parse(value.bytes()));
    }

    Seen<PendingJoin> join(final String id) {
        return seen(JOIN + id, value -> PendingJoin.parse(value.bytes()));
    }

    /** What was last told of a merge. */
    Seen<DocumentValue> merge(final String id) {
        return seen(MERGE + id, value -> DocumentJson.parse(value.bytes(), 0, value.bytes().length));
    }

    private <T> Seen<T> seen(final String key, final Function<StateValue, T> reading) {
        final StateValue value = coordination.state().value(key);
        return value == null ? null : new Seen<>(reading.apply(value), value.version());
    }

    BoardTask required(final String id) {
        final Seen<BoardTask> seen = task(id);
        if (seen == null) {
            throw new BoardException(BoardException.Reason.UNKNOWN_TASK, "there is no task '" + id + "'");
        }
        return seen.value;
    }

    List<BoardTask> tasks() {
        final List<BoardTask> tasks = new ArrayList<>();
        for (final String key : coordination.state().keys()) {
            final Seen<BoardTask> seen = key.startsWith(TASK) ? task(key.substring(TASK.length())) : null;
            if (seen != null) {
                tasks.add(seen.value);
            }
        }
        tasks.sort((left, right) -> left.order() == right.order()
                ? left.id().compareTo(right.id())
                : Long.compare(left.order(), right.order()));
        return tasks;
    }

    List<PendingJoin> joins() {
        final List<PendingJoin> joins = new ArrayList<>();
        for (final String key : coordination.state().keys()) {
            final Seen<PendingJoin> seen = key.startsWith(JOIN) ? join(key.substring(JOIN.length())) : null;
            if (seen != null) {
                joins.add(seen.value);
            }
        }
        return joins;
    }

    /** Several changes that are one. */
    final class Changes {
        private final StateUpdate update = coordination.state().update();

        Changes task(final BoardTask task, final long expectedVersion) {
            update.set(StateKey.json(TASK + task.id()), task.json(), expectedVersion);
            return this;
        }

        Changes join(final PendingJoin join, final long expectedVersion) {
            update.set(StateKey.json(JOIN + join.id()), join.json(), expectedVersion);
            return this;
        }

        /** A merge that is told of. */
        Changes merge(final String id, final DocumentValue about, final long expectedVersion) {
            update.set(StateKey.json(MERGE + id), about.toString(), expectedVersion);
            return this;
        }

        /** A signal that is raised with them. */
        Changes tell(final Event event) {
            update.tell(event.type(), CoordinationEvents.SENDER, event.payload().toString());
            return this;
        }

        /** Write them; false when somebody was faster. */
        boolean apply() {
            final Receipt receipt = update.apply();
            if (receipt.rejection() == Rejection.VERSION_MISMATCH) {
                return false;
            }
            receipt.orThrow();
            return true;
        }
    }

    Changes changes() {
        return new Changes();
    }

    /**
     * Change a task, again and again until nobody is faster.
     *
     * @param change null when there is nothing to change.
     * @return the task as it is now.
     */
    BoardTask change(final String id, final UnaryOperator<BoardTask> change) {
        for (int i = 0; i < ATTEMPTS_MAX; i++) {
            required(id);
            final Seen<BoardTask> seen = task(id);
            final BoardTask changed = change.apply(seen.value);
            if (changed == null || changes().task(changed, seen.version).apply()) {
                return changed == null ? seen.value : changed;
            }
        }
        throw new IllegalStateException("task '" + id + "' is changed by others all the time");
    }
}
