package io.signalbox.cli.engine;

import io.signalbox.cli.process.PrivateFiles;
import io.signalbox.cli.view.JsonView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Requests to the process that runs a run, as files in the run's folder: {@code requests/ID.json}, answered by {@code requests/ID.answer}. Both appear whole.
 */
final class Requests {
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Path folder;

    Requests(final RunFolder run) {
        folder = run.root().resolve("requests");
    }

    /** A request with the name of its file. */
    record Pending(String name, RunAsk ask) {}

    /** What has not been answered, the oldest first. */
    List<Pending> pending() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            final List<Path> asked = files.filter(file -> file.toString().endsWith(".json"))
                    .sorted(Comparator.comparing(Path::getFileName))
                    .toList();
            return asked.stream().map(Requests::read).flatMap(Optional::stream).toList();
        }
    }

    /** Empty when it has been taken back in between, or is no request. */
    private static Optional<Pending> read(final Path file) {
        try {
            final JsonNode node = JsonView.MAPPER.readTree(Files.readString(file));
            final String name = file.getFileName().toString();
            return Optional.of(new Pending(
                    name.substring(0, name.length() - ".json".length()),
                    new RunAsk(
                            RunAsk.Kind.valueOf(node.path("kind").asString()),
                            node.path("step").asString(),
                            node.path("comment").asString())));
        } catch (final IOException | RuntimeException e) {
            return Optional.empty(); // Whoever wrote it gets no answer and says so.
        }
    }

    /** Answer a request; it is over with that. */
    void answer(final Pending pending, final RunAnswer answer) throws IOException {
        final ObjectNode node = JsonView.MAPPER.createObjectNode();
        node.put("done", answer.isDone());
        node.put("message", answer.message());
        place(pending.name() + ".answer", node);
        Files.deleteIfExists(folder.resolve(pending.name() + ".json"));
    }

    /** Ask, and wait for the answer; empty when none came, and then the request is taken back. */
    Optional<RunAnswer> ask(final RunAsk ask, final Duration patience) throws IOException {
        PrivateFiles.createFolders(folder);
        final ObjectNode node = JsonView.MAPPER.createObjectNode();
        node.put("kind", ask.kind().name());
        node.put("step", ask.step());
        node.put("comment", ask.comment());
        final String name = System.currentTimeMillis() + "-" + UUID.randomUUID();
        place(name + ".json", node);
        final Path answer = folder.resolve(name + ".answer");
        final long deadlineNs = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < deadlineNs && !Thread.currentThread().isInterrupted()) {
            if (Files.exists(answer)) {
                final JsonNode found = JsonView.MAPPER.readTree(Files.readString(answer));
                Files.deleteIfExists(answer);
                return Optional.of(new RunAnswer(
                        found.path("done").asBoolean(), found.path("message").asString()));
            }
            LockSupport.parkNanos(LOOK_NS);
        }
        Files.deleteIfExists(folder.resolve(name + ".json"));
        return Optional.empty();
    }

    private void place(final String name, final ObjectNode node) throws IOException {
        final Path draft = folder.resolve(name + ".draft");
        try {
            PrivateFiles.write(draft, JsonView.MAPPER.writeValueAsBytes(node));
            Files.move(draft, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (final NoSuchFileException e) {
            throw new IOException("the folder of the run is gone: " + folder, e);
        }
    }
}
