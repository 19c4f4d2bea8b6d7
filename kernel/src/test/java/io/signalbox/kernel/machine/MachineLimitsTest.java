package io.signalbox.kernel.machine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.kernel.subscription.SubscriptionLimits;
import org.junit.jupiter.api.Test;

class MachineLimitsTest {
    @Test
    void shouldRefuseMoreRunsThanATimerIdCanName() {
        assertThatThrownBy(() ->
                        new MachineLimits(1, 1, 1, 1, 1, 1, 1, (1 << 24) + 1, 1, 1, 1, 2, SubscriptionLimits.small()))
                .hasMessage("runsMax must be in 1..16777216: 16777217");
    }

    @Test
    void shouldRefuseATableWithoutAPlace() {
        assertThatThrownBy(() -> new MachineLimits(1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 2, SubscriptionLimits.small()))
                .hasMessage("coordinationsMax must be in 1..134217726: 0");
        assertThatThrownBy(() -> new MachineLimits(1, 1, 1, -1, 1, 1, 1, 1, 1, 1, 1, 2, SubscriptionLimits.small()))
                .hasMessage("dependenciesMax must be in 1..134217725: -1");
    }

    @Test
    void shouldRefuseATailThatIsNoPowerOfTwo() {
        assertThatThrownBy(() -> new MachineLimits(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 3, SubscriptionLimits.small()))
                .hasMessage("tailCapacity must be a power of two: 3");
    }
}
