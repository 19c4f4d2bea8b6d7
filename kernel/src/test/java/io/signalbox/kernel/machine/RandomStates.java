package io.signalbox.kernel.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.command.StateCommands;
import io.signalbox.kernel.state.MergeRule;
import io.signalbox.kernel.state.StateChanges;
import io.signalbox.kernel.state.StateHistory;
import io.signalbox.kernel.state.StateSnapshot;
import io.signalbox.kernel.state.StateValue;
import io.signalbox.kernel.state.ValueType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Random changes of states, and waits for them. */
final class RandomStates implements RandomRoom {
    private static final long[] NUMBERS = {0, 1, 2, 3, -1, Long.MAX_VALUE, Long.MIN_VALUE};
    private static final double[] FRACTIONS = {0.5, 1, 2, -3.25};
    private static final String[] RULES = {"LAST", "SUM", "MAX", "MIN", "UNION", "APPEND"};

    private final RandomTrial trial;

    RandomStates(final RandomTrial trial) {
        this.trial = trial;
    }

    @Override
    public int weight() {
        return 6;
    }

    @Override
    public void step(final String what) {
        switch (trial.random.nextInt(14)) {
            case 0, 1, 2, 3 -> set(what);
            case 4 -> delete(what);
            case 5, 6 -> update(what);
            case 7 -> clearOrForget(what);
            case 8 -> rollBack(what);
            case 9 -> declareMerge(what);
            case 10, 11 -> merge(what);
            default -> await(what);
        }
    }

    private Object value() {
        return switch (trial.random.nextInt(8)) {
            case 0 -> NaiveState.NULL;
            case 1 -> trial.random.nextBoolean();
            case 2, 3 -> NUMBERS[trial.random.nextInt(NUMBERS.length)];
            case 4 -> FRACTIONS[trial.random.nextInt(FRACTIONS.length)];
            default -> text();
        };
    }

    private String text() {
        final int length = trial.random.nextInt(20) == 0
                ? trial.random.nextInt(NaiveKernel.PAYLOAD_MAX + 2)
                : trial.random.nextInt(6);
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append("ab\n".charAt(trial.random.nextInt(3)));
        }
        return text.toString();
    }

    private static ValueType type(final Object value) {
        return value == NaiveState.NULL
                ? ValueType.NULL
                : value instanceof Boolean
                        ? ValueType.BOOLEAN
                        : value instanceof Long
                                ? ValueType.LONG
                                : value instanceof Double ? ValueType.DOUBLE : ValueType.TEXT;
    }

    private static byte[] bytes(final Object value) {
        return switch (type(value)) {
            case NULL -> new byte[0];
            case BOOLEAN -> new byte[] {(byte) ((Boolean) value ? 1 : 0)};
            case LONG -> word((Long) value);
            case DOUBLE -> word(Double.doubleToLongBits((Double) value));
            case TEXT, JSON, BYTES -> ((String) value).getBytes(StandardCharsets.UTF_8);
        };
    }

    private static byte[] word(final long value) {
        return ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
    }

    private static Object read(final StateValue value) {
        return switch (value.type()) {
            case NULL -> NaiveState.NULL;
            case BOOLEAN -> value.asBoolean();
            case LONG -> value.asLong();
            case DOUBLE -> value.asDouble();
            case TEXT, JSON, BYTES -> value.text();
        };
    }

    /** Any, none, the present one of a key as a rule, or some other. */
    private long expected(final long scope, final int key) {
        final NaiveState.Held held = trial.naive.states.of(scope).values.get(key);
        return switch (trial.random.nextInt(6)) {
            case 0 -> trial.random.nextInt(5) - 2L;
            case 1 -> held == null ? 0 : held.version();
            default -> -1;
        };
    }

    private void set(final String what) {
        final long scope = trial.scope();
        final int key = trial.name();
        final int by = trial.nameOrNone();
        final long expected = expected(scope, key);
        final Object value = value();
        final long answer = trial.apply(new StateCommands.Set()
                .with(scope, key, type(value).ordinal(), bytes(value))
                .expectedVersion(expected)
                .changedBy(by));
        trial.expect(what, trial.naive.states.set(scope, key, expected, by, value), answer);
    }

    private void delete(final String what) {
        final long scope = trial.scope();
        final int key = trial.name();
        final int by = trial.nameOrNone();
        final long expected = expected(scope, key);
        final long answer = trial.apply(new StateCommands.Delete()
                .with(scope, key)
                .expectedVersion(expected)
                .changedBy(by));
        trial.expect(what, trial.naive.states.delete(scope, key, expected, by), answer);
    }

    private void update(final String what) {
        final long scope = trial.scope();
        final int by = trial.nameOrNone();
        final long expected = trial.random.nextInt(5) == 0 ? trial.naive.states.of(scope).version : -1;
        final StateChanges changes = new StateChanges();
        final List<NaiveState.Change> naive = new ArrayList<>();
        for (int i = trial.random.nextInt(4); i > 0; i--) {
            final int key = trial.name();
            final long expectedOfKey = expected(scope, key);
            final Object value = trial.random.nextInt(3) == 0 ? null : value();
            if (value == null) {
                changes.delete(key, expectedOfKey);
            } else {
                changes.set(key, type(value), bytes(value), expectedOfKey);
            }
            naive.add(new NaiveState.Change(key, value, expectedOfKey));
        }
        final List<NaiveState.Tell> tells = new ArrayList<>();
        for (int i = tells(); i > 0; i--) {
            final NaiveState.Tell tell = new NaiveState.Tell(trial.name(), trial.nameOrNone(), trial.random.nextInt(6));
            changes.tell(tell.type(), tell.sender(), new byte[tell.length()]);
            tells.add(tell);
        }
        final byte[] encoded = changes.encode();
        final long answer = trial.apply(new StateCommands.Update()
                .with(scope, encoded)
                .expectedVersion(expected)
                .changedBy(by));
        trial.expect(what, trial.naive.states.update(scope, expected, by, encoded.length, naive, tells), answer);
    }

    /** None as a rule, sometimes a few, seldom about as many as there may be. */
    private int tells() {
        return switch (trial.random.nextInt(20)) {
            case 0 -> trial.random.nextInt(7, 10);
            case 1, 2, 3, 4, 5 -> trial.random.nextInt(1, 3);
            default -> 0;
        };
    }

    private void clearOrForget(final String what) {
        final long scope = trial.scope();
        if (trial.random.nextBoolean()) {
            final int by = trial.nameOrNone();
            final long answer =
                    trial.apply(new StateCommands.Clear().with(scope).changedBy(by));
            trial.expect(what, trial.naive.states.clear(scope, by), answer);
        } else {
            final long answer = trial.apply(new StateCommands.ForgetHistory().with(scope));
            trial.expect(what, trial.naive.states.forget(scope), answer);
        }
    }

    private void rollBack(final String what) {
        final long scope = trial.scope();
        final int by = trial.nameOrNone();
        final long target = trial.naive.states.of(scope).version - trial.random.nextInt(8) + 1;
        final long answer =
                trial.apply(new StateCommands.RollBack().with(scope, target).changedBy(by));
        trial.expect(what, trial.naive.states.rollBack(scope, target, by), answer);
    }

    private void declareMerge(final String what) {
        final long scope = trial.scope();
        final int key = trial.name();
        final String rule = trial.random.nextInt(8) == 0 ? null : RULES[trial.random.nextInt(RULES.length)];
        final int code = rule == null ? 0 : MergeRule.valueOf(rule).code();
        final long answer = trial.apply(new StateCommands.DeclareMerge().with(scope, key, code));
        trial.expect(what, trial.naive.states.declareMerge(scope, key, rule), answer);
    }

    private void merge(final String what) {
        final long scope = trial.scope();
        final int key = trial.name();
        final int by = trial.nameOrNone();
        final Object value = value();
        final long answer = trial.apply(new StateCommands.Merge()
                .with(scope, key, type(value).ordinal(), bytes(value))
                .changedBy(by));
        trial.expect(what, trial.naive.states.merge(scope, key, by, value), answer);
    }

    private void await(final String what) {
        final NaiveDependencies.Wait wait = new NaiveDependencies.Wait();
        wait.coordination = trial.scope();
        wait.kind = 20;
        wait.owner = trial.nameOrNone();
        wait.target = trial.name();
        wait.flags = trial.random.nextInt(3) == 0 ? trial.random.nextInt(6) * 2 : 0;
        wait.label = trial.random.nextInt(4) == 0 ? trial.name() : 0;
        wait.retries = trial.random.nextInt(20) == 0 ? 255 : trial.random.nextInt(3);
        wait.timeoutNs = trial.timeoutNs();
        final int operator = trial.random.nextInt(14);
        final Object operand = trial.random.nextInt(3) == 0 || operator < 3 ? NaiveState.NULL : value();
        final long answer = trial.apply(new StateCommands.Await()
                .with(wait.coordination, wait.target, operator, type(operand).ordinal(), bytes(operand))
                .flags(wait.flags)
                .owner(wait.owner)
                .label(wait.label)
                .retriesMax(wait.retries)
                .timeoutNs(wait.timeoutNs));
        trial.expect(what, trial.naive.states.await(wait, operator, operand), answer);
        trial.noteWait(answer);
    }

    @Override
    public void compare(final String what) {
        for (final long handle : trial.naive.scopes) {
            compare(what, handle);
        }
        trial.naive.dependencies.waits.forEach((handle, wait) -> {
            final NaiveStates.Ask ask = trial.naive.states.asks.get(wait);
            if (ask != null) {
                assertThat(trial.machine.statePredicates().heldVersion(handle))
                        .as("%s, wait %x", what, handle)
                        .isEqualTo(ask.held);
            }
        });
    }

    private void compare(final String what, final long handle) {
        final NaiveState naive = trial.naive.states.of(handle);
        final StateHistory history = trial.machine.states().history(handle);
        assertThat(history.version()).as(what).isEqualTo(naive.version);
        compare(what, history.at(naive.version), naive.values);
        assertThat(history.oldestVersion())
                .as(what)
                .isEqualTo(
                        naive.past.isEmpty() ? naive.version : naive.past.get(0).number());
        for (final NaiveState.Version past : naive.past) {
            compare(what, history.at(past.number()), past.values());
        }
    }

    private static void compare(
            final String what, final StateSnapshot snapshot, final Map<Integer, NaiveState.Held> values) {
        assertThat(snapshot.size()).as(what).isEqualTo(values.size());
        values.forEach((key, held) -> {
            assertThat(read(snapshot.get(key))).as(what).isEqualTo(held.value());
            assertThat(snapshot.get(key).version()).as(what).isEqualTo(held.version());
        });
        assertThat(snapshot.bytes())
                .as(what)
                .isEqualTo(values.values().stream()
                        .mapToLong(held -> NaiveState.length(held.value()))
                        .sum());
    }
}
