package io.signalbox.kernel.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class DocumentValueTest {
    private static DocumentValue read(final String json) {
        final byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return DocumentJson.parse(bytes, 0, bytes.length);
    }

    @Test
    void shouldBeWrittenTheSameWhateverTheOrderOfItsNames() {
        final String json = "{\"b\":[1,2.5,null,true,\"x\"],\"a\":{\"z\":-0.0,\"y\":{}}}";
        assertThat(read(json)).hasToString("{\"a\":{\"y\":{},\"z\":-0.0},\"b\":[1,2.5,null,true,\"x\"]}");
        assertThat(read(read(json).toString())).isEqualTo(read(json)).hasSameHashCodeAs(read(json));
    }

    @Test
    void shouldHoldWhatJavaHolds() {
        final DocumentValue value = DocumentValue.of(Map.of(
                "list",
                Arrays.asList(1, (short) 2, (byte) 3, 4L, 0.5f, null),
                "truth",
                true,
                "text",
                "say \"\\\u0001\""));
        assertThat(value.toMap().get("list")).isEqualTo(Arrays.asList(1L, 2L, 3L, 4L, 0.5, null));
        assertThat(read(value.toString())).isEqualTo(value);
        assertThat(DocumentValue.of((Object) null)).isSameAs(DocumentValue.NULL);
        assertThatThrownBy(() -> DocumentValue.of(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DocumentValue.of(new Object())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DocumentValue.of(Collections.singletonMap(1, 2)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> value.toMap().put("a", 1)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Property(tries = 500)
    void shouldComeBackAsTheSameNumber(@ForAll final double number, @ForAll final long whole) {
        if (!Double.isNaN(number) && !Double.isInfinite(number)) {
            assertThat(read(DocumentValue.of((Object) number).toString())).isEqualTo(DocumentValue.of((Object) number));
        }
        assertThat(read(DocumentValue.of(whole).toString())).isEqualTo(DocumentValue.of(whole));
    }

    @Test
    void shouldWriteNumbersInFewDigits() {
        assertThat(DocumentValue.of(List.of(0.1, 1e22, 2.0, 123456789.125, Double.MIN_VALUE, Double.MAX_VALUE, 100.0)))
                .hasToString("[0.1,1E+22,2.0,123456789.125,4.94065645841247E-324,1.7976931348623157E+308,100.0]");
        assertThat(read("9223372036854775807").asLong()).isEqualTo(Long.MAX_VALUE);
        assertThat(read("9223372036854775808").kind()).isEqualTo(DocumentValue.Kind.DOUBLE);
    }

    @Test
    void shouldShareWhatAMergeDoesNotTouch() {
        final DocumentValue older = read("{\"a\":{\"x\":[1]},\"b\":{\"y\":2}}");
        final DocumentValue merged = DocumentMerge.merge(older, read("{\"b\":{\"z\":3}}"), true);
        assertThat(merged).hasToString("{\"a\":{\"x\":[1]},\"b\":{\"y\":2,\"z\":3}}");
        assertThat(merged.get("a")).isSameAs(older.get("a"));
        assertThat(DocumentMerge.shallow(older, read("{\"b\":{\"z\":3}}")))
                .hasToString("{\"a\":{\"x\":[1]},\"b\":{\"z\":3}}");
        assertThat(DocumentMerge.merge(older, DocumentValue.EMPTY_MAP, true)).isSameAs(older);
    }

    @Test
    void shouldDifferByWhatMakesOneOfTheOther() {
        final DocumentValue before = read("{\"a\":1,\"b\":2,\"c\":3}");
        final DocumentValue after = read("{\"b\":2,\"c\":4,\"d\":5}");
        final DocumentDifference difference = DocumentDifference.between(before, after);
        assertThat(difference.changed()).hasToString("{\"c\":4,\"d\":5}");
        assertThat(difference.removed()).containsExactly("a");
        assertThat(DocumentMerge.without(DocumentMerge.shallow(before, difference.changed()), difference.removed()))
                .isEqualTo(after);
        assertThat(DocumentDifference.between(after, after).isEmpty()).isTrue();
    }
}
