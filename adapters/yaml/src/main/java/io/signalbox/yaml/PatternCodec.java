package io.signalbox.yaml;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A step that stands for a pattern, in a workflow's JSON. */
final class PatternCodec {
    private PatternCodec() {}

    static void put(final ObjectNode json, final Run.Pattern pattern) {
        json.put("name", pattern.name());
        json.put("text", pattern.text());
        FlowCodec.putArguments(json.putObject("parameters"), pattern.parameters());
        pattern.initial().ifPresent(type -> json.put("initial", type));
        final ObjectNode tasks = json.putObject("tasks");
        pattern.tasks().forEach((type, task) -> {
            final ObjectNode node = tasks.putObject(type);
            FlowCodec.putRun(node, task.run());
            node.set("env", WorkflowCodec.environment(task.env()));
            task.timeout().ifPresent(timeout -> node.put("timeout_ms", timeout.toMillis()));
            node.set("retry", WorkflowCodec.retry(task.retry()));
            node.put("result", task.result().word());
        });
    }

    static Run.Pattern read(final JsonNode json) {
        final Map<String, TaskRun> tasks = new LinkedHashMap<>();
        json.required("tasks").properties().forEach(entry -> tasks.put(entry.getKey(), task(entry.getValue())));
        return new Run.Pattern(
                json.required("name").stringValue(),
                json.required("text").stringValue(),
                FlowCodec.arguments(json.required("parameters")),
                WorkflowCodec.optional(json, "initial", JsonNode::stringValue),
                tasks);
    }

    private static TaskRun task(final JsonNode json) {
        return new TaskRun(
                FlowCodec.run(json),
                WorkflowCodec.map(json.required("env"), Template::parse),
                WorkflowCodec.optional(json, "timeout_ms", WorkflowCodec::duration),
                WorkflowCodec.retry(json.required("retry")),
                WorkflowCodec.word(ResultKind.values(), ResultKind::word, json.required("result")));
    }
}
