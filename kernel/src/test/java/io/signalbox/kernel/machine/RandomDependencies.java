package io.signalbox.kernel.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.command.DependencyCommands;
import io.signalbox.kernel.dependency.Approvals;
import io.signalbox.kernel.dependency.Boards;
import io.signalbox.kernel.dependency.DependencyState;
import java.util.List;

final class RandomDependencies implements RandomRoom {
    private static final int[] KINDS = {0, 1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 7, 21};
    private static final int[] FLAGS = {0, 1, 2, 3, 0, 1, 0, 1, 8, 9, 4, 16};

    private final RandomTrial trial;

    RandomDependencies(final RandomTrial trial) {
        this.trial = trial;
    }

    @Override
    public int weight() {
        return 8;
    }

    @Override
    public void step(final String what) {
        switch (trial.random.nextInt(10)) {
            case 0 -> cancel(what);
            case 1, 2 -> board(what);
            case 3 -> decide(what);
            case 4, 5 -> compose(what);
            case 6 -> clear(what);
            default -> declare(what);
        }
    }

    private int retries() {
        return trial.random.nextInt(20) == 0 ? trial.random.nextInt(2) * 256 - 1 : trial.random.nextInt(3);
    }

    private void declare(final String what) {
        final NaiveDependencies.Wait wait = new NaiveDependencies.Wait();
        wait.coordination = trial.scope();
        wait.kind = KINDS[trial.random.nextInt(KINDS.length)];
        wait.flags = FLAGS[trial.random.nextInt(FLAGS.length)];
        wait.owner = trial.nameOrNone();
        wait.target = trial.name();
        wait.after = trial.random.nextInt(3) == 0 ? trial.nextPosition() - 4 : -1;
        wait.timeoutNs = trial.timeoutNs();
        wait.threshold = trial.score();
        wait.from = trial.random.nextInt(3) == 0 ? trial.name() : 0;
        wait.label = trial.random.nextInt(3) == 0 ? trial.name() : 0;
        wait.retries = retries();
        final long before = deadlocks(wait.coordination);
        final long answer = trial.apply(new DependencyCommands.Declare()
                .with(wait.coordination, wait.kind, wait.target)
                .flags(wait.flags)
                .owner(wait.owner)
                .afterPosition(wait.after)
                .timeoutNs(wait.timeoutNs)
                .threshold(wait.threshold)
                .from(wait.from)
                .label(wait.label)
                .retriesMax(wait.retries));
        trial.expect(what, trial.naive.dependencies.declare(trial.nowNs(), wait), answer);
        noteWait(what, wait, answer, before);
    }

    private void compose(final String what) {
        final NaiveDependencies.Wait wait = new NaiveDependencies.Wait();
        wait.coordination = trial.scope();
        final long[] members = new long[trial.random.nextInt(4)];
        for (int i = 0; i < members.length; i++) {
            members[i] = trial.waiting();
            if (i == 0 && trial.naive.dependencies.waits.containsKey(members[i])) {
                wait.coordination = trial.naive.dependencies.waits.get(members[i]).coordination;
            }
        }
        wait.flags = trial.random.nextInt(10) == 0 ? 1 : trial.random.nextInt(4) * 4;
        wait.owner = trial.nameOrNone();
        wait.needed = trial.random.nextInt(members.length + 2);
        wait.timeoutNs = trial.timeoutNs();
        wait.label = trial.random.nextInt(3) == 0 ? trial.name() : 0;
        wait.retries = retries();
        final long before = deadlocks(wait.coordination);
        final long answer = trial.apply(new DependencyCommands.DeclareComposite()
                .with(wait.coordination, wait.needed, members)
                .flags(wait.flags)
                .owner(wait.owner)
                .label(wait.label)
                .timeoutNs(wait.timeoutNs)
                .retriesMax(wait.retries));
        trial.expect(what, trial.naive.dependencies.compose(trial.nowNs(), wait, members), answer);
        noteWait(what, wait, answer, before);
    }

    private void noteWait(
            final String what, final NaiveDependencies.Wait wait, final long answer, final long deadlocksBefore) {
        trial.noteWait(answer);
        if (answer > 0) {
            assertThat(deadlocks(wait.coordination) - deadlocksBefore)
                    .as("%s: deadlocks that formed", what)
                    .isEqualTo(trial.naive.dependencies.closesARing(wait) ? 1 : 0);
        }
    }

    private long deadlocks(final long coordination) {
        return trial.machine
                .dependencies()
                .deadlocks()
                .detected(Math.min((int) coordination, trial.naive.sized(NaiveKernel.SCOPES_MAX)));
    }

    /** An approval that somebody waits for, or null for any. */
    private NaiveDependencies.Wait asked() {
        final List<NaiveDependencies.Wait> approvals = trial.naive.dependencies.waits.values().stream()
                .filter(wait -> wait.isPending() && wait.kind == 5)
                .toList();
        return approvals.isEmpty() || trial.random.nextInt(4) == 0
                ? null
                : approvals.get(trial.random.nextInt(approvals.size()));
    }

    private void decide(final String what) {
        final NaiveDependencies.Wait asked = asked();
        final long scope = asked == null ? trial.scope() : asked.coordination;
        final int subject = asked == null ? trial.name() : asked.target;
        final int by = asked == null || asked.from == 0 || trial.random.nextInt(4) == 0 ? trial.name() : asked.from;
        final int decision = trial.random.nextInt(10) == 0 ? 2 : trial.random.nextInt(2);
        final byte[] reason = new byte[trial.random.nextInt(NaiveKernel.PAYLOAD_MAX + 2)];
        final long answer = trial.apply(new DependencyCommands.Decide().with(scope, subject, decision, by, reason));
        trial.expect(what, trial.naive.dependencies.decide(scope, subject, decision, by, reason.length), answer);
    }

    private void clear(final String what) {
        final long scope = trial.scope();
        final int owner = trial.nameOrNone();
        final long answer = trial.apply(new DependencyCommands.Clear().with(scope, owner));
        trial.expect(what, trial.naive.dependencies.clear(scope, owner), answer);
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
            final int mark = trial.random.nextInt(12) == 0 ? 3 : trial.random.nextInt(3);
            final double level = yes ? Double.NaN : trial.score();
            final long answer = trial.apply(new DependencyCommands.MarkResource()
                    .with(scope, target, mark)
                    .level(level));
            trial.expect(what, trial.naive.dependencies.mark(scope, target, mark, level), answer);
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
        for (final long scope : trial.naive.scopes) {
            for (int name = 1; name <= NaiveKernel.NAMES.size(); name++) {
                compare(what, scope, name);
            }
        }
    }

    /** What is known under a name: who has it as a label, and what was decided about it. */
    private void compare(final String what, final long scope, final int name) {
        final NaiveDependencies.Wait expected = trial.naive.dependencies.labelled(scope, name);
        final long labelled = trial.machine.dependencies().boards().labelled((int) scope, name);
        if (expected == null) {
            assertThat(labelled).as(what).isEqualTo(Boards.NOBODY);
        } else {
            final NaiveDependencies.Wait known = trial.naive.dependencies.waits.get(labelled);
            assertThat(known == null || known == expected)
                    .as("%s, label %d", what, name)
                    .isTrue();
        }
        final Approvals.Decision decision =
                trial.machine.dependencies().approvals().last((int) scope, name);
        assertThat(decision == null ? null : (decision.approved() ? 1 : 0) + " by " + decision.by())
                .as(what)
                .isEqualTo(trial.naive.dependencies.decided(scope, name));
    }
}
