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
    /** A composite that ends cancels those of its members that nobody else has. */
    public static final int CANCEL_REST = 4;
    /** The wait is meant for a composite: it alone holds nobody up. */
    public static final int PART = 8;
    /** Mark of a resource that is not there now. */
    public static final int UNAVAILABLE = 0;
    /** Mark of a resource that is there. */
    public static final int AVAILABLE = 1;
    /** Mark of a resource that will not come: who waits for it fails at once. */
    public static final int WITHDRAWN = 2;
    /** How often a wait may be declared again when its time is up. */
    public static final int RETRIES_MAX = 254;

    /** What may be said of a wait for a state. */
    static final int STATE_FLAGS = ANSWER_AT_ONCE | PART;

    private static final int PLAIN_FLAGS = SUCCESS_REQUIRED | STATE_FLAGS;

    private final Dependencies dependencies;
    private final Boards boards;
    private final SignalView signals;
    private final NameTable names;
    private final Recorder recorder;

    public DependencyRules(
            final Dependencies dependencies, final SignalView signals, final NameTable names, final Recorder recorder) {
        this.dependencies = dependencies;
        this.boards = dependencies.boards();
        this.signals = signals;
        this.names = names;
        this.recorder = recorder;
    }

    /** As the longer one, without a label, retries, or a sender. */
    public long declare(
            final long coordination,
            final int kindCode,
            final int flags,
            final int owner,
            final int target,
            final long afterPosition,
            final long timeoutNs,
            final double threshold) {
        return declare(coordination, kindCode, flags, owner, target, afterPosition, timeoutNs, threshold, 0, 0, 0);
    }

    /**
     * Answers the handle of the wait, which may be concluded already.
     *
     * @param from name id of the sender of the signal, of the approver, of the completion's event; 0 for any.
     * @param label what it is called in its scope, 0 for nothing.
     * @param retriesMax how often it is declared again when its time is up.
     */
    public long declare(
            final long coordination,
            final int kindCode,
            final int flags,
            final int owner,
            final int target,
            final long afterPosition,
            final long timeoutNs,
            final double threshold,
            final int from,
            final int label,
            final int retriesMax) {
        final DependencyKind kind = DependencyKind.of(kindCode);
        if (kind == null || !kind.isPlain() || (flags & ~PLAIN_FLAGS) != 0 || !isThreshold(kind, threshold)) {
            return Rejection.INVALID_VALUE.answer();
        }
        if (target <= 0 || target > names.size() || !isNameOrNone(from)) {
            return Rejection.UNKNOWN_NAME.answer();
        }
        final long refusal = refusal(coordination, owner, label, timeoutNs, retriesMax);
        if (refusal < 0) {
            return refusal;
        }
        final long handle = dependencies.nextHandle();
        if (handle < 0) {
            return Rejection.CAPACITY_EXHAUSTED.answer();
        }
        final long detail =
                hasThreshold(kind) ? Double.doubleToLongBits(thresholdOf(kind, threshold)) : from & 0xFFFF_FFFFL;
        final boolean isSyncPoint = kind == DependencyKind.SYNC_POINT;
        final long after = isSyncPoint ? -1 : afterPosition;
        recordDeclared(coordination, handle, kind, flags, owner, target, detail, timeoutNs, after, retriesMax);
        recordLabel(coordination, handle, label);
        final DependencyState already = kind == DependencyKind.AGENT_COMPLETION
                ? completed((int) coordination, target, from, flags, afterPosition)
                : already((int) handle);
        if (already != DependencyState.PENDING) {
            conclude((int) handle, already);
        } else if ((flags & ANSWER_AT_ONCE) != 0 && !isSyncPoint) { // how a sync point stands, its own room says
            conclude((int) handle, DependencyState.FAILED);
        }
        return handle;
    }

    private static boolean hasThreshold(final DependencyKind kind) {
        return kind == DependencyKind.QUALITY_GATE || kind == DependencyKind.RESOURCE;
    }

    private static boolean isThreshold(final DependencyKind kind, final double threshold) {
        return !hasThreshold(kind) || threshold >= 0 && threshold <= 1;
    }

    /** A resource that is not there at all never suffices: 0 stands for the whole of it. */
    private static double thresholdOf(final DependencyKind kind, final double threshold) {
        return kind == DependencyKind.RESOURCE && threshold == 0 ? 1 : threshold;
    }

    private boolean isNameOrNone(final int name) {
        return name >= 0 && name <= names.size();
    }

    /** Why a wait cannot be declared, whatever it waits for; 0 when it can. */
    long refusal(
            final long coordination, final int owner, final int label, final long timeoutNs, final int retriesMax) {
        if (timeoutNs < 0 || retriesMax < 0 || retriesMax > RETRIES_MAX) {
            return Rejection.INVALID_VALUE.answer();
        }
        if (!isNameOrNone(owner) || !isNameOrNone(label)) {
            return Rejection.UNKNOWN_NAME.answer();
        }
        if (label != 0) {
            final long known = boards.labelled((int) coordination, label);
            if (known >= 0 && dependencies.state(known) == DependencyState.PENDING) {
                return Rejection.DUPLICATE_DEPENDENCY.answer();
            }
        }
        return 0;
    }

    /** Record a wait whose rules have been checked. */
    void recordDeclared(
            final long coordination,
            final long handle,
            final DependencyKind kind,
            final int flags,
            final int owner,
            final int target,
            final long detail,
            final long timeoutNs,
            final long afterPosition,
            final int retriesMax) {
        recorder.record(
                FactType.DEPENDENCY_DECLARED,
                owner,
                coordination,
                handle,
                Fact.pair(retriesMax << 16 | flags << 8 | kind.code(), target),
                detail,
                timeoutNs == 0 ? Long.MAX_VALUE : saturatedSum(recorder.timestampNs(), timeoutNs),
                afterPosition,
                0);
    }

    void recordLabel(final long coordination, final long handle, final int label) {
        if (label != 0) {
            recorder.record(FactType.DEPENDENCY_LABELLED, 0, coordination, handle, label, 0, 0);
        }
    }

    /** How a pending wait stands by what is known already. */
    DependencyState already(final int slot) {
        final int scope = (int) dependencies.coordination(slot);
        final int target = dependencies.target(slot);
        return switch (dependencies.kind(slot)) {
            case AGENT_COMPLETION ->
                completed(
                        scope,
                        target,
                        dependencies.from(slot),
                        dependencies.flags(slot),
                        dependencies.afterPosition(slot));
            case RESOURCE -> boards.resource(scope, target, dependencies.threshold(slot));
            case QUALITY_GATE -> boards.gate(scope, target, dependencies.threshold(slot));
            case SIGNAL, APPROVAL, COMPOSITE, RESPONSE, STATE_PREDICATE -> DependencyState.PENDING;
            case SYNC_POINT, BARRIER, LATCH, CONDITION, LEASE -> DependencyState.PENDING;
        };
    }

    /** Of the past only the last completion is known, and not its event. */
    private DependencyState completed(
            final int scope, final int agent, final int event, final int flags, final long afterPosition) {
        return event != 0 || signals.completionPosition(scope, agent) <= afterPosition
                ? DependencyState.PENDING
                : afterCompletion(signals.completion(scope, agent), flags);
    }

    static DependencyState afterCompletion(final int completion, final int flags) {
        if (completion == SignalView.NONE) {
            return DependencyState.PENDING;
        }
        return completion == SignalView.FAILED && (flags & SUCCESS_REQUIRED) != 0
                ? DependencyState.FAILED
                : DependencyState.RESOLVED;
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
    public long markResource(final long coordination, final int resource, final int mark) {
        return markResource(coordination, resource, mark, Double.NaN);
    }

    /**
     * Answers 0. A withdrawn resource stays withdrawn until it is marked again.
     *
     * @param mark {@link #UNAVAILABLE}, {@link #AVAILABLE} or {@link #WITHDRAWN}.
     * @param level how far an available one is, 0 to 1; NaN for wholly.
     */
    public long markResource(final long coordination, final int resource, final int mark, final double level) {
        if (resource <= 0 || resource > names.size()) {
            return Rejection.UNKNOWN_NAME.answer();
        }
        if (mark < 0 || mark > WITHDRAWN || level < 0 || level > 1) {
            return Rejection.INVALID_VALUE.answer();
        }
        final double reached = switch (mark) {
            case AVAILABLE -> Double.isNaN(level) ? 1 : level;
            case WITHDRAWN -> Double.NaN;
            default -> 0;
        };
        final long bits = Double.doubleToLongBits(reached);
        recorder.record(FactType.RESOURCE_MARKED, 0, coordination, resource, mark, bits, 0);
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

    /** The time of a wait is up: it gets the same time again, as often as it was declared to. */
    public void expire(final int slot) {
        final int retries = dependencies.retries(slot);
        if (retries == dependencies.retriesMax(slot)) {
            conclude(slot, DependencyState.EXPIRED);
            return;
        }
        recorder.record(
                FactType.DEPENDENCY_RETRIED,
                0,
                dependencies.coordination(slot),
                dependencies.handle(slot),
                retries + 1,
                0,
                saturatedSum(recorder.timestampNs(), dependencies.timeoutNs(slot)));
    }

    /** Answers how many waits are given up. */
    public long clear(final long coordination, final int owner) {
        if (!isNameOrNone(owner)) {
            return Rejection.UNKNOWN_NAME.answer();
        }
        int pending = 0;
        for (int slot = firstOf(coordination, owner); slot >= 0; slot = nextOf(slot, owner)) {
            pending++;
        }
        recorder.record(FactType.DEPENDENCIES_CLEARED, owner, coordination, 0, 0, 0, 0);
        return pending;
    }

    /** The first pending wait of an owner in a scope, 0 for anybody's; -1 when there is none. */
    int firstOf(final long coordination, final int owner) {
        final int first = dependencies.firstInScope(CoordinationView.slotOf(coordination));
        return first < 0 || owner == 0 || dependencies.owner(first) == owner ? first : nextOf(first, owner);
    }

    /** The one declared after it, or -1. */
    int nextOf(final int slot, final int owner) {
        int next = dependencies.nextInScope(slot);
        while (next >= 0 && owner != 0 && dependencies.owner(next) != owner) {
            next = dependencies.nextInScope(next);
        }
        return next;
    }

    /** What a pending wait asks of a state is so, since a version of its scope. */
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

    /** Record the end of a pending wait. */
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
