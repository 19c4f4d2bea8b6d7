package io.signalbox.kernel.board;

import io.signalbox.kernel.context.DocumentJson;
import io.signalbox.kernel.context.DocumentValue;
import io.signalbox.kernel.pattern.MergeStrategy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;

/**
 * A join of tasks of a board.
 *
 * @param id of the join.
 * @param sourceTaskIds whose results go together, in declared order.
 * @param continuationTaskId what gets them.
 * @param strategy how many have to be completed, and how their results go together.
 * @param function name of the registered function of a custom merge; else empty.
 * @param state where it stands: {@code pending}, {@code done} or {@code failed}.
 * @param deadlineNs kernel time until which enough sources have to be completed, {@link Long#MAX_VALUE} for any time.
 * @param error why it has failed; empty when it has not.
 */
public record PendingJoin(
        String id,
        List<String> sourceTaskIds,
        String continuationTaskId,
        MergeStrategy strategy,
        String function,
        String state,
        long deadlineNs,
        String error) {
    static final String PENDING = "pending";
    static final String DONE = "done";
    static final String FAILED = "failed";

    public PendingJoin {
        sourceTaskIds = List.copyOf(sourceTaskIds);
    }

    /** One whose sources are waited for. */
    static PendingJoin of(
            final String id,
            final List<String> sourceTaskIds,
            final String continuationTaskId,
            final MergeStrategy strategy,
            final String function) {
        return new PendingJoin(id, sourceTaskIds, continuationTaskId, strategy, function, PENDING, Long.MAX_VALUE, "");
    }

    PendingJoin until(final long deadline) {
        return new PendingJoin(id, sourceTaskIds, continuationTaskId, strategy, function, state, deadline, error);
    }

    /** Whether its sources have so much time only. */
    public boolean isLimited() {
        return deadlineNs != Long.MAX_VALUE;
    }

    /** Whether its sources are still waited for. */
    public boolean isPending() {
        return state.equals(PENDING);
    }

    /** Whether they cannot be had together any more. */
    boolean hasFailed() {
        return state.equals(FAILED);
    }

    PendingJoin done() {
        return inState(DONE, "");
    }

    PendingJoin failed(final String why) {
        return inState(FAILED, why);
    }

    private PendingJoin inState(final String other, final String why) {
        return new PendingJoin(id, sourceTaskIds, continuationTaskId, strategy, function, other, deadlineNs, why);
    }

    static PendingJoin parse(final byte[] json) {
        final DocumentValue document = DocumentJson.parse(json, 0, json.length);
        return new PendingJoin(
                document.textOf("join_id"),
                document.get("source_task_ids").toTexts(),
                document.textOf("continuation_task_id"),
                MergeStrategy.named(document.textOf("merge_strategy")),
                document.textOf("custom_merge_fn"),
                document.textOf("state"),
                document.get("deadline_ns") == null
                        ? Long.MAX_VALUE
                        : document.get("deadline_ns").asLong(),
                document.textOf("error"));
    }

    String json() {
        final TreeMap<String, Object> map = new TreeMap<>();
        map.put("join_id", id);
        map.put("source_task_ids", sourceTaskIds);
        map.put("continuation_task_id", continuationTaskId);
        map.put("merge_strategy", strategy.word());
        map.put("custom_merge_fn", function);
        map.put("state", state);
        map.put("error", error);
        if (isLimited()) {
            map.put("deadline_ns", deadlineNs);
        }
        return new String(DocumentJson.bytes(DocumentValue.of(map)), StandardCharsets.UTF_8);
    }
}
