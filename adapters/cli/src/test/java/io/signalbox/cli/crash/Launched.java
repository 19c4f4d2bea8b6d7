package io.signalbox.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.cli.engine.RunFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One start of the real launcher, its output in files. */
public final class Launched {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long PATIENCE_S = 120;

    private final Process process;
    private final Path out;
    private final Path err;

    private Launched(final Process process, final Path out, final Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** What came of it. */
    public record Ended(int exitCode, String out, String err) {
        /** The JSON lines of standard output with this {@code event}. */
        public List<JsonNode> events(final String event) {
            return out.lines()
                    .filter(line -> line.startsWith("{"))
                    .map(JSON::readTree)
                    .filter(line -> line.path("event").asString().equals(event))
                    .toList();
        }

        /** The last of them. */
        public JsonNode event(final String event) {
            final List<JsonNode> all = events(event);
            assertThat(all).as(() -> event + " in " + this).isNotEmpty();
            return all.get(all.size() - 1);
        }

        /** The result digest of a run that ended. */
        public String digest() {
            return event("run_finished").path("result_digest").asString();
        }

        /** Standard output as one JSON document. */
        public JsonNode json() {
            return JSON.readTree(out);
        }

        /** Assert an exit code, showing everything when it is another. */
        public Ended exits(final int expected) {
            assertThat(exitCode).as(this::toString).isEqualTo(expected);
            return this;
        }
    }

    /** Start it in a directory. */
    public static Launched start(
            final Path directory, final Map<String, String> environment, final List<String> arguments)
            throws IOException {
        return startAs(House.launcher(), directory, environment, arguments);
    }

    /** The same through another path to the launcher. */
    public static Launched startAs(
            final Path launcher,
            final Path directory,
            final Map<String, String> environment,
            final List<String> arguments)
            throws IOException {
        // whoever starts the tests in the background of a shell has SIGINT ignored, and so has everybody below
        final List<String> command =
                new ArrayList<>(List.of("env", "--default-signal=INT,HUP,TERM", launcher.toString()));
        command.addAll(arguments);
        final Path out = Files.createTempFile("signalbox", ".out");
        final Path err = Files.createTempFile("signalbox", ".err");
        final ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        final Map<String, String> inherited = new HashMap<>(builder.environment());
        inherited.keySet().removeIf(name -> name.startsWith("SIGNALBOX_") || name.startsWith("JAVA_TOOL"));
        inherited.putAll(environment);
        builder.environment().clear();
        builder.environment().putAll(inherited);
        return new Launched(builder.start(), out, err);
    }

    /** Start it and wait for its end. */
    public static Ended run(final Path directory, final String... arguments) throws IOException {
        return run(directory, Map.of(), arguments);
    }

    /** Start it and wait for its end. */
    public static Ended run(final Path directory, final Map<String, String> environment, final String... arguments)
            throws IOException {
        return start(directory, environment, List.of(arguments)).end();
    }

    /** Wait for its end. */
    public Ended end() throws IOException {
        try {
            if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("signalbox did not end in " + PATIENCE_S + " s: " + outSoFar() + errSoFar());
            }
            final Ended ended = new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
            Files.delete(out);
            Files.delete(err);
            return ended;
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** {@code kill -9}, and its end. */
    public Ended kill() throws IOException {
        process.destroyForcibly();
        return end();
    }

    /** Send a signal: TERM, INT, STOP, CONT. */
    public void signal(final String name) throws IOException {
        signal(process.pid(), name);
    }

    static void signal(final long pid, final String name) throws IOException {
        try {
            new ProcessBuilder("/bin/kill", "-" + name, Long.toString(pid))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Its process, which the launcher has become. */
    public long pid() {
        return process.pid();
    }

    /** Whether it runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** What it has said. */
    public String outSoFar() {
        return read(out);
    }

    /** What it has said on standard error. */
    public String errSoFar() {
        return read(err);
    }

    /** Wait until a condition holds; fails when it does not in time or when this program ends first. */
    public void until(final String what, final BooleanSupplier condition) {
        await(what + ", while signalbox said " + read(out) + read(err), () -> condition.getAsBoolean() || !isAlive());
        assertThat(condition.getAsBoolean())
                .as(() -> "signalbox ended before: " + what + "\n" + read(out) + read(err))
                .isTrue();
    }

    /** Look again and again, because what is waited for happens in another program. */
    static void await(final String what, final BooleanSupplier condition) {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadlineNs) {
                throw new AssertionError("did not come to pass in " + PATIENCE_S + " s: " + what);
            }
            java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
        }
    }

    static String read(final Path path) {
        try {
            return Files.exists(path) ? Files.readString(path) : "";
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything about the newest run of a directory, for a message. */
    static String describe(final Path directory) {
        try {
            return run(directory, "inspect", "--json").out();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The only run, or the newest, of a directory. */
    static RunFolder newest(final Path directory) throws IOException {
        final List<RunFolder> all = RunFolder.all(directory.resolve(".signalbox"));
        return all.get(all.size() - 1);
    }
}
