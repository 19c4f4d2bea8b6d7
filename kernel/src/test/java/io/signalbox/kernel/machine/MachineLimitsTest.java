package io.signalbox.kernel.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import org.junit.jupiter.api.Test;

class MachineLimitsTest {
    private static final MachineLimits LIMITS = MachineLimits.small();

    @Test
    void shouldRefuseMoreRunsThanATimerIdCanName() {
        assertThatThrownBy(() -> LIMITS.withRunsMax((1 << 24) + 1))
                .hasMessage("runsMax must be in 1..16777216: 16777217");
    }

    @Test
    void shouldRefuseATableWithoutAPlace() {
        assertThatThrownBy(() -> LIMITS.withCoordinationsMax(0))
                .hasMessage("coordinationsMax must be in 1..134217726: 0");
        assertThatThrownBy(() -> LIMITS.withDependenciesMax(-1))
                .hasMessage("dependenciesMax must be in 1..134217725: -1");
    }

    @Test
    void shouldRefuseATailThatIsNoPowerOfTwo() {
        assertThatThrownBy(() -> LIMITS.withTailCapacity(3)).hasMessage("tailCapacity must be a power of two: 3");
    }

    /** Each wither sets its own component and no other: a limit that two of them swapped would be read back elsewhere. */
    @Test
    void shouldSetEachLimitByItsName() throws ReflectiveOperationException {
        for (final RecordComponent changed : MachineLimits.class.getRecordComponents()) {
            final String name = changed.getName();
            final Method wither = MachineLimits.class.getMethod(
                    "with" + Character.toUpperCase(name.charAt(0)) + name.substring(1), changed.getType());
            if (changed.getType() == int.class) {
                final Object after = wither.invoke(LIMITS, 2);
                for (final RecordComponent component : MachineLimits.class.getRecordComponents()) {
                    final Method read = component.getAccessor();
                    assertThat(read.invoke(after))
                            .as("%s after %s", component.getName(), wither.getName())
                            .isEqualTo(component.getName().equals(name) ? Integer.valueOf(2) : read.invoke(LIMITS));
                }
            }
        }
    }
}
