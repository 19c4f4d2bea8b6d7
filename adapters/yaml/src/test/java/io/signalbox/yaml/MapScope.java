package io.signalbox.yaml;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A scope that is written down. */
final class MapScope implements Scope {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ObjectNode inputs = JsonNodeFactory.instance.objectNode();
    private final Map<String, StepOutcomes> steps = new LinkedHashMap<>();
    private final Map<String, Call> calls = new LinkedHashMap<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private Optional<JsonNode> item = Optional.empty();
    private OptionalInt index = OptionalInt.empty();

    static JsonNode json(final String text) {
        return JSON.readTree(text);
    }

    MapScope input(final String name, final String json) {
        inputs.set(name, json(json));
        return this;
    }

    MapScope step(final String id, final StepOutcome outcome) {
        steps.put(id, new StepOutcomes(false, java.util.List.of(outcome)));
        return this;
    }

    MapScope foreachStep(final String id, final StepOutcome... outcomes) {
        steps.put(id, new StepOutcomes(true, Arrays.asList(outcomes)));
        return this;
    }

    MapScope called(final Call call) {
        calls.put(call.id(), call);
        return this;
    }

    @Override
    public Optional<Call> call(final String id) {
        return Optional.ofNullable(calls.get(id));
    }

    MapScope variable(final String name, final String value) {
        environment.put(name, value);
        return this;
    }

    MapScope item(final int at, final String json) {
        item = Optional.of(json(json));
        index = OptionalInt.of(at);
        return this;
    }

    static StepOutcome succeeded(final String resultJson) {
        return new StepOutcome(
                "succeeded", OptionalInt.of(0), Optional.of(json(resultJson)), Map.of("jar", "/out/a.jar"));
    }

    static StepOutcome skipped() {
        return new StepOutcome("skipped", OptionalInt.empty(), Optional.empty(), Map.of());
    }

    @Override
    public ObjectNode inputs() {
        return inputs;
    }

    @Override
    public Optional<StepOutcomes> step(final String id) {
        return Optional.ofNullable(steps.get(id));
    }

    @Override
    public Optional<String> environment(final String name) {
        return Optional.ofNullable(environment.get(name));
    }

    @Override
    public Optional<JsonNode> foreachItem() {
        return item;
    }

    @Override
    public OptionalInt foreachIndex() {
        return index;
    }

    @Override
    public Path runDirectory() {
        return Path.of("/runs/1");
    }

    @Override
    public Path workflowDirectory() {
        return Path.of("/flows");
    }

    @Override
    public String signalboxClasspath() {
        return "/lib/a.jar:/lib/b.jar";
    }
}
