package io.signalbox.kernel.machine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.kernel.signal.SignalLimits;
import org.junit.jupiter.api.Test;

class MachineLimitsTest {
    private static final SignalLimits SIGNALS = SignalLimits.small();

    @Test
    void shouldRefuseMoreRunsThanATimerIdCanName() {
        assertThatThrownBy(() -> new MachineLimits(1, 1, 1, 1, 1, 1, 1, (1 << 24) + 1, 1, 1, 1, 2, SIGNALS))
                .hasMessage("runsMax must be in 1..16777216: 16777217");
    }

    @Test
    void shouldRefuseATableWithoutAPlace() {
        assertThatThrownBy(() -> new MachineLimits(1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 2, SIGNALS))
                .hasMessage("coordinationsMax must be in 1..134217726: 0");
        assertThatThrownBy(() -> new MachineLimits(1, 1, 1, -1, 1, 1, 1, 1, 1, 1, 1, 2, SIGNALS))
                .hasMessage("dependenciesMax must be in 1..134217725: -1");
    }

    @Test
    void shouldRefuseATailThatIsNoPowerOfTwo() {
        assertThatThrownBy(() -> new MachineLimits(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 3, SIGNALS))
                .hasMessage("tailCapacity must be a power of two: 3");
    }
}
