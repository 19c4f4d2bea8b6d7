package io.signalbox.kernel.composition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.kernel.composition.Composition.Sequential;
import io.signalbox.kernel.composition.Composition.Step;
import io.signalbox.kernel.composition.Composition.SubWorkflow;
import io.signalbox.kernel.conformance.Conforms;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Components and templates by name and version, what they are told, and the variables that they see. */
class LibrariesTest {
    private static final Variables STATE = Variables.of(Map.of("language", "java"));

    private final ComponentLibrary library = new ComponentLibrary()
            .register(ComponentDefinition.of(
                    "standard_llm",
                    (state, context) -> ComponentResult.success(
                            Map.of("llm_response", state.get("language") + ": " + context.get("prompt"))),
                    Parameter.required("prompt", Parameter.Type.TEXT),
                    Parameter.optional("temperature", Parameter.Type.NUMBER, 0.2)));

    private NodeResult answered(final String name, final Map<String, ?> context) throws Exception {
        return library.executeOr(name, STATE, context, () -> Map.of("llm_response", "by the node"));
    }

    @Test
    @Conforms("FUTURE-39")
    void shouldUseTheComponentWhereThereIsOneAndElseTheNode() throws Exception {
        assertThat(answered("standard_llm", Map.of("prompt", "hello")))
                .isEqualTo(new NodeResult(Map.of("llm_response", "java: hello"), true, ""));
        final NodeResult absent = answered("other_llm", Map.of("prompt", "hello"));
        assertThat(absent.componentUsed()).isFalse();
        assertThat(absent.data()).isEqualTo(Map.of("llm_response", "by the node"));
        assertThat(absent.componentProblem()).isEqualTo("no component is called 'other_llm'");
    }

    @Test
    void shouldUseTheNodeWhenTheComponentIsUnsuccessful() throws Exception {
        library.register(ComponentDefinition.of("tired", (state, context) -> ComponentResult.failure("too tired")))
                .register(ComponentDefinition.of("mute", (state, context) -> null))
                .register(ComponentDefinition.of("broken", (state, context) -> {
                    throw new IllegalStateException("broken");
                }));
        assertThat(answered("tired", Map.of()).componentProblem()).isEqualTo("too tired");
        assertThat(answered("mute", Map.of()).componentProblem()).isEqualTo("component 'mute' gave no result");
        assertThat(answered("broken", Map.of()).componentProblem()).contains("IllegalStateException: broken");
        assertThat(answered("standard_llm", Map.of()).componentProblem()).contains("needs 'prompt'");
        assertThat(answered("standard_llm", Map.of("prompt", 7)).componentProblem())
                .contains("needs TEXT as 'prompt', not 7");
        assertThat(answered("standard_llm", Map.of("prompt", "x", "temprature", 1))
                        .componentProblem())
                .contains("has no parameter 'temprature'; did you mean 'temperature'?");
    }

    @Test
    void shouldKeepEveryVersionAndTakeTheHighest() {
        library.register(ComponentDefinition.of("c", (state, context) -> ComponentResult.success(Map.of("v", 9)))
                        .version("1.9.0"))
                .register(ComponentDefinition.of("c", (state, context) -> ComponentResult.success(Map.of("v", 10)))
                        .version("1.10.0"));
        assertThat(library.execute("c", STATE, Map.of()).resultData()).isEqualTo(Map.of("v", 10));
        assertThat(library.versions("c")).hasToString("[1.9.0, 1.10.0]");
        assertThat(library.get("c", Version.of("1.9.0")).version()).hasToString("1.9.0");
        assertThat(library.get("c", Version.of("2.0.0"))).isNull();
        assertThat(library.get("absent")).isNull();
        assertThat(library.versions("absent")).isEmpty();
        assertThat(library.names()).containsExactly("c", "standard_llm");
        refuses(
                () -> library.register(
                        ComponentDefinition.of("c", (state, context) -> null).version("1.9.0")),
                "component 'c' has a version 1.9.0 already");
        refuses(() -> Version.of("1.2"), "a version is three numbers like 1.2.0, not '1.2'");
        refuses(() -> Version.of("1.x.0"), "not '1.x.0'");
        refuses(() -> Version.of("1.-2.0"), "must not be negative");
    }

    @Test
    void shouldRefuseParametersThatCannotBe() {
        refuses(
                () -> ComponentDefinition.of(
                        "c",
                        null,
                        Parameter.required("a", Parameter.Type.ANY),
                        Parameter.required("a", Parameter.Type.TEXT)),
                "component 'c' declares a parameter twice");
        refuses(
                () -> ComponentDefinition.of("c", null, Parameter.required("inputs", Parameter.Type.ANY)),
                "that name is taken");
        refuses(
                () -> Parameter.optional("a", Parameter.Type.INTEGER, 1.5),
                "'a' must be INTEGER, its usual value is not: 1.5");
        refuses(() -> Parameter.required(" ", Parameter.Type.ANY), "a parameter needs a name");
        assertThat(Stream.of(Parameter.Type.values()).filter(type -> type.accepts(List.of())))
                .containsExactly(Parameter.Type.LIST, Parameter.Type.ANY);
        assertThat(Stream.of(Parameter.Type.values()).filter(type -> type.accepts(1)))
                .containsExactly(Parameter.Type.NUMBER, Parameter.Type.INTEGER, Parameter.Type.ANY);
        assertThat(Stream.of(Parameter.Type.values()).filter(type -> type.accepts(true)))
                .containsExactly(Parameter.Type.FLAG, Parameter.Type.ANY);
        assertThat(Stream.of(Parameter.Type.values()).filter(type -> type.accepts(Map.of())))
                .containsExactly(Parameter.Type.MAP, Parameter.Type.ANY);
    }

    // ------------------------------------------------------------------ variables

    @Test
    void shouldSeeVariablesByTheirScope() {
        final Variables outer = Variables.of(Map.of("g", 1));
        final Variables around = outer.inside(List.of(
                Variable.local("l", "mine"),
                Variable.inherited("i", "from around"),
                Variable.shared("s", 0),
                Variable.global("late", 5),
                Variable.global("g", 99)));
        final Variables one = around.inside(List.of());
        final Variables two = around.inside(List.of());
        assertThat(around.toMap()).isEqualTo(Map.of("g", 1, "i", "from around", "l", "mine", "late", 5, "s", 0));
        assertThat(one.toMap()).isEqualTo(Map.of("g", 1, "i", "from around", "late", 5, "s", 0));
        assertThat(outer.toMap()).isEqualTo(Map.of("g", 1, "late", 5));

        one.set("g", 2);
        one.set("s", "by one");
        one.set("i", "of one");
        final Variables insideOne = one.inside(List.of());
        assertThat(outer.get("g")).isEqualTo(2);
        assertThat(two.get("s")).isEqualTo("by one");
        assertThat(insideOne.get("i")).isEqualTo("of one");
        assertThat(two.get("i")).isEqualTo("from around");
        assertThat(around.get("i")).isEqualTo("from around");
        around.set("l", "changed");
        assertThat(around.get("l")).isEqualTo("changed");
        assertThat(one.has("l")).isFalse();
        refuses(() -> one.get("l"), "no variable is called 'l' here; there are [g, i, late, s]");
        refuses(() -> one.set("new", 1), "no variable is called 'new' here");
        refuses(() -> Variable.local("", 1), "a variable needs a name");
    }

    @Test
    void shouldLoseNoUpdateOfASharedVariable() {
        final Variables around = Variables.of(Map.of()).inside(List.of(Variable.shared("count", 0)));
        final List<CompletableFuture<Void>> writers = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.runAsync(() -> {
                    final Variables inside = around.inside(List.of());
                    for (int k = 0; k < 5000; k++) {
                        inside.update("count", count -> (int) count + 1);
                    }
                }))
                .toList();
        writers.forEach(CompletableFuture::join);
        assertThat(around.get("count")).isEqualTo(20_000);
    }

    // ------------------------------------------------------------------ templates

    private static Composition module(final Map<String, Object> arguments) {
        final List<Composition> steps = new ArrayList<>();
        for (int i = 1; i <= (int) arguments.get("module_count"); i++) {
            steps.add(Step.of("module-" + i, "generate").with("name", arguments.get("prefix") + "-" + i));
        }
        return new Sequential("modules", steps, List.of());
    }

    @Test
    @Conforms("FUTURE-39")
    void shouldMakeAWorkflowOfATemplate() {
        final TemplateLibrary templates = new TemplateLibrary()
                .register(WorkflowTemplate.of(
                        "modules",
                        LibrariesTest::module,
                        Parameter.required("module_count", Parameter.Type.INTEGER),
                        Parameter.optional("prefix", Parameter.Type.TEXT, "m")))
                .register(WorkflowTemplate.of(
                        "project",
                        arguments -> Sequential.of(
                                "project",
                                Step.of("plan", "plan"),
                                SubWorkflow.of("code", "modules").with("module_count", 2),
                                SubWorkflow.of("more", "modules")
                                        .version("1.0.0")
                                        .with("module_count", 1))));
        assertThat(CompositionPlan.of(templates.instantiate("modules", Map.of("module_count", 2, "prefix", "x")))
                        .steps())
                .extracting(PlannedStep::id)
                .containsExactly("modules/module-1", "modules/module-2");
        final CompositionPlan plan = CompositionPlan.of(templates.instantiate("project", Map.of()));
        assertThat(plan.steps())
                .extracting(PlannedStep::id)
                .containsExactly(
                        "project/plan",
                        "project/code/modules/module-1",
                        "project/code/modules/module-2",
                        "project/more/modules/module-1");
        assertThat(plan.step("project/more/modules/module-1").needs()).containsExactly("project/code/modules/module-2");
        assertThat(plan.step("project/code/modules/module-2").step().arguments())
                .isEqualTo(Map.of("name", "m-2"));
    }

    @Test
    void shouldTakeTheVersionThatIsAskedFor() {
        final TemplateLibrary templates = new TemplateLibrary()
                .register(WorkflowTemplate.of("t", arguments -> Step.of("old", "x")))
                .register(WorkflowTemplate.of("t", arguments -> Step.of("new", "x"))
                        .version("1.0.1"));
        assertThat(templates.instantiate("t", Map.of()).id()).isEqualTo("new");
        assertThat(templates.instantiate("t", Version.of("1.0.0"), Map.of()).id())
                .isEqualTo("old");
        assertThat(templates.versions("t")).hasToString("[1.0.0, 1.0.1]");
        refuses(
                () -> templates.instantiate("t", Version.of("3.0.0"), Map.of()),
                "no template is called 't' of version 3.0.0; there are [1.0.0, 1.0.1]");
        refuses(() -> templates.instantiate("s", Map.of()), "no template is called 's' ; did you mean 't'?");
        refuses(() -> new TemplateLibrary().instantiate("s", Map.of()), "there is none");
        refuses(() -> templates.instantiate("t", Map.of("a", 1)), "template 't' has no parameter 'a'; it has none");
    }

    @Test
    void shouldRefuseTemplatesThatContainThemselves() {
        final TemplateLibrary templates = new TemplateLibrary()
                .register(WorkflowTemplate.of("a", arguments -> Sequential.of("a", SubWorkflow.of("x", "b"))))
                .register(WorkflowTemplate.of("b", arguments -> Sequential.of("b", SubWorkflow.of("x", "c"))))
                .register(WorkflowTemplate.of("c", arguments -> Sequential.of("c", SubWorkflow.of("x", "a"))))
                .register(WorkflowTemplate.of("nothing", arguments -> null));
        refuses(
                () -> templates.instantiate("a", Map.of()),
                "a template must not contain itself: a@1.0.0 -> b@1.0.0 -> c@1.0.0 -> a@1.0.0");
        refuses(() -> templates.instantiate("nothing", Map.of()), "template 'nothing' made nothing");
        for (int i = 0; i < TemplateLibrary.DEPTH_MAX; i++) {
            final String next = "t" + (i + 1);
            templates.register(WorkflowTemplate.of("t" + i, arguments -> SubWorkflow.of("x", next)));
        }
        templates.register(WorkflowTemplate.of("t" + TemplateLibrary.DEPTH_MAX, arguments -> Step.of("x", "y")));
        assertThat(templates.instantiate("t1", Map.of())).isInstanceOf(Sequential.class);
        refuses(
                () -> templates.instantiate("t0", Map.of()),
                "sub-workflows stand deeper than 32 in each other: t0@1.0.0 ->");
    }

    private static void refuses(final Runnable doing, final String text) {
        assertThatThrownBy(doing::run)
                .isInstanceOf(InvalidCompositionException.class)
                .hasMessageContaining(text);
    }
}
