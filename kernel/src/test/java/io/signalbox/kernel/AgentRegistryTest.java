package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.kernel.agent.AgentDuty;
import io.signalbox.kernel.agent.AgentProfile;
import io.signalbox.kernel.agent.AgentQuery;
import io.signalbox.kernel.agent.AgentQuery.Standing;
import io.signalbox.kernel.agent.AgentSnapshot;
import io.signalbox.kernel.agent.AgentStatus;
import io.signalbox.kernel.agent.AgentTask;
import io.signalbox.kernel.agent.Discovery;
import io.signalbox.kernel.agent.ProfileCodec;
import io.signalbox.kernel.command.AgentCommands;
import io.signalbox.kernel.conformance.Conforms;
import io.signalbox.kernel.event.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is registered, who is found, who is silent: through the front door. */
class AgentRegistryTest {
    private static final int TRIES = 20;

    private Kernel kernel;
    private AgentRegistry agents;

    @BeforeEach
    void launch() {
        kernel = Kernel.launch(KernelConfig.standard());
        agents = kernel.agents();
    }

    @AfterEach
    void close() {
        kernel.close();
    }

    private static List<String> ids(final List<AgentSnapshot> found) {
        return found.stream().map(AgentSnapshot::id).toList();
    }

    /** The shortest of some tries: what it takes, not what else the machine had to do. */
    private static long fastestMs(final Runnable work) {
        long fastestNs = Long.MAX_VALUE;
        for (int i = 0; i < TRIES; i++) {
            final long startNs = System.nanoTime();
            work.run();
            fastestNs = Math.min(fastestNs, System.nanoTime() - startNs);
        }
        return TimeUnit.NANOSECONDS.toMillis(fastestNs);
    }

    // ------------------------------------------------------------------ registering

    @Test
    @Conforms({"T-REG-01", "T-REG-14", "T-REG-18"})
    void shouldRegisterAnAgentAndReadItBack() {
        final AgentProfile profile = AgentProfile.of("test_agent_1", "yaml", "json")
                .withTags("fast", "cheap")
                .withType("validator")
                .withVersion("2.1.0")
                .withDescription("reads")
                .withAuthor("somebody")
                .withConfig("{\"depth\": 3}")
                .withTasksMax(4)
                .withPriority(90)
                .withHeartbeat(60_000, 5);
        final Receipt receipt = agents.register(profile);
        assertThat(receipt.isAccepted()).isTrue();
        assertThat(receipt.value()).isEqualTo(1);
        final AgentSnapshot agent = agents.get("test_agent_1");
        assertThat(agent.profile()).isEqualTo(profile);
        assertThat(agent.status()).isEqualTo(AgentStatus.AVAILABLE);
        assertThat(agent.status().isActive()).isTrue();
        assertThat(agent.number()).isEqualTo(1);
        assertThat(agent.successRate()).isNaN();
        assertThat(ids(agents.list())).containsExactly("test_agent_1");
    }

    @Test
    @Conforms({"T-REG-02", "T-RDECO-03"})
    void shouldRefuseADuplicateAgent() {
        agents.register("ann", "yaml").orThrow();
        final Receipt second = agents.register("ann", "json");
        assertThat(second.rejection()).isEqualTo(Rejection.DUPLICATE_AGENT);
        assertThat(second.rejection().reason()).contains("already registered");
        assertThat(agents.get("ann").profile().capabilities()).containsExactly("yaml");
    }

    @Test
    @Conforms("T-REG-03")
    void shouldRefuseNamesAndValuesThatCannotBe() {
        assertThat(agents.register("", "yaml").rejection()).isEqualTo(Rejection.INVALID_VALUE);
        assertThat(agents.register("n".repeat(1025), "yaml").rejection()).isEqualTo(Rejection.TOO_LONG);
        assertThat(agents.register("system", "yaml").rejection()).isEqualTo(Rejection.RESERVED_NAME);
        assertThat(agents.register("signalbox", "yaml").rejection()).isEqualTo(Rejection.RESERVED_NAME);
        assertThat(agents.register("ann").rejection()).isEqualTo(Rejection.INVALID_VALUE);
        assertThat(agents.register("ann", "").rejection()).isEqualTo(Rejection.INVALID_VALUE);
        final AgentProfile ann = AgentProfile.of("ann", "yaml");
        assertThat(agents.register(ann.withVersion("1.0")).rejection()).isEqualTo(Rejection.INVALID_VALUE);
        assertThat(agents.register(ann.withTasksMax(0)).rejection()).isEqualTo(Rejection.INVALID_VALUE);
        assertThat(agents.register(ann.withPriority(101)).rejection()).isEqualTo(Rejection.INVALID_VALUE);
        assertThat(agents.register(ann.withHeartbeat(-1, 5)).rejection()).isEqualTo(Rejection.INVALID_VALUE);
        assertThat(agents.register(ann.withHeartbeat(Long.MAX_VALUE, 5)).rejection())
                .isEqualTo(Rejection.INVALID_VALUE);
        assertThat(agents.register(ann.withConfig("c".repeat(300_000))).rejection())
                .isEqualTo(Rejection.TOO_LONG);
        final String[] many = new String[65];
        for (int i = 0; i < many.length; i++) {
            many[i] = "can" + i;
        }
        assertThat(agents.register("ann", many).rejection()).isEqualTo(Rejection.TOO_LONG);
        assertThat(agents.size()).isZero();
        assertThat(kernel.isOpen()).isTrue();
    }

    @Test
    @Conforms({"T-REG-05", "T-REG-19", "T-RCACHE-15"})
    void shouldListEveryAgentTheNewestFirst() {
        assertThat(agents.list()).isEmpty();
        assertThat(agents.size()).isZero();
        assertThat(agents.count(AgentStatus.AVAILABLE)).isZero();
        for (int i = 0; i < 5; i++) {
            agents.register("agent_" + i, "cap").orThrow();
        }
        assertThat(ids(agents.list())).containsExactly("agent_4", "agent_3", "agent_2", "agent_1", "agent_0");
        assertThat(agents.size()).isEqualTo(5);
        assertThat(agents.count(AgentStatus.AVAILABLE)).isEqualTo(5);
    }

    @Test
    @Conforms("T-RCACHE-14")
    void shouldRefuseWhatAFullRegistryHasNoPlaceFor() {
        kernel.close();
        kernel = Kernel.launch(KernelConfig.standard()
                .withLimits(KernelConfig.standard().limits().withAgentsMax(2)));
        agents = kernel.agents();
        agents.register("ann", "yaml").orThrow();
        agents.register("ben", "yaml").orThrow();
        assertThat(agents.register("cho", "yaml").rejection()).isEqualTo(Rejection.CAPACITY_EXHAUSTED);
        assertThat(agents.size()).isEqualTo(kernel.config().limits().agentsMax());
        agents.unregister("ann").orThrow();
        agents.register("cho", "yaml").orThrow();
        assertThat(ids(agents.list())).containsExactly("cho", "ben");
    }

    @Test
    @Conforms({"T-REG-16", "T-REG-17", "T-RCACHE-04", "T-RCACHE-17", "T-RDECO-17"})
    void shouldForgetAnAgent() {
        agents.register("ann", "yaml").orThrow();
        agents.register("ben", "yaml").orThrow();
        assertThat(agents.find("ann")).isNotNull();
        agents.unregister("ann").orThrow();
        assertThat(agents.find("ann")).isNull();
        assertThatThrownBy(() -> agents.get("ann")).isInstanceOf(CommandRefusedException.class);
        assertThat(ids(agents.discover("yaml"))).containsExactly("ben");
        assertThat(agents.unregister("ann").rejection()).isEqualTo(Rejection.UNKNOWN_AGENT);
        agents.list().forEach(agent -> agents.unregister(agent.id()));
        assertThat(agents.list()).isEmpty();
        assertThat(agents.discover("yaml")).isEmpty();
    }

    @Test
    @Conforms({"T-REG-15", "T-REG-22", "T-RDECO-11", "T-RCACHE-02"})
    void shouldNameAnUnknownAgent() {
        assertThat(agents.find("nobody")).isNull();
        assertThat(agents.score("nobody", AgentTask.needing())).isNull();
        assertThatThrownBy(() -> agents.get("nobody"))
                .hasMessageContaining("UNKNOWN_AGENT")
                .hasMessageContaining("found");
        assertThat(agents.heartbeat("nobody").rejection()).isEqualTo(Rejection.UNKNOWN_AGENT);
        assertThat(agents.declare("nobody", AgentDuty.ACTIVE).rejection()).isEqualTo(Rejection.UNKNOWN_AGENT);
        assertThat(agents.update(AgentProfile.of("nobody", "yaml")).rejection()).isEqualTo(Rejection.UNKNOWN_AGENT);
        assertThat(agents.assign(kernel.global(), "nobody").rejection()).isEqualTo(Rejection.UNKNOWN_AGENT);
        assertThat(agents.release(kernel.global(), "nobody").rejection()).isEqualTo(Rejection.UNKNOWN_AGENT);
    }

    @Test
    @Conforms("T-RCACHE-03")
    void shouldAnswerWithTheNewestProfile() {
        final AgentProfile first = AgentProfile.of("ann", "yaml");
        agents.register(first).orThrow();
        assertThat(agents.update(first.withCapabilities("json")).value()).isEqualTo(2);
        assertThat(agents.discover("yaml")).isEmpty();
        assertThat(ids(agents.discover("json"))).containsExactly("ann");
        assertThat(agents.update(first, 1).rejection()).isEqualTo(Rejection.VERSION_MISMATCH);
        assertThat(agents.update(first.withPriority(7), 2).value()).isEqualTo(3);
        assertThat(agents.get("ann").profile()).isEqualTo(first.withPriority(7));
        assertThat(ids(agents.discover("yaml"))).containsExactly("ann");
    }

    @Test
    @Conforms("FUTURE-19")
    void shouldAnswerARepeatedRegistrationAgain() {
        final AgentProfile ann = AgentProfile.of("ann", "yaml");
        final Ingress ingress = kernel.newIngress();
        final int name = kernel.nameId("ann");
        for (int i = 0; i < 3; i++) {
            final AgentCommands.Register register =
                    new AgentCommands.Register().with(name, ProfileCodec.encode(ann, kernel::nameId));
            assertThat(ingress.numbered(77, 1).submit(register)).isEqualTo(1);
        }
        assertThat(agents.size()).isEqualTo(1);
    }

    @Test
    @Conforms("GAP-AGENT-8")
    void shouldKeepEveryAgentThatRegistersAtOnce() throws Exception {
        final int threads = 8;
        final int each = 50;
        final ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            final List<Callable<Integer>> tasks = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                final int mine = thread;
                tasks.add(() -> {
                    int accepted = 0;
                    for (int i = 0; i < each; i++) {
                        accepted += agents.register("agent_" + mine + "_" + i, "cap_" + i)
                                        .isAccepted()
                                ? 1
                                : 0;
                        accepted += agents.register("one_of_all", "cap").isAccepted() ? 1 : 0;
                    }
                    return accepted;
                });
            }
            int accepted = 0;
            for (final Future<Integer> result : executor.invokeAll(tasks)) {
                accepted += result.get();
            }
            assertThat(accepted).isEqualTo(threads * each + 1);
        } finally {
            executor.shutdown();
        }
        assertThat(agents.size()).isEqualTo(threads * each + 1);
        assertThat(agents.list()).extracting(AgentSnapshot::id).doesNotHaveDuplicates();
        assertThat(agents.discover("cap_7")).hasSize(threads);
    }

    // ------------------------------------------------------------------ discovering

    @Test
    @Conforms({"T-REG-06", "T-REG-08"})
    void shouldFindAgentsByCapability() {
        agents.register("agent_1", "cap_1", "cap_2").orThrow();
        agents.register("agent_2", "cap_1", "cap_3").orThrow();
        agents.register("agent_3", "cap_2", "cap_3").orThrow();
        assertThat(ids(agents.discover("cap_1"))).containsExactly("agent_2", "agent_1");
        assertThat(ids(agents.discover("cap_2"))).containsExactly("agent_3", "agent_1");
        assertThat(agents.discover("cap_4")).isEmpty();
        assertThat(ids(agents.discover(AgentQuery.withAllOf("cap_1", "cap_2")))).containsExactly("agent_1");
        assertThat(ids(agents.discover(AgentQuery.withAnyOf("cap_1", "cap_2")))).hasSize(3);
        assertThat(ids(agents.discover(AgentQuery.withAnyOf("cap_1", "nobody"))))
                .containsExactly("agent_2", "agent_1");
        assertThat(agents.discover(AgentQuery.withAnyOf("nobody", "no one"))).isEmpty();
        assertThat(ids(agents.discover(AgentQuery.everybody().limit(2)))).containsExactly("agent_3", "agent_2");
    }

    @Test
    @Conforms("T-REG-29")
    void shouldFindAnAgentByEachOfItsCapabilities() {
        agents.register("ann", "a", "b", "c").orThrow();
        for (final String capability : List.of("a", "b", "c")) {
            assertThat(ids(agents.discover(capability))).containsExactly("ann");
        }
    }

    @Test
    @Conforms("FUTURE-12")
    void shouldFindAgentsByTags() {
        agents.register(AgentProfile.of("ann", "yaml").withTags("fast", "cheap"))
                .orThrow();
        agents.register(AgentProfile.of("ben", "yaml").withTags("fast").withType("analyzer"))
                .orThrow();
        agents.register(AgentProfile.of("cho", "json").withTags("cheap")).orThrow();
        final AgentQuery all = AgentQuery.everybody();
        assertThat(ids(agents.discover(all.taggedAllOf("fast", "cheap")))).containsExactly("ann");
        assertThat(ids(agents.discover(all.taggedAnyOf("fast", "cheap")))).containsExactly("cho", "ben", "ann");
        assertThat(ids(agents.discover(AgentQuery.withAllOf("yaml").taggedAnyOf("cheap"))))
                .containsExactly("ann");
        assertThat(ids(agents.discover(all.ofType("analyzer")))).containsExactly("ben");
        assertThat(agents.discover(all.ofType("nothing"))).isEmpty();
        assertThat(agents.discover(all.taggedAllOf("slow"))).isEmpty();
    }

    @Test
    @Conforms("FUTURE-13")
    void shouldFindAgentsByWhatIsAlike() {
        agents.register("ann", "yaml_parsing").orThrow();
        agents.register("ben", "yaml_parser").orThrow();
        agents.register("cho", "json_writing").orThrow();
        assertThat(ids(agents.discover(AgentQuery.withAllOf("yaml_parsing")))).containsExactly("ann");
        assertThat(ids(agents.discover(AgentQuery.withAllOf("yaml_parsing").alike(AgentQuery.ALIKE))))
                .containsExactly("ben", "ann");
        assertThat(ids(agents.discover(AgentQuery.withAllOf("YAML_Parse").alike(AgentQuery.ALIKE))))
                .containsExactly("ben", "ann");
        assertThat(agents.discover(AgentQuery.withAllOf("quantum").alike(AgentQuery.ALIKE)))
                .isEmpty();
        agents.unregister("ben").orThrow();
        assertThat(ids(agents.discover(AgentQuery.withAllOf("yaml_parser").alike(AgentQuery.ALIKE))))
                .containsExactly("ann");
    }

    @Test
    void shouldRefuseAQueryThatCannotBe() {
        assertThatThrownBy(() -> AgentQuery.everybody().alike(1.1)).hasMessage("similarityMin must be in 0..1: 1.1");
        assertThatThrownBy(() -> AgentQuery.everybody().limit(0)).hasMessage("limit must be 1 or more: 0");
        assertThatThrownBy(() -> AgentQuery.withAllOf("x ".repeat(65).split(" ")))
                .hasMessage("at most 64 capabilities can be named: 65");
    }

    @Test
    @Conforms("T-REG-07")
    void shouldFindAgentsByHowTheyStand() {
        agents.register("ann", "yaml").orThrow();
        final AgentQuery yaml = AgentQuery.withAllOf("yaml");
        assertThat(agents.discover(yaml.standing(Standing.ACTIVE))).hasSize(1);
        assertThat(agents.discover(yaml.standing(Standing.NOT_ACTIVE))).isEmpty();
        agents.declare("ann", AgentDuty.INACTIVE).orThrow();
        assertThat(agents.discover(yaml.standing(Standing.ACTIVE))).isEmpty();
        assertThat(agents.discover(yaml.standing(Standing.AVAILABLE))).isEmpty();
        assertThat(agents.discover(yaml.standing(Standing.NOT_ACTIVE))).hasSize(1);
        assertThat(agents.discover(yaml.standing(Standing.ANY))).hasSize(1);
    }

    /** Each piece is a read of its own between two turns, and looks at no more agents than a few thousand. */
    @Test
    void shouldSearchManyAgentsInPieces() {
        final int count = 20_000;
        for (int i = 0; i < count; i++) {
            agents.register("agent_" + i, i % 100 == 0 ? "rare" : "common").orThrow();
        }
        final Discovery everybody = new Discovery(AgentQuery.everybody());
        int pieces = 1;
        while (!kernel.query(() -> kernel.machine().agentInspector().advance(everybody))) {
            pieces++;
        }
        assertThat(everybody.found()).hasSize(count);
        assertThat(pieces).isBetween(5, 7);

        final Discovery few = new Discovery(AgentQuery.withAllOf("rare"));
        pieces = 1;
        while (!kernel.query(() -> kernel.machine().agentInspector().advance(few))) {
            pieces++;
        }
        assertThat(few.found()).hasSize(count / 100);
        assertThat(pieces).isEqualTo(2);
        assertThat(agents.match(AgentTask.needing("rare")).capable()).isEqualTo(count / 100);
    }

    // ------------------------------------------------------------------ standing

    @Test
    @Conforms({"T-REG-20", "T-REG-21", "T-RCACHE-07"})
    void shouldNoteWhenAnAgentWasHeardLast() {
        final ManualClock clock = invoker();
        agents.register("ann", "yaml").orThrow();
        final long registeredNs = agents.get("ann").lastHeardNs();
        clock.moveTo(TimeUnit.MILLISECONDS.toNanos(100));
        final Receipt beat = agents.heartbeat("ann");
        assertThat(beat.value()).isEqualTo(AgentStatus.AVAILABLE.ordinal());
        assertThat(agents.get("ann").lastHeardNs()).isEqualTo(registeredNs + TimeUnit.MILLISECONDS.toNanos(100));
        assertThat(agents.get("ann").status()).isEqualTo(AgentStatus.AVAILABLE);
        clock.moveTo(TimeUnit.DAYS.toNanos(30));
        kernel.pulse();
        assertThat(agents.get("ann").status()).isEqualTo(AgentStatus.AVAILABLE);
    }

    @Test
    @Conforms({"GAP-AGENT-7", "FUTURE-17", "T-RCACHE-18"})
    void shouldNoticeAnAgentThatFallsSilent() {
        final ManualClock clock = invoker();
        agents.register(AgentProfile.of("ann", "yaml").withHeartbeat(60_000, 5)).orThrow();
        clock.moveTo(TimeUnit.SECONDS.toNanos(299));
        kernel.pulse();
        assertThat(agents.get("ann").status()).isEqualTo(AgentStatus.AVAILABLE);
        clock.moveTo(TimeUnit.SECONDS.toNanos(300));
        kernel.pulse();
        assertThat(agents.get("ann").status()).isEqualTo(AgentStatus.SILENT);
        assertThat(agents.discover("yaml")).isEmpty();
        assertThat(agents.match(AgentTask.needing("yaml")).isFound()).isFalse();
        assertThat(agents.heartbeat("ann").value()).isEqualTo(AgentStatus.AVAILABLE.ordinal());
        assertThat(agents.match(AgentTask.needing("yaml")).isFound()).isTrue();
    }

    private ManualClock invoker() {
        kernel.close();
        final ManualClock clock = new ManualClock(0);
        kernel = Kernel.launch(
                KernelConfig.standard().withThreading(Threading.INVOKER).withClock(clock));
        agents = kernel.agents();
        return clock;
    }

    @Test
    void shouldReviveNobodyByAHeartbeatWhomSomebodyHasTakenAway() {
        agents.register("ann", "yaml").orThrow();
        agents.declare("ann", AgentDuty.MAINTENANCE).orThrow();
        assertThat(agents.heartbeat("ann").value()).isEqualTo(AgentStatus.MAINTENANCE.ordinal());
        assertThat(agents.get("ann").status()).isEqualTo(AgentStatus.MAINTENANCE);
        agents.declare("ann", AgentDuty.RETIRED).orThrow();
        assertThat(agents.declare("ann", AgentDuty.ACTIVE).rejection()).isEqualTo(Rejection.ALREADY_CONCLUDED);
    }

    @Test
    @Conforms("FUTURE-16")
    void shouldRaiseASignalWhenAnAgentStandsOtherwise() {
        final Subscription subscription = kernel.subscribe();
        agents.register(AgentProfile.of("ann", "yaml").withTasksMax(1)).orThrow();
        agents.assign(kernel.global(), "ann").orThrow();
        agents.heartbeat("ann").orThrow();
        agents.release(kernel.global(), "ann").orThrow();
        agents.declare("ann", AgentDuty.ERROR).orThrow();
        agents.unregister("ann").orThrow();
        final List<String> heard = new ArrayList<>();
        for (Subscription.Item item = subscription.poll(); item != null; item = subscription.poll()) {
            final Subscription.Signal signal = (Subscription.Signal) item;
            heard.add(signal.type() + " by " + signal.sender() + " about " + signal.subject());
        }
        assertThat(heard)
                .containsExactly(
                        "agent_status_available by signalbox about ann",
                        "agent_status_busy by signalbox about ann",
                        "agent_status_available by signalbox about ann",
                        "agent_status_error by signalbox about ann",
                        "agent_status_unregistered by signalbox about ann");
    }

    // ------------------------------------------------------------------ speed

    @Test
    @Conforms({"T-REG-25", "T-REG-26", "T-REG-27", "T-RCACHE-20", "T-RCACHE-21", "T-RCACHE-22", "FUTURE-15", "DIFF-8"})
    void shouldBeFasterThanTheSystemsItComesFromHopedToBe() {
        final int[] next = {0};
        assertThat(fastestMs(() -> agents.register("early_" + next[0]++, "many").orThrow()))
                .isLessThan(10);
        for (int i = 0; i < 1000; i++) {
            agents.register("agent_" + i, i < 10 ? "few" : "many").orThrow();
        }
        assertThat(fastestMs(() -> assertThat(agents.discover("few")).hasSize(10)))
                .isLessThan(100);
        assertThat(fastestMs(() -> assertThat(agents.find("agent_500")).isNotNull()))
                .isLessThan(5);
        assertThat(fastestMs(
                        () -> assertThat(agents.match(AgentTask.needing("few")).isFound())
                                .isTrue()))
                .isLessThan(5);
    }
}
