package io.signalbox.kernel.dependency;

import org.agrona.collections.Long2LongHashMap;

/** The pending waits on each target, in declared order. A target is a kind and a name, inside a scope or kernel-wide. */
final class TargetRings {
    private static final long NO_RING = -1;

    private final Rings rings;
    private final Long2LongHashMap firstByKey = new Long2LongHashMap(64, 0.6f, NO_RING);

    TargetRings(final long[] records, final int stride, final int word) {
        rings = new Rings(records, stride, word);
    }

    /** Resources and gates may be marked kernel-wide, so the waits for one form one ring; all else is awaited inside its scope. */
    static long key(final int scopeSlot, final int kind, final int target) {
        final boolean isKernelWide =
                kind == DependencyKind.RESOURCE.code() || kind == DependencyKind.QUALITY_GATE.code();
        final long scope = isKernelWide ? 0 : scopeSlot;
        return scope << (32 + DependencyKind.CODE_BITS) | (long) kind << 32 | target;
    }

    /** The slot declared first, or -1. */
    int first(final long key) {
        return (int) firstByKey.get(key);
    }

    /** The one declared after it, or -1 at the end. */
    int next(final long key, final int slot) {
        final int next = rings.next(slot);
        return next == (int) firstByKey.get(key) ? -1 : next;
    }

    void append(final long key, final int slot) {
        if (rings.append((int) firstByKey.get(key), slot) == slot) {
            firstByKey.put(key, slot);
        }
    }

    void remove(final long key, final int slot) {
        final int first = rings.remove((int) firstByKey.get(key), slot);
        if (first < 0) {
            firstByKey.remove(key);
        } else {
            firstByKey.put(key, first);
        }
    }
}
