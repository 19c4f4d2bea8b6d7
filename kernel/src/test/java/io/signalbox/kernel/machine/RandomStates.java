package io.signalbox.kernel.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.command.StateCommands;
import io.signalbox.kernel.state.StateSnapshot;
import java.nio.charset.StandardCharsets;

final class RandomStates implements RandomRoom {
    private static final int TEXT = 4;

    private final RandomTrial trial;

    RandomStates(final RandomTrial trial) {
        this.trial = trial;
    }

    @Override
    public int weight() {
        return 3;
    }

    @Override
    public void step(final String what) {
        if (trial.random.nextInt(3) == 0) {
            delete(what);
        } else {
            set(what);
        }
    }

    private void set(final String what) {
        final long scope = trial.scope();
        final int key = trial.name();
        final int by = trial.nameOrNone();
        final long expected = trial.random.nextInt(4) - 1L;
        final String value = "v".repeat(trial.random.nextInt(NaiveKernel.PAYLOAD_MAX + 2));
        final byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        final long answer = trial.apply(new StateCommands.Set()
                .with(scope, key, TEXT, bytes)
                .expectedVersion(expected)
                .changedBy(by));
        trial.expect(what, trial.naive.states.set(scope, key, expected, by, value), answer);
    }

    private void delete(final String what) {
        final long scope = trial.scope();
        final int key = trial.name();
        final int by = trial.nameOrNone();
        final long expected = trial.random.nextInt(5) - 1L;
        final long answer = trial.apply(new StateCommands.Delete()
                .with(scope, key)
                .expectedVersion(expected)
                .changedBy(by));
        trial.expect(what, trial.naive.states.delete(scope, key, expected, by), answer);
    }

    @Override
    public void compare(final String what) {
        for (final long handle : trial.naive.scopes) {
            final StateSnapshot snapshot = trial.machine.states().snapshot(handle);
            final NaiveStates.Keys keys = trial.naive.states.keys(handle);
            assertThat(snapshot.version()).as(what).isEqualTo(keys.version);
            assertThat(snapshot.values().size()).as(what).isEqualTo(keys.values.size());
            keys.values.forEach((key, value) -> {
                assertThat(snapshot.get(key).text()).as(what).isEqualTo(value);
                assertThat(snapshot.get(key).version()).as(what).isEqualTo(keys.versions.get(key));
            });
        }
    }
}
