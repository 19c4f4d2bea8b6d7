package io.signalbox.cli;

import io.signalbox.cli.engine.CommandException;
import io.signalbox.cli.engine.ResumeRequest;
import io.signalbox.cli.engine.RunFolder;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "fork",
        description = {
            "Make a new run that stands where another one stood after a position of its journal, and go on with it.",
            "The other run stays as it is. Steps that had ended by then keep their results and outputs."
        },
        footer = {
            "",
            "Examples:",
            "  signalbox inspect x7k2 --history     what happened at which position",
            "  signalbox fork x7k2 --at 41          a new run from there on",
            "  signalbox diff x7k2 NEW              what became different",
            "",
            "Exit codes: as of run; 2 when there is no such run or position."
        })
final class ForkCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private GivenRun run;

    @Option(
            names = "--at",
            required = true,
            paramLabel = "POSITION",
            description = "The last journal position that the new run shares with the other.")
    private long position;

    @Mixin
    private ViewOptions view;

    ForkCommand(final Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws CommandException, IOException {
        final RunFolder fork = console.engine().get().fork(run.folder(), run.data(), position);
        final ResumeRequest request = new ResumeRequest(Optional.of(fork.id()), run.data(), console.environment());
        return new RunningCommand(console)
                .execute(view, (shown, stop) -> console.engine().get().resume(request, shown, stop));
    }
}
