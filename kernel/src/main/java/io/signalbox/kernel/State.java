package io.signalbox.kernel;

import io.signalbox.kernel.state.MergeRule;
import io.signalbox.kernel.state.StateChange;
import io.signalbox.kernel.state.StateChanges;
import io.signalbox.kernel.state.StateDifference;
import io.signalbox.kernel.state.StateHistory;
import io.signalbox.kernel.state.StatePredicate;
import io.signalbox.kernel.state.StateRules;
import io.signalbox.kernel.state.StateSnapshot;
import io.signalbox.kernel.state.StateValue;
import io.signalbox.kernel.state.ValueType;
import io.signalbox.kernel.state.WellKnownKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The versioned keys and values of one coordination, or of the whole kernel ({@link Kernel#global}). Any thread. Each change makes
 * one new version; versions are 0, 1, 2 and so on, and never go back. Reads take no lock and ask nobody, but for a name that this
 * kernel has not been asked for before.
 *
 * <p>A change answers a {@link Receipt}: its value is the new version of the scope, or it names why nothing was changed.
 */
public final class State {
    /** Times that {@link #compute} tries again when others are faster. */
    public static final int COMPUTE_ATTEMPTS_MAX = 10_000;

    private static final byte[] NOTHING = new byte[0];

    private final Kernel kernel;
    private final Coordination coordination;
    private final long handle;
    private final String changedBy;

    State(final Kernel kernel, final Coordination coordination, final String changedBy, final long handle) {
        this.kernel = kernel;
        this.coordination = coordination;
        this.handle = handle;
        this.changedBy = changedBy;
    }

    /** The same state; changes made through it say that this agent made them. */
    public State by(final String agent) {
        return new State(kernel, coordination, agent, handle);
    }

    private int byId() {
        return changedBy.isEmpty() ? 0 : kernel.nameId(changedBy);
    }

    /** The id of a key that is written; what a resource's or gate's key speaks of gets its own id first. */
    int keyId(final String key) {
        final byte[] name = key.getBytes(StandardCharsets.UTF_8);
        final WellKnownKey known = name.length == 0 ? null : WellKnownKey.of(name);
        if (known != null) {
            kernel.nameId(known.id(name));
        }
        return kernel.nameId(key);
    }

    /** As {@link #keyId(String)}; looked up once for each key and kernel. */
    private int keyId(final StateKey<?> key) {
        final int learnt = key.knownId(kernel.number());
        if (learnt != 0) {
            return learnt;
        }
        final int id = keyId(key.name());
        key.learnId(kernel.number(), id);
        return id;
    }

    /** The id of a key that is read; 0 when nobody has ever named it. Nothing is interned for a reader. */
    private int readId(final StateKey<?> key) {
        final int learnt = key.knownId(kernel.number());
        return learnt != 0 ? learnt : kernel.knownNameId(key.name());
    }

    private StateIngress ingress() {
        return kernel.ingress().states();
    }

    private Receipt receipt(final long answer) {
        return kernel.receipt(kernel.ingress(), answer);
    }

    // ------------------------------------------------------------------ reading

    /** The value of a key; null when the key does not exist or holds null. */
    public <T> T get(final StateKey<T> key) {
        return key.decode(snapshot().get(readId(key)));
    }

    /** The value of a key; {@code missing} when the key does not exist or holds null. */
    public <T> T get(final StateKey<T> key, final T missing) {
        final T value = get(key);
        return value == null ? missing : value;
    }

    /**
     * The value of a key that must be there.
     *
     * @throws StateKeyException when it does not exist or holds null; it names the keys that do.
     */
    public <T> T required(final StateKey<T> key) {
        final T value = get(key);
        if (value == null) {
            throw new StateKeyException(key.name(), keys());
        }
        return value;
    }

    /** What a key holds, with its version and who wrote it; null when it does not exist. */
    public StateValue value(final String key) {
        return snapshot().get(kernel.knownNameId(key));
    }

    /**
     * What a key shows under which older systems kept the insides of their rooms, read from the room that owns it now:
     *
     * <pre>
     *  resource_ID_available      true or false, as marked here or kernel-wide
     *  quality_gate_ID_score      the score, or failed
     *  signal_history:SESSION     what was raised in a coordination and is remembered, oldest first, as JSON
     *  signal_metrics:SESSION     signals raised in a coordination
     *  task_result_STEP           result of a step of the newest run that has one
     *  stage_STEP_context         the same: what a stage leaves to the next ones is the result of its step
     *  agents                     who is registered, as JSON: name, status and capabilities
     *  capability_index           capability to names of agents, as JSON
     *  registry_metrics           agents in all and by status, as JSON
     *  coordination_contexts_SESSION   contexts of a coordination by agent, as JSON
     *  agent_context_SESSION_AGENT     one of them; of this state's own coordination
     *  workflow_NAME_status       of the newest run of a definition; also _start_time and _end_time
     * </pre>
     *
     * @return as text; null for a key of another kind, and when there is nothing to show. Asked between two turns.
     */
    public String view(final String key) {
        return new KnownKeyViews(kernel, handle).read(key);
    }

    /** Whether a key exists, also with a null value. */
    public boolean has(final String key) {
        return value(key) != null;
    }

    /** Names of all keys, in the order in which the kernel has first heard them. */
    public List<String> keys() {
        final List<String> names = new ArrayList<>();
        snapshot().values().forEach((key, value) -> names.add(kernel.name(key)));
        return names;
    }

    /** Number of keys. */
    public int size() {
        return snapshot().size();
    }

    /** The present version. */
    public long version() {
        return snapshot().version();
    }

    /** Everything at the present version. A reference, whatever its size; it never changes. */
    public StateSnapshot snapshot() {
        return kernel.machine().states().snapshot(handle);
    }

    /** What a key holds in a snapshot; null when it does not exist there or holds null. */
    public <T> T get(final StateSnapshot snapshot, final StateKey<T> key) {
        return key.decode(snapshot.get(readId(key)));
    }

    // ------------------------------------------------------------------ writing

    /** Set a key. */
    public <T> Receipt set(final StateKey<T> key, final T value) {
        return compareAndSet(key, StateRules.ANY_VERSION, value);
    }

    /** Set a key to nothing; it exists then, with a null value. */
    public Receipt setNull(final String key) {
        return receipt(
                ingress().set(handle, keyId(key), ValueType.NULL.ordinal(), StateRules.ANY_VERSION, byId(), NOTHING));
    }

    /**
     * Set a key if nobody has changed it since.
     *
     * @param expectedVersion version of the value that was read, 0 when the key must be absent.
     */
    public <T> Receipt compareAndSet(final StateKey<T> key, final long expectedVersion, final T value) {
        return receipt(
                ingress().set(handle, keyId(key), key.type().ordinal(), expectedVersion, byId(), key.encode(value)));
    }

    /** Change several keys at once. */
    public StateUpdate update() {
        return new StateUpdate(kernel, this);
    }

    Receipt apply(final StateChanges changes, final long expectedVersion) {
        return receipt(ingress().update(handle, expectedVersion, byId(), changes.encode()));
    }

    /** Delete a key; refused with {@code UNKNOWN_KEY} when it does not exist. */
    public Receipt delete(final String key) {
        return delete(key, StateRules.ANY_VERSION);
    }

    /** Delete a key if nobody has changed it since. */
    public Receipt delete(final String key, final long expectedVersion) {
        return receipt(ingress().delete(handle, kernel.nameId(key), expectedVersion, byId()));
    }

    /** Delete every key, in one version. */
    public Receipt clear() {
        return receipt(ingress().clear(handle, byId()));
    }

    /**
     * Change a key by a function of its value, without losing what others write meanwhile: read, compute on this thread, set if nobody
     * has changed the key since, else again.
     *
     * @param change gets null for a key that does not exist or holds null, and answers null to delete it; may be called more than
     *     once, so it has to be without effects.
     * @return refused with {@code VERSION_MISMATCH} when others were faster {@link #COMPUTE_ATTEMPTS_MAX} times. Where the function
     *     leaves an absent key absent, nothing is done and the receipt has position -1.
     */
    public <T> Receipt compute(final StateKey<T> key, final UnaryOperator<T> change) {
        final int keyId = keyId(key);
        Receipt receipt = null;
        for (int i = 0; i < COMPUTE_ATTEMPTS_MAX; i++) {
            final StateSnapshot snapshot = snapshot();
            final StateValue before = snapshot.get(keyId);
            final T after = change.apply(key.decode(before));
            if (after == null && before == null) {
                return new Receipt(-1, kernel.config().durability(), snapshot.version(), null);
            }
            receipt = after == null
                    ? delete(key.name(), before.version())
                    : compareAndSet(key, before == null ? 0 : before.version(), after);
            if (receipt.isAccepted() || !isRetried(receipt)) {
                return receipt;
            }
        }
        return receipt;
    }

    private static boolean isRetried(final Receipt receipt) {
        return switch (receipt.rejection()) {
            case VERSION_MISMATCH, UNKNOWN_KEY -> true;
            default -> false;
        };
    }

    /** Declare how values merge into a key; {@code null} takes the rule back. A rule goes with its coordination. */
    public Receipt declareMerge(final String key, final MergeRule rule) {
        return receipt(ingress().declareMerge(handle, keyId(key), rule == null ? 0 : rule.code()));
    }

    /** Merge a value into a key by the rule that was declared for it: writers who know nothing of each other lose nothing. */
    public <T> Receipt merge(final StateKey<T> key, final T value) {
        return receipt(ingress().merge(handle, keyId(key), key.type().ordinal(), byId(), key.encode(value)));
    }

    // ------------------------------------------------------------------ history

    /** The versions that are still retained. Asked between two turns, a copy of references. */
    public StateHistory versions() {
        return kernel.query(() -> kernel.machine().states().history(handle));
    }

    /** The latest changes, the newest first; inside one version, where all happened at once, by key. */
    public List<StateRecord> history(final int limit) {
        return versions().changes(limit).stream().map(this::named).toList();
    }

    /** The latest changes of one key, the newest first. */
    public List<StateRecord> history(final String key, final int limit) {
        return versions().changesOf(kernel.knownNameId(key), limit).stream()
                .map(this::named)
                .toList();
    }

    private StateRecord named(final StateChange change) {
        return new StateRecord(
                change.timestampNs(),
                change.version(),
                kernel.name(change.key()),
                change.operation(),
                change.before(),
                change.after(),
                kernel.name(change.changedBy()));
    }

    /**
     * What is different between two retained versions, in whichever order.
     *
     * @throws IllegalArgumentException when one of them is not retained.
     */
    public List<StateDifference> diff(final long fromVersion, final long toVersion) {
        final StateHistory versions = versions();
        return StateDifference.between(retained(versions, fromVersion), retained(versions, toVersion));
    }

    private static StateSnapshot retained(final StateHistory versions, final long version) {
        final StateSnapshot snapshot = versions.at(version);
        if (snapshot == null) {
            throw new IllegalArgumentException("version " + version + " is not retained; there are "
                    + versions.oldestVersion() + " to " + versions.version());
        }
        return snapshot;
    }

    /**
     * Bring back exactly what an earlier version held. It is a new version; signals, steps and leases stay as they are.
     *
     * @return refused with {@code UNKNOWN_VERSION} when it is not before the present one, with {@code VERSION_NOT_RETAINED} when it is
     *     too old.
     */
    public Receipt rollback(final long version) {
        return receipt(ingress().rollBack(handle, version, byId()));
    }

    /** Drop the past versions; values and version stay. */
    public Receipt clearHistory() {
        return receipt(ingress().forgetHistory(handle));
    }

    // ------------------------------------------------------------------ waiting

    /** Declare a wait for a key to be so, without a limit of time. */
    public StateWait awaits(final String key, final StatePredicate predicate) {
        return awaits(key, predicate, Duration.ZERO);
    }

    /**
     * Declare a wait for a key to be so. It is the kernel's, as every {@link Dependency}.
     *
     * @param timeout of the declared wait, zero for none.
     */
    public StateWait awaits(final String key, final StatePredicate predicate, final Duration timeout) {
        final long answer = ingress().await(handle, kernel.nameId(key), predicate, byId(), Durations.nanos(timeout));
        return new StateWait(kernel, new Dependency(kernel, coordination, answer));
    }

    /**
     * Wait on this thread until the state is as wanted. The kernel knows nothing of it.
     *
     * @param wanted evaluated on this thread, once for each version it finds; versions that come faster are passed over.
     * @param patience at most so long.
     */
    public StateSeen await(final Predicate<? super StateSnapshot> wanted, final Duration patience) {
        return new LocalStateWait(kernel.driver(), kernel.machine().states(), handle, wanted)
                .await(Durations.nanos(patience));
    }

    /** As {@link #await(Predicate, Duration)}, for one key; null stands for a key that does not exist or holds null. */
    public <T> StateSeen await(final StateKey<T> key, final Predicate<? super T> wanted, final Duration patience) {
        final int keyId = kernel.nameId(key.name());
        return await(snapshot -> wanted.test(key.decode(snapshot.get(keyId))), patience);
    }

    @Override
    public String toString() {
        final StateSnapshot snapshot = snapshot();
        return "State(version=" + snapshot.version() + ", keys=" + snapshot.size() + ")";
    }
}
