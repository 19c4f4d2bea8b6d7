package io.signalbox.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
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
    void shouldLeaveAForeachOpenWhoseItemsAStepGives() {
        final WorkflowFile file = Loading.load("""
                steps:
                  - {id: a, run: x, result: json}
                  - {id: b, run: x, needs: a, foreach: '${steps.a.result.list}', strategy: {rule: majority, timeout: 1m}}
                  - {id: c, run: x, needs: b}
                """);
        final Plan plan = Plan.of(file, MapScope.json("{}"));
        assertThat(show(plan)).isEqualTo("""
                0 a
                1 b <- 2
                2 b.begin <- 0
                3 c <- 1""");
        final Plan.PlannedStep open = plan.steps().get(1);
        assertThat(open.isOpen()).isTrue();
        assertThat(open.isTask()).isFalse();
        final List<JsonNode> items = List.of(MapScope.json("7"), MapScope.json("{\"k\":8}"));
        assertThat(show(Plan.of(open, items))).isEqualTo("""
                0 b[0] 7
                1 b[1] {"k":8}
                2 b <- 0 1""");
        assertThat(Plan.of(open, items).steps().get(2).gate().orElseThrow().timerFrom())
                .isEmpty();
        final Plan opened = plan.opened(open, items);
        assertThat(show(opened)).isEqualTo("""
                0 a
                1 b <- 2
                2 b.begin <- 0
                3 c <- 1
                4 b[0] 7 <- 2
                5 b[1] {"k":8} <- 2
                6 b <- 4 5""");
        assertThat(opened.steps().get(1).isOpened()).isTrue();
        assertThat(WorkflowCodec.fromJson(WorkflowCodec.toJson(file))).isEqualTo(file);
    }

    @Test
    void shouldNameWhatIsNoListOfItems() {
        final WorkflowFile file = Loading.load("""
                steps:
                  - {id: a, run: x, result: json}
                  - {id: b, run: x, needs: a, foreach: '${steps.a.result.list}', strategy: {rule: quorum, required: 2}}
                """);
        final Step step = file.step("b").orElseThrow();
        assertThat(ForeachItems.of(step, new MapScope().step("a", MapScope.succeeded("{\"list\":[3,[]]}"))))
                .hasSize(2);
        assertThat(ForeachItems.of(step, new MapScope().step("a", MapScope.succeeded("{\"list\":[]}"))))
                .isEmpty();
        assertThatThrownBy(() ->
                        ForeachItems.of(step, new MapScope().step("a", MapScope.succeeded("{\"list\":{\"k\":1}}"))))
                .hasMessage(
                        "'foreach' of step 'b' needs a list, ${steps.a.result.list} is object {\"k\":1}; let what it"
                                + " comes from give a JSON array");
        assertThatThrownBy(() -> ForeachItems.of(step, new MapScope().step("a", MapScope.succeeded("{\"lists\":[]}"))))
                .hasMessage("${steps.a.result.list} in 'foreach of step b': there is no field 'list'; did you mean"
                        + " 'lists'?");
        assertThatThrownBy(() -> ForeachItems.of(step, new MapScope().step("a", MapScope.succeeded("{\"list\":[1]}"))))
                .hasMessage("'b' requires 2 successes of 1 step, which can never be; require fewer, or give its foreach"
                        + " more items");
        final String many = "{\"list\":[" + "1,".repeat(Limits.FOREACH_ITEMS_MAX) + "1]}";
        assertThatThrownBy(() -> ForeachItems.of(step, new MapScope().step("a", MapScope.succeeded(many))))
                .hasMessage("'foreach' of step 'b' has at most 10000 items, ${steps.a.result.list} has 10001; give it"
                        + " fewer");
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
        return show(Plan.of(file, inputs));
    }

    private static String show(final Plan plan) {
        return plan.steps().stream()
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
