package io.signalbox.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InputsTest {
    private final WorkflowFile file = Loading.load("""
            inputs:
              text: {type: string}
              number: {default: 1}
              boolean: {default: false}
              list: {default: [a]}
              object: {default: {k: v}}
            steps: [{id: a, run: x}]
            """);

    @Test
    void shouldTakeDefaultsInDeclaredOrder() {
        assertThat(Inputs.resolve(file, Map.of("text", "t")).toString())
                .isEqualTo("{\"text\":\"t\",\"number\":1,\"boolean\":false,\"list\":[\"a\"],\"object\":{\"k\":\"v\"}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "text | 5 | \"5\"",
                "text | {\"a\":1} | \"{\\\"a\\\":1}\"",
                "number | 5 | 5",
                "number | -2.50 | -2.5",
                "number | 1e3 | 1000.0",
                "number | 123456789012345678901234567890 | 123456789012345678901234567890",
                "boolean | true | true",
                "list | [1, \"b\", {\"c\": []}] | [1,\"b\",{\"c\":[]}]",
                "list | [] | []",
                "object | {\"a\": null} | {\"a\":null}",
            })
    void shouldReadWhatIsGivenByItsType(final String name, final String text, final String json) {
        final Map<String, String> given = new LinkedHashMap<>(Map.of("text", "t"));
        given.put(name, text);
        assertThat(Inputs.resolve(file, given).get(name)).hasToString(json);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'; touch pwned #", "$(touch pwned)", "a\nb", "-x", "${inputs.number}", "", " a "})
    void shouldTakeAStringAsItIs(final String data) {
        assertThat(Inputs.resolve(file, Map.of("text", data)).get("text").stringValue())
                .isEqualTo(data);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "number | five | input 'number' must be a number such as 3, got 'five'",
                "number | 0x1F | input 'number' must be a number such as 3, got '0x1F'",
                "number | NaN | input 'number' must be a number such as 3, got 'NaN'",
                "number | 1e999 | input 'number' must be a number such as 3, got '1e999'",
                "boolean | yes | input 'boolean' must be a boolean such as true, got 'yes'",
                "list | a,b | input 'list' must be a list such as '[\"a\", \"b\"]', got 'a,b'",
                "list | {} | input 'list' must be a list such as '[\"a\", \"b\"]', got '{}'",
                "list | [1] 2 | input 'list' must be a list such as '[\"a\", \"b\"]', got '[1] 2'",
                "object | {\"a\":1,\"a\":2} | input 'object' must be a object such as '{\"key\": \"value\"}', got '{\"a\":1,\"a\":2}'",
                "numbr | 5 | workflow 'w' has no input 'numbr'; did you mean 'number'?",
                "zzzzzz | 5 | workflow 'w' has no input 'zzzzzz'; its inputs are text, number, boolean, list, object",
            })
    void shouldSayWhatDoesNotFit(final String name, final String text, final String expected) {
        assertThatThrownBy(() -> Inputs.resolve(file, Map.of("text", "t", name, text)))
                .isInstanceOf(InputException.class)
                .hasMessage(expected.replace("a object", "an object"));
    }

    @Test
    void shouldRefuseJsonThatIsTooDeep() {
        assertThatThrownBy(() -> Inputs.resolve(file, Map.of("text", "t", "list", "[".repeat(60) + "]".repeat(60))))
                .isInstanceOf(InputException.class);
        assertThatThrownBy(() -> Inputs.resolve(file, Map.of("text", "t", "list", "[".repeat(1_000_000))))
                .isInstanceOf(InputException.class);
    }

    @Test
    void shouldNameEverythingThatIsWrongAtOnce() {
        assertThatThrownBy(() -> Inputs.resolve(file, Map.of("numbr", "5", "boolean", "x")))
                .isInstanceOf(InputException.class)
                .hasMessage("""
                        workflow 'w' has no input 'numbr'; did you mean 'number'?
                        input 'text' is required and was not given; give it with --input text=TEXT
                        input 'boolean' must be a boolean such as true, got 'x'""");
    }

    @Test
    void shouldSayThatThereAreNoInputsAtAll() {
        final WorkflowFile none = Loading.load("steps: [{id: a, run: x}]\n");
        assertThatThrownBy(() -> Inputs.resolve(none, Map.of("x", "1")))
                .isInstanceOf(InputException.class)
                .hasMessage("workflow 'w' has no input 'x'; it has none at all");
    }
}
