package io.signalbox.yaml;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The parts of a workflow's JSON that say how steps stand among each other. Fields that say nothing are left out. */
final class FlowCodec {
    private FlowCodec() {}

    static void putRun(final ObjectNode json, final Run run) {
        if (run instanceof Run.Shell shell) {
            json.put("script", shell.script());
        } else if (run instanceof Run.Exec exec) {
            json.set(
                    "argv",
                    WorkflowCodec.strings(
                            exec.argv().stream().map(Template::text).toList()));
        } else if (run instanceof Run.Approval approval) {
            json.put("approve", approval.message().text());
        } else if (run instanceof Run.AfterFailure after) {
            json.put("after_failure", after.step());
        } else if (run instanceof Run.Condition) {
            json.put("condition", true);
        } else if (run instanceof Run.PatternTask task) {
            json.put("pattern_task", task.about());
            json.put("judges", task.judges());
            task.run().ifPresent(executed -> putRun(json.putObject("task_run"), executed));
        } else if (run instanceof Run.Pattern pattern) {
            PatternCodec.put(json.putObject("pattern"), pattern);
        } else if (run instanceof Run.Gate gate) {
            final ObjectNode node = json.putObject("gate");
            node.put("block", gate.block().word());
            node.set("strategy", strategy(gate.strategy()));
            node.put("timer_from", gate.timerFrom());
        }
    }

    static Run run(final JsonNode json) {
        if (json.has("script")) {
            return new Run.Shell(json.required("script").stringValue());
        } else if (json.has("approve")) {
            return new Run.Approval(Template.parse(json.required("approve").stringValue()));
        } else if (json.has("after_failure")) {
            return new Run.AfterFailure(json.required("after_failure").stringValue());
        } else if (json.has("condition")) {
            return new Run.Condition();
        } else if (json.has("pattern_task")) {
            return new Run.PatternTask(
                    json.required("pattern_task").stringValue(),
                    json.required("judges").booleanValue(),
                    WorkflowCodec.optional(json, "task_run", FlowCodec::run));
        } else if (json.has("pattern")) {
            return PatternCodec.read(json.required("pattern"));
        } else if (json.has("gate")) {
            final JsonNode gate = json.required("gate");
            return new Run.Gate(
                    WorkflowCodec.word(Run.Block.values(), Run.Block::word, gate.required("block")),
                    strategy(gate.required("strategy")),
                    gate.required("timer_from").stringValue());
        }
        return new Run.Exec(WorkflowCodec.list(json.required("argv"), item -> Template.parse(item.stringValue())));
    }

    private static ObjectNode strategy(final Strategy strategy) {
        final ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("rule", strategy.rule().word());
        json.put("required", strategy.required());
        json.put("quality_min", strategy.qualityMin());
        json.put("cancel", strategy.cancel().word());
        strategy.timeout().ifPresent(timeout -> json.put("timeout_ms", timeout.toMillis()));
        return json;
    }

    private static Strategy strategy(final JsonNode json) {
        return new Strategy(
                WorkflowCodec.word(Strategy.Rule.values(), Strategy.Rule::word, json.required("rule")),
                json.required("required").intValue(),
                json.required("quality_min").doubleValue(),
                WorkflowCodec.word(Strategy.Cancel.values(), Strategy.Cancel::word, json.required("cancel")),
                WorkflowCodec.optional(json, "timeout_ms", WorkflowCodec::duration));
    }

    static ObjectNode flow(final Flow flow) {
        final ObjectNode json = JsonNodeFactory.instance.objectNode();
        flow.onFailure().ifPresent(meaning -> json.put("on_failure", meaning.word()));
        flow.compensates().ifPresent(step -> json.put("compensates", step));
        if (flow.priority() != 0) {
            json.put("priority", flow.priority());
        }
        if (!flow.uses().isEmpty()) {
            final ObjectNode uses = json.putObject("uses");
            flow.uses().forEach(uses::put);
        }
        if (!flow.placement().equals(Placement.ANYBODY)) {
            final ObjectNode placement = json.putObject("placement");
            flow.placement().agent().ifPresent(agent -> placement.put("agent", agent));
            flow.placement().role().ifPresent(role -> placement.put("role", role));
            placement.set("capabilities", WorkflowCodec.strings(flow.placement().capabilities()));
        }
        flow.strategy().ifPresent(strategy -> json.set("strategy", strategy(strategy)));
        if (!flow.recovery().equals(Recovery.NONE)) {
            json.set("recovery", recovery(flow.recovery()));
        }
        if (!flow.parent().isEmpty()) {
            json.put("parent", flow.parent());
        }
        if (!flow.scope().isEmpty()) {
            json.put("scope", flow.scope());
        }
        return json;
    }

    static Flow flow(final JsonNode json) {
        final Map<String, Integer> uses = new LinkedHashMap<>();
        json.path("uses")
                .properties()
                .forEach(entry -> uses.put(entry.getKey(), entry.getValue().intValue()));
        final JsonNode placement = json.path("placement");
        return new Flow(
                WorkflowCodec.optional(
                        json, "on_failure", word -> WorkflowCodec.word(OnFailure.values(), OnFailure::word, word)),
                WorkflowCodec.optional(json, "compensates", JsonNode::stringValue),
                json.path("priority").asInt(),
                uses,
                new Placement(
                        WorkflowCodec.optional(placement, "agent", JsonNode::stringValue),
                        WorkflowCodec.optional(placement, "role", JsonNode::stringValue),
                        WorkflowCodec.list(placement.path("capabilities"), JsonNode::stringValue)),
                WorkflowCodec.optional(json, "strategy", FlowCodec::strategy),
                json.has("recovery") ? recovery(json.required("recovery")) : Recovery.NONE,
                json.path("parent").asString(),
                json.path("scope").asString());
    }

    private static ObjectNode recovery(final Recovery recovery) {
        final ObjectNode json = JsonNodeFactory.instance.objectNode();
        final ArrayNode alternatives = json.putArray("alternatives");
        for (final Recovery.Alternative alternative : recovery.alternatives()) {
            final ObjectNode node = alternatives.addObject();
            putRun(node, alternative.run());
            node.set("env", WorkflowCodec.environment(alternative.env()));
        }
        recovery.fallback().ifPresent(result -> json.set("fallback", result));
        if (!recovery.levels().isEmpty()) {
            json.set("levels", WorkflowCodec.strings(recovery.levels()));
        }
        if (recovery.escalates()) {
            json.put("escalates", true);
        }
        put(json, "rules", recovery.rules(), FlowCodec::rule);
        return json;
    }

    private static ObjectNode rule(final Recovery.Rule rule) {
        final ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("error", rule.error());
        json.set("ends", WorkflowCodec.strings(rule.ends()));
        json.set(
                "try",
                WorkflowCodec.strings(
                        rule.means().stream().map(Recovery.Means::word).toList()));
        rule.retries().ifPresent(retries -> json.put("retries", retries));
        rule.correction().ifPresent(correction -> {
            final ObjectNode node = json.putObject("correct");
            putRun(node.putObject("run"), correction.run());
            correction.check().ifPresent(check -> putRun(node.putObject("check"), check));
        });
        return json;
    }

    private static Recovery.Rule rule(final JsonNode json) {
        return new Recovery.Rule(
                json.required("error").stringValue(),
                WorkflowCodec.list(json.required("ends"), JsonNode::stringValue),
                WorkflowCodec.list(
                        json.required("try"),
                        word -> WorkflowCodec.word(Recovery.Means.values(), Recovery.Means::word, word)),
                json.has("retries") ? OptionalInt.of(json.required("retries").intValue()) : OptionalInt.empty(),
                WorkflowCodec.optional(
                        json,
                        "correct",
                        node -> new Recovery.Correction(
                                run(node.required("run")), WorkflowCodec.optional(node, "check", FlowCodec::run))));
    }

    private static Recovery recovery(final JsonNode json) {
        return new Recovery(
                WorkflowCodec.list(json.path("rules"), FlowCodec::rule),
                WorkflowCodec.list(
                        json.required("alternatives"),
                        node -> new Recovery.Alternative(
                                run(node), WorkflowCodec.map(node.required("env"), Template::parse))),
                WorkflowCodec.list(json.path("levels"), JsonNode::stringValue),
                WorkflowCodec.optional(json, "fallback", Function.identity()),
                json.path("escalates").asBoolean());
    }

    static ObjectNode limit(final Limit limit) {
        final ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", limit.name());
        json.put("capacity", limit.capacity());
        json.put("rate", limit.rate());
        json.put("per_ms", limit.per().toMillis());
        return json;
    }

    static Limit limit(final JsonNode json) {
        return new Limit(
                json.required("name").stringValue(),
                json.required("capacity").intValue(),
                json.required("rate").intValue(),
                Duration.ofMillis(json.required("per_ms").longValue()));
    }

    static ObjectNode call(final Call call) {
        final ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", call.id());
        json.put("scope", call.scope());
        json.put("source", call.source().toString());
        json.put("source_text", call.sourceText());
        putArguments(json.putObject("inputs"), call.inputs());
        if (!call.outputs().isEmpty()) {
            putArguments(json.putObject("outputs"), call.outputs());
        }
        return json;
    }

    static Call call(final JsonNode json) {
        return new Call(
                json.required("id").stringValue(),
                json.required("scope").stringValue(),
                Path.of(json.required("source").stringValue()),
                json.required("source_text").stringValue(),
                arguments(json.required("inputs")),
                arguments(json.path("outputs")));
    }

    static void putArguments(final ObjectNode json, final Map<String, Call.Argument> arguments) {
        arguments.forEach((name, argument) -> {
            final ObjectNode node = json.putObject(name);
            argument.literal().ifPresent(value -> node.set("value", value));
            argument.template().ifPresent(template -> node.put("template", template.text()));
        });
    }

    static Map<String, Call.Argument> arguments(final JsonNode json) {
        final Map<String, Call.Argument> arguments = new LinkedHashMap<>();
        json.properties()
                .forEach(entry -> arguments.put(
                        entry.getKey(),
                        new Call.Argument(
                                WorkflowCodec.optional(entry.getValue(), "value", Function.identity()),
                                WorkflowCodec.optional(
                                        entry.getValue(), "template", text -> Template.parse(text.stringValue())))));
        return arguments;
    }

    static <T> void put(
            final ObjectNode json, final String key, final List<T> items, final Function<T, ObjectNode> codec) {
        if (!items.isEmpty()) {
            final ArrayNode list = json.putArray(key);
            items.forEach(item -> list.add(codec.apply(item)));
        }
    }
}
