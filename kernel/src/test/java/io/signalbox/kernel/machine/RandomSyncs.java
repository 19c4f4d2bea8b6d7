package io.signalbox.kernel.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.command.SyncCommands;
import io.signalbox.kernel.sync.PartyStanding;
import io.signalbox.kernel.sync.SyncSnapshot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

final class RandomSyncs implements RandomRoom {
    private final RandomTrial trial;

    RandomSyncs(final RandomTrial trial) {
        this.trial = trial;
    }

    @Override
    public int weight() {
        return 7;
    }

    @Override
    public void step(final String what) {
        switch (trial.random.nextInt(9)) {
            case 0, 1, 2 -> declare(what);
            case 3, 4, 5 -> arrive(what);
            case 6 -> await(what);
            default -> change(what);
        }
    }

    /** One that is there, or any. */
    private NaiveSyncs.Meeting known() {
        return known(trial.naive.syncs.meetings);
    }

    private NaiveSyncs.Meeting barrier() {
        return known(trial.naive.syncs.meetings.stream()
                .filter(meeting -> meeting.kind == 1)
                .toList());
    }

    private NaiveSyncs.Meeting known(final List<NaiveSyncs.Meeting> meetings) {
        return meetings.isEmpty() || trial.random.nextInt(6) == 0
                ? null
                : meetings.get(trial.random.nextInt(meetings.size()));
    }

    private void declare(final String what) {
        final long scope = trial.scope();
        final int kind = trial.random.nextInt(15) == 0 ? 5 : 1 + trial.random.nextInt(4);
        final boolean isPlain = kind == 2 || kind == 3;
        final int flags = trial.random.nextInt(3) == 0 ? 1 + trial.random.nextInt(2) : 0;
        final List<Integer> parties = new ArrayList<>();
        final int count = isPlain ? trial.random.nextInt(10) / 9 : trial.random.nextInt(NaiveSyncs.PARTIES_MAX + 2);
        final int first = trial.random.nextInt(6);
        final boolean areDistinct = trial.random.nextInt(4) > 0;
        for (int i = 0; i < count; i++) {
            parties.add(areDistinct ? 1 + (first + i) % 6 : trial.name());
        }
        final int required = isPlain || trial.random.nextBoolean() ? 0 : trial.random.nextInt(4) - 1;
        final long timeoutNs = isPlain ? Long.MAX_VALUE : trial.limitNs();
        final int name = trial.name();
        final long answer = trial.apply(new SyncCommands.Declare()
                .with(scope, kind, name)
                .flags(flags)
                .required(required)
                .timeoutNs(timeoutNs)
                .parties(parties.stream().mapToInt(Integer::intValue).toArray()));
        trial.expect(
                what,
                trial.naive.syncs.declare(trial.nowNs(), scope, kind, flags, name, required, timeoutNs, parties),
                answer);
    }

    private void arrive(final String what) {
        final NaiveSyncs.Meeting meeting = barrier();
        final long scope = meeting == null ? trial.scope() : meeting.coordination;
        final int name = meeting == null ? trial.name() : meeting.name;
        final int agent = meeting == null || meeting.parties.isEmpty() || trial.random.nextInt(8) == 0
                ? trial.name()
                : meeting.parties.get(trial.random.nextInt(meeting.parties.size()));
        final String partial = "p".repeat(trial.random.nextInt(NaiveKernel.PAYLOAD_MAX + 2));
        final byte[] bytes = partial.getBytes(StandardCharsets.UTF_8);
        final long answer = trial.apply(new SyncCommands.Arrive().with(scope, name, agent, bytes));
        trial.expect(what, trial.naive.syncs.arrive(trial.nowNs(), scope, name, agent, partial), answer);
        trial.noteWait(answer);
    }

    private void await(final String what) {
        final NaiveSyncs.Meeting meeting = known();
        final long scope = meeting == null ? trial.scope() : meeting.coordination;
        final int name = meeting == null ? trial.name() : meeting.name;
        final int owner = trial.nameOrNone();
        final long after = trial.random.nextInt(4) - 1L;
        final long timeoutNs = trial.limitNs();
        final long answer = trial.apply(new SyncCommands.Await()
                .with(scope, name)
                .owner(owner)
                .afterGeneration(after)
                .timeoutNs(timeoutNs));
        trial.expect(what, trial.naive.syncs.await(trial.nowNs(), scope, name, owner, after, timeoutNs), answer);
        trial.noteWait(answer);
    }

    private void change(final String what) {
        final NaiveSyncs.Meeting meeting = known();
        final long scope = meeting == null ? trial.scope() : meeting.coordination;
        final int name = meeting == null ? trial.name() : meeting.name;
        final int change = trial.random.nextInt(7);
        final long answer = trial.apply(new SyncCommands.Change().with(scope, name, change));
        trial.expect(what, trial.naive.syncs.change(scope, name, change), answer);
    }

    @Override
    public void compare(final String what) {
        for (final long scope : trial.naive.scopes) {
            for (int name = 1; name <= NaiveKernel.NAMES.size(); name++) {
                final NaiveSyncs.Meeting meeting = trial.naive.syncs.find(scope, name);
                final SyncSnapshot snapshot = trial.machine.syncs().snapshot(scope, name);
                assertThat(snapshot == null).as(what).isEqualTo(meeting == null);
                if (meeting != null) {
                    compare(what, meeting, snapshot);
                }
            }
        }
    }

    private void compare(final String what, final NaiveSyncs.Meeting meeting, final SyncSnapshot snapshot) {
        assertThat(snapshot.kind().code()).as(what).isEqualTo(meeting.kind);
        assertThat(snapshot.state().name()).as(what).isEqualTo(meeting.state);
        assertThat(snapshot.generation()).as(what).isEqualTo(meeting.generation);
        assertThat(snapshot.required()).as(what).isEqualTo(meeting.required);
        assertThat(snapshot.arrived()).as(what).isEqualTo((int) meeting.count("ARRIVED"));
        assertThat(snapshot.deadlineNs()).as(what).isEqualTo(meeting.deadlineNs);
        for (final SyncSnapshot.Party party : snapshot.parties()) {
            final String came = meeting.came.getOrDefault(party.name(), PartyStanding.AWAITED.name());
            assertThat(party.standing().name()).as(what).isEqualTo(came);
        }
        for (long generation = 1; generation < meeting.generation; generation++) {
            final byte[][] results = trial.machine.syncs().results(meeting.coordination, meeting.name, generation);
            final Map<Integer, String> brought = meeting.released.get(generation);
            assertThat(results == null).as(what).isEqualTo(brought == null);
            if (results != null) {
                assertThat(Arrays.stream(results)
                                .map(result -> result == null ? "" : new String(result, StandardCharsets.UTF_8)))
                        .as(what)
                        .containsExactlyElementsOf(
                                meeting.parties.stream().map(brought::get).toList());
            }
        }
    }
}
