package io.signalbox.kernel.board;

import io.signalbox.kernel.Coordination;
import io.signalbox.kernel.context.DocumentValue;
import io.signalbox.kernel.pattern.Join;
import io.signalbox.kernel.pattern.Merged;
import io.signalbox.kernel.pattern.Split;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The signals by which splits, joins and merges are told, each with a JSON object as payload. Those of sync points are the kernel's own. */
public final class CoordinationEvents {
    /** {@code split_id, source_task_id, target_task_ids, required_capabilities}. */
    public static final String SPLIT_CREATED = "coordination.split.created";
    /** {@code join_id, source_task_ids, continuation_task_id, merge_strategy}. */
    public static final String JOIN_CREATED = "coordination.join.created";
    /** {@code merge_id, source_task_ids, merge_strategy, result_keys}. */
    public static final String MERGE_COMPLETED = "coordination.merge.completed";
    /** {@code sync_id, waiting_task_ids, required_count}: of a pattern that was started; as the kernel tells of its own. */
    public static final String SYNC_CREATED = "coordination.sync.created";
    /** {@code sync_id, completed_count, required_count}: as the kernel tells of its own. */
    public static final String SYNC_READY = "coordination.sync.ready";
    /** {@code join_id, source_task_ids, continuation_task_id, merge_strategy, source_count}. */
    public static final String SYNTHESIS_COMPLETED = "coordination.synthesis.completed";
    /** {@code join_id, source_task_ids, continuation_task_id, merge_strategy, error}. */
    public static final String SYNTHESIS_FAILED = "coordination.synthesis.failed";

    /** Who raises them. */
    public static final String SENDER = "coordination_service";

    private final Coordination coordination;

    CoordinationEvents(final Coordination coordination) {
        this.coordination = coordination;
    }

    void splitCreated(final Split split) {
        raise(
                SPLIT_CREATED,
                Map.of(
                        "split_id", split.id(),
                        "source_task_id", split.source(),
                        "target_task_ids", split.taskIds(),
                        "required_capabilities", split.requiredCapabilities()));
    }

    void syncCreated(final String syncId, final List<String> waiting, final int required) {
        raise(SYNC_CREATED, Map.of("sync_id", syncId, "waiting_task_ids", waiting, "required_count", required));
    }

    void syncReady(final String syncId, final int completed, final int required) {
        raise(SYNC_READY, Map.of("sync_id", syncId, "completed_count", completed, "required_count", required));
    }

    void joinCreated(final Join join) {
        raise(JOIN_CREATED, about(join.id(), join.sources(), join.continuation().id(), join.strategy().word()));
    }

    void joinCreated(final PendingJoin join) {
        raise(JOIN_CREATED, about(join));
    }

    void mergeCompleted(final String mergeId, final Merged merged) {
        raise(
                MERGE_COMPLETED,
                Map.of(
                        "merge_id", mergeId,
                        "source_task_ids", merged.sources().stream().map(source -> source.taskId()).toList(),
                        "merge_strategy", merged.strategy().word(),
                        "result_keys", merged.keys()));
    }

    void synthesisCompleted(final PendingJoin join, final Merged merged) {
        final Map<String, Object> payload = about(join);
        payload.put("source_count", merged.sourceCount());
        raise(SYNTHESIS_COMPLETED, payload);
    }

    void synthesisFailed(final PendingJoin join, final String error) {
        final Map<String, Object> payload = about(join);
        payload.put("error", error);
        raise(SYNTHESIS_FAILED, payload);
    }

    private static Map<String, Object> about(final PendingJoin join) {
        return about(
                join.id(), join.sourceTaskIds(), join.continuationTaskId(), join.strategy().word());
    }

    private static Map<String, Object> about(
            final String joinId, final List<String> sources, final String continuation, final String strategy) {
        final Map<String, Object> payload = new TreeMap<>();
        payload.put("join_id", joinId);
        payload.put("source_task_ids", sources);
        payload.put("continuation_task_id", continuation);
        payload.put("merge_strategy", strategy);
        return payload;
    }

    private void raise(final String type, final Map<String, ?> payload) {
        coordination
                .raise(type, SENDER, DocumentValue.of(payload).toString())
                .orThrow();
    }
}
