package io.signalbox.kernel.sync;

import io.signalbox.kernel.coordination.CoordinationView;
import io.signalbox.kernel.deadline.DeadlineQueue;
import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.store.DigestSink;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * The leases, held and waited for. What is leased is known by its name, kernel-wide; each lease belongs to the coordination that asked
 * for it. A lease has a number, which is the id of the fact by which it was asked for, so numbers stand in the order of asking; its
 * fencing number is the id of the fact that granted it, so a later grant always has a higher one, though nothing of the earlier one
 * is remembered.
 */
public final class Leases {
    /** What is leased under one name. */
    static final class Resource {
        final NavigableMap<Long, Lease> holders = new TreeMap<>();
        final NavigableMap<Long, Lease> queue = new TreeMap<>();

        /** Whether this lease may stand beside those that are held. */
        boolean admits(final Lease lease) {
            return holders.isEmpty()
                    || lease.mode == LeaseMode.SHARED && holders.firstEntry().getValue().mode == LeaseMode.SHARED;
        }
    }

    /** Who wants what: nobody can want the same twice. */
    private record Claim(long coordination, int resource, int owner) {
        static Claim of(final Lease lease) {
            return new Claim(lease.coordination, lease.resource, lease.owner);
        }
    }

    private final NavigableMap<Long, Lease> byNumber = new TreeMap<>();
    private final Map<Claim, Lease> byClaim = new HashMap<>();
    private final Long2ObjectHashMap<Lease> byHandle = new Long2ObjectHashMap<>();
    private final Int2ObjectHashMap<Resource> byResource = new Int2ObjectHashMap<>();
    private final Int2ObjectHashMap<NavigableMap<Long, Lease>> byOwner = new Int2ObjectHashMap<>();
    private final Int2ObjectHashMap<NavigableMap<Long, Lease>> byScope = new Int2ObjectHashMap<>();
    private final Lease[] places;
    private final int[] free;
    private final DeadlineQueue deadlines;
    private int freeCount;
    private int used;

    public Leases(final int leasesMax, final DeadlineQueue deadlines) {
        places = new Lease[leasesMax];
        free = new int[leasesMax];
        this.deadlines = deadlines;
    }

    // ------------------------------------------------------------------ looking

    boolean isFull() {
        return byNumber.size() == places.length;
    }

    /** What is leased under a name, or null when nobody holds it or waits for it. */
    Resource resource(final int name) {
        return byResource.get(name);
    }

    /** The lease that was asked for by this wait, or null when it has ended. */
    Lease byHandle(final long handle) {
        return byHandle.get(handle);
    }

    /** The lease in a place. */
    Lease at(final int slot) {
        return places[slot];
    }

    /** What this owner holds of a resource in a coordination, or waits for; null for nothing. */
    Lease find(final long coordination, final int resource, final int owner) {
        return byClaim.get(new Claim(coordination, resource, owner));
    }

    /** The first lease of an owner behind a number, in the order of asking; null when there is none. */
    Lease ofOwnerBehind(final int owner, final long number) {
        return behind(byOwner.get(owner), number);
    }

    /** The first lease of a coordination behind a number, in the order of asking; null when there is none. */
    Lease ofScopeBehind(final int scope, final long number) {
        return behind(byScope.get(scope), number);
    }

    private static Lease behind(final NavigableMap<Long, Lease> leases, final long number) {
        final Map.Entry<Long, Lease> next = leases == null ? null : leases.higherEntry(number);
        return next == null ? null : next.getValue();
    }

    /** All leases, held and waited for, in the order of asking. Turn only. */
    public List<LeaseSnapshot> snapshots() {
        return byNumber.values().stream().map(Lease::snapshot).toList();
    }

    /** The lease that was asked for by this wait, or null when it has ended. Turn only. */
    public LeaseSnapshot snapshot(final long handle) {
        final Lease lease = byHandle.get(handle);
        return lease == null ? null : lease.snapshot();
    }

    // ------------------------------------------------------------------ one mutator per fact

    /** LEASE_ASKED: extra mode; a handle of the wait; b resource and owner; c how long it is granted for. */
    public void onAsked(final Fact fact) {
        final int slot = freeCount > 0 ? free[--freeCount] : used++;
        final Lease lease = new Lease(
                slot,
                fact.factId(),
                fact.a(),
                fact.coordination(),
                (int) (fact.b() >>> 32),
                (int) fact.b(),
                LeaseMode.of(fact.extra()),
                fact.c());
        places[slot] = lease;
        byNumber.put(lease.number, lease);
        byHandle.put(lease.handle, lease);
        byClaim.put(Claim.of(lease), lease);
        Resource resource = byResource.get(lease.resource);
        if (resource == null) {
            resource = new Resource();
            byResource.put(lease.resource, resource);
        }
        resource.queue.put(lease.number, lease);
        add(byOwner, lease.owner, lease);
        add(byScope, CoordinationView.slotOf(lease.coordination), lease);
    }

    /** LEASE_GRANTED: a handle; b resource and owner; c deadline. */
    public void onGranted(final Fact fact) {
        final Lease lease = byHandle.get(fact.a());
        final Resource resource = byResource.get(lease.resource);
        resource.queue.remove(lease.number);
        resource.holders.put(lease.number, lease);
        lease.fencing = fact.factId();
        limit(lease, fact.c());
    }

    /** LEASE_RENEWED: a handle; b resource and owner; c deadline. */
    public void onRenewed(final Fact fact) {
        limit(byHandle.get(fact.a()), fact.c());
    }

    private static long timer(final Lease lease) {
        return SyncView.TIMER_TAG | SyncView.LEASE_TAG | lease.slot;
    }

    private void limit(final Lease lease, final long deadlineNs) {
        lease.deadlineNs = deadlineNs;
        if (deadlineNs == DeadlineQueue.NEVER) {
            deadlines.cancel(timer(lease));
        } else {
            deadlines.schedule(timer(lease), deadlineNs);
        }
    }

    /** LEASE_ENDED: extra why; a handle; b resource and owner. LEASE_WITHDRAWN: a handle; b resource and owner. */
    public void onEnded(final Fact fact) {
        final Lease lease = byHandle.remove(fact.a());
        deadlines.cancel(timer(lease));
        byNumber.remove(lease.number);
        byClaim.remove(Claim.of(lease));
        final Resource resource = byResource.get(lease.resource);
        resource.queue.remove(lease.number);
        resource.holders.remove(lease.number);
        if (resource.queue.isEmpty() && resource.holders.isEmpty()) {
            byResource.remove(lease.resource);
        }
        remove(byOwner, lease.owner, lease);
        remove(byScope, CoordinationView.slotOf(lease.coordination), lease);
        places[lease.slot] = null;
        free[freeCount++] = lease.slot;
    }

    private static void add(
            final Int2ObjectHashMap<NavigableMap<Long, Lease>> index, final int key, final Lease lease) {
        NavigableMap<Long, Lease> leases = index.get(key);
        if (leases == null) {
            leases = new TreeMap<>();
            index.put(key, leases);
        }
        leases.put(lease.number, lease);
    }

    private static void remove(
            final Int2ObjectHashMap<NavigableMap<Long, Lease>> index, final int key, final Lease lease) {
        final NavigableMap<Long, Lease> leases = index.get(key);
        leases.remove(lease.number);
        if (leases.isEmpty()) {
            index.remove(key);
        }
    }

    /** Everything it remembers, in the order of asking. */
    public void digestInto(final DigestSink sink) {
        sink.add(Fact.pair(used, freeCount));
        for (int i = 0; i < freeCount; i++) {
            sink.add(free[i]);
        }
        for (final Lease lease : byNumber.values()) {
            lease.digestInto(sink);
        }
    }
}
