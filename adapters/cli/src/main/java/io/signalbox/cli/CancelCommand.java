package io.signalbox.cli;

import io.signalbox.cli.engine.CommandException;
import io.signalbox.cli.engine.RunAsk;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "cancel",
        description = {
            "Cancel a run: what has not ended in it is cancelled, running steps are stopped, the run is over.",
            "To stop it for a while press Ctrl-C where it runs instead; both can be resumed."
        },
        footer = {
            "",
            "Examples:",
            "  signalbox cancel x7k2",
            "",
            "Exit codes: 0 done, 2 no such run, or it is over, 3 journal trouble."
        })
final class CancelCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private GivenRun run;

    @Mixin
    private JsonOption json;

    CancelCommand(final Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws CommandException, IOException {
        return Answers.tell(console, run.folder(), new RunAsk(RunAsk.Kind.CANCEL, "", ""), json.isJson());
    }
}
