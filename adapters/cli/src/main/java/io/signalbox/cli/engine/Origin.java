package io.signalbox.cli.engine;

import io.signalbox.cli.process.PrivateFiles;
import io.signalbox.cli.view.JsonView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Which run another one came from, in a file of its folder that only people read. */
final class Origin {
    private static final String FILE = "origin.json";

    private Origin() {}

    static void write(final RunFolder folder, final String words) throws IOException {
        PrivateFiles.write(
                folder.root().resolve(FILE),
                JsonView.MAPPER.writeValueAsBytes(
                        JsonView.MAPPER.createObjectNode().put("origin", words)));
    }

    /** In words; empty for a run of its own. */
    static Optional<String> read(final RunFolder folder) {
        final Path file = folder.root().resolve(FILE);
        try {
            return Files.exists(file)
                    ? Optional.of(JsonView.MAPPER
                            .readTree(Files.readString(file))
                            .path("origin")
                            .asString())
                    : Optional.empty();
        } catch (final IOException | RuntimeException e) {
            return Optional.of("unknown: " + file.getFileName() + " cannot be read");
        }
    }
}
