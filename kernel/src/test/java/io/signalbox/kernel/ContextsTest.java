package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.kernel.conformance.Conforms;
import io.signalbox.kernel.context.AgentAssignment;
import io.signalbox.kernel.context.AssignmentStanding;
import io.signalbox.kernel.context.CoordinationProtocols;
import io.signalbox.kernel.context.IntelligenceKind;
import io.signalbox.kernel.context.InvalidContextException;
import io.signalbox.kernel.context.ResourceAllocation;
import io.signalbox.kernel.context.SharedIntelligence;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.metrics.MetricsSnapshot;
import io.signalbox.kernel.metrics.TimingSummary;
import io.signalbox.kernel.signal.SignalView;
import io.signalbox.kernel.signal.TypedSignal;
import io.signalbox.kernel.state.StateOperator;
import io.signalbox.kernel.state.StatePredicate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Contexts through the front door, with a clock of our own. */
@Timeout(60)
class ContextsTest {
    private static final long START_NS = 1_700_000_000_000_000_000L;
    private static final List<String> AGENTS = List.of("model_gen", "validator_gen", "test_gen");

    private final ManualClock clock = new ManualClock(START_NS);
    private Kernel kernel;
    private Coordination coordination;
    private Contexts contexts;

    @BeforeEach
    void launch() {
        kernel = Kernel.launch(
                KernelConfig.standard().withThreading(Threading.INVOKER).withClock(clock));
        coordination = kernel.coordination("coord-test-123");
        contexts = coordination.contexts();
    }

    @AfterEach
    void close() {
        kernel.close();
    }

    private void later(final Duration after) {
        clock.moveTo(clock.wallClockNs() + clock.nanoTime() + after.toNanos());
        kernel.pulse();
    }

    private static ContextDistribution three() {
        return ContextDistribution.forSession("session-test-456")
                .agent(
                        "model_gen",
                        Map.of(
                                "agent_role", "model_generator",
                                "objective", "Generate models",
                                "tasks", List.of("parse", "generate"),
                                "input_data", Map.of("contract_path", "contract.yaml"),
                                "dependencies", List.of()))
                .agent(
                        "validator_gen",
                        Map.of("objective", "Generate validators", "dependencies", List.of("model_gen")))
                .agent(
                        "test_gen",
                        Map.of("objective", "Generate tests", "dependencies", List.of("model_gen", "validator_gen")));
    }

    private static ContextDistribution threeThatShare() {
        return three().share(
                        IntelligenceKind.TYPE_REGISTRY,
                        Map.of("UserId", "str", "Email", "EmailStr", "Timestamp", "datetime"))
                .share(IntelligenceKind.PATTERN_LIBRARY, Map.of("validation", List.of("email", "range")))
                .share(IntelligenceKind.VALIDATION_RULES, Map.of("email", Map.of("pattern", ".+@.+")))
                .share(IntelligenceKind.NAMING_CONVENTIONS, Map.of("class", "PascalCase"));
    }

    private static ContextUpdateRequest types(final Map<String, ?> types) {
        return ContextUpdateRequest.of(IntelligenceKind.TYPE_REGISTRY, types);
    }

    // ------------------------------------------------------------------ distributing

    @Test
    @Conforms({"T-CTX-02", "T-CTX-08"})
    void shouldTellWhereAContextBelongs() {
        assertThat(contexts.distribute(three()).size()).isEqualTo(3);
        final CoordinationMetadata metadata = contexts.get("model_gen").coordinationMetadata();
        assertThat(metadata.sessionId()).isEqualTo("session-test-456");
        assertThat(metadata.coordinationId()).isEqualTo("coord-test-123");
        assertThat(metadata.agentId()).isEqualTo("model_gen");
        assertThat(metadata.agentRole()).isEqualTo("model_generator");
        assertThat(metadata.parentWorkflowId()).isEmpty();
        assertThat(metadata.createdAt()).isEqualTo(Instant.ofEpochSecond(START_NS / 1_000_000_000));
        assertThat(contexts.get("test_gen").coordinationMetadata().agentRole()).isEqualTo("test_gen");
    }

    @Test
    @Conforms({"T-CTX-03", "FUTURE-21"})
    void shouldShareOneIntelligenceWithAll() {
        contexts.distribute(threeThatShare());
        final SharedIntelligence first = contexts.get("model_gen").sharedIntelligence();
        for (final String agent : AGENTS) {
            final SharedIntelligence shared = contexts.get(agent).sharedIntelligence();
            assertThat(shared.typeRegistry())
                    .containsOnly(
                            Map.entry("UserId", "str"),
                            Map.entry("Email", "EmailStr"),
                            Map.entry("Timestamp", "datetime"));
            assertThat(shared.patterns("validation")).containsExactly("email", "range");
            assertThat(shared.patterns("unknown")).isEmpty();
            assertThat(shared.validationRules()).containsEntry("email", Map.of("pattern", ".+@.+"));
            assertThat(shared.namingConvention("class")).isEqualTo("PascalCase");
            assertThat(shared.namingConvention("method")).isEmpty();
            assertThat(shared).as("no copies").isSameAs(first);
        }
    }

    @Test
    @Conforms({"T-CTX-04", "T-CTX-26"})
    void shouldGiveEachAgentItsOwnAssignment() {
        final DistributedContexts distributed = contexts.distribute(threeThatShare());
        final AgentAssignment model = distributed.get("model_gen").agentAssignment();
        assertThat(model.objective()).isEqualTo("Generate models");
        assertThat(model.tasks()).containsExactly("parse", "generate");
        assertThat(model.inputData()).containsEntry("contract_path", "contract.yaml");
        assertThat(model.dependencies()).isEmpty();
        assertThat(distributed.get("validator_gen").agentAssignment().dependencies())
                .containsExactly("model_gen");
        assertThat(distributed.get("test_gen").agentAssignment().dependencies())
                .containsExactly("model_gen", "validator_gen");
        assertThat(distributed.get("test_gen").sharedIntelligence().typeRegistry())
                .containsKey("UserId");
    }

    @Test
    @Conforms({"T-CTX-05", "T-CTX-06", "T-CTX-07"})
    void shouldKeepTheDefaultsOfWhomNothingElseWasSaid() {
        assertThat(contexts.distribute(three()).get("model_gen").resourceAllocation())
                .isEqualTo(new ResourceAllocation(300_000, 3, 512, 0.8, 30_000, 10));
        contexts.distribute(three().allocate(
                        "model_gen",
                        Map.of("max_execution_time_ms", 60_000, "max_retry_attempts", 5, "quality_threshold", 0.95))
                .allocate(
                        "validator_gen",
                        Map.of("max_execution_time_ms", 45_000, "max_retry_attempts", 2, "quality_threshold", 0.85))
                .protocols(
                        "model_gen",
                        Map.of("update_interval_ms", 2000, "heartbeat_interval_ms", 5000, "signal_channel", "kafka")));
        assertThat(contexts.get("model_gen").resourceAllocation())
                .isEqualTo(new ResourceAllocation(60_000, 5, 512, 0.95, 30_000, 10));
        assertThat(contexts.get("validator_gen").resourceAllocation())
                .isEqualTo(new ResourceAllocation(45_000, 2, 512, 0.85, 30_000, 10));
        assertThat(contexts.get("test_gen").resourceAllocation()).isEqualTo(ResourceAllocation.standard());
        final CoordinationProtocols protocols = contexts.get("model_gen").coordinationProtocols();
        assertThat(protocols.updateIntervalMs()).isEqualTo(2000);
        assertThat(protocols.heartbeatIntervalMs()).isEqualTo(5000);
        assertThat(protocols.signalChannel()).isEqualTo("kafka");
        assertThat(contexts.get("validator_gen").coordinationProtocols()).isEqualTo(CoordinationProtocols.standard());
        assertThat(CoordinationProtocols.standard().updateIntervalMs()).isEqualTo(5000);
    }

    @Test
    void shouldPutDefaultsOfTheDocumentBeforeTheKernels() {
        contexts.distribute(three().allocateByDefault(Map.of("max_retry_attempts", 7))
                .protocolsByDefault(Map.of("completion_notification_required", true))
                .allocate("model_gen", Map.of("concurrency_limit", 2)));
        assertThat(contexts.get("model_gen").resourceAllocation())
                .isEqualTo(new ResourceAllocation(300_000, 7, 512, 0.8, 30_000, 2));
        assertThat(contexts.get("test_gen").coordinationProtocols().completionNotificationRequired())
                .isTrue();
    }

    @Test
    @Conforms({"T-CTX-09", "T-CTX-10"})
    void shouldListWhoHasAContextAndFindNobodyElse() {
        assertThat(contexts.get("never_heard_of")).isNull();
        assertThat(contexts.get("model_gen")).isNull();
        assertThat(contexts.agents()).isEmpty();
        contexts.distribute(three());
        assertThat(contexts.agents()).containsExactlyInAnyOrderElementsOf(AGENTS);
        assertThat(kernel.coordination("another").contexts().get("model_gen")).isNull();
    }

    @Test
    @Conforms({"T-CTX-15", "T-CTX-16", "GAP-CTX-4"})
    void shouldClearEverything() {
        assertThat(contexts.clear()).isFalse();
        final long before = kernel.stateDigest();
        assertThat(before).isNotZero();
        contexts.distribute(threeThatShare());
        contexts.begin("model_gen");
        assertThat(contexts.clear()).isTrue();
        assertThat(contexts.agents()).isEmpty();
        assertThat(contexts.get("model_gen")).isNull();
        assertThat(contexts.at("model_gen", 1)).isNull();
        assertThat(contexts.changesSince("model_gen", 1)).isNull();
        assertThat(contexts.begin("model_gen").rejection()).isEqualTo(Rejection.UNKNOWN_CONTEXT);
        assertThat(contexts.updateSharedIntelligence(types(Map.of("A", 1))).versions())
                .isEmpty();
        assertThat(contexts.clear()).isFalse();
        contexts.distribute(three());
        assertThat(contexts.get("model_gen").contextVersion()).isEqualTo(1);
        assertThat(contexts.get("model_gen").sharedIntelligence()).isEqualTo(SharedIntelligence.EMPTY);
        later(Duration.ofMinutes(10));
        assertThat(contexts.get("model_gen").failures()).isZero();
    }

    @Test
    @Conforms({"T-CTX-17", "T-CTX-18", "T-CTX-19", "T-CTX-25", "T-ICOORD-07"})
    void shouldDistributeToFiftyAtOnceAndTellWhatItTook() {
        final ContextDistribution fifty =
                ContextDistribution.forSession("s").share(IntelligenceKind.TYPE_REGISTRY, Map.of("UserId", "str"));
        IntStream.range(0, 50).forEach(i -> fifty.agent("agent-" + i, Map.of("objective", "work " + i)));
        final DistributedContexts distributed = contexts.distribute(fifty);
        assertThat(distributed.size()).isEqualTo(50);
        assertThat(distributed.receipt().value()).isEqualTo(50);
        final DistributedContexts.Metrics metrics = distributed.metrics();
        assertThat(metrics.agentCount()).isEqualTo(50);
        assertThat(metrics.distributionTime()).isPositive();
        assertThat(metrics.distributionTimePerAgent()).isLessThan(Duration.ofMillis(200));
        assertThat(metrics.contextSizeBytes())
                .hasSize(50)
                .allSatisfy((agent, size) -> assertThat(size).isGreaterThan(metrics.sharedIntelligenceSizeBytes()));
        assertThat(metrics.sharedIntelligenceSizeBytes()).isPositive();
        final MetricsSnapshot recorded = kernel.metrics().snapshot();
        assertThat(recorded.timings().stream().map(TimingSummary::name))
                .contains("context_distribution_time", "context_distribution_per_agent")
                .noneMatch(name -> name.endsWith("_ms"));
        assertThat(recorded.timing("context_distribution_time_ms")).isPresent();
        assertThat(recorded.timing("context_distribution_per_agent_ms")).isPresent();
        assertThat(recorded.gauge("context_size_bytes")).isPresent();
        Duration best = Duration.ofDays(1);
        for (int i = 0; i < 20; i++) {
            final long beganNs = System.nanoTime();
            assertThat(contexts.get("agent-49")).isNotNull();
            final Duration took = Duration.ofNanos(System.nanoTime() - beganNs);
            best = took.compareTo(best) < 0 ? took : best;
        }
        assertThat(best).isLessThan(Duration.ofMillis(5));
    }

    @Test
    @Conforms("GAP-CTX-12")
    void shouldFetchOneContextWhateverTheNumberOfAgents() {
        final Map<String, Integer> types = new LinkedHashMap<>();
        IntStream.range(0, 500).forEach(i -> types.put("type-" + i, i));
        final ContextDistribution many =
                ContextDistribution.forSession("s").share(IntelligenceKind.TYPE_REGISTRY, types);
        IntStream.range(0, 200).forEach(i -> many.agent("agent-" + i, Map.of()));
        contexts.distribute(many);
        final SharedIntelligence before = contexts.get("agent-0").sharedIntelligence();
        contexts.updateSharedIntelligence(types(Map.of("type-0", "changed")));
        final SharedIntelligence after = contexts.get("agent-0").sharedIntelligence();
        assertThat(contexts.get("agent-199").sharedIntelligence()).isSameAs(after);
        assertThat(after.of(IntelligenceKind.TYPE_REGISTRY).get("type-1"))
                .as("what has not changed is shared between versions too")
                .isSameAs(before.of(IntelligenceKind.TYPE_REGISTRY).get("type-1"));
    }

    private Map<String, Object> state(final String... pairs) {
        final Map<String, Object> state = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            state.put(pairs[i], pairs[i + 1]);
        }
        return state;
    }

    private DistributedContexts distributed(final Map<String, Object> state) {
        return contexts.distributeAgentContext(
                state,
                Map.of("model_gen", Map.of("objective", "o")),
                Map.of("type_registry", Map.of("A", "int")),
                Map.of("model_gen", Map.of("max_retry_attempts", 1)),
                Map.of("model_gen", Map.of("update_interval_ms", 100)));
    }

    @Test
    @Conforms({"T-CTX-22", "T-CTX-23"})
    void shouldRefuseAStateWithoutItsIdsByTheirNames() {
        assertThatThrownBy(() -> distributed(state("session_id", "s")))
                .isInstanceOf(InvalidContextException.class)
                .hasMessageContaining("coordination_id");
        assertThatThrownBy(() -> distributed(state("coordination_id", "coord-test-123")))
                .isInstanceOf(InvalidContextException.class)
                .hasMessageContaining("session_id");
        assertThatThrownBy(() -> distributed(state("coordination_id", "", "session_id", "s")))
                .hasMessageContaining("coordination_id");
        assertThatThrownBy(() -> distributed(state("coordination_id", "of-another", "session_id", "s")))
                .hasMessageContaining("of-another");
        assertThat(contexts.agents()).isEmpty();
        final AgentContext context = distributed(
                        state("coordination_id", "coord-test-123", "session_id", "s", "parent_workflow_id", "w"))
                .get("model_gen");
        assertThat(context.coordinationMetadata().parentWorkflowId()).isEqualTo("w");
        assertThat(context.resourceAllocation().maxRetryAttempts()).isEqualTo(1);
        assertThat(context.coordinationProtocols().updateIntervalMs()).isEqualTo(100);
        assertThat(context.sharedIntelligence().typeRegistry()).containsEntry("A", "int");
        assertThatThrownBy(() -> contexts.distributeAgentContext(
                        state("coordination_id", "coord-test-123", "session_id", "s"),
                        Map.of("model_gen", Map.of()),
                        Map.of(),
                        Map.of("model_gem", Map.of()),
                        Map.of()))
                .hasMessageContaining("model_gem");
    }

    @Test
    @Conforms("GAP-CTX-1")
    void shouldRefuseADistributionToNobody() {
        assertThatThrownBy(() -> contexts.distribute(ContextDistribution.forSession("s")))
                .isInstanceOfSatisfying(
                        InvalidContextException.class,
                        refused -> assertThat(refused.rejection()).isEqualTo(Rejection.NO_AGENTS));
        assertThat(contexts.agents()).isEmpty();
    }

    @Test
    @Conforms("GAP-CTX-2")
    void shouldLeaveNothingBehindWhenOnePartIsBad() {
        contexts.distribute(ContextDistribution.forSession("s").agent("old", Map.of()));
        final long before = kernel.stateDigest();
        refused(
                three().allocate("test_gen", Map.of("max_cpu_cores", 4)),
                Rejection.UNKNOWN_FIELD,
                "the resource_allocation of 'test_gen' has the unknown field 'max_cpu_cores'");
        refused(
                three().allocate("test_gen", Map.of("max_execution_time_sec", 4)),
                Rejection.UNKNOWN_FIELD,
                "the nearest known one is 'max_execution_time_ms'");
        refused(
                three().allocate("test_gen", Map.of("quality_threshold", 1.1)),
                Rejection.INVALID_FIELD,
                "must be a number in 0..1, not 1.1");
        refused(
                three().share(IntelligenceKind.NAMING_CONVENTIONS, Map.of("class", 7)),
                Rejection.INVALID_INTELLIGENCE,
                "'naming_conventions' must be a map of texts");
        refused(
                three().share(Map.of("types", Map.of())),
                Rejection.UNKNOWN_INTELLIGENCE,
                "no shared intelligence of the kind 'types'");
        refused(
                three().agent("test_gen", Map.of("success_criteria", Map.of("coverage", Map.of("above", 1)))),
                Rejection.INVALID_CRITERION,
                "the success_criteria of the assignment of 'test_gen'");
        refused(
                three().agent(
                                "test_gen",
                                Map.of("dependencies", List.of(Map.of("type", "agent_complete", "target", "x")))),
                Rejection.INVALID_DEPENDENCY,
                "the nearest known one is 'agent_completion'");
        refused(ContextDistribution.forSession("").agent("a", Map.of()), Rejection.MISSING_FIELD, "'session_id'");
        refused(
                ContextDistribution.forSession("x".repeat(257)).agent("a", Map.of()),
                Rejection.TOO_LONG,
                "up to 256 characters");
        assertThat(contexts.agents()).containsExactly("old");
        assertThat(kernel.stateDigest()).isEqualTo(before);
    }

    private void refused(final ContextDistribution distribution, final Rejection rejection, final String message) {
        assertThatThrownBy(() -> contexts.distribute(distribution))
                .isInstanceOfSatisfying(
                        InvalidContextException.class,
                        invalid -> assertThat(invalid.rejection()).isEqualTo(rejection))
                .hasMessageContaining(message);
    }

    private static ContextDistribution agents(final int from, final int to) {
        final ContextDistribution distribution = ContextDistribution.forSession("s");
        IntStream.range(from, to).forEach(i -> distribution.agent("agent-" + i, Map.of()));
        return distribution;
    }

    @Test
    void shouldTakeAsManyAgentsAsATurnCanTell() {
        refused(agents(0, 257), Rejection.TOO_MANY_AGENTS, "up to 256 agents, not 257");
        for (int i = 0; i < 4; i++) {
            assertThat(contexts.distribute(agents(i * 256, (i + 1) * 256)).size())
                    .isEqualTo(256);
        }
        assertThatThrownBy(() -> contexts.distribute(agents(1023, 1025)))
                .isInstanceOfSatisfying(
                        CommandRefusedException.class,
                        refused -> assertThat(refused.rejection()).isEqualTo(Rejection.TOO_MANY_AGENTS));
        final String[] names =
                IntStream.range(0, 257).mapToObj(i -> "agent-" + i).toArray(String[]::new);
        assertThat(contexts.updateSharedIntelligence(types(Map.of("A", 1)).to(names))
                        .receipt()
                        .rejection())
                .isEqualTo(Rejection.TOO_MANY_AGENTS);
        final Subscription subscription = kernel.subscribe();
        final String[] most = Arrays.copyOf(names, 256);
        assertThat(contexts.updateSharedIntelligence(types(Map.of("A", 1)).to(most))
                        .versions())
                .hasSize(256);
        for (final String name : most) {
            assertThat(((Subscription.Signal) subscription.poll()).recipient()).isEqualTo(name);
        }
        assertThat(contexts.updateSharedIntelligence(types(Map.of("B", 1))).versions())
                .hasSize(1024);
        assertThat(contexts.get("agent-1").sharedIntelligence())
                .isSameAs(contexts.get("agent-255").sharedIntelligence())
                .isNotEqualTo(contexts.get("agent-256").sharedIntelligence());
    }

    @Test
    void shouldRefuseADocumentThatIsTooLong() {
        final ContextDistribution large =
                three().share(IntelligenceKind.TYPE_REGISTRY, Map.of("A", "x".repeat(300 << 10)));
        assertThatThrownBy(() -> contexts.distribute(large))
                .isInstanceOfSatisfying(
                        CommandRefusedException.class,
                        refused -> assertThat(refused.rejection()).isEqualTo(Rejection.TOO_LONG));
        assertThat(contexts.agents()).isEmpty();
    }

    @Test
    void shouldRefuseAClosedCoordination() {
        coordination.close();
        assertThatThrownBy(() -> contexts.distribute(three()))
                .isInstanceOfSatisfying(
                        CommandRefusedException.class,
                        refused -> assertThat(refused.rejection()).isEqualTo(Rejection.UNKNOWN_COORDINATION));
        assertThat(contexts.begin("model_gen").rejection()).isEqualTo(Rejection.UNKNOWN_COORDINATION);
        assertThat(contexts.agents()).isEmpty();
    }

    @Test
    @Conforms("GAP-CTX-3")
    void shouldKeepTheAgentsOfEarlierDistributions() {
        contexts.distribute(three());
        contexts.updateSharedIntelligence(types(Map.of("A", 1)));
        contexts.distribute(ContextDistribution.forSession("session-2")
                .agent("test_gen", Map.of("objective", "Other tests"))
                .agent("doc_gen", Map.of())
                .share(IntelligenceKind.TYPE_REGISTRY, Map.of("B", 2)));
        assertThat(contexts.agents()).containsExactlyInAnyOrder("model_gen", "validator_gen", "test_gen", "doc_gen");
        assertThat(contexts.get("model_gen").agentAssignment().objective()).isEqualTo("Generate models");
        assertThat(contexts.get("test_gen").agentAssignment().objective()).isEqualTo("Other tests");
        for (final String agent : contexts.agents()) {
            assertThat(contexts.get(agent).sharedIntelligence().typeRegistry())
                    .containsOnly(Map.entry("A", 1L), Map.entry("B", 2L));
        }
        assertThat(contexts.get("model_gen").contextVersion()).isEqualTo(3);
        assertThat(contexts.get("doc_gen").contextVersion()).isEqualTo(1);
    }

    @Test
    @Conforms({"GAP-CTX-8", "DIFF-12", "REQ-6"})
    void shouldTakeDependenciesAsWholeDocuments() {
        final Map<String, Object> dependency =
                Map.of("type", "quality_gate", "target", "code_quality", "timeout", 300L);
        contexts.distribute(three().agent("test_gen", Map.of("dependencies", List.of("model_gen", dependency))));
        final AgentContext context = contexts.get("test_gen");
        assertThat(context.agentAssignment().dependencies()).containsExactly("model_gen", dependency);
        assertThat(context.dependencies())
                .isEqualTo(DependencyDocument.of("test_gen")
                        .completion("test_gen needs model_gen", "model_gen")
                        .gate("test_gen needs code_quality", "code_quality", 0)
                        .timeout(Duration.ofMinutes(5))
                        .build());
        final DependencySet waits = contexts.awaitDependencies("test_gen");
        coordination.complete("model_gen", "done");
        assertThat(waits.await(Duration.ZERO)).isFalse();
        coordination.scoreGate("code_quality", 0.1);
        assertThat(waits.await()).isTrue();
        refused(
                three().agent(
                                "test_gen",
                                Map.of(
                                        "dependencies",
                                        List.of(Map.of("type", "signal", "target", "x", "sender", "y")))),
                Rejection.UNKNOWN_FIELD,
                "'sender'");
        refused(
                three().agent(
                                "test_gen",
                                Map.of(
                                        "dependencies",
                                        List.of(Map.of("type", "signal", "target", "x", "timeout", "1")))),
                Rejection.INVALID_DEPENDENCY,
                "'timeout'");
        refused(
                three().agent(
                                "test_gen",
                                Map.of(
                                        "dependencies",
                                        List.of(Map.of("type", "signal", "target", "x", "max_retries", 999)))),
                Rejection.INVALID_DEPENDENCY,
                "retriesMax");
        refused(
                three().agent("test_gen", Map.of("dependencies", List.of("a", "a"))),
                Rejection.INVALID_DEPENDENCY,
                "two dependencies");
    }

    @Test
    void shouldTakeDependenciesOnAStateAndWhatStandsInTheirMetadata() {
        contexts.distribute(three().agent(
                        "test_gen",
                        Map.of(
                                "dependencies",
                                List.of(
                                        Map.of(
                                                "type", "state_predicate",
                                                "target", "records",
                                                "operator", "at_least",
                                                "operand", 5L),
                                        Map.of(
                                                "type",
                                                "quality_gate",
                                                "target",
                                                "lint",
                                                "metadata",
                                                Map.of("threshold", 0.9, "gate_type", "style", "colour", "red"))))));
        assertThat(contexts.get("test_gen").dependencies())
                .isEqualTo(DependencyDocument.of("test_gen")
                        .state("test_gen needs records", "records", StatePredicate.is(StateOperator.AT_LEAST, 5))
                        .gate("test_gen needs lint", "lint", 0.9)
                        .sort("style")
                        .build());
        final DependencySet waits = contexts.awaitDependencies("test_gen");
        coordination.scoreGate("lint", 0.8);
        coordination.set("records", 5);
        assertThat(waits.await(Duration.ZERO)).isFalse();
        coordination.scoreGate("lint", 0.9);
        assertThat(waits.await()).isTrue();
        refused(
                three().agent(
                                "test_gen",
                                Map.of(
                                        "dependencies",
                                        List.of(Map.of("type", "state_predicate", "target", "x", "operator", "like")))),
                Rejection.INVALID_DEPENDENCY,
                "unknown operator 'like'");
    }

    // ------------------------------------------------------------------ updating

    @Test
    @Conforms("T-CTX-11")
    void shouldShowAnUpdateToAll() {
        contexts.distribute(three());
        final ContextUpdate update = contexts.updateSharedIntelligence(types(Map.of("NewType", "CustomClass")));
        assertThat(update.isAccepted()).isTrue();
        assertThat(update.versions())
                .containsOnly(Map.entry("model_gen", 2L), Map.entry("validator_gen", 2L), Map.entry("test_gen", 2L));
        for (final String agent : AGENTS) {
            assertThat(contexts.get(agent).sharedIntelligence().typeRegistry())
                    .containsOnly(Map.entry("NewType", "CustomClass"));
        }
    }

    @Test
    @Conforms("T-CTX-14")
    void shouldRaiseTheVersionOnlyWhenAsked() {
        contexts.distribute(three());
        contexts.updateSharedIntelligence(types(Map.of("A", 1)).keepingVersions());
        assertThat(contexts.get("model_gen").contextVersion()).isEqualTo(1);
        assertThat(contexts.get("model_gen").sharedIntelligence().typeRegistry())
                .containsKey("A");
        contexts.updateSharedIntelligence(types(Map.of("A", 2)));
        assertThat(contexts.get("model_gen").contextVersion()).isEqualTo(2);
    }

    @Test
    @Conforms("T-CTX-24")
    void shouldReachNobodyWhereNothingWasDistributed() {
        final ContextUpdate update = contexts.updateSharedIntelligence(types(Map.of("A", 1)));
        assertThat(update.receipt().value()).isZero();
        assertThat(update.versions()).isEmpty();
    }

    @Test
    @Conforms("GAP-CTX-5")
    void shouldCheckTheVersionThatAnUpdateExpects() {
        contexts.distribute(three());
        assertThat(contexts.updateSharedIntelligence(types(Map.of("A", 1)).expecting(1))
                        .isAccepted())
                .isTrue();
        final ContextUpdate late =
                contexts.updateSharedIntelligence(types(Map.of("A", 2)).expecting(1));
        assertThat(late.receipt().rejection()).isEqualTo(Rejection.VERSION_MISMATCH);
        assertThat(contexts.get("model_gen").sharedIntelligence().typeRegistry())
                .containsOnly(Map.entry("A", 1L));
    }

    @Test
    @Conforms("GAP-CTX-7")
    void shouldMergeNestedMapsWhenAskedTo() {
        contexts.distribute(three().share(
                        IntelligenceKind.VALIDATION_RULES,
                        Map.of("email", Map.of("pattern", "p", "limits", Map.of("min", 1, "max", 9)))));
        contexts.updateSharedIntelligence(ContextUpdateRequest.of(
                        "validation_rules", Map.of("email", Map.of("limits", Map.of("max", 20))))
                .deep());
        assertThat(contexts.get("model_gen").sharedIntelligence().validationRules())
                .containsEntry("email", Map.of("pattern", "p", "limits", Map.of("min", 1L, "max", 20L)));
        contexts.updateSharedIntelligence(
                ContextUpdateRequest.of("validation_rules", Map.of("email", Map.of("limits", 5))));
        assertThat(contexts.get("model_gen").sharedIntelligence().validationRules())
                .containsEntry("email", Map.of("limits", 5L));
    }

    @Test
    @Conforms({"GAP-CTX-9", "GAP-CTX-10"})
    void shouldUpdateEachOfTheFiveKindsAndNoOther() {
        contexts.distribute(three());
        contexts.updateSharedIntelligence(ContextUpdateRequest.of("type_registry", Map.of("A", 1)));
        contexts.updateSharedIntelligence(ContextUpdateRequest.of("pattern_library", Map.of("p", List.of("x"))));
        contexts.updateSharedIntelligence(ContextUpdateRequest.of("validation_rules", Map.of("r", true)));
        contexts.updateSharedIntelligence(ContextUpdateRequest.of("naming_conventions", Map.of("class", "Pascal")));
        contexts.updateSharedIntelligence(ContextUpdateRequest.of("dependency_graph", Map.of("b", List.of("a"))));
        final SharedIntelligence shared = contexts.get("test_gen").sharedIntelligence();
        assertThat(shared.typeRegistry()).containsEntry("A", 1L);
        assertThat(shared.patterns("p")).containsExactly("x");
        assertThat(shared.validationRules()).containsEntry("r", true);
        assertThat(shared.namingConvention("class")).isEqualTo("Pascal");
        assertThat(shared.dependenciesOf("b")).containsExactly("a");
        assertThat(contexts.get("test_gen").contextVersion()).isEqualTo(6);
        assertThatThrownBy(() -> ContextUpdateRequest.of("type_regestry", Map.of()))
                .isInstanceOf(InvalidContextException.class)
                .hasMessageContaining("'type_registry'");
        assertThat(contexts.updateSharedIntelligence(ContextUpdateRequest.of("pattern_library", Map.of("p", "x")))
                        .receipt()
                        .rejection())
                .isEqualTo(Rejection.INVALID_INTELLIGENCE);
    }

    @Test
    @Conforms("GAP-CTX-11")
    void shouldTakeAnEmptyListOfTargetsForAll() {
        contexts.distribute(three());
        assertThat(contexts.updateSharedIntelligence(types(Map.of("A", 1)).to()).versions())
                .hasSize(3);
        final ContextUpdate one =
                contexts.updateSharedIntelligence(types(Map.of("B", 1)).to("model_gen"));
        assertThat(one.versions()).containsOnly(Map.entry("model_gen", 3L));
        assertThat(contexts.get("test_gen").sharedIntelligence().typeRegistry()).doesNotContainKey("B");
        assertThat(contexts.updateSharedIntelligence(types(Map.of("C", 1)).to("model_gen", "stranger"))
                        .receipt()
                        .rejection())
                .isEqualTo(Rejection.UNKNOWN_CONTEXT);
        assertThat(contexts.get("model_gen").sharedIntelligence().typeRegistry())
                .doesNotContainKey("C");
    }

    @Test
    void shouldRemoveNamesAndTellWhatChangedSince() {
        contexts.distribute(threeThatShare());
        contexts.updateSharedIntelligence(
                types(Map.of("UserId", "int", "Age", 7)).remove("Email"));
        assertThat(contexts.changesSince("model_gen", 1))
                .containsExactly(new ContextDifference(
                        IntelligenceKind.TYPE_REGISTRY, Map.of("UserId", "int", "Age", 7L), List.of("Email")));
        assertThat(contexts.changesSince("model_gen", 2)).isEmpty();
        assertThat(contexts.changesSince("model_gen", 3)).isNull();
        assertThat(contexts.at("model_gen", 1).typeRegistry()).containsKey("Email");
        assertThat(contexts.at("model_gen", 0)).isNull();
        for (int i = 0; i < 20; i++) {
            contexts.updateSharedIntelligence(types(Map.of("Age", i)));
        }
        assertThat(contexts.at("model_gen", 1))
                .as("16 past versions are retained")
                .isNull();
        assertThat(contexts.at("model_gen", 6)).isNotNull();
    }

    @Test
    @Conforms("FUTURE-23")
    void shouldSignalTheAgentsConcernedWithTheDifference() {
        contexts.distribute(three());
        final Subscription subscription = kernel.subscribe();
        contexts.updateSharedIntelligence(types(Map.of("A", Map.of("b", 1.5))).deep());
        contexts.updateSharedIntelligence(types(Map.of()).remove("A").to("model_gen", "test_gen"));
        final Subscription.Signal first = (Subscription.Signal) subscription.poll();
        assertThat(first.type()).isEqualTo("context_updated");
        assertThat(first.recipient()).isEmpty();
        assertThat(first.payload())
                .isEqualTo("{\"agent_count\":3,\"changed\":{\"A\":{\"b\":1.5}},\"mode\":\"deep\",\"removed\":[],"
                        + "\"update_type\":\"type_registry\",\"version\":2}");
        final List<String> told = new ArrayList<>();
        while (subscription.poll() instanceof Subscription.Signal signal) {
            told.add(signal.recipient() + " " + signal.payload());
        }
        assertThat(told)
                .containsExactly(
                        "model_gen {\"agent_count\":2,\"changed\":{},\"mode\":\"shallow\",\"removed\":[\"A\"],"
                                + "\"update_type\":\"type_registry\",\"version\":3}",
                        "test_gen {\"agent_count\":2,\"changed\":{},\"mode\":\"shallow\",\"removed\":[\"A\"],"
                                + "\"update_type\":\"type_registry\",\"version\":3}");
    }

    // ------------------------------------------------------------------ attempts

    @Test
    void shouldFailACompletionThatLeavesSomethingUnmetAndNameIt() {
        contexts.distribute(three().agent(
                        "model_gen",
                        Map.of(
                                "success_criteria", Map.of("min_quality", 0.95, "all_fields_validated", true),
                                "output_requirements", Map.of("format", "pydantic_v2", "style", "as the guide says"),
                                "quality_gates", Map.of("review", 0.5))));
        final Dependency waits = coordination.awaitsCompletion("model_gen");
        contexts.begin("model_gen");
        final Judgement judgement =
                contexts.complete("model_gen", 0.9, Map.of("all_fields_validated", false, "format", "pydantic_v2"));
        assertThat(judgement.hasSucceeded()).isFalse();
        assertThat(judgement.unmet())
                .containsExactly(
                        new UnmetCriterion("success_criteria.all_fields_validated", "equals", true, false),
                        new UnmetCriterion("success_criteria.min_quality", "at_least", 0.95, 0.9),
                        new UnmetCriterion("quality_gates.review", "at_least", 0.5, null));
        assertThat(judgement.unmet().get(2)).hasToString("quality_gates.review: wanted at_least 0.5, found nothing");
        assertThat(waits.await()).isInstanceOf(Outcome.Failed.class);
        assertThat(contexts.get("model_gen").standing()).isEqualTo(AssignmentStanding.FAILED);
        assertThat(contexts.get("model_gen").failures()).isEqualTo(1);

        coordination.scoreGate("review", 0.5);
        final Judgement again =
                contexts.complete("model_gen", 0.95, Map.of("all_fields_validated", true, "format", "pydantic_v2"));
        assertThat(again.hasSucceeded()).isTrue();
        assertThat(again.unmet()).isEmpty();
        assertThat(contexts.get("model_gen").standing()).isEqualTo(AssignmentStanding.COMPLETED);
        assertThat(coordination.awaitsCompletion("model_gen").await().isResolved())
                .isTrue();
    }

    @Test
    void shouldJudgeACompletionThatIsRaisedByHandToo() {
        contexts.distribute(three().agent("model_gen", Map.of("success_criteria", List.of("tested", "All is well"))));
        coordination.complete("model_gen", "done");
        assertThat(contexts.get("model_gen").unmet())
                .containsExactly(new UnmetCriterion("success_criteria.tested", "is_true", true, null));
        coordination.complete("model_gen", "{\"tested\":true}");
        assertThat(contexts.get("model_gen").unmet()).isEmpty();
        coordination.complete("validator_gen", 0.79, "done");
        assertThat(contexts.get("validator_gen").unmet())
                .containsExactly(new UnmetCriterion("resource_allocation.quality_threshold", "at_least", 0.8, 0.79));
    }

    @Test
    void shouldJudgeASignalOfTheKindToo() {
        contexts.distribute(three().agent(
                        "model_gen",
                        Map.of("success_criteria", Map.of("min_quality", 0.95, "result_summary", "done"))));
        final CoordinationSignals signals = coordination.signals();
        final TypedSignal poor =
                new TypedSignal.AgentCompleted("model_gen", "5 models", 0.9, 12, List.of("a.py"), null);
        assertThat(signals.send(poor, Sending.by("model_gen").to("validator_gen", "test_gen"))
                        .isAccepted())
                .isTrue();
        final PastSignal failed = signals.history(HistoryFilter.all()).get(0);
        assertThat(failed.completion()).isEqualTo(SignalView.FAILED);
        assertThat(failed.recipients()).containsExactly("validator_gen", "test_gen");
        assertThat(failed.payload().textsOf("unmet"))
                .containsExactly("success_criteria.min_quality", "success_criteria.result_summary");
        final TypedSignal.AgentCompleted read = TypedSignal.AgentCompleted.from(failed.payload());
        assertThat(read.error()).isEqualTo("unmet: success_criteria.min_quality, success_criteria.result_summary");
        assertThat(read.artifactsGenerated()).containsExactly("a.py");
        assertThat(contexts.get("model_gen").unmet()).hasSize(2);

        final TypedSignal good = new TypedSignal.AgentCompleted("model_gen", "done", 0.95, 12, List.of(), null);
        signals.send(good, Sending.by("model_gen"));
        assertThat(signals.history(HistoryFilter.all()).get(0).completion()).isEqualTo(SignalView.SUCCEEDED);
        assertThat(contexts.get("model_gen").standing()).isEqualTo(AssignmentStanding.COMPLETED);
    }

    @Test
    void shouldEnforceTheTimeOfAnAttemptAndTheRetries() {
        contexts.distribute(three().allocate(
                        "model_gen",
                        Map.of("max_execution_time_ms", 1000, "max_retry_attempts", 1, "concurrency_limit", 1)));
        final Dependency waits = coordination.awaitsCompletion("model_gen");
        assertThat(contexts.begin("model_gen").value()).isEqualTo(1);
        assertThat(contexts.begin("model_gen").rejection()).isEqualTo(Rejection.CONCURRENCY_LIMIT_REACHED);
        later(Duration.ofMillis(999));
        assertThat(contexts.get("model_gen").standing()).isEqualTo(AssignmentStanding.RUNNING);
        later(Duration.ofMillis(1));
        assertThat(waits.await()).isInstanceOf(Outcome.Failed.class);
        assertThat(contexts.get("model_gen").unmet())
                .containsExactly(
                        new UnmetCriterion("resource_allocation.max_execution_time_ms", "at_most", 1000L, null));
        assertThat(contexts.begin("model_gen").value()).isEqualTo(2);
        coordination.fail("model_gen", "broken");
        assertThat(contexts.begin("model_gen").rejection()).isEqualTo(Rejection.RETRIES_EXHAUSTED);
    }

    @Test
    void shouldFailWhatIsGivenBackWithoutTheCompletionThatIsRequired() {
        contexts.distribute(three().protocols("model_gen", Map.of("completion_notification_required", true)));
        assertThat(contexts.release("model_gen").rejection()).isEqualTo(Rejection.NO_ATTEMPT);
        final Dependency waits = coordination.awaitsCompletion("model_gen");
        contexts.begin("model_gen");
        contexts.begin("validator_gen");
        assertThat(contexts.release("model_gen").isAccepted()).isTrue();
        assertThat(contexts.release("validator_gen").isAccepted()).isTrue();
        assertThat(waits.await()).isInstanceOf(Outcome.Failed.class);
        assertThat(contexts.get("model_gen").standing()).isEqualTo(AssignmentStanding.FAILED);
        assertThat(contexts.get("model_gen").unmet().get(0).criterion())
                .isEqualTo("coordination_protocols.completion_notification_required");
        assertThat(contexts.get("validator_gen").standing()).isEqualTo(AssignmentStanding.ASSIGNED);
    }

    // ------------------------------------------------------------------ starting

    private static Map<String, Object> report() {
        final Map<String, Object> report = new LinkedHashMap<>();
        report.put("coordinator_type", "code_generation_coordinator");
        report.put("agent_count", 4);
        report.put("mode", "parallel");
        report.put("repository_info", Map.of("project_id", "p-1", "contracts_count", 2));
        report.put(
                "intelligence_results",
                Map.of(
                        "rag_patterns", List.of("builder", "visitor"),
                        "template_library", Map.of("model", "class {{name}}"),
                        "type_registry", Map.of("UserId", "str")));
        report.put("execution_params", Map.of("timeout", 600, "quality_threshold", 0.85));
        report.put(
                "dependencies",
                Map.of(
                        "model_generator",
                        List.of(),
                        "validator_generator",
                        List.of("model_generator"),
                        "test_generator",
                        List.of("validator_generator"),
                        "final_validator",
                        List.of("model_generator", "validator_generator", "test_generator")));
        return report;
    }

    @Test
    void shouldStartFromACoordinationDocument() {
        final StartedCoordination started = contexts.start("session-1", report());
        assertThat(started.contexts().size()).isEqualTo(4);
        final AgentContext context = contexts.get("final_validator");
        assertThat(context.resourceAllocation()).isEqualTo(new ResourceAllocation(600_000, 3, 512, 0.85, 30_000, 10));
        assertThat(context.coordinationProtocols().completionNotificationRequired())
                .isTrue();
        assertThat(context.coordinationMetadata().coordination())
                .containsEntry("mode", "parallel")
                .containsEntry("coordinator_type", "code_generation_coordinator")
                .containsEntry("repository_info", Map.of("project_id", "p-1", "contracts_count", 2L));
        final SharedIntelligence shared = context.sharedIntelligence();
        assertThat(shared.patterns("rag_patterns")).containsExactly("builder", "visitor");
        assertThat(shared.typeRegistry())
                .containsEntry("UserId", "str")
                .containsEntry("template_library", Map.of("model", "class {{name}}"));
        assertThat(shared.dependenciesOf("test_generator")).containsExactly("validator_generator");

        assertThat(started.waits().get("model_generator").await()).isTrue();
        assertThat(started.waits().get("final_validator").ids())
                .containsExactly(
                        "final_validator needs model_generator",
                        "final_validator needs validator_generator",
                        "final_validator needs test_generator");
        assertThat(coordination.waits().pendingCount()).isEqualTo(5);
        coordination.complete("model_generator", 0.92, "5 models");
        assertThat(started.waits().get("validator_generator").await()).isTrue();
        coordination.complete("validator_generator", 0.5, "poor");
        assertThat(started.waits().get("test_generator").await()).isFalse();
        assertThat(started.waits().get("final_validator").await()).isFalse();
    }

    @Test
    void shouldStartAllOrNothing() {
        final long before = kernel.stateDigest();
        notStarted("agent_count", 5, Rejection.INVALID_FIELD, "agent_count says 5");
        notStarted("dependencies", Map.of(), Rejection.NO_AGENTS, "no agents");
        notStarted(
                "dependencies",
                Map.of("a", List.of("b"), "b", List.of("c"), "c", List.of("a"), "d", List.of()),
                Rejection.INVALID_DEPENDENCY,
                "a -> b -> c -> a");
        notStarted(
                "dependencies",
                Map.of("model", List.of(), "b", List.of("mode"), "c", List.of(), "d", List.of()),
                Rejection.INVALID_DEPENDENCY,
                "the nearest is 'model'");
        notStarted("dependencies", Map.of("a", "b"), Rejection.INVALID_FIELD, "agent_count");
        notStarted("execution_params", Map.of("timout", 1), Rejection.UNKNOWN_FIELD, "'timeout'");
        notStarted("execution_params", Map.of("timeout", 0), Rejection.INVALID_FIELD, "1..1000000000");
        notStarted("execution_params", Map.of("quality_threshold", 7), Rejection.INVALID_FIELD, "0..1");
        notStarted(
                "intelligence_results",
                Map.of("naming_conventions", Map.of("a", 1)),
                Rejection.INVALID_INTELLIGENCE,
                "");
        notStarted("agents_count", 5, Rejection.UNKNOWN_FIELD, "'agent_count'");
        assertThatThrownBy(() -> contexts.start("", report())).hasMessageContaining("session_id");
        assertThat(contexts.agents()).isEmpty();
        assertThat(kernel.stateDigest()).isEqualTo(before);
    }

    private void notStarted(final String field, final Object value, final Rejection rejection, final String message) {
        final Map<String, Object> report = report();
        report.put(field, value);
        assertThatThrownBy(() -> contexts.start("session-1", report))
                .isInstanceOfSatisfying(
                        InvalidContextException.class,
                        invalid -> assertThat(invalid.rejection()).isEqualTo(rejection))
                .hasMessageContaining(message);
    }
}
