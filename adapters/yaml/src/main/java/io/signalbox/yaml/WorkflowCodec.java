package io.signalbox.yaml;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A workflow file as one JSON text and back, so that a run can go on without the file. Fields stand in a fixed order: equal
 * workflows give equal texts. Reading gives back an equal workflow; it trusts the text and checks only its form.
 */
public final class WorkflowCodec {
    private static final int FORMAT = 1;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private WorkflowCodec() {}

    /** The text of a workflow. */
    public static String toJson(final WorkflowFile workflow) {
        final ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("format", FORMAT);
        json.put("name", workflow.name());
        workflow.description().ifPresent(text -> json.put("description", text));
        final ArrayNode inputs = json.putArray("inputs");
        workflow.inputs().forEach(input -> inputs.add(input(input)));
        json.set("defaults", defaults(workflow.defaults()));
        json.put("concurrency", workflow.concurrency());
        json.put("on_error", workflow.onError().word());
        json.set("secrets", strings(workflow.secrets()));
        final ArrayNode steps = json.putArray("steps");
        workflow.steps().forEach(step -> steps.add(step(step)));
        json.put("source", workflow.source().toString());
        json.put("source_text", workflow.sourceText());
        workflow.timeout().ifPresent(timeout -> json.put("timeout_ms", timeout.toMillis()));
        FlowCodec.put(json, "limits", workflow.limits(), FlowCodec::limit);
        FlowCodec.put(json, "calls", workflow.calls(), FlowCodec::call);
        if (!workflow.outputs().isEmpty()) {
            FlowCodec.putArguments(json.putObject("outputs"), workflow.outputs());
        }
        return JSON.writeValueAsString(json);
    }

    /**
     * The workflow of a text that {@link #toJson} made.
     *
     * @throws IllegalArgumentException if it is no such text, or one of a later format
     */
    public static WorkflowFile fromJson(final String text) {
        try {
            final JsonNode json = JSON.readTree(text);
            final int format = json.required("format").asInt();
            if (format != FORMAT) {
                throw new IllegalArgumentException("a workflow definition of format " + FORMAT
                        + " was expected, got format " + format + "; use the version of Signalbox that wrote it");
            }
            return new WorkflowFile(
                    json.required("name").stringValue(),
                    optional(json, "description", JsonNode::stringValue),
                    list(json.required("inputs"), WorkflowCodec::input),
                    defaults(json.required("defaults")),
                    json.required("concurrency").intValue(),
                    word(OnError.values(), OnError::word, json.required("on_error")),
                    list(json.required("secrets"), JsonNode::stringValue),
                    list(json.required("steps"), WorkflowCodec::step),
                    Path.of(json.required("source").stringValue()),
                    json.required("source_text").stringValue(),
                    optional(json, "timeout_ms", WorkflowCodec::duration),
                    list(json.path("limits"), FlowCodec::limit),
                    list(json.path("calls"), FlowCodec::call),
                    FlowCodec.arguments(json.path("outputs")));
        } catch (final JacksonException | SyntaxException e) {
            throw new IllegalArgumentException("not a workflow definition: " + e.getMessage(), e);
        }
    }

    private static ObjectNode input(final Input input) {
        final ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", input.name());
        json.put("type", input.type().word());
        input.defaultValue().ifPresent(value -> json.set("default", value));
        input.description().ifPresent(text -> json.put("description", text));
        return json;
    }

    private static Input input(final JsonNode json) {
        return new Input(
                json.required("name").stringValue(),
                word(Input.Type.values(), Input.Type::word, json.required("type")),
                optional(json, "default", Function.identity()),
                optional(json, "description", JsonNode::stringValue));
    }

    private static ObjectNode defaults(final Defaults defaults) {
        final ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("env", environment(defaults.env()));
        defaults.timeout().ifPresent(timeout -> json.put("timeout_ms", timeout.toMillis()));
        json.set("retry", retry(defaults.retry()));
        json.put("result", defaults.result().word());
        return json;
    }

    private static Defaults defaults(final JsonNode json) {
        return new Defaults(
                map(json.required("env"), Template::parse),
                optional(json, "timeout_ms", WorkflowCodec::duration),
                retry(json.required("retry")),
                word(ResultKind.values(), ResultKind::word, json.required("result")));
    }

    static ObjectNode retry(final Retry retry) {
        final ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("max", retry.max());
        json.put("backoff_ms", retry.backoff().toMillis());
        json.put("factor", retry.factor());
        json.put("max_backoff_ms", retry.maxBackoff().toMillis());
        json.put("jitter", retry.jitter());
        return json;
    }

    static Retry retry(final JsonNode json) {
        return new Retry(
                json.required("max").intValue(),
                duration(json.required("backoff_ms")),
                json.required("factor").doubleValue(),
                duration(json.required("max_backoff_ms")),
                json.required("jitter").doubleValue());
    }

    private static ObjectNode step(final Step step) {
        final ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", step.id());
        FlowCodec.putRun(json, step.run());
        json.set("needs", strings(step.needs()));
        step.when().ifPresent(when -> json.put("when", when.text()));
        step.foreach().ifPresent(foreach -> json.set("foreach", foreach(foreach)));
        json.set("env", environment(step.env()));
        step.timeout().ifPresent(timeout -> json.put("timeout_ms", timeout.toMillis()));
        json.set("retry", retry(step.retry()));
        json.put("result", step.result().word());
        final ObjectNode outputs = json.putObject("outputs");
        step.outputs().forEach(outputs::put);
        json.put("line", step.line());
        if (!step.flow().equals(Flow.PLAIN)) {
            json.set("flow", FlowCodec.flow(step.flow()));
        }
        return json;
    }

    private static Step step(final JsonNode json) {
        return new Step(
                json.required("id").stringValue(),
                FlowCodec.run(json),
                list(json.required("needs"), JsonNode::stringValue),
                optional(json, "when", when -> Expression.parse(when.stringValue())),
                optional(json, "foreach", WorkflowCodec::foreach),
                map(json.required("env"), Template::parse),
                optional(json, "timeout_ms", WorkflowCodec::duration),
                retry(json.required("retry")),
                word(ResultKind.values(), ResultKind::word, json.required("result")),
                map(json.required("outputs"), Function.identity()),
                json.required("line").intValue(),
                json.has("flow") ? FlowCodec.flow(json.required("flow")) : Flow.PLAIN);
    }

    private static JsonNode foreach(final Foreach foreach) {
        if (foreach instanceof Foreach.Items items) {
            final ArrayNode list = JsonNodeFactory.instance.arrayNode();
            items.items().forEach(list::add);
            return list;
        }
        return JsonNodeFactory.instance.stringNode(
                "${" + foreach.source().orElseThrow().text() + "}");
    }

    private static Foreach foreach(final JsonNode json) {
        if (json.isArray()) {
            return new Foreach.Items(list(json, Function.identity()));
        }
        final List<Placeholder> found = Template.parse(json.stringValue()).placeholders();
        if (found.size() == 1 && found.get(0) instanceof Placeholder.InputValue input) {
            return new Foreach.FromInput(input);
        }
        if (found.size() == 1 && found.get(0).stepId().isPresent()) {
            return new Foreach.FromResult(found.get(0));
        }
        throw new IllegalArgumentException("not a workflow definition: foreach " + JsonText.describe(json));
    }

    static ObjectNode environment(final Map<String, Template> environment) {
        final ObjectNode json = JsonNodeFactory.instance.objectNode();
        environment.forEach((name, template) -> json.put(name, template.text()));
        return json;
    }

    static ArrayNode strings(final List<String> strings) {
        final ArrayNode json = JsonNodeFactory.instance.arrayNode();
        strings.forEach(json::add);
        return json;
    }

    static <T> List<T> list(final JsonNode json, final Function<JsonNode, T> item) {
        final List<T> list = new ArrayList<>();
        json.forEach(node -> list.add(item.apply(node)));
        return list;
    }

    static <T> Map<String, T> map(final JsonNode json, final Function<String, T> value) {
        final Map<String, T> map = new LinkedHashMap<>();
        json.properties()
                .forEach(entry ->
                        map.put(entry.getKey(), value.apply(entry.getValue().stringValue())));
        return map;
    }

    static <T> Optional<T> optional(final JsonNode json, final String key, final Function<JsonNode, T> value) {
        return json.has(key) ? Optional.of(value.apply(json.required(key))) : Optional.empty();
    }

    static Duration duration(final JsonNode json) {
        return Duration.ofMillis(json.longValue());
    }

    static <T> T word(final T[] choices, final Function<T, String> wordOf, final JsonNode json) {
        for (final T choice : choices) {
            if (wordOf.apply(choice).equals(json.stringValue())) {
                return choice;
            }
        }
        throw new IllegalArgumentException("not a workflow definition: unknown word " + JsonText.describe(json));
    }
}
