package io.signalbox.kernel.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.StringLength;

class MergeRuleTest {
    private static StateValue number(final long value) {
        return new StateValue(ValueType.LONG, 1, 1, 0, ValueBytes.of(value));
    }

    private static StateValue text(final String value) {
        return new StateValue(ValueType.TEXT, 1, 1, 0, utf8(value));
    }

    private static byte[] utf8(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String union(final String before, final String value) {
        return new String(MergeRule.UNION.merge(text(before), ValueType.TEXT, utf8(value)), StandardCharsets.UTF_8);
    }

    private static Long merged(final MergeRule rule, final long before, final long value) {
        final byte[] bytes = rule.merge(number(before), ValueType.LONG, ValueBytes.of(value));
        return bytes == null ? null : ValueBytes.longAt(bytes, 0);
    }

    @Property
    void shouldMergeNumbers(@ForAll final long one, @ForAll final long two) {
        assertThat(merged(MergeRule.MAX, one, two)).isEqualTo(Math.max(one, two));
        assertThat(merged(MergeRule.MIN, one, two)).isEqualTo(Math.min(one, two));
        assertThat(merged(MergeRule.LAST, one, two)).isEqualTo(two);
        Long exact;
        try {
            exact = Math.addExact(one, two);
        } catch (final ArithmeticException e) {
            exact = null;
        }
        assertThat(merged(MergeRule.SUM, one, two)).isEqualTo(exact);
    }

    @Example
    void shouldRefuseASumThatDoesNotFit() {
        assertThat(merged(MergeRule.SUM, Long.MAX_VALUE, 1)).isNull();
        assertThat(merged(MergeRule.SUM, Long.MIN_VALUE, -1)).isNull();
        assertThat(merged(MergeRule.SUM, Long.MAX_VALUE, Long.MIN_VALUE)).isEqualTo(-1);
    }

    @Property
    void shouldUniteLinesWhateverTheirOrder(
            @ForAll final @NotEmpty List<@StringLength(max = 2) @CharRange(from = 'a', to = 'c') String> one,
            @ForAll final List<@StringLength(max = 2) @CharRange(from = 'a', to = 'c') String> two) {
        final String expected = Stream.concat(one.stream(), two.stream())
                .filter(line -> !line.isEmpty())
                .distinct()
                .sorted(Comparator.comparing(MergeRuleTest::utf8, Arrays::compareUnsigned))
                .reduce((a, b) -> a + "\n" + b)
                .orElse("");
        assertThat(union(String.join("\n", one), String.join("\n", two))).isEqualTo(expected);
        assertThat(union(String.join("\n", two), String.join("\n", one))).isEqualTo(expected);
    }

    @Example
    void shouldTakeWhatComesFirstWhereNothingIs() {
        final StateValue nothing = new StateValue(ValueType.NULL, 1, 1, 0, new byte[0]);
        assertThat(MergeRule.SUM.merge(null, ValueType.LONG, ValueBytes.of(7))).isEqualTo(ValueBytes.of(7));
        assertThat(MergeRule.SUM.merge(nothing, ValueType.LONG, ValueBytes.of(7)))
                .isEqualTo(ValueBytes.of(7));
        assertThat(MergeRule.UNION.merge(null, ValueType.TEXT, utf8("b\na\nb"))).isEqualTo(utf8("a\nb"));
    }

    @Example
    void shouldMergeFractionsTextsAndFlags() {
        final StateValue half = new StateValue(ValueType.DOUBLE, 1, 1, 0, ValueBytes.of(Double.doubleToLongBits(0.5)));
        final byte[] quarter = ValueBytes.of(Double.doubleToLongBits(0.25));
        assertThat(ValueBytes.doubleAt(MergeRule.SUM.merge(half, ValueType.DOUBLE, quarter), 0))
                .isEqualTo(0.75);
        assertThat(MergeRule.MIN.merge(half, ValueType.DOUBLE, quarter)).isEqualTo(quarter);
        assertThat(MergeRule.APPEND.merge(text("ab"), ValueType.TEXT, utf8("c")))
                .isEqualTo(utf8("abc"));
        assertThat(MergeRule.MAX.merge(text("ab"), ValueType.TEXT, utf8("b"))).isEqualTo(utf8("b"));
        final StateValue yes = new StateValue(ValueType.BOOLEAN, 1, 1, 0, new byte[] {1});
        assertThat(MergeRule.MIN.merge(yes, ValueType.BOOLEAN, new byte[] {0})).isEqualTo(new byte[] {0});
    }

    @Example
    void shouldMergeNothingThatDoesNotGoTogether() {
        assertThat(MergeRule.SUM.merge(text("1"), ValueType.LONG, ValueBytes.of(1)))
                .isNull();
        assertThat(MergeRule.SUM.merge(text("1"), ValueType.TEXT, utf8("1"))).isNull();
        assertThat(MergeRule.UNION.merge(null, ValueType.BYTES, utf8("1"))).isNull();
        assertThat(MergeRule.APPEND.merge(null, ValueType.JSON, utf8("{}"))).isNull();
        assertThat(MergeRule.MAX.merge(null, ValueType.NULL, new byte[0])).isNull();
        assertThat(MergeRule.LAST.merge(text("1"), ValueType.NULL, new byte[0])).isEmpty();
    }
}
