package io.signalbox.kernel.dependency;

import io.signalbox.kernel.coordination.CoordinationView;
import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactType;
import io.signalbox.kernel.event.Recorder;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.names.NameTable;
import io.signalbox.kernel.signal.SignalView;

/** Declaring, resolving, failing early, expiring and giving up: check, then record. */
public final class DependencyRules {
    /** A failed completion fails the dependency instead of resolving it. */
    public static final int SUCCESS_REQUIRED = 1;
    /** Answer at once, do not wait. */
    public static final int ANSWER_AT_ONCE = 2;

    private final Dependencies dependencies;
    private final SignalView signals;
    private final NameTable names;
    private final Recorder recorder;

    public DependencyRules(
            final Dependencies dependencies, final SignalView signals, final NameTable names, final Recorder recorder) {
        this.dependencies = dependencies;
        this.signals = signals;
        this.names = names;
        this.recorder = recorder;
    }

    /** Answers the handle of the wait, which may be concluded already. */
    public long declare(
            final long coordination,
            final int kindCode,
            final int flags,
            final int owner,
            final int target,
            final long afterPosition,
            final long timeoutNs,
            final double threshold) {
        final DependencyKind kind = DependencyKind.of(kindCode);
        if (kind == null
                || kind == DependencyKind.RESPONSE
                || kind.isOfSyncRoom()
                || kind == DependencyKind.STATE_PREDICATE
                || timeoutNs < 0
                || (flags & ~(SUCCESS_REQUIRED | ANSWER_AT_ONCE)) != 0
                || kind == DependencyKind.QUALITY_GATE && !(threshold >= 0 && threshold <= 1)) {
            return Rejection.INVALID_VALUE.answer();
        }
        if (target <= 0 || target > names.size() || owner < 0 || owner > names.size()) {
            return Rejection.UNKNOWN_NAME.answer();
        }
        final long handle = dependencies.nextHandle();
        if (handle < 0) {
            return Rejection.CAPACITY_EXHAUSTED.answer();
        }
        final long deadlineNs = timeoutNs == 0 ? Long.MAX_VALUE : saturatedSum(recorder.timestampNs(), timeoutNs);
        recorder.record(
                FactType.DEPENDENCY_DECLARED,
                owner,
                coordination,
                handle,
                Fact.pair(flags << 8 | kindCode, target),
                Double.doubleToLongBits(threshold),
                deadlineNs,
                afterPosition,
                0);
        final DependencyState already = already(coordination, kind, target, flags, afterPosition, threshold);
        if (already != DependencyState.PENDING) {
            conclude((int) handle, already);
        } else if ((flags & ANSWER_AT_ONCE) != 0) {
            conclude((int) handle, DependencyState.FAILED);
        }
        return handle;
    }

    /** Whether the wait of a request can be declared: 0, or why not. Nothing is recorded. */
    public long checkRequest(final long timeoutNs) {
        if (timeoutNs < 0) {
            return Rejection.INVALID_VALUE.answer();
        }
        return dependencies.nextHandle() < 0 ? Rejection.CAPACITY_EXHAUSTED.answer() : 0;
    }

    /** Wait for a response to the signal of this command, which has been checked. Answers the handle of the wait. */
    public long declareRequest(final long coordination, final int owner, final long timeoutNs) {
        final long handle = dependencies.nextHandle();
        recorder.record(
                FactType.DEPENDENCY_DECLARED,
                owner,
                coordination,
                handle,
                Fact.pair(DependencyKind.RESPONSE.code(), requestKey(recorder.position())),
                0,
                timeoutNs == 0 ? Long.MAX_VALUE : saturatedSum(recorder.timestampNs(), timeoutNs),
                recorder.position(),
                0);
        return handle;
    }

    /** Whether somebody waits for a response to the signal of a position, in the same coordination. */
    public boolean isAwaited(final long coordination, final long position) {
        return requestAt(coordination, position) >= 0;
    }

    /** A signal answers another: the wait of its request is over. */
    public void onResponse(final Fact fact) {
        final int slot = requestAt(fact.coordination(), fact.respondsTo());
        if (slot >= 0) {
            conclude(slot, DependencyState.RESOLVED);
        }
    }

    private int requestAt(final long coordination, final long position) {
        int slot = dependencies.firstOnTarget(
                CoordinationView.slotOf(coordination), DependencyKind.RESPONSE, requestKey(position));
        while (slot >= 0 && dependencies.afterPosition(slot) != position) {
            slot = dependencies.nextOnTarget(slot);
        }
        return slot;
    }

    /** Requests are told apart by their positions; the ring of those with the same low bits is walked. */
    private static int requestKey(final long position) {
        return (int) position & Integer.MAX_VALUE;
    }

    /** Record a wait that another room's rules have checked. */
    void recordDeclared(
            final long coordination,
            final long handle,
            final DependencyKind kind,
            final int owner,
            final int target,
            final long timeoutNs) {
        final long deadlineNs = timeoutNs == 0 ? Long.MAX_VALUE : saturatedSum(recorder.timestampNs(), timeoutNs);
        recorder.record(
                FactType.DEPENDENCY_DECLARED,
                owner,
                coordination,
                handle,
                Fact.pair(kind.code(), target),
                0,
                deadlineNs,
                -1,
                0);
    }

    /** What is waited for is there, since a version of the wait's scope. */
    void resolve(final int slot, final long version) {
        recorder.record(
                FactType.DEPENDENCY_RESOLVED,
                0,
                dependencies.coordination(slot),
                dependencies.handle(slot),
                version,
                0,
                0);
    }

    private DependencyState already(
            final long coordination,
            final DependencyKind kind,
            final int target,
            final int flags,
            final long afterPosition,
            final double threshold) {
        final int scope = (int) coordination;
        return switch (kind) {
            case AGENT_COMPLETION -> {
                final long position = signals.completionPosition(scope, target);
                yield position <= afterPosition
                        ? DependencyState.PENDING
                        : afterCompletion(signals.completion(scope, target), flags);
            }
            case RESOURCE -> afterMark(resource(scope, target));
            case QUALITY_GATE -> gate(scope, target, threshold);
            case RESPONSE -> DependencyState.PENDING;
            case SYNC_POINT, BARRIER, LATCH, CONDITION, LEASE -> DependencyState.PENDING;
            case STATE_PREDICATE -> DependencyState.PENDING;
        };
    }

    private static DependencyState afterCompletion(final int completion, final int flags) {
        if (completion == SignalView.NONE) {
            return DependencyState.PENDING;
        }
        return completion == SignalView.FAILED && (flags & SUCCESS_REQUIRED) != 0
                ? DependencyState.FAILED
                : DependencyState.RESOLVED;
    }

    private boolean resource(final int scope, final int resource) {
        final long scoped = mark(scope, resource);
        return (scoped >= 0 ? scoped : mark(0, resource)) == 1;
    }

    private long mark(final int scope, final int resource) {
        final Dependencies.Board board = dependencies.board(scope);
        return board == null ? -1 : board.resources.get(resource, -1);
    }

    private DependencyState gate(final int scope, final int gate, final double threshold) {
        final Dependencies.Board scoped = dependencies.board(scope);
        final Dependencies.Board global = dependencies.board(0);
        if (scoped != null && scoped.gates.indexOf(gate) >= 0) {
            return afterScore(Double.longBitsToDouble(scoped.gates.get(gate, 0)), threshold);
        }
        if (global != null && global.gates.indexOf(gate) >= 0) {
            return afterScore(Double.longBitsToDouble(global.gates.get(gate, 0)), threshold);
        }
        return DependencyState.PENDING;
    }

    private static DependencyState afterScore(final double score, final double threshold) {
        if (Double.isNaN(score)) {
            return DependencyState.FAILED;
        }
        return score >= threshold ? DependencyState.RESOLVED : DependencyState.PENDING;
    }

    /** Answers 0. */
    public long cancel(final long dependency) {
        final DependencyState state = dependencies.state(dependency);
        if (state == null) {
            return Rejection.UNKNOWN_DEPENDENCY.answer();
        }
        if (state != DependencyState.PENDING) {
            return Rejection.ALREADY_CONCLUDED.answer();
        }
        conclude((int) dependency, DependencyState.CANCELLED);
        return 0;
    }

    /** Answers 0. */
    public long markResource(final long coordination, final int resource, final int available) {
        if (resource <= 0 || resource > names.size()) {
            return Rejection.UNKNOWN_NAME.answer();
        }
        if (available < 0 || available > 1) {
            return Rejection.INVALID_VALUE.answer();
        }
        recorder.record(FactType.RESOURCE_MARKED, 0, coordination, resource, available, 0, 0);
        return 0;
    }

    /** Answers 0. A failed gate stays failed until it is scored again. */
    public long scoreGate(final long coordination, final int gate, final boolean failed, final double score) {
        if (gate <= 0 || gate > names.size()) {
            return Rejection.UNKNOWN_NAME.answer();
        }
        if (!failed && !(score >= 0 && score <= 1)) {
            return Rejection.INVALID_VALUE.answer();
        }
        final long bits = Double.doubleToLongBits(failed ? Double.NaN : score);
        recorder.record(FactType.GATE_SCORED, 0, coordination, gate, bits, 0, 0);
        return 0;
    }

    /** The time of a wait is up. */
    public void expire(final int slot) {
        conclude(slot, DependencyState.EXPIRED);
    }

    /** An agent completed: conclude who waits for it. Whether everybody was reached; else call again in a later turn. */
    public boolean onCompletion(final Fact fact) {
        final int scope = CoordinationView.slotOf(fact.coordination());
        int slot = dependencies.firstOnTarget(scope, DependencyKind.AGENT_COMPLETION, fact.subject());
        while (slot >= 0) {
            final int next = dependencies.nextOnTarget(slot);
            if (fact.position() > dependencies.afterPosition(slot)) {
                if (!recorder.hasRoom()) {
                    return false;
                }
                conclude(slot, afterCompletion(fact.completion(), dependencies.flags(slot)));
            }
            slot = next;
        }
        return true;
    }

    /** A resource was marked: when it is available, conclude who waits for it; a kernel-wide mark reaches every scope. */
    public boolean onResource(final Fact fact) {
        return fact.b() == 0 || onMark(fact, DependencyKind.RESOURCE);
    }

    /** A gate was scored: conclude who waits for it; a kernel-wide score reaches every scope without one of its own. */
    public boolean onGate(final Fact fact) {
        return onMark(fact, DependencyKind.QUALITY_GATE);
    }

    private boolean onMark(final Fact fact, final DependencyKind kind) {
        int slot = dependencies.firstOnTarget(0, kind, fact.key());
        while (slot >= 0) {
            final int next = dependencies.nextOnTarget(slot);
            final long coordination = dependencies.coordination(slot);
            if (fact.coordination() == 0 || fact.coordination() == coordination) {
                final DependencyState state = kind == DependencyKind.RESOURCE
                        ? afterMark(resource((int) coordination, fact.key()))
                        : gate((int) coordination, fact.key(), dependencies.threshold(slot));
                if (state != DependencyState.PENDING) {
                    if (!recorder.hasRoom()) {
                        return false;
                    }
                    conclude(slot, state);
                }
            }
            slot = next;
        }
        return true;
    }

    private static DependencyState afterMark(final boolean available) {
        return available ? DependencyState.RESOLVED : DependencyState.PENDING;
    }

    /** The coordination closed: its waits are cancelled. */
    public boolean onCoordinationClosed(final Fact fact) {
        int slot = dependencies.firstInScope(CoordinationView.slotOf(fact.coordination()));
        while (slot >= 0) {
            if (!recorder.hasRoom()) {
                return false;
            }
            conclude(slot, DependencyState.CANCELLED);
            slot = dependencies.firstInScope(CoordinationView.slotOf(fact.coordination()));
        }
        return true;
    }

    /** End a wait that is pending. */
    void conclude(final int slot, final DependencyState state) {
        final FactType type = switch (state) {
            case RESOLVED -> FactType.DEPENDENCY_RESOLVED;
            case FAILED -> FactType.DEPENDENCY_FAILED;
            case EXPIRED -> FactType.DEPENDENCY_EXPIRED;
            case CANCELLED -> FactType.DEPENDENCY_CANCELLED;
            case PENDING -> throw new IllegalStateException("a conclusion cannot be PENDING: slot " + slot);
        };
        recorder.record(type, 0, dependencies.coordination(slot), dependencies.handle(slot), 0, 0, 0);
    }

    private static long saturatedSum(final long a, final long b) {
        final long sum = a + b;
        return sum < 0 || sum == Long.MAX_VALUE ? Long.MAX_VALUE - 1 : sum;
    }
}
