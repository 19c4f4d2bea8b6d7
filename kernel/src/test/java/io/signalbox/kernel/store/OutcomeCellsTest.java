package io.signalbox.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutcomeCellsTest {
    private static final int RESOLVED = 1;
    private static final int CODE_MAX = 255;
    private static final int TURNS_MAX = 100_000;

    private final ExecutorService reader = Executors.newSingleThreadExecutor();
    private final OutcomeCells cells = new OutcomeCells(4);
    private long cause; // plain on purpose: only the cell's release and acquire carry it over

    @AfterEach
    void stopTheReader() {
        reader.shutdownNow();
    }

    @Test
    void shouldTellHowAWaitStands() {
        assertThat(cells.outcome(2, 1)).isEqualTo(OutcomeCells.NOT_YET);

        cells.arm(2, 1);
        assertThat(cells.outcome(2, 1)).isEqualTo(OutcomeCells.PENDING);
        assertThat(cells.position(2, 1)).isEqualTo(OutcomeCells.NO_POSITION);

        cells.conclude(2, 1, CODE_MAX, 77);
        assertThat(cells.outcome(2, 1)).isEqualTo(CODE_MAX);
        assertThat(cells.position(2, 1)).isEqualTo(77);
        assertThat(cells.outcome(2, 2)).isEqualTo(OutcomeCells.NOT_YET);

        cells.arm(2, Integer.MAX_VALUE);
        assertThat(cells.outcome(2, 1)).isEqualTo(OutcomeCells.RETIRED);
        assertThat(cells.position(2, 1)).isEqualTo(OutcomeCells.NO_POSITION);
        assertThat(cells.outcome(2, Integer.MAX_VALUE)).isEqualTo(OutcomeCells.PENDING);
        assertThat(cells.generation(2)).isEqualTo(Integer.MAX_VALUE);

        cells.conclude(2, Integer.MAX_VALUE, RESOLVED);
        assertThat(cells.outcome(2, Integer.MAX_VALUE)).isEqualTo(RESOLVED);
        assertThat(cells.position(2, Integer.MAX_VALUE)).isEqualTo(OutcomeCells.NO_POSITION);
    }

    @Test
    void shouldKeepCellsApart() {
        for (int cell = 0; cell < cells.capacity(); cell++) {
            cells.arm(cell, cell + 1);
        }
        cells.conclude(1, 2, RESOLVED, 10);

        assertThat(cells.outcome(0, 1)).isEqualTo(OutcomeCells.PENDING);
        assertThat(cells.outcome(1, 2)).isEqualTo(RESOLVED);
        assertThat(cells.outcome(2, 3)).isEqualTo(OutcomeCells.PENDING);
        assertThat(cells.outcome(3, 4)).isEqualTo(OutcomeCells.PENDING);
    }

    @Test
    void shouldRefuseWhatNoWriterMayDo() {
        cells.arm(0, 5);

        assertThatThrownBy(() -> cells.arm(0, 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cell 0 has come to generation 5 and can only go on to a later one, found 5");
        assertThatThrownBy(() -> cells.conclude(0, 4, RESOLVED))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("cell 0 should be pending in generation 4, found generation 5 with outcome 0");
        assertThatThrownBy(() -> cells.conclude(0, 5, 0)).hasMessage("outcome must be 1 to 255: 0");
        assertThatThrownBy(() -> cells.conclude(0, 5, 256)).hasMessage("outcome must be 1 to 255: 256");
        cells.conclude(0, 5, RESOLVED);
        assertThatThrownBy(() -> cells.conclude(0, 5, 2)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> cells.outcome(4, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> cells.outcome(-1, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> new OutcomeCells(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldShowAWokenWaiterItsCause() throws Exception {
        final int rounds = 20_000;
        final AtomicInteger seen = new AtomicInteger();
        final IdleStrategy idle = new BackoffIdleStrategy();
        final Future<Integer> waiting = reader.submit(() -> {
            int wrong = 0;
            for (int generation = 1; generation <= rounds; generation++) {
                final int outcome = awaitEnd(generation);
                if (outcome != RESOLVED || cause != 3L * generation || cells.position(1, generation) != generation) {
                    wrong++;
                }
                seen.setRelease(generation);
            }
            return wrong;
        });
        for (int generation = 1; generation <= rounds; generation++) {
            cells.arm(1, generation);
            cause = 3L * generation;
            cells.conclude(1, generation, RESOLVED, generation);
            idle.reset();
            for (int turn = 0; seen.getAcquire() < generation; turn++) {
                assertThat(turn).isLessThan(TURNS_MAX);
                idle.idle();
            }
        }
        assertThat(waiting.get(30, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void shouldNeverGiveOneGenerationWhatBelongsToAnother() throws Exception {
        final int generations = 5_000_000;
        final AtomicInteger newest = new AtomicInteger(1);
        final Future<String> reading = reader.submit(() -> {
            int generation = 1;
            while (generation < generations) {
                generation = newest.getAcquire(); // the one about to go: where a mixture would show
                final long position = cells.position(1, generation);
                final int outcome = cells.outcome(1, generation);
                if (outcome > OutcomeCells.PENDING && outcome != code(generation)) {
                    return "generation " + generation + " got the outcome " + outcome;
                }
                if (position != OutcomeCells.NO_POSITION && position != 7L * generation) {
                    return "generation " + generation + " got the position " + position;
                }
            }
            return "";
        });
        for (int generation = 1; generation <= generations; generation++) {
            cells.arm(1, generation);
            cells.conclude(1, generation, code(generation), 7L * generation);
            newest.setRelease(generation);
        }
        assertThat(reading.get(30, TimeUnit.SECONDS)).isEmpty();
    }

    private int awaitEnd(final int generation) {
        final IdleStrategy idle = new BackoffIdleStrategy();
        for (int turn = 0; turn < TURNS_MAX; turn++) {
            final int outcome = cells.outcome(1, generation);
            if (outcome != OutcomeCells.PENDING && outcome != OutcomeCells.NOT_YET) {
                return outcome;
            }
            idle.idle();
        }
        return OutcomeCells.PENDING;
    }

    private static int code(final int generation) {
        return 1 + generation % CODE_MAX;
    }
}
