package io.signalbox.cli;

import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where runs are kept. */
final class DataOption {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    private Path data;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = ".signalbox",
            description = "Where runs are kept: DIR/runs/ID. Default: .signalbox in the working directory.")
    void data(final Path given) {
        if (given.toString().isEmpty()) {
            throw new ParameterException(
                    command.commandLine(), "--data is an empty text: give the folder in which runs are kept");
        }
        data = given;
    }

    Path path() {
        return data;
    }
}
