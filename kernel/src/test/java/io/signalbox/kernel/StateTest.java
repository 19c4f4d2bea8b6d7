package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.kernel.conformance.Conforms;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.machine.MachineLimits;
import io.signalbox.kernel.state.MergeRule;
import io.signalbox.kernel.state.StateDifference;
import io.signalbox.kernel.state.StateLimits;
import io.signalbox.kernel.state.StateOperation;
import io.signalbox.kernel.state.StateSnapshot;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Keys and values through the front door. */
class StateTest {
    private static final StateKey<Long> COUNTER = StateKey.number("counter");
    private static final StateKey<String> KEY = StateKey.text("key");
    private static final StateKey<Long> A = StateKey.number("a");
    private static final StateKey<Long> B = StateKey.number("b");
    private static final StateKey<Long> C = StateKey.number("c");

    private final Kernel kernel = Kernel.launch(KernelConfig.standard().withLimits(MachineLimits.small()));
    private final State state = kernel.coordination("session").state();

    @AfterEach
    void close() {
        kernel.close();
    }

    private static Kernel withStates(final StateLimits limits) {
        return Kernel.launch(
                KernelConfig.standard().withLimits(MachineLimits.small().withStates(limits)));
    }

    @Test
    @Conforms({"T-STATE-01", "T-STATE-46"})
    void shouldReadBackWhatWasSet() {
        state.set(COUNTER, 42L);
        assertThat(state.get(COUNTER)).isEqualTo(42);
        assertThat(state.required(COUNTER)).isEqualTo(42);
    }

    @Test
    @Conforms({"T-STATE-02", "T-STATE-03"})
    void shouldGiveTheDefaultForAKeyThatIsAbsentOrHoldsNull() {
        assertThat(state.get(COUNTER, 0L)).isZero();
        assertThat(state.get(COUNTER)).isNull();
        state.setNull("counter");
        assertThat(state.get(COUNTER, 42L)).isEqualTo(42);
        assertThat(state.has("counter")).isTrue();
        assertThatThrownBy(() -> state.required(COUNTER)).isInstanceOf(StateKeyException.class);
    }

    @Test
    @Conforms({"T-STATE-04", "T-STATE-05"})
    void shouldDeleteAKeyOnce() {
        state.set(KEY, "value");
        assertThat(state.delete("key").isAccepted()).isTrue();
        assertThat(state.get(KEY)).isNull();
        assertThat(state.delete("key").rejection()).isEqualTo(Rejection.UNKNOWN_KEY);
        assertThat(state.version()).isEqualTo(2);
    }

    @Test
    @Conforms({"T-STATE-06", "T-STATE-08"})
    void shouldUpdateSeveralKeysInOneVersion() {
        assertThat(state.size()).isZero();
        final Receipt receipt =
                state.by("ann").update().set(A, 1L).set(B, 2L).set(C, 3L).apply();
        assertThat(receipt.value()).isEqualTo(1);
        assertThat(state.get(A)).isEqualTo(1);
        assertThat(state.get(B)).isEqualTo(2);
        assertThat(state.get(C)).isEqualTo(3);
        assertThat(state.size()).isEqualTo(3);
        assertThat(state.version()).isEqualTo(1);
        assertThat(state.history(9)).allSatisfy(change -> {
            assertThat(change.version()).isEqualTo(1);
            assertThat(change.changedBy()).isEqualTo("ann");
            assertThat(change.operation()).isEqualTo(StateOperation.UPDATE);
        });
    }

    @Test
    @Conforms({"T-STATE-07", "T-STATE-09"})
    void shouldKnowWhichKeysAreThere() {
        state.set(KEY, "value");
        assertThat(state.has("key")).isTrue();
        assertThat(state.has("other")).isFalse();
        assertThat(state.keys()).containsExactly("key");
        assertThat(state).hasToString("State(version=1, keys=1)");
    }

    @Test
    @Conforms({"T-STATE-11", "T-STATE-19"})
    void shouldClearEveryKeyInOneVersion() {
        state.update().set(A, 1L).set(B, 2L).set(C, 3L).apply();
        assertThat(state.by("test").clear().value()).isEqualTo(2);
        assertThat(state.size()).isZero();
        assertThat(state.version()).isEqualTo(2);
        assertThat(state.history("b", 1)).singleElement().satisfies(change -> {
            assertThat(change.operation()).isEqualTo(StateOperation.CLEAR);
            assertThat(change.changedBy()).isEqualTo("test");
            assertThat(change.before().asLong()).isEqualTo(2);
            assertThat(change.after()).isNull();
        });
    }

    @Test
    @Conforms("T-STATE-15")
    void shouldKeepNothingOfTheCallers() {
        final StateKey<byte[]> one = StateKey.bytes("one");
        final StateKey<byte[]> two = StateKey.bytes("two");
        final byte[] first = {1};
        final byte[] second = {2};
        final StateUpdate update = state.update().set(one, first).set(two, second);
        Arrays.fill(first, (byte) 99);
        update.apply();
        Arrays.fill(second, (byte) 99);
        state.get(one)[0] = 77;
        assertThat(state.get(one)).containsExactly(1);
        assertThat(state.get(two)).containsExactly(2);
    }

    @Test
    @Conforms({"T-STATE-16", "T-STATE-57"})
    void shouldCountVersionsFromZero() {
        assertThat(state.version()).isZero();
        assertThat(state.size()).isZero();
        assertThat(state.set(COUNTER, 1L).value()).isEqualTo(1);
        assertThat(state.set(COUNTER, 1L).value()).isEqualTo(2);
        assertThat(kernel.global().state().version()).isZero();
    }

    @Test
    @Conforms({"T-STATE-26", "T-STATE-31"})
    void shouldTellTheNewestChangeFirst() {
        state.by("agent-1").set(COUNTER, 1L);
        state.by("agent-2").set(COUNTER, 2L);
        final List<StateRecord> history = state.history(10);
        assertThat(history).extracting(StateRecord::changedBy).containsExactly("agent-2", "agent-1");
        assertThat(history.get(0).before().asLong()).isEqualTo(1);
        assertThat(history.get(0).after().asLong()).isEqualTo(2);
        assertThat(history.get(1).before()).isNull();
        assertThat(history.get(1).after().asLong()).isEqualTo(1);
        assertThat(history.get(0).timestampNs())
                .isGreaterThanOrEqualTo(history.get(1).timestampNs());
    }

    @Test
    @Conforms({"T-STATE-27", "T-STATE-28"})
    void shouldTellTheHistoryOfOneKeyAndWithALimit() {
        state.set(COUNTER, 0L);
        state.set(KEY, "x");
        state.set(COUNTER, 1L);
        assertThat(state.history("counter", 10)).extracting(StateRecord::key).containsExactly("counter", "counter");
        assertThat(state.history("nobody named this", 10)).isEmpty();
        IntStream.range(0, 10).forEach(i -> state.set(COUNTER, (long) i));
        assertThat(state.history(5)).hasSize(5);
        assertThat(state.history(0)).isEmpty();
    }

    @Test
    @Conforms({"T-STATE-29", "T-STATE-58"})
    void shouldRetainNoMoreThanTheLimit() {
        try (Kernel small = withStates(new StateLimits(100, 1000, 10, 1000))) {
            final State few = small.global().state();
            IntStream.range(0, 20).forEach(i -> few.set(COUNTER, (long) i));
            assertThat(few.history(100)).hasSize(10);
            assertThat(few.versions().oldestVersion()).isEqualTo(10);
            assertThat(few.version()).isEqualTo(20);
        }
    }

    @Test
    @Conforms("T-STATE-32")
    void shouldForgetTheHistoryAndKeepTheValues() {
        state.set(COUNTER, 1L);
        state.set(COUNTER, 2L);
        assertThat(state.clearHistory().isAccepted()).isTrue();
        assertThat(state.history(10)).isEmpty();
        assertThat(state.get(COUNTER)).isEqualTo(2);
        assertThat(state.version()).isEqualTo(2);
        assertThat(state.rollback(1).rejection()).isEqualTo(Rejection.VERSION_NOT_RETAINED);
    }

    @Test
    @Conforms({"T-STATE-33", "T-STATE-34", "FUTURE-11", "REQ-5"})
    void shouldTakeASnapshotAsAReferenceThatNeverChanges() {
        state.set(COUNTER, 1L);
        final StateSnapshot first = state.snapshot();
        assertThat(state.snapshot()).isSameAs(first);
        state.set(COUNTER, 2L);
        assertThat(state.get(first, COUNTER)).isEqualTo(1);
        assertThat(state.get(COUNTER)).isEqualTo(2);
        state.update().set(COUNTER, 3L).apply();
        assertThat(state.get(state.snapshot(), COUNTER)).isEqualTo(3);
        state.delete("counter");
        assertThat(state.snapshot().size()).isZero();
    }

    @Test
    @Conforms("T-STATE-45")
    void shouldNameTheKeysThatAreThere() {
        IntStream.range(0, 12).forEach(i -> state.set(StateKey.number("k" + i), 1L));
        assertThatThrownBy(() -> state.required(COUNTER)).isInstanceOfSatisfying(StateKeyException.class, e -> {
            assertThat(e.key()).isEqualTo("counter");
            assertThat(e.availableKeys()).hasSize(12).contains("k11");
            assertThat(e).hasMessageContaining("k9 and 2 more");
            assertThat(e.getMessage()).doesNotContain("k10");
        });
    }

    @Test
    @Conforms({"T-STATE-51", "T-STATE-52"})
    void shouldTellHistoryInImmutableRecordsOfKnownOperations() {
        assertThat(StateRecord.class.isRecord()).isTrue();
        assertThatThrownBy(() -> StateOperation.valueOf("invalid_op")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Conforms({"T-STATE-53", "T-STATE-54", "T-STATE-55"})
    void shouldHoldTheFieldsOfASessionAsTypedKeys() {
        final StateKey<String> session = StateKey.text("session_id");
        final StateKey<Long> agents = StateKey.number("agent_count");
        final StateKey<String> completed = StateKey.text("completed_agents");
        final StateKey<String> phase = StateKey.text("current_phase");
        final StateKey<Double> coverage = StateKey.fraction("quality_metrics.coverage");
        final StateKey<Boolean> approved = StateKey.flag("approved");
        final StateKey<String> registry = StateKey.json("type_registry");
        state.update()
                .set(session, "test-session")
                .set(agents, 3L)
                .set(completed, "ann\nben")
                .set(phase, "generation")
                .set(coverage, 0.95)
                .set(approved, true)
                .set(registry, "{\"User\": \"model\"}")
                .apply();
        assertThat(state.get(session)).isEqualTo("test-session");
        assertThat(state.get(agents)).isEqualTo(3);
        assertThat(state.get(completed).lines()).containsExactly("ann", "ben");
        assertThat(state.get(phase)).isEqualTo("generation");
        assertThat(state.get(coverage)).isEqualTo(0.95);
        assertThat(state.get(approved)).isTrue();
        assertThat(state.get(registry)).isEqualTo("{\"User\": \"model\"}");
        assertThatThrownBy(() -> state.get(StateKey.number("session_id")))
                .hasMessage("key 'session_id' was expected to hold LONG and holds TEXT");
    }

    @Test
    void shouldTellWhatIsDifferentBetweenTwoVersions() {
        state.update().set(A, 1L).set(B, 2L).apply();
        state.set(C, 3L);
        state.update().delete("a").set(B, 5L).setNull("d").apply();
        final List<StateDifference> differences = state.diff(1, 3);
        assertThat(differences)
                .extracting(difference -> kernel.name(difference.key()))
                .containsExactlyInAnyOrder("a", "b", "c", "d");
        assertThat(state.diff(3, 1)).hasSameSizeAs(differences);
        assertThat(state.diff(2, 2)).isEmpty();
        assertThat(state.diff(1, 2)).singleElement().satisfies(difference -> {
            assertThat(difference.before()).isNull();
            assertThat(difference.after().asLong()).isEqualTo(3);
        });
        assertThatThrownBy(() -> state.diff(1, 9)).hasMessage("version 9 is not retained; there are 0 to 3");
    }

    @Test
    void shouldUpdateOnlyWhatNobodyHasChanged() {
        state.update().set(A, 1L).apply();
        assertThat(state.update().set(A, 2L, 1).set(B, 2L, 0).apply().isAccepted())
                .isTrue();
        assertThat(state.update().set(A, 3L, 1).set(B, 3L).apply().rejection()).isEqualTo(Rejection.VERSION_MISMATCH);
        assertThat(state.get(B)).isEqualTo(2);
        assertThat(state.update().set(A, 9L).ifVersion(1).apply().rejection()).isEqualTo(Rejection.VERSION_MISMATCH);
        assertThat(state.update().set(A, 9L).ifVersion(2).apply().value()).isEqualTo(3);
        assertThat(state.update().set(A, 1L).set(A, 2L).apply().rejection()).isEqualTo(Rejection.DUPLICATE_KEY);
    }

    @Test
    void shouldComputeAndDelete() {
        assertThat(state.compute(COUNTER, old -> old == null ? 1L : old + 1).value())
                .isEqualTo(1);
        assertThat(state.compute(COUNTER, old -> old + 1).value()).isEqualTo(2);
        assertThat(state.get(COUNTER)).isEqualTo(2);
        assertThat(state.compute(COUNTER, old -> null).isAccepted()).isTrue();
        assertThat(state.has("counter")).isFalse();
        assertThat(state.compute(COUNTER, old -> null).position()).isEqualTo(-1);
        assertThat(state.version()).isEqualTo(3);
    }

    @Test
    void shouldComputeOnWhatOthersWroteMeanwhile() {
        state.set(COUNTER, 1L);
        final long[] seen = new long[1];
        state.compute(COUNTER, old -> {
            if (seen[0]++ == 0) {
                state.set(COUNTER, 10L);
            }
            return old + 1;
        });
        assertThat(state.get(COUNTER)).isEqualTo(11);
        assertThat(seen[0]).isEqualTo(2);
    }

    @Test
    void shouldMergeByTheRuleOfTheKey() {
        assertThat(state.merge(COUNTER, 1L).rejection()).isEqualTo(Rejection.NO_MERGE_RULE);
        state.declareMerge("counter", MergeRule.SUM).orThrow();
        state.merge(COUNTER, 2L).orThrow();
        assertThat(state.by("ann").merge(COUNTER, 40L).value()).isEqualTo(2);
        assertThat(state.get(COUNTER)).isEqualTo(42);
        assertThat(state.history("counter", 1).get(0).operation()).isEqualTo(StateOperation.MERGE);
        assertThat(state.merge(StateKey.text("counter"), "x").rejection()).isEqualTo(Rejection.NOT_MERGEABLE);
        state.declareMerge("counter", null).orThrow();
        assertThat(state.merge(COUNTER, 1L).rejection()).isEqualTo(Rejection.NO_MERGE_RULE);
    }

    @Test
    void shouldNameTheBoundThatIsMet() {
        try (Kernel small = withStates(new StateLimits(2, 8, 10, 100))) {
            final State few = small.global().state();
            few.set(COUNTER, 1L).orThrow();
            assertThat(few.set(A, 1L).rejection()).isEqualTo(Rejection.TOO_MANY_BYTES);
            few.setNull("a").orThrow();
            assertThat(few.setNull("b").rejection()).isEqualTo(Rejection.TOO_MANY_KEYS);
            assertThat(few.size()).isEqualTo(2);
        }
    }

    @Test
    void shouldKeepScopesApartAndForgetAClosedOne() {
        final Coordination other = kernel.coordination("other");
        state.set(KEY, "session");
        other.state().set(KEY, "other");
        kernel.global().state().set(KEY, "everywhere");
        assertThat(state.get(KEY)).isEqualTo("session");
        other.close();
        assertThat(other.state().get(KEY)).isNull();
        assertThat(other.state().set(KEY, "x").rejection()).isEqualTo(Rejection.UNKNOWN_COORDINATION);
        assertThat(kernel.coordination("other").state().version()).isZero();
    }
}
