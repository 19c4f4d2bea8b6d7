package io.signalbox.kernel.dependency;

import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactType;
import io.signalbox.kernel.event.Recorder;
import io.signalbox.kernel.event.Rejection;

/** Waits over other waits: all of them, any, at least k. */
public final class CompositeRules {
    private final Dependencies dependencies;
    private final Composites composites;
    private final DependencyRules rules;
    private final Recorder recorder;

    public CompositeRules(final Dependencies dependencies, final DependencyRules rules, final Recorder recorder) {
        this.dependencies = dependencies;
        this.composites = dependencies.composites();
        this.rules = rules;
        this.recorder = recorder;
    }

    /**
     * Answers the handle of the wait, which may be concluded already.
     *
     * @param needed how many members must resolve.
     * @param source where the members' handles stand, from {@code from} on, {@code length} bytes.
     * @param members the same as a range of the command.
     */
    public long declare(
            final long coordination,
            final int flags,
            final int owner,
            final int label,
            final int needed,
            final long timeoutNs,
            final int retriesMax,
            final byte[] source,
            final int from,
            final int length,
            final long members) {
        if (length > Composites.MEMBERS_MAX * Long.BYTES) {
            return Rejection.TOO_LONG.answer();
        }
        final int size = length / Long.BYTES;
        final boolean isFlag = (flags & ~(DependencyRules.CANCEL_REST | DependencyRules.PART)) == 0;
        if (!isFlag || length % Long.BYTES != 0 || needed < 1 || needed > size) {
            return Rejection.INVALID_VALUE.answer();
        }
        final long[] handles = Composites.members(source, from, length);
        final long refusal = refusal(coordination, handles);
        if (refusal < 0) {
            return refusal;
        }
        final long refused = rules.refusal(coordination, owner, label, timeoutNs, retriesMax);
        if (refused < 0) {
            return refused;
        }
        final long handle = dependencies.nextHandle();
        if (handle < 0) {
            return Rejection.CAPACITY_EXHAUSTED.answer();
        }
        int depth = 0;
        int resolved = 0;
        int lost = 0;
        for (final long member : handles) {
            final DependencyState state = dependencies.state(member);
            depth = Math.max(depth, composites.depth(member));
            resolved += state == DependencyState.RESOLVED ? 1 : 0;
            lost += state == DependencyState.RESOLVED || state == DependencyState.PENDING ? 0 : 1;
        }
        final DependencyKind kind = DependencyKind.COMPOSITE;
        rules.recordDeclared(coordination, handle, kind, flags, owner, 0, 0, timeoutNs, -1, retriesMax);
        final long shape = Fact.pair(needed, depth + 1);
        final long counts = Fact.pair(resolved, lost);
        recorder.record(FactType.COMPOSITE_DECLARED, 0, coordination, handle, shape, counts, 0, 0, members);
        rules.recordLabel(coordination, handle, label);
        concludeIfDecided(handle);
        return handle;
    }

    private long refusal(final long coordination, final long[] handles) {
        for (int i = 0; i < handles.length; i++) {
            if (!dependencies.owns(handles[i])) {
                return Rejection.UNKNOWN_DEPENDENCY.answer();
            }
            for (int before = 0; before < i; before++) {
                if (handles[before] == handles[i]) {
                    return Rejection.INVALID_VALUE.answer();
                }
            }
            final int slot = (int) handles[i];
            if (dependencies.coordination(slot) != coordination) {
                return Rejection.INVALID_VALUE.answer();
            }
            if (composites.depth(handles[i]) == Composites.DEPTH_MAX) {
                return Rejection.NESTED_TOO_DEEP.answer();
            }
            if (composites.parents(slot).length == Composites.PARENTS_MAX) {
                return Rejection.CAPACITY_EXHAUSTED.answer();
            }
        }
        return 0;
    }

    private void concludeIfDecided(final long handle) {
        final Composites.Composite composite = composites.composite(handle);
        if (composite != null && dependencies.state(handle) == DependencyState.PENDING) {
            final DependencyState verdict = composite.verdict();
            if (verdict != DependencyState.PENDING) {
                rules.conclude((int) handle, verdict);
            }
        }
    }

    /** A wait has ended: whoever is made of it counts it. Whether everybody has; else call again in a later turn. */
    public boolean onConcluded() {
        for (Composites.Due due = composites.due(); due != null; due = composites.due()) {
            if (!recorder.hasRoom()) {
                return false;
            }
            recorder.record(
                    FactType.COMPOSITE_ADVANCED,
                    due.state().ordinal(),
                    due.coordination(),
                    due.composite(),
                    due.member(),
                    0,
                    0);
            if (due.state() != DependencyState.PENDING) {
                concludeIfDecided(due.composite());
            } else if (dependencies.state(due.member()) == DependencyState.PENDING
                    && composites.parents((int) due.member()).length == 0) {
                rules.conclude((int) due.member(), DependencyState.CANCELLED);
            }
        }
        return true;
    }
}
