package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.conformance.Conforms;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.machine.MachineLimits;
import io.signalbox.kernel.state.StateHistory;
import io.signalbox.kernel.state.StateOperation;
import io.signalbox.kernel.state.StateSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Going back, which is going on. */
class StateRollbackTest {
    private static final StateKey<Long> COUNTER = StateKey.number("counter");
    private static final StateKey<Long> A = StateKey.number("a");
    private static final StateKey<Long> B = StateKey.number("b");

    private final Kernel kernel = Kernel.launch(KernelConfig.standard().withLimits(MachineLimits.small()));
    private final State state = kernel.coordination("session").state();

    @AfterEach
    void close() {
        kernel.close();
    }

    @Test
    @Conforms("T-STATE-20")
    void shouldBringBackAnEarlierValueAsANewVersion() {
        state.set(COUNTER, 1L);
        state.set(COUNTER, 2L);
        state.set(COUNTER, 3L);
        assertThat(state.by("ann").rollback(1).value()).isEqualTo(4);
        assertThat(state.get(COUNTER)).isEqualTo(1);
        assertThat(state.version()).as("versions never go back").isEqualTo(4);
        assertThat(state.history("counter", 1)).singleElement().satisfies(change -> {
            assertThat(change.operation()).isEqualTo(StateOperation.ROLLBACK);
            assertThat(change.changedBy()).isEqualTo("ann");
            assertThat(change.before().asLong()).isEqualTo(3);
        });
    }

    @Test
    @Conforms({"T-STATE-21", "T-STATE-22", "T-STATE-23"})
    void shouldBringBackSeveralKeysDeletedOnesAndTakeNewOnesAway() {
        state.update().set(A, 1L).set(B, 2L).apply();
        state.update().set(A, 10L).set(B, 20L).apply();
        state.rollback(1);
        assertThat(state.get(A)).isEqualTo(1);
        assertThat(state.get(B)).isEqualTo(2);
        state.delete("a");
        state.rollback(3);
        assertThat(state.get(A)).isEqualTo(1);
        state.set(COUNTER, 1L);
        state.rollback(5);
        assertThat(state.has("counter")).isFalse();
        assertThat(state.get(A)).isEqualTo(1);
    }

    @Test
    @Conforms({"T-STATE-24", "T-STATE-25", "T-STATE-47"})
    void shouldRefuseAVersionThatIsNotBeforeThePresentOne() {
        state.set(COUNTER, 1L);
        assertThat(state.rollback(10).rejection()).isEqualTo(Rejection.UNKNOWN_VERSION);
        assertThat(state.rollback(-1).rejection()).isEqualTo(Rejection.UNKNOWN_VERSION);
        assertThat(state.rollback(100).rejection()).isEqualTo(Rejection.UNKNOWN_VERSION);
        assertThat(state.rollback(1).rejection()).isEqualTo(Rejection.UNKNOWN_VERSION);
        assertThat(state.version()).isEqualTo(1);
    }

    @Test
    @Conforms("GAP-STATE-1")
    void shouldBringBackClearedKeys() {
        state.update().set(A, 1L).set(B, 2L).apply();
        state.clear();
        state.set(COUNTER, 1L);
        state.rollback(1);
        assertThat(state.keys()).containsExactlyInAnyOrder("a", "b");
        assertThat(state.get(B)).isEqualTo(2);
    }

    @Test
    @Conforms("GAP-STATE-2")
    void shouldBringBackANull() {
        state.setNull("a");
        state.set(A, 1L);
        state.rollback(1);
        assertThat(state.has("a")).isTrue();
        assertThat(state.value("a").isNull()).isTrue();
    }

    @Test
    @Conforms({"GAP-STATE-3", "DIFF-10"})
    void shouldRollBackWriteAndRollBackAgain() {
        state.set(COUNTER, 1L);
        state.set(COUNTER, 2L);
        state.rollback(1);
        state.set(COUNTER, 4L);
        state.rollback(2);
        assertThat(state.get(COUNTER)).isEqualTo(2);
        state.rollback(4);
        assertThat(state.get(COUNTER)).isEqualTo(4);
        assertThat(state.history(9)).extracting(StateRecord::version).containsExactly(6L, 5L, 4L, 3L, 2L, 1L);
    }

    @Test
    @Conforms("GAP-STATE-4")
    void shouldRollBackToVersionZero() {
        state.update().set(A, 1L).set(B, 2L).apply();
        assertThat(state.rollback(0).value()).isEqualTo(2);
        assertThat(state.size()).isZero();
        state.rollback(1);
        assertThat(state.get(A)).isEqualTo(1);
    }

    @Test
    @Conforms("GAP-STATE-5")
    void shouldSnapshotWhatIsThereAfterEveryKindOfChange() {
        state.set(COUNTER, 1L);
        final List<StateSnapshot> snapshots = new ArrayList<>(List.of(state.snapshot()));
        state.update().set(COUNTER, 2L).apply();
        snapshots.add(state.snapshot());
        state.delete("counter");
        snapshots.add(state.snapshot());
        state.rollback(2);
        snapshots.add(state.snapshot());
        state.clear();
        snapshots.add(state.snapshot());
        state.rollback(1);
        state.update().set(COUNTER, 99L).apply();
        snapshots.add(state.snapshot());
        assertThat(snapshots)
                .extracting(snapshot -> state.get(snapshot, COUNTER))
                .containsExactly(1L, 2L, null, 2L, null, 99L);
    }

    @Test
    @Conforms("GAP-STATE-6")
    void shouldNotLetAReaderChangeASnapshot() {
        final StateKey<byte[]> bytes = StateKey.bytes("bytes");
        state.set(bytes, new byte[] {1});
        state.get(state.snapshot(), bytes)[0] = 77;
        assertThat(state.get(state.snapshot(), bytes)).containsExactly(1);
    }

    @Test
    @Conforms("GAP-STATE-7")
    void shouldCountAnEmptyUpdateAsAVersionWithoutChanges() {
        state.set(COUNTER, 1L);
        assertThat(state.update().apply().value()).isEqualTo(2);
        assertThat(state.history(9)).hasSize(1);
        assertThat(state.versions().at(2).operation()).isEqualTo(StateOperation.UPDATE);
    }

    @Test
    @Conforms("GAP-STATE-9")
    void shouldTellTheChangesOfOneVersionByKey() {
        state.set(A, 0L);
        state.set(B, 0L);
        state.update().set(B, 1L).set(A, 1L).apply();
        assertThat(state.history(2)).extracting(StateRecord::key).containsExactly("a", "b");
        assertThat(state.history(2)).extracting(StateRecord::version).containsOnly(3L);
    }

    @Test
    @Conforms({"DIFF-10", "REQ-5"})
    void shouldBringBackAnyRetainedVersionExactly() {
        final Random random = new Random(7);
        final List<StateSnapshot> versions = new ArrayList<>(List.of(state.snapshot()));
        for (int i = 0; i < 300; i++) {
            final StateKey<Long> key = StateKey.number("k" + random.nextInt(40));
            switch (random.nextInt(6)) {
                case 0 -> state.update().set(key, (long) i).setNull("n").apply();
                case 1 -> state.compute(key, old -> null);
                case 2 -> state.rollback(random.nextInt(versions.size()));
                case 3 -> {
                    if (random.nextInt(10) == 0) {
                        state.clear();
                    }
                }
                default -> state.set(key, (long) i);
            }
            if (state.version() == versions.size()) {
                versions.add(state.snapshot());
            }
        }
        final StateHistory history = state.versions();
        for (final StateSnapshot version : versions) {
            assertThat(history.at(version.version())).isSameAs(version);
        }
        for (int i = 0; i < 50; i++) {
            final int target = random.nextInt(versions.size());
            assertThat(state.rollback(target).isAccepted()).isTrue();
            assertThat(state.snapshot().values()).isSameAs(versions.get(target).values());
            assertThat(state.snapshot().bytes()).isEqualTo(versions.get(target).bytes());
            versions.add(state.snapshot());
        }
    }
}
