package io.signalbox.kernel.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.command.ContextCommands;
import io.signalbox.kernel.context.ContextSnapshot;
import io.signalbox.kernel.context.SharedIntelligence;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

final class RandomContexts implements RandomRoom {
    private static final String[] SESSIONS = {"s", "s", "s", "s", "s", "", null};
    private static final int AGENTS = 3;

    private final RandomTrial trial;

    RandomContexts(final RandomTrial trial) {
        this.trial = trial;
    }

    @Override
    public int weight() {
        return 3;
    }

    @Override
    public void step(final String what) {
        final long scope = trial.scope();
        switch (trial.random.nextInt(12)) {
            case 0, 1 -> distribute(what, scope);
            case 2, 3, 4 -> update(what, scope);
            case 5 -> {
                if (trial.random.nextInt(4) == 0) {
                    final long answer = trial.apply(new ContextCommands.Clear().with(scope));
                    trial.expect(what, trial.naive.contexts.clear(scope), answer);
                }
            }
            case 6 -> trial.later(trial.random.nextInt(4) * NaiveContexts.EXECUTION_NS / 2);
            case 7, 8 -> {
                final int agent = agent();
                final long answer = trial.apply(new ContextCommands.Release().with(scope, agent));
                trial.expect(what, trial.naive.contexts.release(scope, agent), answer);
            }
            default -> {
                final int agent = agent();
                final long answer = trial.apply(new ContextCommands.Begin().with(scope, agent));
                trial.expect(what, trial.naive.contexts.begin(scope, agent), answer);
            }
        }
    }

    private int agent() {
        return trial.random.nextInt(10) == 0 ? trial.name() : 1 + trial.random.nextInt(AGENTS);
    }

    private void distribute(final String what, final long scope) {
        final List<NaiveContexts.Part> parts = new ArrayList<>();
        for (int agent = 1; agent <= AGENTS; agent++) {
            if (trial.random.nextBoolean()) {
                parts.add(part(agent));
            }
        }
        if (trial.random.nextInt(12) == 0) {
            parts.add(part(0));
        }
        final String session = SESSIONS[trial.random.nextInt(SESSIONS.length)];
        final Map<String, Object> types = trial.random.nextBoolean() ? Map.of() : types();
        final byte[] bytes = text(session, parts, types).getBytes(StandardCharsets.UTF_8);
        final long answer = trial.apply(new ContextCommands.Distribute().with(scope, bytes));
        trial.expect(
                what,
                trial.naive.contexts.distribute(scope, new NaiveContexts.Document(session, parts, types, bytes.length)),
                answer);
    }

    private NaiveContexts.Part part(final int agent) {
        final int concurrency = trial.random.nextInt(15) == 0 ? 0 : 1 + trial.random.nextInt(2);
        final double minQuality = trial.random.nextInt(3) == 0 ? trial.random.nextInt(4) / 4.0 : -1;
        return new NaiveContexts.Part(
                agent, concurrency, trial.random.nextInt(3), minQuality, trial.random.nextBoolean());
    }

    /** A document, written a second time. */
    private static String text(
            final String session, final List<NaiveContexts.Part> parts, final Map<String, Object> types) {
        final String agents = parts.stream()
                .map(part -> "\"" + (part.agent() == 0 ? "nobody" : NaiveKernel.NAMES.get(part.agent() - 1)) + "\":{"
                        + (part.minQuality() < 0
                                ? ""
                                : "\"assignment\":{\"success_criteria\":{\"min_quality\":" + part.minQuality() + "}},")
                        + "\"resource_allocation\":{\"max_execution_time_ms\":1000,\"concurrency_limit\":"
                        + part.concurrency() + ",\"max_retry_attempts\":" + part.retries() + "}"
                        + (part.isRequired()
                                ? ",\"coordination_protocols\":{\"completion_notification_required\":true}"
                                : "")
                        + "}")
                .collect(Collectors.joining(","));
        return "{" + (session == null ? "" : "\"session_id\":\"" + session + "\",")
                + (types.isEmpty() ? "" : "\"shared_intelligence\":{\"type_registry\":" + NaiveJson.text(types) + "},")
                + "\"agents\":{" + agents + "}}";
    }

    private Map<String, Object> types() {
        final Map<String, Object> types = new LinkedHashMap<>();
        for (int i = trial.random.nextInt(3); i >= 0; i--) {
            final long number = trial.random.nextInt(9);
            types.put(
                    "t" + trial.random.nextInt(3),
                    trial.random.nextBoolean() ? number : Map.of("x" + trial.random.nextInt(2), number));
        }
        return types;
    }

    private void update(final String what, final long scope) {
        final Map<String, Object> data = types();
        final List<String> removed = trial.random.nextInt(3) == 0 ? List.of("t0") : List.of();
        final List<Integer> targets = new ArrayList<>();
        if (trial.random.nextInt(3) == 0) {
            targets.add(1 + trial.random.nextInt(AGENTS));
        }
        final boolean isDeep = trial.random.nextBoolean();
        final boolean increments = trial.random.nextInt(3) > 0;
        final long expected = trial.random.nextInt(4) == 0 ? trial.random.nextInt(7) - 2 : -1;
        final String text = "{\"data\":" + NaiveJson.text(data)
                + ",\"remove\":"
                + removed.stream().map(name -> "\"" + name + "\"").toList()
                + ",\"targets\":"
                + targets.stream()
                        .map(agent -> "\"" + NaiveKernel.NAMES.get(agent - 1) + "\"")
                        .toList() + "}";
        final long answer = trial.apply(new ContextCommands.Update()
                .with(scope, 0, text.getBytes(StandardCharsets.UTF_8))
                .mode(isDeep ? 1 : 0)
                .increments(increments)
                .expectedVersion(expected));
        trial.expect(
                what, trial.naive.contexts.update(scope, data, removed, targets, isDeep, increments, expected), answer);
    }

    @Override
    public void compare(final String what) {
        for (final long handle : trial.naive.scopes) {
            final List<NaiveContexts.Context> expected = trial.naive.contexts.of(handle);
            assertThat(trial.machine.contexts().agents(handle))
                    .as(what)
                    .containsExactly(
                            expected.stream().mapToInt(context -> context.agent).toArray());
            for (final NaiveContexts.Context context : expected) {
                final ContextSnapshot snapshot = trial.machine.contexts().snapshot(handle, context.agent);
                assertThat(snapshot.version()).as(what).isEqualTo(context.version);
                assertThat(snapshot.intelligence().typeRegistry()).as(what).isEqualTo(context.types);
                assertThat(snapshot.standing().name()).as(what).isEqualTo(context.standing);
                assertThat(snapshot.attempts()).as(what).isEqualTo(context.attempts);
                assertThat(snapshot.active()).as(what).isEqualTo(context.active.size());
                assertThat(snapshot.failures()).as(what).isEqualTo(context.failures);
                assertThat(snapshot.unmet()).as(what).hasSize(context.unmet);
                for (long version = 0; version < context.version; version++) {
                    final SharedIntelligence past =
                            trial.machine.contexts().intelligence(handle, context.agent, version);
                    assertThat(past == null ? null : past.typeRegistry())
                            .as(what)
                            .isEqualTo(context.past.get(version));
                }
            }
        }
    }
}
