package io.signalbox.kernel.sync;

/** Types of the signals that this room raises. Each is about the barrier or sync point that its payload, a JSON object, names. */
public final class SyncTopics {
    /** A barrier or sync point was declared: {@code sync_id, required_count, waiting_task_ids}. */
    public static final String CREATED = "coordination.sync.created";
    /** A barrier was released or a sync point has enough: {@code sync_id, completed_count, required_count, generation}. */
    public static final String READY = "coordination.sync.ready";
    /** A barrier is broken, a sync point failed or expired: as {@link #READY}, and {@code missing_task_ids}. */
    public static final String BROKEN = "coordination.sync.broken";

    private SyncTopics() {}
}
