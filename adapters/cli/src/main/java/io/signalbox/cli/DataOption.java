package io.signalbox.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where runs are kept. */
final class DataOption {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = ".signalbox",
            description = "Where runs are kept: DIR/runs/ID. Default: .signalbox in the working directory.")
    private Path data;

    Path path() {
        return data;
    }
}
