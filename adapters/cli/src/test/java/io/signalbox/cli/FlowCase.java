package io.signalbox.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.cli.engine.KernelEngine;
import io.signalbox.cli.engine.RunFolder;
import io.signalbox.cli.view.JsonView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What tests of whole runs by the command line have in common: a folder, the command, and what {@code inspect} says of the newest run. */
abstract class FlowCase {
    static final Path EXAMPLES = Path.of("../../docs/examples");

    @TempDir
    Path folder;

    record Ended(int exitCode, String out, String err) {
        Ended exits(final int expected) {
            assertThat(exitCode).as(out + err).isEqualTo(expected);
            return this;
        }
    }

    void awaitQuestion(final String step) throws Exception {
        final long deadlineNs = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (System.nanoTime() < deadlineNs) {
            final Ended listed = signalbox("list", "--json", "--last", "1");
            if (listed.out().contains("\"asking\":[\"" + step + "\"]")) {
                return;
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("nobody asks " + step);
    }

    RunFolder newest() throws Exception {
        return RunFolder.latest(folder.resolve("data"));
    }

    JsonNode inspect() {
        return JsonView.MAPPER.readTree(signalbox("inspect", "--json").exits(0).out());
    }

    static JsonNode step(final JsonNode run, final String id) {
        for (final JsonNode step : run.path("step_list")) {
            if (step.path("id").asString().equals(id)) {
                return step;
            }
        }
        throw new AssertionError("no step " + id + " in " + run);
    }

    static List<String> ids(final JsonNode run) {
        final List<String> ids = new ArrayList<>();
        run.path("step_list").forEach(step -> ids.add(step.path("id").asString()));
        return ids;
    }

    static String state(final JsonNode run, final String id) {
        return step(run, id).path("state").asString();
    }

    static String result(final JsonNode run, final String id) {
        return step(run, id).path("result").asString();
    }

    String workflow(final String... steps) throws IOException {
        final Path file = folder.resolve("w.yaml");
        Files.writeString(file, "steps:\n" + String.join("\n", steps).indent(2));
        return file.toString();
    }

    static String example(final String name) {
        return EXAMPLES.resolve(name).resolve("workflow.yaml").toString();
    }

    Ended signalbox(final String... args) {
        final List<String> all = new ArrayList<>(Arrays.asList(args));
        all.addAll(1, List.of("--data", folder.resolve("data").toString()));
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final ByteArrayOutputStream err = new ByteArrayOutputStream();
        final Console console = new Console(
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                System.getenv(),
                KernelEngine::new);
        final int exitCode = Main.execute(console, all.toArray(String[]::new));
        return new Ended(exitCode, out.toString(UTF_8), err.toString(UTF_8));
    }
}
