package io.signalbox.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {
    private final MapScope scope = new MapScope()
            .input("mode", "\"fast\"")
            .input("count", "3")
            .input("ratio", "0.5")
            .input("big", "123456789012345678901234567890")
            .input("yes", "true")
            .input("nothing", "null")
            .input("list", "[1,2]")
            .step("check", MapScope.succeeded("{\"ok\":false,\"n\":10}"))
            .step("my-step", MapScope.skipped());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "true | true",
                "not true | false",
                "not not true | true",
                "inputs.yes | true",
                "${inputs.yes} | true",
                "inputs.mode == 'fast' | true",
                "inputs.mode == \"fast\" | true",
                "'fast' == ${inputs.mode} | true",
                "inputs.mode != 'fast' | false",
                "inputs.mode == 'fast' and not steps.check.result.ok | true",
                "not inputs.mode == 'slow' | true",
                "inputs.count == 3 | true",
                "inputs.count == 3.0 | true",
                "inputs.count < 3 | false",
                "inputs.count <= 3 | true",
                "inputs.count>2 | true",
                "inputs.count >= 4 | false",
                "inputs.ratio < 1 | true",
                "inputs.ratio > -1e1 | true",
                "inputs.big > 1 | true",
                "'a' < 'b' | true",
                "'B' < 'a' | true",
                "steps.check.result.n > 9 | true",
                "steps.my-step.state == 'skipped' | true",
                "inputs.nothing == null | true",
                "inputs.mode == null | false",
                "inputs.mode != null | true",
                "inputs.list == inputs.list | true",
                "true or false and false | true",
                "(true or false) and false | false",
                "not false and false | false",
                "(inputs.count == 3) == true | true",
                // What is not needed is not looked at.
                "true or steps.my-step.result == 'x' | true",
                "false and steps.my-step.result == 'x' | false",
                // Words inside names and strings are no operators.
                "'a and b' == 'a and b' | true",
                "  inputs.mode   ==   'fast'   | true",
            })
    void shouldEvaluate(final String text, final boolean expected) {
        assertThat(Expression.parse(text).evaluate(scope)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "inputs.mode | when 'inputs.mode': inputs.mode must be true or false, got string 'fast'; compare it with something, as in 'inputs.mode == ...'",
                "inputs.count and true | when 'inputs.count and true': inputs.count must be true or false, got number 3; compare it with something, as in 'inputs.count == ...'",
                "inputs.count == '3' | when 'inputs.count == '3'': '==' compares two values of the same kind, got number 3 and string '3'; quote a literal to make it a string, and use 'result: json' for numbers",
                "inputs.mode < 3 | when 'inputs.mode < 3': '<' compares two numbers or two strings, got string 'fast' and number 3; quote a literal to make it a string, and use 'result: json' for numbers",
                "inputs.list < inputs.list | when 'inputs.list < inputs.list': '<' compares two numbers or two strings, got list [1,2] and list [1,2]; quote a literal to make it a string, and use 'result: json' for numbers",
                "null < 3 | when 'null < 3': '<' compares two numbers or two strings, got null and number 3; quote a literal to make it a string, and use 'result: json' for numbers",
            })
    void shouldRefuseValuesOfTheWrongKind(final String text, final String expected) {
        assertThatThrownBy(() -> Expression.parse(text).evaluate(scope))
                .isInstanceOf(ExpressionException.class)
                .hasMessage(expected);
    }

    @Test
    void shouldSayWhichPlaceholderHasNoValue() {
        assertThatThrownBy(() -> Expression.parse("steps.my-step.result == 'x'").evaluate(scope))
                .isInstanceOf(UnresolvedPlaceholderException.class)
                .hasMessage(
                        "${steps.my-step.result} in 'steps.my-step.result == 'x'': step 'my-step' is skipped and has no"
                                + " result that can be passed on; only a step that has succeeded has one");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "1 + 1 | expected 'and', 'or' or the end, got '+ 1'",
                "1 = 1 | expected 'and', 'or' or the end, got '= 1'",
                "01 == 1 | '01 == 1' is not a number such as 3, -1 or 2.5",
                "1x == 1 | '1x == 1' is not a number such as 3, -1 or 2.5",
                "and true | 'and' is not a value; a value is a placeholder such as inputs.x, a number, true, false, null, or a string in quotes",
                "true and | expected a value, got the end",
                "() | expected a value, got ')'",
                "True | 'True' is not a value; a value is a placeholder such as inputs.x, a number, true, false, null, or a string in quotes; did you mean 'true'?",
                "${HOME} == 'x' | 'HOME' is none of inputs, steps, env, foreach, run, workflow, signalbox",
                "${inputs.x == 'x' | placeholder '${inputs.x == 'x'' has no closing '}'",
                "${inputs.x y} | placeholder '${inputs.x y}' is not one of ours; write it as in '${inputs.x}' or 'inputs.x'",
                "inputs | 'inputs' must be followed by a dot and the input's name",
                "inputs. | expected the input's name after 'inputs.'",
            })
    void shouldRefuseWhatIsNoCondition(final String text, final String expected) {
        assertThatThrownBy(() -> Expression.parse(text))
                .isInstanceOf(SyntaxException.class)
                .hasMessage(expected);
    }

    @Test
    void shouldReadAsDeepAsTheLimitAndNotDeeper() {
        final int limit = Limits.DEPTH_MAX;
        assertThat(Expression.parse("(".repeat(limit) + "true" + ")".repeat(limit))
                        .evaluate(scope))
                .isTrue();
        assertThatThrownBy(() -> Expression.parse("not ".repeat(limit + 1) + "true"))
                .isInstanceOf(SyntaxException.class)
                .hasMessage("parentheses and 'not' go at most 50 deep");
    }

    @Test
    void shouldReadALongChainWithoutDepth() {
        assertThat(Expression.parse("true and ".repeat(450) + "true").evaluate(scope))
                .isTrue();
    }
}
