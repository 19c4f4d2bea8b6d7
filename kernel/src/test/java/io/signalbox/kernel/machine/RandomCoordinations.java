package io.signalbox.kernel.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.command.CoordinationCommands;
import java.nio.charset.StandardCharsets;

final class RandomCoordinations implements RandomRoom {
    private final RandomTrial trial;

    RandomCoordinations(final RandomTrial trial) {
        this.trial = trial;
    }

    @Override
    public int weight() {
        return 2;
    }

    @Override
    public void step(final String what) {
        if (trial.random.nextBoolean()) {
            open(what);
        } else {
            close(what);
        }
    }

    private void open(final String what) {
        final String name = trial.random.nextInt(10) == 0 ? "" : "c" + trial.random.nextInt(5);
        final long answer = trial.apply(new CoordinationCommands.Open().with(name.getBytes(StandardCharsets.UTF_8)));
        trial.expect(what, trial.naive.coordinations.open(name), answer);
        if (answer > 0) {
            trial.noteScope(answer);
        }
    }

    private void close(final String what) {
        final long scope = trial.scope();
        final long answer = trial.apply(new CoordinationCommands.Close().with(scope));
        trial.expect(what, trial.naive.coordinations.close(scope), answer);
    }

    @Override
    public void compare(final String what) {
        assertThat(trial.machine.coordinations().open()).as(what).isEqualTo(trial.naive.coordinations.open());
    }
}
