package io.signalbox.kernel.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.command.DependencyCommands;
import io.signalbox.kernel.dependency.DependencyState;

final class RandomDependencies implements RandomRoom {
    private final RandomTrial trial;

    RandomDependencies(final RandomTrial trial) {
        this.trial = trial;
    }

    @Override
    public int weight() {
        return 5;
    }

    @Override
    public void step(final String what) {
        switch (trial.random.nextInt(5)) {
            case 0 -> cancel(what);
            case 1 -> board(what);
            default -> declare(what);
        }
    }

    private void declare(final String what) {
        final long scope = trial.scope();
        final int kind = trial.random.nextInt(12) == 0 ? trial.random.nextInt(3) * 4 : 1 + trial.random.nextInt(3);
        final int flags = trial.random.nextInt(10) == 0 ? 4 : trial.random.nextInt(4);
        final int owner = trial.nameOrNone();
        final int target = trial.name();
        final long after = trial.random.nextInt(3) == 0 ? trial.nextPosition() - 4 : -1;
        final long timeoutNs = trial.timeoutNs();
        final double threshold = trial.score();
        final long answer = trial.apply(new DependencyCommands.Declare()
                .with(scope, kind, target)
                .flags(flags)
                .owner(owner)
                .afterPosition(after)
                .timeoutNs(timeoutNs)
                .threshold(threshold));
        trial.expect(
                what,
                trial.naive.dependencies.declare(
                        trial.nowNs(), scope, kind, flags, owner, target, after, timeoutNs, threshold),
                answer);
        trial.noteWait(answer);
    }

    private void cancel(final String what) {
        final long wait = trial.waiting();
        final long answer = trial.apply(new DependencyCommands.Cancel().with(0, wait));
        trial.expect(what, trial.naive.dependencies.cancel(wait), answer);
    }

    private void board(final String what) {
        final long scope = trial.scope();
        final int target = trial.name();
        final boolean yes = trial.random.nextBoolean();
        if (trial.random.nextBoolean()) {
            final long answer = trial.apply(new DependencyCommands.MarkResource().with(scope, target, yes));
            trial.expect(what, trial.naive.dependencies.mark(scope, target, yes), answer);
        } else {
            final boolean failed = yes && trial.random.nextBoolean();
            final double score = trial.score();
            final long answer = trial.apply(new DependencyCommands.ScoreGate().with(scope, target, failed, score));
            trial.expect(what, trial.naive.dependencies.score(scope, target, failed, score), answer);
        }
    }

    @Override
    public void compare(final String what) {
        assertThat(trial.machine.dependencies().pending()).as(what).isEqualTo((int) trial.naive.dependencies.pending());
        trial.naive.dependencies.waits.forEach((handle, wait) -> assertThat(
                        DependencyState.of(trial.machine.cells().outcome(handle.intValue(), (int) (handle >>> 32)))
                                .name())
                .as("%s, wait %x", what, handle)
                .isEqualTo(wait.state));
    }
}
