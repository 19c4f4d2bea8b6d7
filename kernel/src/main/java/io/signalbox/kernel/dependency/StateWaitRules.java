package io.signalbox.kernel.dependency;

import io.signalbox.kernel.coordination.CoordinationView;
import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactType;
import io.signalbox.kernel.event.Recorder;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.names.NameTable;
import io.signalbox.kernel.state.StateOperator;
import io.signalbox.kernel.state.StateSnapshot;
import io.signalbox.kernel.state.StateValue;
import io.signalbox.kernel.state.StateView;
import io.signalbox.kernel.state.ValueType;
import io.signalbox.kernel.state.WellKnownKey;

/**
 * Waits for a state: declared with an operator and an operand, ended by the change that makes it so. And what else the change of a
 * key leads to: a resource's key marks the resource, a gate's key scores the gate.
 */
public final class StateWaitRules {
    /** Nothing is left to follow. */
    public static final long DONE = -1;

    /** The thing that the key speaks of has been told; the waits come next. */
    private static final long TOLD = 1;

    private final Dependencies dependencies;
    private final StatePredicates predicates;
    private final DependencyRules rules;
    private final StateView states;
    private final NameTable names;
    private final Recorder recorder;
    private final int operandLengthMax;

    public StateWaitRules(
            final Dependencies dependencies,
            final StatePredicates predicates,
            final DependencyRules rules,
            final StateView states,
            final NameTable names,
            final Recorder recorder,
            final int operandLengthMax) {
        this.dependencies = dependencies;
        this.predicates = predicates;
        this.rules = rules;
        this.states = states;
        this.names = names;
        this.recorder = recorder;
        this.operandLengthMax = operandLengthMax;
    }

    /**
     * Answers the handle of the wait, which may be concluded already.
     *
     * @param flags {@link DependencyRules#ANSWER_AT_ONCE}, {@link DependencyRules#PART}.
     * @param label what it is called in its scope, 0 for nothing.
     * @param timeoutNs of the wait, 0 for none.
     * @param retriesMax how often it is declared again when its time is up.
     * @param payload range of the operand.
     */
    public long declare(
            final long coordination,
            final int flags,
            final int owner,
            final int key,
            final int operatorCode,
            final int operandType,
            final int label,
            final long timeoutNs,
            final int retriesMax,
            final long payload) {
        final int length = (int) payload;
        if (length > operandLengthMax) {
            return Rejection.TOO_LONG.answer();
        }
        final StateOperator operator = StateOperator.of(operatorCode);
        final boolean isFlag = (flags & ~DependencyRules.STATE_FLAGS) == 0;
        if (!isFlag || operator == null || !operator.takes(ValueType.of(operandType), length)) {
            return Rejection.INVALID_VALUE.answer();
        }
        if (key <= 0 || key > names.size()) {
            return Rejection.UNKNOWN_NAME.answer();
        }
        final long refusal = rules.refusal(coordination, owner, label, timeoutNs, retriesMax);
        if (refusal < 0) {
            return refusal;
        }
        final long handle = dependencies.nextHandle();
        if (handle < 0) {
            return Rejection.CAPACITY_EXHAUSTED.answer();
        }
        final DependencyKind kind = DependencyKind.STATE_PREDICATE;
        rules.recordDeclared(coordination, handle, kind, flags, owner, key, 0, timeoutNs, -1, retriesMax);
        recorder.record(
                FactType.STATE_WAIT_DECLARED,
                operatorCode << 8 | operandType,
                coordination,
                handle,
                0,
                0,
                0,
                0,
                payload);
        rules.recordLabel(coordination, handle, label);
        final StateSnapshot snapshot = states.snapshot(coordination);
        if (predicates.predicate(handle).holds(snapshot.get(key))) {
            rules.resolve((int) handle, snapshot.version());
        } else if ((flags & DependencyRules.ANSWER_AT_ONCE) != 0) {
            rules.conclude((int) handle, DependencyState.FAILED);
        }
        return handle;
    }

    /**
     * A key has changed: tell the resource or gate it speaks of, and end the waits that it satisfies.
     *
     * @param cursor 0 or less to begin, else as answered.
     * @return where to go on in a later turn, or {@link #DONE}.
     */
    public long onKeyChanged(final Fact fact, final long cursor) {
        if (cursor < TOLD) {
            tell(fact.coordination(), fact.key());
        }
        return endWaits(fact.coordination(), fact.key()) ? DONE : TOLD;
    }

    /**
     * Several keys have changed in one version: say of each that it has, and let it lead to what one alone would lead to. A key is
     * followed to its end before the next, so that what is left over is one cursor, however many keys there are.
     *
     * @param cursor 0 or less to begin, else as answered.
     * @return where to go on in a later turn, or {@link #DONE}.
     */
    public long onKeysChanged(final Fact fact, final long cursor) {
        final long coordination = fact.coordination();
        boolean isTold = cursor > 0 && (cursor & TOLD) != 0;
        int key = cursor > 0 ? (int) (cursor >>> 1) : states.nextChangedKey(coordination, 0);
        while (key >= 0) {
            if (!recorder.hasRoom()) {
                return (long) key << 1 | (isTold ? TOLD : 0);
            }
            if (!isTold) {
                final boolean isThere = states.snapshot(coordination).get(key) != null;
                recorder.record(FactType.STATE_KEY_CHANGED, isThere ? 1 : 0, coordination, key, fact.b(), 0, 0);
                tell(coordination, key);
            }
            if (!endWaits(coordination, key)) {
                return (long) key << 1 | TOLD;
            }
            isTold = false;
            key = states.nextChangedKey(coordination, key + 1);
        }
        return DONE;
    }

    /** Whether all that the present value satisfies have ended; else there is no more room in this turn. */
    private boolean endWaits(final long coordination, final int key) {
        final StateSnapshot snapshot = states.snapshot(coordination);
        final StateValue value = snapshot.get(key);
        final int scope = CoordinationView.slotOf(coordination);
        int slot = dependencies.firstOnTarget(scope, DependencyKind.STATE_PREDICATE, key);
        while (slot >= 0) {
            final int next = dependencies.nextOnTarget(slot);
            if (predicates.predicate(dependencies.handle(slot)).holds(value)) {
                if (!recorder.hasRoom()) {
                    return false;
                }
                rules.resolve(slot, snapshot.version());
            }
            slot = next;
        }
        return true;
    }

    private void tell(final long coordination, final int key) {
        final byte[] name = names.bytes(key);
        final WellKnownKey known = WellKnownKey.of(name);
        final int id = known == null ? 0 : names.find(name, known.idIndex(), known.idLength(name));
        if (id == 0) {
            return; // a thing that nobody has named is waited for by nobody
        }
        final StateValue value = states.snapshot(coordination).get(key);
        final boolean isThere = value != null && !value.isNull();
        switch (known) {
            case RESOURCE -> rules.markResource(coordination, id, isThere && value.asBoolean() ? 1 : 0);
            case GATE -> rules.scoreGate(coordination, id, false, isThere ? value.asDouble() : 0);
        }
    }
}
