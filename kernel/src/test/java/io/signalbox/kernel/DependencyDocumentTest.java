package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.kernel.conformance.Conforms;
import io.signalbox.kernel.dependency.DependencyKind;
import io.signalbox.kernel.state.StateOperator;
import io.signalbox.kernel.state.StatePredicate;
import io.signalbox.kernel.state.ValueType;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Documents as maps: what contexts and files carry. */
class DependencyDocumentTest {
    private static DependencyDocument.Entry read(final Map<String, ?> map) {
        return DependencyDocument.ofMaps("ann", List.of(map)).entries().get(0);
    }

    private static Map<String, Object> with(final Map<String, Object> map, final String name, final Object value) {
        final Map<String, Object> more = new HashMap<>(map);
        more.put(name, value);
        return more;
    }

    @Conforms({"T-DEP-02", "T-DEP-09"})
    @Test
    void shouldReadAWaitForAnAgentAsTheOriginalsWroteIt() {
        final Map<String, Object> map = Map.of(
                "dependency_id",
                "model",
                "dependency_type",
                "agent_completion",
                "target",
                "model-generator",
                "timeout",
                5,
                "max_retries",
                2,
                "metadata",
                Map.of("agent_id", "ben", "completion_event", "model_generated", "require_success", false));
        final DependencyDocument.Entry entry = read(map);
        assertThat(entry.id()).isEqualTo("model");
        assertThat(entry.kind()).isEqualTo(DependencyKind.AGENT_COMPLETION);
        assertThat(entry.target()).isEqualTo("ben");
        assertThat(entry.from()).isEqualTo("model_generated");
        assertThat(entry.successRequired()).isFalse();
        assertThat(entry.timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(entry.retriesMax()).isEqualTo(2);
        final Map<String, Object> any =
                Map.of("id", "a", "type", "agent_completion", "target", "ben", "completion_event", "completion");
        assertThat(read(any).from()).isEmpty();
        assertThat(read(any).timeout()).isEqualTo(DependencyDocument.TIMEOUT);
    }

    @Conforms("T-DEP-10")
    @Test
    void shouldReadAWaitForAResourceAndPollNothing() {
        final Map<String, Object> resource = Map.of("id", "db", "type", "resource_availability", "target", "database");
        final DependencyDocument.Entry entry = read(with(
                resource,
                "metadata",
                Map.of("resource_type", "database", "check_interval_ms", 100, "availability_threshold", 0.5)));
        assertThat(entry.kind()).isEqualTo(DependencyKind.RESOURCE);
        assertThat(entry.sort()).isEqualTo("database");
        assertThat(entry.threshold()).isEqualTo(0.5);
        assertThat(read(resource).threshold()).isEqualTo(1.0);
    }

    @Conforms("T-DEP-11")
    @Test
    void shouldReadAWaitForAGateAndPollNothing() {
        final Map<String, Object> gate = Map.of("id", "g", "type", "quality_gate", "target", "coverage");
        final DependencyDocument.Entry entry = read(
                with(gate, "metadata", Map.of("gate_type", "coverage", "threshold", 0.9, "check_interval_ms", 500)));
        assertThat(entry.sort()).isEqualTo("coverage");
        assertThat(entry.threshold()).isEqualTo(0.9);
        assertThat(read(gate).threshold()).isEqualTo(0.8);
    }

    @Conforms("T-DEP-08")
    @Test
    void shouldReadWhatItHasWritten() {
        final DependencyDocument document = DependencyDocument.of("ann")
                .completion("model", "ben")
                .from("model_generated")
                .endSuffices()
                .timeout(Duration.ofMillis(1500))
                .resource("db", "database")
                .threshold(0.5)
                .sort("database")
                .retries(3)
                .gate("covered", "coverage", 0.75)
                .atOnce()
                .signal("go", "ready")
                .from("cho")
                .timeout(Duration.ZERO)
                .approval("ok", "deploy")
                .timeout(Duration.ofSeconds(7))
                .syncPoint("met", "review")
                .state("exists", "k", StatePredicate.exists())
                .state("text", "k", StatePredicate.is(StateOperator.EQUAL, "built"))
                .state("long", "k", StatePredicate.is(StateOperator.AT_LEAST, 3))
                .state("double", "k", StatePredicate.is(StateOperator.LESS, 0.5))
                .state("boolean", "k", StatePredicate.is(StateOperator.NOT_EQUAL, true))
                .state("json", "k", new StatePredicate(StateOperator.CONTAINS, ValueType.JSON, new byte[] {'{'}))
                .state("bytes", "k", new StatePredicate(StateOperator.STARTS_WITH, ValueType.BYTES, new byte[] {-1, 7}))
                .atLeast("some", 2, "model", "db", "ok")
                .cancelRest()
                .build();
        final DependencyDocument again = DependencyDocument.ofMaps("ann", document.toMaps());
        assertThat(again).isEqualTo(document).hasSameHashCodeAs(document);
        assertThat(document.toMaps().get(3)).containsEntry("timeout", null).containsEntry("from", "cho");
        assertThat(document.toMaps().get(5)).isEqualTo(Map.of("id", "met", "type", "sync_point", "target", "review"));
    }

    @Conforms("T-DEP-03")
    @Test
    void shouldRefuseAMapThatItDoesNotUnderstand() {
        final Map<String, Object> good = Map.of("id", "a", "type", "agent_completion", "target", "ben");
        assertThat(read(good).target()).isEqualTo("ben");
        refuses(with(good, "timout", 5), "has the unknown field 'timout'; there are [", "timeout");
        refuses(with(good, "metadata", Map.of("target", "cho")), "dependency 'a' gives 'target' twice");
        refuses(with(good, "timeout", 0), "dependency 'a' needs a timeout above 0, or null for no limit, not 0");
        refuses(with(good, "timeout", -1), "above 0");
        refuses(with(good, "timeout", "soon"), "needs seconds, or a text like PT2M, as 'timeout', not soon");
        refuses(with(good, "max_retries", -1), "retriesMax of dependency 'a' must be in 0..254: -1");
        refuses(with(good, "max_retries", 1.5), "needs a whole number as 'max_retries', not 1.5");
        refuses(with(good, "wait", "no"), "needs true or false as 'wait', not no");
        refuses(with(good, "members", "b"), "needs a list of ids as 'members', not b");
        refuses(with(good, "type", "barrier"), "is called 'barrier'; there are [agent_completion,");
        refuses(with(good, "type", 7), "needs a text as 'type', not 7");
        refuses(Map.of("id", "a", "type", "agent_completion"), "dependency 'a' needs a target");
        refuses(Map.of("type", "agent_completion", "target", "ben"), "a dependency needs an id");
        refuses(with(good, "type", "state_predicate"), "has the unknown operator ''; there are [exists, absent,");
    }

    private static void refuses(final Map<String, ?> map, final String... texts) {
        assertThatThrownBy(() -> read(map))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(
                        e -> Arrays.stream(texts).forEach(text -> assertThat(e).hasMessageContaining(text)));
    }

    @Test
    void shouldRefuseAKindThatIsDeclaredOtherwise() {
        assertThatThrownBy(() -> new DependencyDocument.Draft("a", DependencyKind.LEASE, "file").entry())
                .hasMessageStartingWith("a LEASE cannot stand in a document; there are [");
        assertThatThrownBy(() -> DependencyDocument.of("").state("a", "k", null))
                .hasMessageContaining("must say what it asks of its key");
        assertThatThrownBy(() -> DependencyDocument.of("").atOnce()).hasMessageContaining("say first what is needed");
    }
}
