package io.signalbox.cli;

import io.signalbox.cli.engine.CommandException;
import io.signalbox.cli.engine.ExitCode;
import io.signalbox.cli.engine.Explanation;
import io.signalbox.cli.view.JsonView;
import io.signalbox.cli.view.SafeText;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "explain",
        description = {
            "Say why steps stand where they stand: which needs are unmet, what runs, what failed, when the next attempt is due.",
            "Reads the journal only, also of a run that is running now."
        },
        footer = {
            "",
            "Examples:",
            "  signalbox explain                      every step of the newest run that did not succeed",
            "  signalbox explain x7k2 --step package",
            "",
            "Exit codes: 0, 2 no such run or step, 3 journal trouble."
        })
final class ExplainCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private RunArgument run;

    @Option(names = "--step", paramLabel = "ID", defaultValue = "", description = "Only this step or instance.")
    private String step;

    ExplainCommand(final Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws CommandException, IOException {
        final List<Explanation> explanations = console.engine().get().explain(run.folder(), step);
        if (run.isJson()) {
            console.out()
                    .println(JsonView.MAPPER
                            .writerWithDefaultPrettyPrinter()
                            .writeValueAsString(Answers.explanations(explanations)));
            return ExitCode.DONE.code();
        }
        if (explanations.isEmpty()) {
            console.out().println("nothing waits and nothing failed");
        }
        for (final Explanation explanation : explanations) {
            console.out()
                    .println(explanation.step() + " "
                            + explanation.state().word().replace('_', ' '));
            explanation.reasons().forEach(reason -> console.out().println("    " + SafeText.line(reason)));
        }
        return ExitCode.DONE.code();
    }
}
