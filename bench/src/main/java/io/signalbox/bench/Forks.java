package io.signalbox.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Starts child JVMs, one at a time, each with one subject: the java that runs us, our class path, no flag of ours but those that a journal's
 * engine needs.
 */
final class Forks {
    private static final long GRACE_MS = 20_000;

    /** As docs/operating.md lists them. */
    private static final List<String> JOURNAL_FLAGS = List.of(
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=java.base/jdk.internal.ref=ALL-UNNAMED",
            "-XX:+IgnoreUnrecognizedVMOptions",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED",
            "-Dchronicle.analytics.disable=true");

    private final Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    private final Path directory;
    private final List<String> flags;
    private int forks;

    /** {@code directory} receives each fork's output and result. */
    Forks(final Path directory, final List<String> flags) {
        this.directory = directory;
        this.flags = List.copyOf(flags);
    }

    /** Measure {@code subject} in a fork of its own. {@link ForkFailed} when it did not do what it claims, or hung. */
    Measurement measure(final String subject, final Phases phases) throws IOException, InterruptedException {
        final String name = "%03d-%s".formatted(++forks, subject);
        final Path result = directory.resolve(name + ".json");
        final Path output = directory.resolve(name + ".out");
        final List<String> command = new ArrayList<>();
        command.add(java.toString());
        command.addAll(flags);
        if (subject.endsWith(".journaled")) {
            command.addAll(JOURNAL_FLAGS);
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ForkMain.class.getName(), subject));
        command.addAll(List.of(
                Long.toString(phases.warmUpMs()),
                Long.toString(phases.timedMs()),
                Long.toString(phases.untimedMs()),
                Long.toString(phases.oneWayMs()),
                result.toString()));
        final Process fork = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!fork.waitFor(2 * phases.totalMs() + GRACE_MS, TimeUnit.MILLISECONDS)) {
                throw new ForkFailed(
                        subject + " hung: a token was lost or a wake-up was; the fork was ended, see " + output);
            }
        } finally {
            fork.destroyForcibly();
        }
        if (fork.exitValue() != 0) {
            throw new ForkFailed("%s ended with exit code %d, 0 was expected; it said:%n%s"
                    .formatted(subject, fork.exitValue(), Files.readString(output)));
        }
        return Json.read(result, Measurement.class);
    }

    /** A benchmark failed its own check. */
    static final class ForkFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ForkFailed(final String message) {
            super(message);
        }
    }
}
