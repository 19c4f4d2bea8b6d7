package io.signalbox.kernel.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.agent.AgentProfile;
import io.signalbox.kernel.agent.AgentSnapshot;
import io.signalbox.kernel.agent.AgentStatus;
import io.signalbox.kernel.agent.ProfileCodec;
import io.signalbox.kernel.command.AgentCommands;
import io.signalbox.kernel.command.MachineCommands;
import io.signalbox.kernel.command.Request;
import io.signalbox.kernel.command.TaskCommands;
import io.signalbox.kernel.command.WorkflowCommands;
import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactType;
import io.signalbox.kernel.workflow.OnError;
import io.signalbox.kernel.workflow.Placement;
import io.signalbox.kernel.workflow.RetryPolicy;
import io.signalbox.kernel.workflow.RunSnapshot;
import io.signalbox.kernel.workflow.Scheduling;
import io.signalbox.kernel.workflow.StepDefinition;
import io.signalbox.kernel.workflow.StepSnapshot;
import io.signalbox.kernel.workflow.StepState;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A walk by chance over steps that only some agents can do and agents who come, go, fall silent and change. After each command what stands in the two rooms is
 * held against what was asked for, looked at anew: who has which step, who could have one that waits, how many tasks each agent has.
 */
class PlacementWalkTest {
    private static final long MS = 1_000_000;
    private static final int AGENTS = 4;
    private static final int ACTIONS = 600;
    private static final byte[] NOTHING = {};
    private static final List<String> CAPABILITIES = List.of("java", "yaml");
    private static final List<String> ROLES = List.of("builder", "tester");

    /** One walk. */
    private static final class Walk {
        final Random random;
        final String what;
        final FlowMachine flow = new FlowMachine(this::note);
        final int[] agents = new int[AGENTS];
        final Map<Integer, Integer> tasksByHand = new HashMap<>();
        final Set<FactType> happened = EnumSet.noneOf(FactType.class);
        private final List<String> wrong = new ArrayList<>();
        int given;

        Walk(final int seed) {
            random = new Random(seed);
            what = "seed " + seed;
            for (int i = 0; i < AGENTS; i++) {
                agents[i] = name("agent" + i);
            }
            CAPABILITIES.forEach(this::name);
            ROLES.forEach(this::name);
        }

        private int name(final String text) {
            return (int) flow.apply(new MachineCommands.InternName().with(text.getBytes(StandardCharsets.UTF_8)));
        }

        private int chance(final int bound) {
            return random.nextInt(bound);
        }

        private void note(final Fact fact) {
            happened.add(fact.type());
            if (fact.type() == FactType.TASK_ASSIGNED && fact.c() != 0) {
                given++;
            }
        }

        // -------------------------------------------------------------- what is done

        void step() {
            switch (chance(16)) {
                case 0, 1 -> register();
                case 2 -> flow.apply(new AgentCommands.Unregister().with(agent()));
                case 3 -> flow.apply(new AgentCommands.SetDuty().with(agent(), chance(3) == 0 ? 1 + chance(3) : 0));
                case 4, 5 -> flow.apply(new AgentCommands.Heartbeat().with(agent()));
                case 6 -> byHand();
                case 7, 8 -> start();
                case 9 -> cancelOrRetry();
                case 10, 11 -> {
                    flow.nowNs += chance(30) * MS;
                    flow.pulse();
                }
                default -> report();
            }
        }

        private int agent() {
            return agents[chance(AGENTS)];
        }

        private List<String> someCapabilities() {
            return chance(3) == 0 ? CAPABILITIES : List.of(CAPABILITIES.get(chance(CAPABILITIES.size())));
        }

        private void register() {
            final int agent = agent();
            final Request request = chance(2) == 0 && flow.machine().agents().status(agent) != AgentStatus.UNREGISTERED
                    ? describe(new AgentCommands.Update().with(agent, profile(agent)))
                    : describe(new AgentCommands.Register().with(agent, profile(agent)));
            flow.apply(request);
        }

        private <D extends AgentCommands.Description<D>> D describe(final D command) {
            return command.type(name(ROLES.get(chance(ROLES.size()))))
                    .tasksMax(1 + chance(3))
                    .priority(chance(3) * 50)
                    .heartbeat(chance(3) == 0 ? 40 * MS : 0, 1 + chance(2));
        }

        private byte[] profile(final int agent) {
            final String id = flow.machine().names().text(agent);
            return ProfileCodec.encode(AgentProfile.of(id, someCapabilities().toArray(String[]::new)), this::name);
        }

        /** Tasks that agents have of others, who do not ask this room. */
        private void byHand() {
            final int agent = agent();
            final int has = tasksByHand.getOrDefault(agent, 0);
            if (chance(2) == 0) {
                if (flow.apply(new AgentCommands.Assign().with(0, agent)) >= 0) {
                    tasksByHand.put(agent, has + 1);
                }
            } else if (has > 0 && flow.apply(new AgentCommands.Release().with(0, agent)) >= 0) {
                tasksByHand.put(agent, has - 1);
            }
        }

        private void start() {
            final List<StepDefinition> steps = new ArrayList<>();
            final int count = 2 + chance(6);
            for (int i = 0; i < count; i++) {
                final List<String> needs = i > 0 && chance(2) == 0 ? List.of("s" + chance(i)) : List.of();
                steps.add(StepDefinition.of("s" + i, needs)
                        .withRetry(new RetryPolicy(chance(3), chance(10) * MS, 1, 10 * MS, 0))
                        .withTimeoutNs(chance(3) == 0 ? 50 * MS : 0)
                        .withScheduling(Scheduling.PLAIN
                                .withPriority(chance(3))
                                .withLeaseNs(chance(3) == 0 ? 20 * MS : 0)
                                .on(placement())));
            }
            final int definition = flow.deploy(WorkflowDefinition.of("w", steps)
                    .withOnError(chance(2) == 0 ? OnError.FAIL_FAST : OnError.COLLECT_ALL));
            flow.apply(new WorkflowCommands.StartRun().with(0, definition, NOTHING));
            flow.apply(new TaskCommands.ReleaseDefinition().with(definition));
        }

        private Placement placement() {
            return switch (chance(5)) {
                case 0 -> Placement.ANYBODY;
                case 1 -> new Placement("agent" + chance(AGENTS), "", List.of());
                case 2 -> new Placement("", ROLES.get(chance(ROLES.size())), List.of());
                case 3 -> new Placement("", ROLES.get(chance(ROLES.size())), someCapabilities());
                default -> new Placement("", "", someCapabilities());
            };
        }

        private void cancelOrRetry() {
            final List<RunSnapshot> runs = runs();
            if (!runs.isEmpty()) {
                final long run = runs.get(chance(runs.size())).handle();
                flow.apply(
                        chance(2) == 0
                                ? new WorkflowCommands.CancelRun().with(0, run)
                                : new WorkflowCommands.RetryRun().with(0, run));
            }
        }

        /** Somebody says something about an attempt in flight. */
        private void report() {
            for (final RunSnapshot run : runs()) {
                for (final StepSnapshot step : run.steps()) {
                    if (step.state().isInFlight() && chance(3) == 0) {
                        if (step.state() == StepState.ASSIGNED && chance(2) == 0) {
                            flow.apply(new WorkflowCommands.StartStep()
                                    .with(0, run.handle(), step.index(), step.attempts(), NOTHING));
                        } else {
                            flow.finish(run.handle(), step.index(), step.attempts(), 1 + chance(6));
                        }
                        return;
                    }
                }
            }
        }

        // -------------------------------------------------------------- what must be so

        private List<RunSnapshot> runs() {
            final List<RunSnapshot> runs = new ArrayList<>();
            for (final long handle : flow.machine().inspector().runs()) {
                runs.add(flow.run(handle));
            }
            return runs;
        }

        void look(final int action) {
            final Map<Integer, Integer> tasks = new HashMap<>();
            for (final RunSnapshot run : runs()) {
                for (final StepSnapshot step : run.steps()) {
                    look(run, step, tasks);
                }
            }
            for (final int agent : agents) {
                final AgentSnapshot known = known(agent);
                if (known == null) {
                    tasksByHand.remove(agent);
                    expect(tasks.getOrDefault(agent, 0) == 0, agent + " is gone and has steps");
                } else {
                    final int expected = tasks.getOrDefault(agent, 0) + tasksByHand.getOrDefault(agent, 0);
                    expect(known.activeTasks() == expected, known + " should have " + expected + " tasks");
                }
            }
            assertThat(wrong).as("%s, action %d", what, action).isEmpty();
        }

        private void expect(final boolean holds, final String otherwise) {
            if (!holds) {
                wrong.add(otherwise);
            }
        }

        private void look(final RunSnapshot run, final StepSnapshot step, final Map<Integer, Integer> tasks) {
            final Placement placement =
                    run.definition().steps().get(step.index()).scheduling().placement();
            final int agent = flow.machine().inspector().agent(run.handle(), step.index());
            if (agent != 0) {
                tasks.merge(agent, 1, Integer::sum);
            }
            expect(
                    (agent != 0) == (step.state().isInFlight() && !placement.isAnybody()),
                    step + " of " + placement + " is with " + agent);
            if (agent != 0 && known(agent) != null) {
                expect(known(agent).status() != AgentStatus.SILENT, known(agent) + " is silent and has " + step);
            }
            final boolean waits = flow.machine().inspector().isUnplaced(run.handle(), step.index());
            expect(waits == (step.state() == StepState.READY), step + " waits for an agent: " + waits);
            for (final int other : agents) {
                expect(!waits || !isFreeFor(other, placement), step + " waits, though " + known(other) + " is free");
            }
        }

        private AgentSnapshot known(final int agent) {
            return flow.machine().agentInspector().agent(flow.machine().names().text(agent));
        }

        private boolean isFreeFor(final int agent, final Placement placement) {
            final AgentSnapshot known = known(agent);
            return known != null
                    && known.status() == AgentStatus.AVAILABLE
                    && (placement.agent().isEmpty() || placement.agent().equals(known.id()))
                    && (placement.role().isEmpty()
                            || placement.role().equals(known.profile().type()))
                    && known.profile().capabilities().containsAll(placement.capabilities());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldGiveEachStepToSomebodyWhoCanAndLoseNone(final int seed) {
        final Walk walk = new Walk(seed);
        for (int action = 0; action < ACTIONS; action++) {
            walk.step();
            walk.look(action);
        }
        assertThat(walk.given).as("steps that were given to agents").isGreaterThan(20);
        assertThat(walk.happened)
                .contains(
                        FactType.STEP_UNPLACED,
                        FactType.STEP_PLACEABLE,
                        FactType.STEP_RELEASED,
                        FactType.STEP_RETRIED,
                        FactType.AGENT_SILENCED,
                        FactType.AGENT_UNREGISTERED,
                        FactType.AGENT_COMPLETED,
                        FactType.AGENT_RELEASED);
        walk.flow.restart();
    }
}
