package io.signalbox.kernel.sync;

import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.store.DigestSink;

/** A lease that is held or waited for. What changes is changed by the mutators of {@link Leases} alone. */
final class Lease {
    final int slot;
    final long number;
    final long handle;
    final long coordination;
    final int resource;
    final int owner;
    final LeaseMode mode;
    final long leaseNs;
    long fencing;
    long deadlineNs = Long.MAX_VALUE;

    Lease(
            final int slot,
            final long number,
            final long handle,
            final long coordination,
            final int resource,
            final int owner,
            final LeaseMode mode,
            final long leaseNs) {
        this.slot = slot;
        this.number = number;
        this.handle = handle;
        this.coordination = coordination;
        this.resource = resource;
        this.owner = owner;
        this.mode = mode;
        this.leaseNs = leaseNs;
    }

    boolean isHeld() {
        return fencing != 0;
    }

    LeaseSnapshot snapshot() {
        return new LeaseSnapshot(handle, coordination, resource, owner, mode, fencing, deadlineNs);
    }

    void digestInto(final DigestSink sink) {
        sink.add(number);
        sink.add(handle);
        sink.add(coordination);
        sink.add(Fact.pair(resource, owner));
        sink.add(Fact.pair(slot, mode.code()));
        sink.add(leaseNs);
        sink.add(fencing);
        sink.add(deadlineNs);
    }
}
