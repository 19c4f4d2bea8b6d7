package io.signalbox.cli.engine;

import io.signalbox.cli.process.PrivateFiles;
import io.signalbox.cli.view.JsonView;
import io.signalbox.cli.view.StepState;
import io.signalbox.kernel.workflow.StepSnapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a run takes over from an earlier one: the ends of steps that it does not run itself. Kept in the run's folder until its journal holds them, so that it can be
 * resumed in between.
 *
 * @param steps by id
 */
record Carried(Map<String, End> steps) {
    static final Carried NOTHING = new Carried(Map.of());

    private static final String FILE = "carried.json";

    /**
     * How a step ended.
     *
     * @param state final
     * @param exitCode of its last attempt
     * @param quality of its result
     * @param result as journaled
     * @param detail as journaled
     */
    record End(StepState state, int exitCode, double quality, byte[] result, byte[] detail) {
        static End of(final RunRecord run, final StepSnapshot step) {
            return new End(run.state(step), step.exitCode(), step.quality(), step.result(), step.detail());
        }
    }

    static Carried read(final RunFolder folder) throws IOException {
        final Path file = folder.root().resolve(FILE);
        if (!Files.exists(file)) {
            return NOTHING;
        }
        final Map<String, End> steps = new LinkedHashMap<>();
        for (final Map.Entry<String, JsonNode> entry :
                JsonView.MAPPER.readTree(Files.readString(file)).properties()) {
            final JsonNode node = entry.getValue();
            steps.put(
                    entry.getKey(),
                    new End(
                            StepState.valueOf(node.path("state").asString().toUpperCase(Locale.ROOT)),
                            node.path("exit_code").asInt(),
                            node.path("quality").asDouble(),
                            Base64.getDecoder().decode(node.path("result").asString()),
                            Base64.getDecoder().decode(node.path("detail").asString())));
        }
        return new Carried(steps);
    }

    void write(final RunFolder folder) throws IOException {
        final ObjectNode json = JsonView.MAPPER.createObjectNode();
        steps.forEach((id, end) -> {
            final ObjectNode node = json.putObject(id);
            node.put("state", end.state().word());
            node.put("exit_code", end.exitCode());
            node.put("quality", end.quality());
            node.put("result", Base64.getEncoder().encodeToString(end.result()));
            node.put("detail", Base64.getEncoder().encodeToString(end.detail()));
        });
        PrivateFiles.write(folder.root().resolve(FILE), JsonView.MAPPER.writeValueAsBytes(json));
    }

    /** Copies the files that the results and outputs of these steps stand in from one run's folder to another's. */
    void copyFiles(final RunFolder from, final RunFolder to) throws IOException {
        for (final End end : steps.values()) {
            for (final String path : paths(end.detail())) {
                final Path source = from.root().resolve(path).normalize();
                if (source.startsWith(from.root()) && Files.exists(source, LinkOption.NOFOLLOW_LINKS)) {
                    copy(source, to.root().resolve(path));
                }
            }
        }
    }

    private static List<String> paths(final byte[] detail) {
        final List<String> paths = new ArrayList<>();
        if (detail.length > 0) {
            final JsonNode node = JsonView.MAPPER.readTree(new String(detail, StandardCharsets.UTF_8));
            if (node.has("result_file")) {
                paths.add(node.path("result_file").path("path").asString());
            }
            node.path("outputs").forEach(output -> paths.add(output.path("path").asString()));
        }
        return paths;
    }

    private static void copy(final Path source, final Path target) throws IOException {
        PrivateFiles.createFolders(target.getParent());
        try (Stream<Path> all = Files.walk(source)) {
            for (final Path path : all.toList()) {
                Files.copy(
                        path,
                        target.resolve(source.relativize(path).toString()),
                        StandardCopyOption.REPLACE_EXISTING,
                        StandardCopyOption.COPY_ATTRIBUTES,
                        LinkOption.NOFOLLOW_LINKS);
            }
        }
    }
}
