package io.signalbox.cli;

import io.signalbox.cli.engine.CommandException;
import io.signalbox.cli.engine.ExitCode;
import io.signalbox.cli.engine.Replayed;
import io.signalbox.cli.engine.RunFolder;
import io.signalbox.cli.view.JsonView;
import io.signalbox.cli.view.Words;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "replay",
        description = {
            "Turn the journal of a run through a fresh machine. Runs no step and writes nothing.",
            "With --verify every digest that stands in the journal must be met."
        },
        footer = {
            "",
            "Examples:",
            "  signalbox replay --verify",
            "  signalbox replay x7k2 --verify --json",
            "",
            "Exit codes: 0, 2 no such run, 3 the journal is damaged or a digest differs; the place is named."
        })
final class ReplayCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private RunArgument run;

    @Option(names = "--verify", description = "Compare the digests in the journal.")
    private boolean isVerified;

    ReplayCommand(final Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws CommandException, IOException {
        final RunFolder folder = run.folder();
        final Replayed replayed = console.engine().get().replay(folder, isVerified);
        if (run.isJson()) {
            console.out().print(JsonView.MAPPER.writeValueAsString(Answers.replayed(folder.id(), replayed)) + "\n");
            return ExitCode.DONE.code();
        }
        console.out()
                .println(folder.id() + ": " + Words.count(replayed.commands(), "command") + " replayed, up to position "
                        + replayed.position());
        console.out().println("state digest " + replayed.stateDigest());
        if (isVerified) {
            console.out().println(Words.count(replayed.marksMet(), "mark") + " met");
        }
        return ExitCode.DONE.code();
    }
}
