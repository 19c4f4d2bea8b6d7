package io.signalbox.cli;

import io.signalbox.cli.engine.CommandException;
import io.signalbox.cli.engine.RunAsk;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "approve",
        description = {
            "Answer a step that asks a person: it succeeds, or with --reject it fails.",
            "The process that runs the run is told; when nobody runs it, the answer is journaled for resume."
        },
        footer = {
            "",
            "Examples:",
            "  signalbox approve x7k2 release",
            "  signalbox approve x7k2 release --comment 'seen in staging'",
            "  signalbox approve x7k2 release --reject --comment 'not before Monday'",
            "",
            "Exit codes: 0 done, 2 no such run or step, or it is not asking, 3 journal trouble."
        })
final class ApproveCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private GivenRun run;

    @Parameters(index = "1", paramLabel = "STEP", description = "The step that asks.")
    private String step;

    @Option(names = "--reject", description = "Say no: the step fails.")
    private boolean isRejected;

    @Option(
            names = "--comment",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "What is said with it: the result of the step, or why it is rejected.")
    private String comment;

    @Mixin
    private JsonOption json;

    ApproveCommand(final Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws CommandException, IOException {
        return Answers.tell(
                console,
                run.folder(),
                new RunAsk(isRejected ? RunAsk.Kind.REJECT : RunAsk.Kind.APPROVE, step, comment),
                json.isJson());
    }
}
