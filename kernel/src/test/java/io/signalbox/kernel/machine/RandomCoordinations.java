package io.signalbox.kernel.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.command.CoordinationCommands;
import java.nio.charset.StandardCharsets;

final class RandomCoordinations implements RandomRoom {
    private static final long[] LIVES_NS = {0, 0, 20, 64, 300, 640, Long.MAX_VALUE, -1, -2};

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
        switch (trial.random.nextInt(4)) {
            case 0 -> open(what);
            case 1 -> begin(what);
            case 2 -> keep(what);
            default -> close(what);
        }
    }

    private long lifeNs() {
        return LIVES_NS[trial.random.nextInt(LIVES_NS.length)];
    }

    private void begin(final String what) {
        final String name = trial.random.nextInt(10) == 0 ? " " : "c" + trial.random.nextInt(5);
        final long lifeNs = lifeNs();
        final long answer = trial.apply(new CoordinationCommands.Begin()
                .with(name.getBytes(StandardCharsets.UTF_8))
                .session(what.substring(0, trial.random.nextInt(5)).getBytes(StandardCharsets.UTF_8))
                .correlation(name.getBytes(StandardCharsets.UTF_8))
                .timeToLiveNs(lifeNs));
        trial.expect(what, trial.naive.coordinations.begin(name, lifeNs), answer);
        if (answer > 0) {
            trial.noteScope(answer);
        }
    }

    private void keep(final String what) {
        final long scope = trial.scope();
        final long lifeNs = lifeNs();
        final long answer = trial.apply(new CoordinationCommands.Keep().with(scope, lifeNs));
        trial.expect(what, trial.naive.coordinations.keep(scope, lifeNs), answer);
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
        assertThat(trial.machine.coordinations().forgotten()).as(what).isEqualTo(trial.naive.coordinations.forgotten);
    }
}
