package io.signalbox.kernel.board;

import io.signalbox.kernel.context.DocumentValue;
import io.signalbox.kernel.pattern.Join;
import io.signalbox.kernel.pattern.Merged;
import io.signalbox.kernel.pattern.Split;
import io.signalbox.kernel.pattern.SyncPoint;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The signals by which splits, joins and merges are told, each with a JSON object as payload. Those of sync points are the kernel's own. Each is raised in the turn that
 * writes what it tells of, so it comes once, and no crash leaves one without the other.
 */
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

    private CoordinationEvents() {}

    /**
     * One of them.
     *
     * @param type of the signal.
     * @param payload a JSON object.
     */
    record Event(String type, DocumentValue payload) {
        static Event of(final String type, final Map<String, ?> payload) {
            return new Event(type, DocumentValue.of(payload));
        }

        static Event parse(final DocumentValue document) {
            return new Event(document.textOf("type"), document.mapOf("payload"));
        }

        DocumentValue document() {
            return DocumentValue.of(Map.of("type", type, "payload", payload));
        }
    }

    static Event splitCreated(final Split split) {
        return Event.of(
                SPLIT_CREATED,
                Map.of(
                        "split_id", split.id(),
                        "source_task_id", split.source(),
                        "target_task_ids", split.taskIds(),
                        "required_capabilities", split.requiredCapabilities()));
    }

    static Event syncCreated(final SyncPoint point) {
        return Event.of(
                SYNC_CREATED,
                Map.of(
                        "sync_id", point.id(),
                        "waiting_task_ids", point.waitingTaskIds(),
                        "required_count", point.requiredCount()));
    }

    static Event syncReady(final String syncId, final int completed, final int required) {
        return Event.of(
                SYNC_READY, Map.of("sync_id", syncId, "completed_count", completed, "required_count", required));
    }

    static Event joinCreated(final Join join) {
        return Event.of(
                JOIN_CREATED,
                about(
                        join.id(),
                        join.sources(),
                        join.continuation().id(),
                        join.strategy().word()));
    }

    static Event joinCreated(final PendingJoin join) {
        return Event.of(JOIN_CREATED, about(join));
    }

    static Event mergeCompleted(final String mergeId, final Merged merged) {
        return Event.of(
                MERGE_COMPLETED,
                Map.of(
                        "merge_id", mergeId,
                        "source_task_ids",
                                merged.sources().stream()
                                        .map(source -> source.taskId())
                                        .toList(),
                        "merge_strategy", merged.strategy().word(),
                        "result_keys", merged.keys()));
    }

    static Event synthesisCompleted(final PendingJoin join, final Merged merged) {
        final Map<String, Object> payload = about(join);
        payload.put("source_count", merged.sourceCount());
        return Event.of(SYNTHESIS_COMPLETED, payload);
    }

    static Event synthesisFailed(final PendingJoin join, final String error) {
        final Map<String, Object> payload = about(join);
        payload.put("error", error);
        return Event.of(SYNTHESIS_FAILED, payload);
    }

    private static Map<String, Object> about(final PendingJoin join) {
        return about(
                join.id(),
                join.sourceTaskIds(),
                join.continuationTaskId(),
                join.strategy().word());
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
}
