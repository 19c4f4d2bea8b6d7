package io.signalbox.kernel.routing.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {
    @Test
    void shouldReadADocument() {
        assertThat(JsonText.parse(" {\"a\": [1, -2.5, true, false, null, \"x\\n\\u0041\\\"\"], \"b\": {}, \"c\": []} "))
                .isEqualTo(Map.of(
                        "a", Arrays.asList(1L, -2.5, true, false, null, "x\nA\""), "b", Map.of(), "c", List.of()));
        assertThat(JsonText.parse("12345678901234567890")).isEqualTo(1.2345678901234567e19);
        assertThat(JsonText.parse("\"text\"")).isEqualTo("text");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[1,",
                "[1 2]",
                "{\"a\" 1}",
                "{a: 1}",
                "tru",
                "nul",
                "1x",
                "-",
                "\"open",
                "\"\\q\"",
                "\"\\u12\"",
                "[1] 2",
                "[1,]"
            })
    void shouldSayWhereADocumentIsNone(final String text) {
        assertThatThrownBy(() -> JsonText.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at character");
    }

    @Test
    void shouldRefuseADocumentThatIsTooDeep() {
        assertThatThrownBy(() -> JsonText.parse("[".repeat(100_000))).hasMessageContaining("64 levels deep");
    }
}
