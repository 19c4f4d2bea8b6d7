package io.signalbox.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class PlanTest {

    @Test
    void shouldExpandForeachInInputOrder() {
        assertThat(show("""
                        inputs: {files: {default: [x, y]}}
                        steps:
                          - {id: first, run: x}
                          - {id: parse, run: x, needs: first, foreach: '${inputs.files}'}
                          - {id: join, run: x, needs: [first, parse]}
                        """, Map.of())).isEqualTo("""
                        0 first
                        1 parse[0] "x" <- 0
                        2 parse[1] "y" <- 0
                        3 join <- 0 1 2""");
    }

    @Test
    void shouldKeepTheDeclaredOrderWhenNeedsPointForwards() {
        assertThat(show("""
                        steps:
                          - {id: b, run: x, needs: a}
                          - {id: a, run: x, foreach: [1, {k: v}]}
                        """, Map.of())).isEqualTo("""
                        0 b <- 1 2
                        1 a[0] 1
                        2 a[1] {"k":"v"}""");
    }

    @Test
    void shouldKeepOrderThroughAForeachWithoutItems() {
        assertThat(show("""
                        inputs: {files: {default: [x]}}
                        steps:
                          - {id: a, run: x}
                          - {id: b, run: x, needs: a, foreach: '${inputs.files}'}
                          - {id: c, run: x, needs: b, foreach: '${inputs.files}'}
                          - {id: d, run: x, needs: [c, a]}
                        """, Map.of("files", "[]"))).isEqualTo("""
                        0 a
                        1 d <- 0""");
    }

    @Test
    void shouldFindTheListInsideAnInput() {
        assertThat(show("""
                        inputs: {o: {default: {list: [1, 2]}}}
                        steps: [{id: a, run: x, foreach: '${inputs.o.list}'}]
                        """, Map.of())).isEqualTo("""
                        0 a[0] 1
                        1 a[1] 2""");
    }

    @Test
    void shouldSayThatForeachFoundNoList() {
        final String text = """
                inputs: {o: {default: {list: [1, 2]}}}
                steps: [{id: a, run: x, foreach: '${inputs.o.list}'}]
                """;
        assertThatThrownBy(() -> show(text, Map.of("o", "{\"list\": 5}")))
                .isInstanceOf(PlanException.class)
                .hasMessage(
                        "'foreach' of step 'a' needs a list, ${inputs.o.list} is number 5; give the input a JSON array");
        assertThatThrownBy(() -> show(text, Map.of("o", "{}")))
                .isInstanceOf(PlanException.class)
                .hasMessage(
                        "'foreach' of step 'a' needs a list, ${inputs.o.list} is not there; give the input a JSON array");
    }

    @Test
    void shouldRefuseWhatIsPastALimit() {
        final String text = """
                inputs: {l: {default: []}}
                steps:
                  - {id: a, run: x, foreach: '${inputs.l}'}
                  - {id: b, run: x, foreach: '${inputs.l}', needs: a}
                """;
        assertThatThrownBy(() -> show(text, Map.of("l", list(10_001))))
                .isInstanceOf(PlanException.class)
                .hasMessage("'foreach' of step 'a' has at most 10000 items, ${inputs.l} has 10001; give it fewer");
        assertThatThrownBy(() -> show(text, Map.of("l", list(5_001))))
                .isInstanceOf(PlanException.class)
                .hasMessage(
                        "workflow 'w' has more than 10000 steps after 'foreach' is expanded, the limit is reached in"
                                + " step 'b'; give its foreach fewer items");
        assertThatThrownBy(() -> show(text, Map.of("l", list(1_001))))
                .isInstanceOf(PlanException.class)
                .hasMessage(
                        "workflow 'w' has more than 1000000 needs between steps after 'foreach' is expanded, the limit"
                                + " is reached in step 'b'; put one step without foreach between the two lists");
    }

    private static String list(final int size) {
        return "[" + "1,".repeat(size - 1) + "1]";
    }

    private static String show(final String text, final Map<String, String> given) {
        final WorkflowFile file = Loading.load(text);
        final ObjectNode inputs = Inputs.resolve(file, given);
        final List<Plan.PlannedStep> steps = Plan.of(file, inputs).steps();
        return steps.stream()
                .map(step -> step.index() + " " + step.id()
                        + step.foreachItem().map(item -> " " + item).orElse("")
                        + (step.needs().isEmpty()
                                ? ""
                                : step.needs().stream()
                                        .map(String::valueOf)
                                        .collect(Collectors.joining(" ", " <- ", ""))))
                .collect(Collectors.joining("\n"));
    }
}
