package io.signalbox.cli.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.cli.crash.Launched;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The example of code generation, in a copy, through the launcher: what a person does with it, and {@code kill -9} in it. */
class CodegenTest {
    private static final Path EXAMPLE = Path.of("../../docs/examples/codegen");

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static byte[] jar;
    private static String digest;

    @BeforeAll
    static void runUndisturbed() throws Exception {
        final Path example = copy(shared.resolve("reference"));
        final Launched.Ended ended = run(example).exits(0);
        jar = Files.readAllBytes(jar(ended));
        digest = ended.digest();
    }

    @Test
    void shouldGiveTheSameBytesAndDigestAfterKills() throws Exception {
        final Path example = copy(folder.resolve("another place"));
        final Launched first = start(example, "run", "workflow.yaml", "--json");
        first.until("contracts are parsed", () -> first.outSoFar().contains("\"step\":\"parse[3]\""));
        first.kill();
        for (final String step : List.of("link", "compile", "package")) {
            final Launched next = start(example, "resume", "--json");
            next.until(step + " starts", () -> starts(next, step));
            next.kill();
        }
        final Launched.Ended last = start(example, "resume", "--json").end().exits(0);
        assertThat(last.digest()).isEqualTo(digest);
        assertThat(Files.readAllBytes(jar(last))).isEqualTo(jar);
        assertThat(last.event("run_started").path("finished_before").size()).isGreaterThan(12);
        Launched.run(example, "replay", "--verify").exits(0);
    }

    private static boolean starts(final Launched launched, final String step) {
        return launched.outSoFar()
                .lines()
                .anyMatch(line -> line.contains("\"step_started\"") && line.contains("\"step\":\"" + step + "\""));
    }

    @Test
    void shouldGiveANewFieldItsAccessor() throws Exception {
        final Path example = copy(folder.resolve("example"));
        final Path contract = example.resolve("contracts/customer.json");
        final String before = Files.readString(contract);
        final String after = before.replaceFirst(
                "\"properties\"\\s*:\\s*\\{",
                "\"properties\": {\n    \"nickname\": {\"type\": \"string\", \"maxLength\": 20},");
        assertThat(after).isNotEqualTo(before);
        Files.writeString(contract, after);
        final Path changed = jar(run(example).exits(0));
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {changed.toUri().toURL()}, null)) {
            final Class<?> customer = loader.loadClass("com.example.shop.Customer");
            assertThat(customer.getMethod("nickname").getReturnType()).isEqualTo(String.class);
        }
        final Path old = Files.write(folder.resolve("old.jar"), jar);
        try (URLClassLoader loader = new URLClassLoader(new URL[] {old.toUri().toURL()}, null)) {
            assertThat(loader.loadClass("com.example.shop.Customer").getMethods())
                    .noneMatch(method -> method.getName().equals("nickname"));
        }
    }

    @Test
    void shouldEndAtTheGateWhenAValidatorIsBroken() throws Exception {
        final Path example = copy(folder.resolve("example"));
        final Path generator = example.resolve("steps/GenerateValidators.java");
        final String before = Files.readString(generator);
        final String after = before.replace("length + \" > \"", "length + \" >= \"");
        assertThat(after).isNotEqualTo(before);
        Files.writeString(generator, after);
        final Launched.Ended ended = run(example).exits(1);
        final JsonNode gate = ended.events("step_finished").stream()
                .filter(line -> line.path("step").asString().equals("gate"))
                .findFirst()
                .orElseThrow();
        assertThat(gate.path("state").asString()).isEqualTo("failed");
        assertThat(gate.path("stderr_tail").toString())
                .contains("failed: Address/street accepts ", "rule=maxLength", "quality gate: ", "tests passed");
        assertThat(ended.events("step_cancelled"))
                .extracting(line -> line.path("step").asString())
                .containsExactly("package");
        Files.writeString(generator, before);
        final Launched.Ended resumed = start(example, "resume", "--json").end().exits(1);
        assertThat(resumed.events("step_started"))
                .as("only the gate is tried again: the rest has succeeded")
                .extracting(line -> line.path("step").asString())
                .containsExactly("gate");
    }

    @Test
    void shouldNameEveryMistakeOfAnInvalidContract() throws Exception {
        final Path example = copy(folder.resolve("example"));
        final Launched.Ended ended = run(example, "--input", "contracts=[\"contracts-invalid/invoice.json\"]")
                .exits(1);
        assertThat(ended.events("step_finished").get(0).path("stderr_tail").toString())
                .contains(
                        "invoice.json#/required: \\\"dueOn\\\" is not among the properties. Declare it, or take it out.",
                        "has no such keyword. Did you mean \\\"maxLength\\\"?",
                        "expected a number, found \\\"0.01\\\". Write it without quotes.");
    }

    private static Launched.Ended run(final Path example, final String... more) throws IOException {
        final String[] arguments = new String[3 + more.length];
        arguments[0] = "run";
        arguments[1] = "workflow.yaml";
        arguments[2] = "--json";
        System.arraycopy(more, 0, arguments, 3, more.length);
        return start(example, arguments).end();
    }

    private static Launched start(final Path example, final String... arguments) throws IOException {
        return Launched.start(example, Map.of(), List.of(arguments));
    }

    private static Path jar(final Launched.Ended ended) {
        for (final JsonNode output : ended.event("run_finished").path("outputs")) {
            if (output.path("name").asString().equals("jar")) {
                return Path.of(output.path("path").asString());
            }
        }
        throw new AssertionError("no jar among the outputs: " + ended);
    }

    private static Path copy(final Path target) throws IOException {
        try (Stream<Path> paths = Files.walk(EXAMPLE)) {
            for (final Path path : paths.filter(path -> !path.toString().contains(".signalbox"))
                    .toList()) {
                Files.createDirectories(target.getParent());
                Files.copy(path, target.resolve(EXAMPLE.relativize(path).toString()));
            }
        }
        return target.toRealPath();
    }
}
