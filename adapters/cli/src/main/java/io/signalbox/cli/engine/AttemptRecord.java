package io.signalbox.cli.engine;

import io.signalbox.cli.process.StoredFile;
import io.signalbox.cli.view.JsonView;
import io.signalbox.cli.view.StepState;
import io.signalbox.yaml.ResultKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * The end of an attempt as it stands in the journal: the result's bytes, and beside them a JSON object with what else is known. Paths
 * are relative to the run's folder, which may be moved.
 */
final class AttemptRecord {
    private static final int TEXT_LENGTH_MAX = 2_000;

    private AttemptRecord() {}

    /** The result's bytes: text as it is, JSON as JSON. */
    static byte[] result(final AttemptResult result, final ResultKind kind) {
        return result.result()
                .map(node -> kind == ResultKind.TEXT ? node.asString() : JsonView.MAPPER.writeValueAsString(node))
                .orElse("")
                .getBytes(StandardCharsets.UTF_8);
    }

    /**
     * What was decided about the failures of a step.
     *
     * @param decisions a word for each failure; see {@link StepRecovery}
     * @param failedAttempt the last one
     * @param isOver whether no attempt follows
     */
    record Recovered(List<String> decisions, int failedAttempt, boolean isOver) {
        Recovered {
            decisions = List.copyOf(decisions);
        }
    }

    /** What is noted in a detail of the step's recovery; empty when nothing is. */
    static Optional<Recovered> recovered(final byte[] detail) {
        if (detail.length == 0) {
            return Optional.empty();
        }
        final JsonNode node = JsonView.MAPPER
                .readTree(new String(detail, StandardCharsets.UTF_8))
                .path("recovery");
        final List<String> decisions = new ArrayList<>();
        node.path("decisions").forEach(word -> decisions.add(word.asString()));
        return node.isMissingNode()
                ? Optional.empty()
                : Optional.of(new Recovered(
                        decisions,
                        node.path("failed_attempt").asInt(),
                        node.path("is_over").asBoolean()));
    }

    /** Why the attempt of a detail was no success. */
    static String message(final byte[] detail) {
        return JsonView.MAPPER
                .readTree(new String(detail, StandardCharsets.UTF_8))
                .path("message")
                .asString();
    }

    /** Everything but the result. */
    static byte[] detail(final AttemptResult result, final Path root) {
        return detail(result, root, Optional.empty());
    }

    /** Everything but the result, and what was decided about a failure. */
    static byte[] detail(final AttemptResult result, final Path root, final Optional<Recovered> recovered) {
        final ObjectNode node = JsonView.MAPPER.createObjectNode();
        node.put("state", result.state().word());
        result.exitCode().ifPresent(code -> node.put("exit_code", code));
        node.put("elapsed_ms", result.elapsedMs());
        node.put("has_result", result.result().isPresent());
        node.put("message", cut(result.message()));
        result.resultFile().ifPresent(file -> node.set("result_file", file(file, root)));
        final ObjectNode outputs = node.putObject("outputs");
        result.outputs().forEach((name, file) -> outputs.set(name, file(file, root)));
        recovered.ifPresent(present -> {
            final ObjectNode recovery = node.putObject("recovery");
            present.decisions().forEach(recovery.putArray("decisions")::add);
            recovery.put("failed_attempt", present.failedAttempt());
            recovery.put("is_over", present.isOver());
        });
        return JsonView.MAPPER.writeValueAsBytes(node);
    }

    private static ObjectNode file(final StoredFile file, final Path root) {
        final ObjectNode node = JsonView.MAPPER.createObjectNode();
        node.put("path", root.relativize(file.path()).toString());
        node.put("size_bytes", file.sizeBytes());
        node.put("sha256", file.sha256());
        return node;
    }

    private static String cut(final String text) {
        return text.length() <= TEXT_LENGTH_MAX ? text : text.substring(0, TEXT_LENGTH_MAX) + " ...";
    }

    /** Reads an attempt back; empty when none has ended. */
    static Optional<AttemptResult> read(
            final byte[] resultBytes, final byte[] detail, final ResultKind kind, final Path root) {
        if (detail.length == 0) {
            return Optional.empty();
        }
        final JsonNode node = JsonView.MAPPER.readTree(new String(detail, StandardCharsets.UTF_8));
        final Map<String, StoredFile> outputs = new LinkedHashMap<>();
        for (final Map.Entry<String, JsonNode> output : node.path("outputs").properties()) {
            outputs.put(output.getKey(), file(output.getValue(), root));
        }
        return Optional.of(new AttemptResult(
                StepState.valueOf(node.path("state").asString().toUpperCase(Locale.ROOT)),
                node.has("exit_code") ? OptionalInt.of(node.path("exit_code").asInt()) : OptionalInt.empty(),
                node.path("has_result").asBoolean() ? Optional.of(result(resultBytes, kind)) : Optional.empty(),
                node.has("result_file") ? Optional.of(file(node.path("result_file"), root)) : Optional.empty(),
                outputs,
                node.path("message").asString(),
                List.of(),
                node.path("elapsed_ms").asLong()));
    }

    private static JsonNode result(final byte[] bytes, final ResultKind kind) {
        final String text = new String(bytes, StandardCharsets.UTF_8);
        return kind == ResultKind.TEXT ? StringNode.valueOf(text) : JsonView.MAPPER.readTree(text);
    }

    private static StoredFile file(final JsonNode node, final Path root) {
        return new StoredFile(
                root.resolve(node.path("path").asString()),
                node.path("size_bytes").asLong(),
                node.path("sha256").asString());
    }
}
