package io.signalbox.kernel.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SignalSchemaTest {
    private static final SignalSchema SCHEMA = SignalSchema.of()
            .text("plan", true, 1, 10)
            .number("cost", true, 0, 100)
            .optional("steps", Payload.Type.TEXTS)
            .required("urgent", Payload.Type.FLAG)
            .optional("more", Payload.Type.FIELDS);

    private static final Payload GOOD =
            Payload.of().text("plan", "p").number("cost", 100).flag("urgent", false);

    @Test
    void shouldTakeWhatSuits() {
        assertThat(SCHEMA.problem(GOOD)).isNull();
        assertThat(SCHEMA.problem(GOOD.integer("cost", 5))).as("a whole number").isNull();
        assertThat(SCHEMA.problem(GOOD.text("@origin", "kept apart"))).isNull();
    }

    @Test
    void shouldNameWhatDoesNot() {
        assertThat(SCHEMA.problem(GOOD.text("plan", null))).isEqualTo("field 'plan' is missing");
        assertThat(SCHEMA.problem(GOOD.text("plan", ""))).isEqualTo("field 'plan' must be in 1.0..10.0, found 0.0");
        assertThat(SCHEMA.problem(GOOD.number("cost", 100.5)))
                .isEqualTo("field 'cost' must be in 0.0..100.0, found 100.5");
        assertThat(SCHEMA.problem(GOOD.number("cost", Double.NaN)))
                .isEqualTo("field 'cost' must be in 0.0..100.0, found NaN");
        assertThat(SCHEMA.problem(GOOD.text("urgent", "yes"))).isEqualTo("field 'urgent' must be FLAG, found TEXT");
        assertThat(SCHEMA.problem(GOOD.text("plam", "p")))
                .isEqualTo("field 'plam' is not declared; declared are [plan, cost, steps, urgent, more]");
    }

    @Test
    void shouldReadBackWhatWasWritten() {
        assertThat(SignalSchema.decode(SCHEMA.encode())).isEqualTo(SCHEMA).hasSameHashCodeAs(SCHEMA);
        assertThat(SignalSchema.decode(SCHEMA.encode()).problem(GOOD.number("cost", -1)))
                .contains("cost");
        assertThatThrownBy(() -> SignalSchema.decode(
                        Payload.of().text("plan", "no field").encode()))
                .hasMessage("field 'plan' has no type");
        assertThatThrownBy(() -> SignalSchema.of().number("n", true, 2, 1)).hasMessageContaining("range");
    }

    @ParameterizedTest
    @EnumSource(SignalKind.class)
    void shouldFindEveryKindByCodeAndName(final SignalKind kind) {
        assertThat(SignalKind.of(kind.code())).isSameAs(kind);
        assertThat(SignalKind.named(kind.signalType())).isSameAs(kind);
        assertThat(SignalKind.of(SignalKind.FREE)).isNull();
        assertThat(SignalKind.named("agent_complete")).isNull();
    }

    @Test
    void shouldCheckTheKernelsOwnKinds() {
        assertThat(completed(0.95, 1).problem()).isNull();
        assertThat(completed(5, 1).problem()).isEqualTo("field 'quality_score' must be in 0.0..1.0, found 5.0");
        assertThat(completed(1, -1).problem()).contains("execution_time_ms");
        assertThat(new TypedSignal.AgentCompleted("", "", 1, 0, List.of(), null).problem())
                .contains("agent_id");
        assertThat(new TypedSignal.AgentProgress("a", 1.01, "").problem()).contains("progress");
        assertThat(new TypedSignal.DependencyResolved("model", "", "a", null).problem())
                .contains("dependency_id");
        assertThat(new TypedSignal.InterAgentMessage("request", "hi", true, -1, null).problem())
                .contains("response_timeout_ms");
        assertThat(new TypedSignal.AgentInitialized("a", List.of(), true, -1).problem())
                .contains("initialization_time_ms");
    }

    private static TypedSignal completed(final double quality, final double timeMs) {
        return new TypedSignal.AgentCompleted("model-gen", "done", quality, timeMs, List.of(), null);
    }
}
