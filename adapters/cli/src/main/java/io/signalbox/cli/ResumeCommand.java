package io.signalbox.cli;

import io.signalbox.cli.engine.CommandException;
import io.signalbox.cli.engine.ResumeRequest;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "resume",
        description = {
            "Continue a run that was interrupted, stopped, or has failed.",
            "What is journaled as finished does not run again. Steps that failed or were cancelled get a new attempt.",
            "The definition and the inputs are those of the journal: a file changed since is shown, and adopted only",
            "with --adopt."
        },
        footer = {
            "",
            "Examples:",
            "  signalbox resume            the latest interrupted run, else the latest failed one",
            "  signalbox resume x7k2       the run whose id ends so",
            "  signalbox resume --adopt    after an edit: with the file as it is now",
            "",
            "Exit codes: as of run; 2 when there is nothing to resume."
        })
final class ResumeCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "RUN",
            description = "Its id, or a beginning or end of it that no other run has.")
    private String run;

    @Option(
            names = "--adopt",
            description = {
                "Go on with the workflow file as it is now.",
                "Refused when steps that have finished are not the same any more."
            })
    private boolean isAdopting;

    @Mixin
    private DataOption data;

    @Mixin
    private ViewOptions view;

    ResumeCommand(final Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws CommandException {
        final ResumeRequest request =
                new ResumeRequest(Optional.ofNullable(run), data.path(), console.environment(), isAdopting);
        return new RunningCommand(console)
                .execute(view, (shown, stop) -> console.engine().get().resume(request, shown, stop));
    }
}
