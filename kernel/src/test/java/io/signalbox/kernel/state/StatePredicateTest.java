package io.signalbox.kernel.state;

import static io.signalbox.kernel.state.StateOperator.AT_LEAST;
import static io.signalbox.kernel.state.StateOperator.AT_MOST;
import static io.signalbox.kernel.state.StateOperator.CONTAINS;
import static io.signalbox.kernel.state.StateOperator.ENDS_WITH;
import static io.signalbox.kernel.state.StateOperator.EQUAL;
import static io.signalbox.kernel.state.StateOperator.GREATER;
import static io.signalbox.kernel.state.StateOperator.LESS;
import static io.signalbox.kernel.state.StateOperator.NOT_EQUAL;
import static io.signalbox.kernel.state.StateOperator.STARTS_WITH;
import static io.signalbox.kernel.state.StatePredicate.is;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class StatePredicateTest {
    private static StateValue value(final ValueType type, final byte[] bytes) {
        return new StateValue(type, 5, 1, 0, bytes);
    }

    private static StateValue value(final long number) {
        return value(ValueType.LONG, ValueBytes.of(number));
    }

    private static StateValue value(final double fraction) {
        return value(ValueType.DOUBLE, ValueBytes.of(Double.doubleToLongBits(fraction)));
    }

    private static StateValue value(final String text) {
        return value(ValueType.TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void compare(final StateValue value, final long operand, final int order) {
        assertThat(is(EQUAL, operand).holds(value)).isEqualTo(order == 0);
        assertThat(is(NOT_EQUAL, operand).holds(value)).isEqualTo(order != 0);
        assertThat(is(LESS, operand).holds(value)).isEqualTo(order < 0);
        assertThat(is(AT_MOST, operand).holds(value)).isEqualTo(order <= 0);
        assertThat(is(GREATER, operand).holds(value)).isEqualTo(order > 0);
        assertThat(is(AT_LEAST, operand).holds(value)).isEqualTo(order >= 0);
    }

    @Property
    void shouldCompareNumbersByTheirExactValue(@ForAll final long one, @ForAll final long two) {
        compare(value(one), two, Long.compare(one, two));
        compare(value((double) one), two, new BigDecimal((double) one).compareTo(BigDecimal.valueOf(two)));
    }

    @Example
    void shouldTellALongFromTheDoubleBesideIt() {
        final long odd = (1L << 53) + 1;
        assertThat(is(EQUAL, (double) odd).holds(value(odd))).isFalse();
        assertThat(is(LESS, (double) odd).holds(value(odd))).isFalse();
        assertThat(is(GREATER, (double) odd).holds(value(odd))).isTrue();
        assertThat(is(LESS, 0x1p63).holds(value(Long.MAX_VALUE))).isTrue();
        assertThat(is(EQUAL, -0x1p63).holds(value(Long.MIN_VALUE))).isTrue();
        assertThat(is(GREATER, Double.NEGATIVE_INFINITY).holds(value(Long.MIN_VALUE)))
                .isTrue();
        assertThat(is(AT_LEAST, 2L).holds(value(2.5))).isTrue();
        assertThat(is(AT_LEAST, -2L).holds(value(-2.5))).isFalse();
        assertThat(is(EQUAL, 0.0).holds(value(-0.0))).isTrue();
    }

    @Example
    void shouldCompareNothingWithNotANumber() {
        for (final StateOperator operator : new StateOperator[] {EQUAL, LESS, AT_MOST, GREATER, AT_LEAST}) {
            assertThat(is(operator, Double.NaN).holds(value(1.0))).isFalse();
            assertThat(is(operator, Double.NaN).holds(value(1L))).isFalse();
            assertThat(is(operator, 1.0).holds(value(Double.NaN))).isFalse();
        }
        assertThat(is(NOT_EQUAL, Double.NaN).holds(value(Double.NaN))).isTrue();
    }

    @Example
    void shouldAskWhetherAKeyIsThere() {
        final StateValue nothing = value(ValueType.NULL, new byte[0]);
        assertThat(StatePredicate.exists().holds(nothing)).isTrue();
        assertThat(StatePredicate.exists().holds(null)).isFalse();
        assertThat(StatePredicate.absent().holds(null)).isTrue();
        assertThat(StatePredicate.absent().holds(nothing)).isFalse();
        assertThat(StatePredicate.isNull().holds(nothing)).isTrue();
        assertThat(StatePredicate.isNull().holds(value(0))).isFalse();
        assertThat(is(NOT_EQUAL, 1L).holds(null))
                .as("a key that is not there has no value")
                .isFalse();
        assertThat(is(NOT_EQUAL, 1L).holds(nothing)).isTrue();
        assertThat(StatePredicate.newerThan(4).holds(value(1))).isTrue();
        assertThat(StatePredicate.newerThan(5).holds(value(1))).isFalse();
    }

    @Example
    void shouldLookIntoTexts() {
        final StateValue value = value("model ready");
        assertThat(is(CONTAINS, "el re").holds(value)).isTrue();
        assertThat(is(CONTAINS, "").holds(value)).isTrue();
        assertThat(is(CONTAINS, "ready!").holds(value)).isFalse();
        assertThat(is(STARTS_WITH, "model").holds(value)).isTrue();
        assertThat(is(STARTS_WITH, "odel").holds(value)).isFalse();
        assertThat(is(ENDS_WITH, "ready").holds(value)).isTrue();
        assertThat(is(ENDS_WITH, "a much longer text than that").holds(value)).isFalse();
        assertThat(is(CONTAINS, "1").holds(value(1))).isFalse();
        assertThat(is(LESS, "model s").holds(value)).isTrue();
        assertThat(is(EQUAL, true).holds(value(ValueType.BOOLEAN, new byte[] {1})))
                .isTrue();
        assertThat(is(EQUAL, "1").holds(value(1))).isFalse();
    }

    @Example
    void shouldRefuseAnOperandThatMeansNothing() {
        assertThatThrownBy(() -> is(CONTAINS, 1L)).hasMessage("CONTAINS takes no operand of type LONG and 8 bytes");
        assertThatThrownBy(() -> new StatePredicate(EQUAL, ValueType.LONG, new byte[3]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new StatePredicate(LESS, ValueType.NULL, new byte[0]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new StatePredicate(StateOperator.EXISTS, ValueType.LONG, new byte[8]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Example
    void shouldSayWhatItAsks() {
        assertThat(is(AT_LEAST, 3L).text()).isEqualTo("AT_LEAST 3");
        assertThat(is(LESS, 0.5).text()).isEqualTo("LESS 0.5");
        assertThat(is(EQUAL, true).text()).isEqualTo("EQUAL true");
        assertThat(is(CONTAINS, "x").text()).isEqualTo("CONTAINS \"x\"");
        assertThat(StatePredicate.isNull().text()).isEqualTo("EQUAL null");
        assertThat(StatePredicate.absent().text()).isEqualTo("ABSENT");
        assertThat(new StatePredicate(EQUAL, ValueType.BYTES, new byte[3]).text())
                .isEqualTo("EQUAL 3 bytes");
    }
}
