package io.signalbox.kernel;

import io.signalbox.kernel.sync.LeaseMode;
import io.signalbox.kernel.sync.SyncChange;
import io.signalbox.kernel.sync.SyncKind;
import io.signalbox.kernel.sync.SyncRules;
import io.signalbox.kernel.sync.SyncState;
import io.signalbox.kernel.sync.SyncTopics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/**
 * Where the agents of a coordination meet - barriers, events, conditions, sync points - and the leases by which they keep out of each
 * other's way. Any thread. Everything has a name; a barrier, event, condition and sync point of one coordination cannot have the same.
 * A time limit is above zero; the methods without one wait without a limit. A refusal is in the receipt, or is the outcome of the wait.
 */
public final class CoordinationSync {
    /** Type of the signal that a barrier or sync point was created. */
    public static final String SYNC_CREATED = SyncTopics.CREATED;
    /** Type of the signal that a barrier was released or a sync point has enough. */
    public static final String SYNC_READY = SyncTopics.READY;
    /** Type of the signal that a barrier is broken, or a sync point failed or expired. */
    public static final String SYNC_BROKEN = SyncTopics.BROKEN;

    private static final Duration NO_LIMIT = Duration.ofNanos(Long.MAX_VALUE);
    private static final byte[] NOTHING = {};

    private final Kernel kernel;
    private final Coordination coordination;

    CoordinationSync(final Kernel kernel, final Coordination coordination) {
        this.kernel = kernel;
        this.coordination = coordination;
    }

    // ------------------------------------------------------------------ barriers

    /** As {@link #createBarrier(String, Collection, Duration)}, without a limit. */
    public Receipt createBarrier(final String id, final Collection<String> participants) {
        return createBarrier(id, participants, NO_LIMIT);
    }

    /**
     * Create a barrier: who arrives waits until all participants have arrived; then it begins anew.
     *
     * @param timeout from the first arrival of each generation; when it is up before the last, the barrier is broken.
     */
    public Receipt createBarrier(final String id, final Collection<String> participants, final Duration timeout) {
        return declare(SyncKind.BARRIER, 0, id, 0, timeout, participants);
    }

    /** As {@link #waitAtBarrier(String, String, String)}, bringing nothing. */
    public Arrival waitAtBarrier(final String id, final String agent) {
        return arrive(id, agent, NOTHING);
    }

    /**
     * Arrive at a barrier. The arrival stands whether anybody waits for its end or not.
     *
     * @param partialResult what the agent brings to the others; empty for nothing.
     */
    public Arrival waitAtBarrier(final String id, final String agent, final String partialResult) {
        return arrive(id, agent, partialResult.getBytes(StandardCharsets.UTF_8));
    }

    private Arrival arrive(final String id, final String agent, final byte[] partialResult) {
        final int name = kernel.nameId(id);
        final int agentId = kernel.nameId(agent);
        final long wait = ingress().arrive(coordination.handle(), name, agentId, partialResult);
        return new Arrival(kernel, coordination, name, new Dependency(kernel, coordination, wait));
    }

    /** Wait for the release of the present generation without being one of those who arrive. */
    public Dependency waitForBarrier(final String id, final Duration timeout) {
        return await(id, -1, timeout);
    }

    /**
     * Wait for the release of a generation, or a later one, that may have been: for who comes back after an arrival whose answer was
     * lost.
     *
     * @param generation from 1; see {@link Arrival#generation} and {@link #status}.
     */
    public Dependency waitForBarrier(final String id, final long generation, final Duration timeout) {
        return await(id, generation, timeout);
    }

    /** What was brought to a released generation, as {@link Arrival#results}. Asked between two turns. */
    public List<PartialResult> barrierResults(final String id, final long generation) {
        final int name = kernel.nameId(id);
        return kernel.query(() -> PartialResult.of(kernel, coordination.handle(), name, generation));
    }

    /** Begin a barrier anew, broken or not; who waits at it is sent home ({@link Outcome.Cancelled}). The value is the generation. */
    public Receipt resetBarrier(final String id) {
        return change(id, SyncChange.RESET);
    }

    // ------------------------------------------------------------------ events

    /** Create an event: once it is signalled it lets everybody through, until it is cleared. */
    public Receipt createEvent(final String id) {
        return declare(SyncKind.LATCH, 0, id, 0, NO_LIMIT, List.of());
    }

    /** Signal an event; again is harmless. The receipt's value is its generation. */
    public Receipt signalEvent(final String id) {
        return change(id, SyncChange.SET);
    }

    /** Clear an event: who comes now waits again. The receipt's value is its generation. */
    public Receipt clearEvent(final String id) {
        return change(id, SyncChange.RESET);
    }

    /** Wait for an event, without a limit of time; one that was signalled before counts. */
    public Dependency waitForEvent(final String id) {
        return await(id, -1, NO_LIMIT);
    }

    /** Wait for an event; one that was signalled before counts. */
    public Dependency waitForEvent(final String id, final Duration timeout) {
        return await(id, -1, timeout);
    }

    // ------------------------------------------------------------------ conditions

    /** Create a condition: who waits at it is woken when somebody notifies it. */
    public Receipt createCondition(final String id) {
        return declare(SyncKind.CONDITION, 0, id, 0, NO_LIMIT, List.of());
    }

    /** Create a condition that each change of a key of this coordination's state notifies; it has the key's name. */
    public Receipt createConditionOnKey(final String key) {
        return declare(SyncKind.CONDITION, SyncRules.WATCHES_KEY, key, 0, NO_LIMIT, List.of());
    }

    /** Wake the first who waits; the receipt's value is 1, or 0 when nobody waited. */
    public Receipt notifyOne(final String id) {
        return change(id, SyncChange.NOTIFY_FIRST);
    }

    /** Wake all who wait, in the order in which they came; the receipt's value is the generation from now on. */
    public Receipt notifyAllOf(final String id) {
        return change(id, SyncChange.NOTIFY_ALL);
    }

    /** Wait for the next notification. */
    public Dependency waitForChange(final String id, final Duration timeout) {
        return await(id, -1, timeout);
    }

    /**
     * Wait for a notification of all that came or comes after a generation: look at the {@link #status}, look at what the condition is
     * about, then wait with the generation of the status, and no change is missed.
     *
     * @param generation from 0.
     */
    public Dependency waitForChange(final String id, final long generation, final Duration timeout) {
        return await(id, generation, timeout);
    }

    /**
     * Wait until something is so that a condition is about. Looks on the calling thread, at once and after each notification of all;
     * nobody polls.
     *
     * @param look what is looked for, null while it is not there.
     * @param patience the caller's own, above zero.
     * @return what was found, null when the patience was at an end, or the condition is not there or was dropped.
     */
    public <T> T coordinateConditionalSync(final String id, final Supplier<T> look, final Duration patience) {
        final long deadlineNs = System.nanoTime() + Durations.nanos(patience);
        SyncStatus status = status(id);
        T found = look.get();
        while (found == null && status != null) {
            final Dependency change = waitForChange(id, status.generation(), NO_LIMIT);
            if (!change.await(Duration.ofNanos(Math.max(0, deadlineNs - System.nanoTime())))
                    .isResolved()) {
                change.cancel();
                return null;
            }
            status = status(id);
            found = look.get();
        }
        return found;
    }

    // ------------------------------------------------------------------ sync points

    /** As {@link #createSyncPoint(String, Collection, int, Duration)}: all, without a limit. */
    public Receipt createSyncPoint(final String syncId, final Collection<String> waitingTaskIds) {
        return createSyncPoint(syncId, waitingTaskIds, 0, NO_LIMIT);
    }

    /**
     * Create a sync point: ready when enough agents or tasks have completed with success, counting those that did before. When so many
     * have failed that enough can no longer come, who waits fails at once.
     *
     * @param requiredCount 0 for all.
     */
    public Receipt createSyncPoint(
            final String syncId,
            final Collection<String> waitingTaskIds,
            final int requiredCount,
            final Duration timeout) {
        return declare(SyncKind.SYNC_POINT, 0, syncId, requiredCount, timeout, waitingTaskIds);
    }

    /** As {@link #createSyncPoint(String, Collection, int, Duration)}, where a failed one counts like any other. */
    public Receipt createSyncPointOfEnds(
            final String syncId,
            final Collection<String> waitingTaskIds,
            final int requiredCount,
            final Duration timeout) {
        return declare(SyncKind.SYNC_POINT, SyncRules.FAILURES_COUNT, syncId, requiredCount, timeout, waitingTaskIds);
    }

    /** Whether a sync point is ready; false also when there is none. */
    public boolean checkSyncPointReady(final String syncId) {
        final SyncStatus status = status(syncId);
        return status != null && status.kind() == SyncKind.SYNC_POINT && status.state() == SyncState.READY;
    }

    /** Wait for a sync point, without a limit but its own. */
    public Dependency waitForSyncPoint(final String syncId) {
        return await(syncId, -1, NO_LIMIT);
    }

    /** Wait for a sync point. */
    public Dependency waitForSyncPoint(final String syncId, final Duration timeout) {
        return await(syncId, -1, timeout);
    }

    // ------------------------------------------------------------------ all of them

    /** How the barrier, event, condition or sync point of this name stands, null when there is none. Asked between two turns. */
    public SyncStatus status(final String id) {
        final int name = kernel.nameId(id);
        return kernel.query(
                () -> SyncStatus.of(kernel, kernel.machine().syncs().snapshot(coordination.handle(), name)));
    }

    /** Forget the barrier, event, condition or sync point of this name; who waits at it is sent home. */
    public Receipt drop(final String id) {
        return change(id, SyncChange.DROP);
    }

    private Receipt declare(
            final SyncKind kind,
            final int flags,
            final String id,
            final int required,
            final Duration timeout,
            final Collection<String> parties) {
        final int name = kernel.nameId(id);
        final int[] ids = parties.stream().mapToInt(kernel::nameId).toArray();
        return receipt(
                ingress().declare(coordination.handle(), kind, flags, name, required, Durations.nanos(timeout), ids));
    }

    private Receipt change(final String id, final SyncChange change) {
        final int name = kernel.nameId(id);
        return receipt(ingress().change(coordination.handle(), name, change));
    }

    private Dependency await(final String id, final long afterGeneration, final Duration timeout) {
        final int name = kernel.nameId(id);
        final long answer = ingress().await(coordination.handle(), name, 0, afterGeneration, Durations.nanos(timeout));
        return new Dependency(kernel, coordination, answer);
    }

    private SyncIngress ingress() {
        return kernel.ingress().syncs();
    }

    private Receipt receipt(final long answer) {
        return kernel.receipt(kernel.ingress(), answer);
    }

    // ------------------------------------------------------------------ leases

    /** As {@link #acquireLease(String, String, LeaseMode, Duration, Duration)}, waiting without a limit. */
    public Lease acquireLease(
            final String resource, final String owner, final LeaseMode mode, final Duration leaseTime) {
        return acquireLease(resource, owner, mode, leaseTime, NO_LIMIT);
    }

    /**
     * Ask for a lease on a resource, which is known by its name in the whole kernel; wait in line while others hold it.
     *
     * @param leaseTime how long it is good for once it is granted, unless it is renewed.
     * @param timeout how long to wait for it.
     */
    public Lease acquireLease(
            final String resource,
            final String owner,
            final LeaseMode mode,
            final Duration leaseTime,
            final Duration timeout) {
        return acquire(resource, owner, mode, false, leaseTime, timeout);
    }

    /** Ask for a lease that is to be had at once or not at all: then its outcome is {@link Outcome.Failed}. */
    public Lease tryLease(final String resource, final String owner, final LeaseMode mode, final Duration leaseTime) {
        return acquire(resource, owner, mode, true, leaseTime, NO_LIMIT);
    }

    private Lease acquire(
            final String resource,
            final String owner,
            final LeaseMode mode,
            final boolean atOnce,
            final Duration leaseTime,
            final Duration timeout) {
        final int resourceId = kernel.nameId(resource);
        final int ownerId = kernel.nameId(owner);
        final long answer = ingress()
                .acquire(
                        coordination.handle(),
                        resourceId,
                        ownerId,
                        mode,
                        atOnce,
                        Durations.nanos(leaseTime),
                        Durations.nanos(timeout));
        return new Lease(kernel, coordination, resource, owner, new Dependency(kernel, coordination, answer));
    }

    /** Give back everything that an owner holds here; the receipt's value is how many leases it held. */
    public Receipt releaseLeases(final String owner) {
        final int ownerId = kernel.nameId(owner);
        return receipt(ingress().releaseAll(coordination.handle(), ownerId));
    }

    /** The leases of this coordination, held and waited for, in the order of asking. Asked between two turns. */
    public List<LeaseStatus> leases() {
        return kernel.query(() -> kernel.machine().leases().snapshots().stream()
                .filter(lease -> lease.coordination() == coordination.handle())
                .map(lease -> LeaseStatus.of(kernel, lease))
                .toList());
    }

    /** Whether anybody in the kernel holds a lease on a resource. Asked between two turns. */
    public boolean isLeased(final String resource) {
        final int name = kernel.nameId(resource);
        return kernel.query(() -> kernel.machine().leases().snapshots().stream()
                .anyMatch(lease -> lease.resource() == name && lease.isHeld()));
    }
}
