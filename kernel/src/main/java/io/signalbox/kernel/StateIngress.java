package io.signalbox.kernel;

import io.signalbox.kernel.command.StateCommands;
import io.signalbox.kernel.state.StatePredicate;

/** The fast path of the state room; part of an {@link Ingress}, and of its thread. Answers as described there. */
public final class StateIngress {
    private final Submitter submitter;
    private final StateCommands.Set set = new StateCommands.Set();
    private final StateCommands.Delete delete = new StateCommands.Delete();
    private final StateCommands.Update update = new StateCommands.Update();
    private final StateCommands.Clear clear = new StateCommands.Clear();
    private final StateCommands.Merge merge = new StateCommands.Merge();
    private final StateCommands.DeclareMerge declareMerge = new StateCommands.DeclareMerge();
    private final StateCommands.RollBack rollBack = new StateCommands.RollBack();
    private final StateCommands.ForgetHistory forgetHistory = new StateCommands.ForgetHistory();
    private final StateCommands.Await await = new StateCommands.Await();

    StateIngress(final Submitter submitter) {
        this.submitter = submitter;
    }

    /** Set a key; answers the new version of the scope. See {@code StateRules} for {@code expectedVersion}. */
    public long set(
            final long coordination,
            final int key,
            final int valueType,
            final long expectedVersion,
            final int changedBy,
            final byte[] value) {
        return submitter.submit(set.with(coordination, key, valueType, value)
                .expectedVersion(expectedVersion)
                .changedBy(changedBy));
    }

    /** Delete a key; answers the new version of the scope. */
    public long delete(final long coordination, final int key, final long expectedVersion, final int changedBy) {
        return submitter.submit(
                delete.with(coordination, key).expectedVersion(expectedVersion).changedBy(changedBy));
    }

    /**
     * Change several keys at once, all or none; answers the new version of the scope.
     *
     * @param expectedVersion version the scope must have, -1 for any.
     * @param changes as {@code StateChanges} encodes them.
     */
    public long update(final long coordination, final long expectedVersion, final int changedBy, final byte[] changes) {
        return submitter.submit(update.with(coordination, changes)
                .expectedVersion(expectedVersion)
                .changedBy(changedBy));
    }

    /** Delete every key; answers the new version of the scope. */
    public long clear(final long coordination, final int changedBy) {
        return submitter.submit(clear.with(coordination).changedBy(changedBy));
    }

    /** Declare how values merge into a key; answers 0. */
    public long declareMerge(final long coordination, final int key, final int rule) {
        return submitter.submit(declareMerge.with(coordination, key, rule));
    }

    /** Merge a value into a key by the rule of the key; answers the new version of the scope. */
    public long merge(
            final long coordination, final int key, final int valueType, final int changedBy, final byte[] value) {
        return submitter.submit(merge.with(coordination, key, valueType, value).changedBy(changedBy));
    }

    /** Bring back what an earlier version held; answers the new version of the scope. */
    public long rollBack(final long coordination, final long targetVersion, final int changedBy) {
        return submitter.submit(rollBack.with(coordination, targetVersion).changedBy(changedBy));
    }

    /** Drop the past versions; answers 0. */
    public long forgetHistory(final long coordination) {
        return submitter.submit(forgetHistory.with(coordination));
    }

    /**
     * Declare a wait for a key to be as a predicate says; answers its handle. It may have ended already.
     *
     * @param owner name id of the agent that waits, 0 for nobody.
     * @param timeoutNs of the wait, 0 for none.
     */
    public long await(
            final long coordination,
            final int key,
            final StatePredicate predicate,
            final int owner,
            final long timeoutNs) {
        return await(awaitRequest(coordination, key, predicate).owner(owner).timeoutNs(timeoutNs));
    }

    /** The request of such a wait, to be filled and handed to {@link #await(StateCommands.Await)}; one for all calls. */
    public StateCommands.Await awaitRequest(final long coordination, final int key, final StatePredicate predicate) {
        return await.with(
                coordination, key, predicate.operator().code(), predicate.type().ordinal(), predicate.operand());
    }

    /** Declare a wait for a state; answers its handle. It may have ended already. */
    public long await(final StateCommands.Await request) {
        return submitter.submit(request);
    }
}
