package io.signalbox.cli;

import io.signalbox.cli.engine.CommandException;
import io.signalbox.cli.engine.RunFolder;
import java.io.IOException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Which run a question is about. */
final class RunArgument {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "RUN",
            description = "Its id, or a beginning or end of it that no other run has. Default: the newest run.")
    private String run;

    @Mixin
    private DataOption data;

    @Mixin
    private JsonOption json;

    /** Whether one is named. */
    boolean isGiven() {
        return run != null;
    }

    boolean isJson() {
        return json.isJson();
    }

    RunFolder folder() throws CommandException, IOException {
        return run == null ? RunFolder.latest(data.path()) : RunFolder.find(data.path(), run);
    }
}
