package io.signalbox.cli;

import io.signalbox.cli.engine.CommandException;
import io.signalbox.cli.engine.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Which run is changed: one that is named. */
final class GivenRun {
    @Parameters(
            index = "0",
            paramLabel = "RUN",
            description = "Its id, or a beginning or end of it that no other run has.")
    private String run;

    @Mixin
    private DataOption data;

    Path data() {
        return data.path();
    }

    RunFolder folder() throws CommandException, IOException {
        return RunFolder.find(data.path(), run);
    }
}
