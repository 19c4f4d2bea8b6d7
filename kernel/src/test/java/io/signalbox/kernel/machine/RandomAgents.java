package io.signalbox.kernel.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.agent.AgentMatch;
import io.signalbox.kernel.agent.AgentProfile;
import io.signalbox.kernel.agent.AgentQuery;
import io.signalbox.kernel.agent.AgentSnapshot;
import io.signalbox.kernel.agent.AgentTask;
import io.signalbox.kernel.agent.Discovery;
import io.signalbox.kernel.agent.Matching;
import io.signalbox.kernel.agent.ProfileCodec;
import io.signalbox.kernel.command.AgentCommands;
import java.util.ArrayList;
import java.util.List;

final class RandomAgents implements RandomRoom {
    private static final long[] INTERVALS_NS = {0, 0, 1, 10, 30, -1, Long.MAX_VALUE};

    private final RandomTrial trial;

    RandomAgents(final RandomTrial trial) {
        this.trial = trial;
    }

    @Override
    public int weight() {
        return 5;
    }

    private int chance(final int bound) {
        return trial.random.nextInt(bound);
    }

    @Override
    public void step(final String what) {
        switch (chance(10)) {
            case 0, 1 -> register(what);
            case 2 -> update(what);
            case 3 -> unregister(what);
            case 4 -> duty(what);
            case 5 -> beat(what);
            case 6, 7, 8 -> assign(what);
            default -> release(what);
        }
    }

    /** Ids of capabilities: rarely none, twice the same, or one that has no name. */
    private List<Integer> capabilities() {
        final List<Integer> capabilities = new ArrayList<>();
        for (int left = chance(12) == 0 ? 0 : 1 + chance(2); left > 0; left--) {
            capabilities.add(trial.name());
        }
        return capabilities;
    }

    /** The bytes of these capabilities and of a description that is sometimes longer than a payload may be. */
    private byte[] profile(final List<Integer> capabilities) {
        final String[] texts = new String[capabilities.size()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = i + "#" + capabilities.get(i); // the same id may stand twice
        }
        final AgentProfile profile = AgentProfile.of("", texts).withDescription("d".repeat(chance(6)));
        return ProfileCodec.encode(profile, name -> Integer.parseInt(name.split("#")[1]));
    }

    private int tasksMax() {
        return chance(12) == 0 ? chance(2) * 1001 : 1 + chance(2);
    }

    private int priority() {
        return chance(12) == 0 ? 101 : chance(3) * 50;
    }

    private void register(final String what) {
        final int name = trial.name();
        final List<Integer> capabilities = capabilities();
        final byte[] profile = profile(capabilities);
        final int tasksMax = tasksMax();
        final int priority = priority();
        final long intervalNs = INTERVALS_NS[chance(INTERVALS_NS.length)];
        final int misses = chance(3) + (chance(8) == 0 ? 0 : 1);
        final long answer = trial.apply(new AgentCommands.Register()
                .with(name, profile)
                .tasksMax(tasksMax)
                .priority(priority)
                .heartbeat(intervalNs, misses));
        final long expected = trial.naive.agents.register(
                trial.nowNs(), name, capabilities, tasksMax, priority, intervalNs, misses, profile.length);
        trial.expect(what, expected, answer);
    }

    private void update(final String what) {
        final int name = trial.name();
        final List<Integer> capabilities = capabilities();
        final byte[] profile = profile(capabilities);
        final int tasksMax = tasksMax();
        final int priority = priority();
        final long intervalNs = INTERVALS_NS[chance(INTERVALS_NS.length)];
        final int misses = chance(3) + (chance(8) == 0 ? 0 : 1);
        final long revision = chance(4) - 1L;
        final long answer = trial.apply(new AgentCommands.Update()
                .with(name, profile)
                .tasksMax(tasksMax)
                .priority(priority)
                .heartbeat(intervalNs, misses)
                .expectedRevision(revision));
        final long expected = trial.naive.agents.update(
                trial.nowNs(), name, revision, capabilities, tasksMax, priority, intervalNs, misses, profile.length);
        trial.expect(what, expected, answer);
    }

    private void unregister(final String what) {
        final int name = trial.name();
        final long answer = trial.apply(new AgentCommands.Unregister().with(name));
        trial.expect(what, trial.naive.agents.unregister(name), answer);
    }

    private void duty(final String what) {
        final int name = trial.name();
        final int duty = chance(3) == 0 ? chance(6) : 0;
        final long answer = trial.apply(new AgentCommands.SetDuty().with(name, duty));
        trial.expect(what, trial.naive.agents.duty(name, duty), answer);
    }

    private void beat(final String what) {
        final int name = trial.name();
        final long answer = trial.apply(new AgentCommands.Heartbeat().with(name));
        trial.expect(what, trial.naive.agents.heartbeat(trial.nowNs(), name), answer);
    }

    private void assign(final String what) {
        final int name = trial.name();
        final long scope = trial.scope();
        final long answer = trial.apply(new AgentCommands.Assign().with(scope, name));
        trial.expect(what, trial.naive.agents.assign(scope, name), answer);
    }

    private void release(final String what) {
        final int name = trial.name();
        final long scope = trial.scope();
        final long answer = trial.apply(new AgentCommands.Release().with(scope, name));
        trial.expect(what, trial.naive.agents.release(scope, name), answer);
    }

    @Override
    public void compare(final String what) {
        assertThat(trial.machine.agents().registered()).as(what).isEqualTo(trial.naive.agents.agents.size());
        trial.naive.agents.agents.forEach((name, known) -> {
            final AgentSnapshot agent = trial.machine.agentInspector().agent(RandomTrial.nameOf(name));
            assertThat(agent.status().name()).as(what).isEqualTo(known.status());
            assertThat(agent.number()).as(what).isEqualTo(known.number);
            assertThat(agent.revision()).as(what).isEqualTo(known.revision);
            assertThat(agent.activeTasks()).as(what).isEqualTo(known.tasks.size());
            assertThat(agent.succeeded()).as(what).isEqualTo(known.succeeded);
            assertThat(agent.failed()).as(what).isEqualTo(known.failed);
            assertThat(agent.lastHeardNs()).as(what).isEqualTo(known.heardNs);
            final double mean = known.qualities.stream()
                    .mapToDouble(Double::doubleValue)
                    .average()
                    .orElse(Double.NaN);
            assertThat(Math.abs(agent.meanQuality() - mean) < 1e-9 || Double.isNaN(mean))
                    .as(what)
                    .isTrue();
        });
        search(what, List.of());
        search(what, List.of(1 + chance(NaiveKernel.NAMES.size())));
        search(what, List.of(1, 2));
    }

    private void search(final String what, final List<Integer> capabilities) {
        final String[] names = capabilities.stream().map(RandomTrial::nameOf).toArray(String[]::new);
        final Discovery discovery = new Discovery(AgentQuery.withAllOf(names));
        boolean isDone = false;
        while (!isDone) {
            isDone = trial.machine.agentInspector().advance(discovery);
        }
        assertThat(discovery.found())
                .as(what)
                .extracting(AgentSnapshot::id)
                .containsExactlyElementsOf(trial.naive.agents.discover(capabilities).stream()
                        .map(RandomTrial::nameOf)
                        .toList());

        final Matching matching = new Matching(AgentTask.needing(names).bestEffort());
        isDone = false;
        while (!isDone) {
            isDone = trial.machine.agentInspector().advance(matching);
        }
        final AgentMatch match = matching.result();
        final int best = trial.naive.agents.match(capabilities);
        assertThat(match.isFound() ? match.best().agent().id() : "")
                .as(what)
                .isEqualTo(best == 0 ? "" : RandomTrial.nameOf(best));
    }
}
