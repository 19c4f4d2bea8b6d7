package io.signalbox.cli;

import io.signalbox.cli.engine.CommandException;
import io.signalbox.cli.engine.ExitCode;
import io.signalbox.cli.engine.Explanation;
import io.signalbox.cli.view.JsonView;
import io.signalbox.cli.view.SafeText;
import io.signalbox.journal.replay.SignalAccount;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;

@Command(
        name = "explain",
        description = {
            "Say why steps stand where they stand: which needs are unmet, what runs, what failed, when the next attempt is due.",
            "With --signal: what became of a signal for an agent, delivered when, or which rule stopped it.",
            "Reads the journal only, also of a run that is running now."
        },
        footer = {
            "",
            "Examples:",
            "  signalbox explain                      every step of the newest run that did not succeed",
            "  signalbox explain x7k2 --step package",
            "  signalbox explain x7k2 --signal 42 --agent ben",
            "  signalbox explain --journal /var/lib/crew --signal 42 --agent ben --json",
            "",
            "Exit codes: 0, 2 no such run, step, signal or agent, 3 journal trouble."
        })
final class ExplainCommand implements Callable<Integer> {
    private static final long NO_SIGNAL = -1;

    private final Console console;

    @Mixin
    private RunArgument run;

    @Option(names = "--step", paramLabel = "ID", defaultValue = "", description = "Only this step or instance.")
    private String step;

    @Option(
            names = "--signal",
            paramLabel = "POSITION",
            defaultValue = "-1",
            description = "The signal of this journal position; goes with --agent.")
    private long position;

    @Option(
            names = "--agent",
            paramLabel = "A",
            defaultValue = "",
            description = "The agent for whom the signal is asked about.")
    private String agent;

    @Option(
            names = "--journal",
            paramLabel = "DIR",
            description = "With --signal: the journal of a program of your own, in place of a run.")
    private Path journal;

    ExplainCommand(final Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws CommandException, IOException {
        check();
        if (position == NO_SIGNAL) {
            steps();
        } else {
            signal();
        }
        return ExitCode.DONE.code();
    }

    private void check() throws CommandException {
        if (position < NO_SIGNAL) {
            throw wrongUse("--signal expects a position of the journal, 0 or more, got " + position);
        }
        if (position == NO_SIGNAL && !agent.isEmpty()) {
            throw wrongUse("--agent goes with --signal POSITION, which was not given");
        }
        if (position == NO_SIGNAL && journal != null) {
            throw wrongUse("--journal goes with --signal POSITION, which was not given");
        }
        if (position != NO_SIGNAL && agent.isEmpty()) {
            throw wrongUse("--signal goes with --agent A: for whom is the signal asked about?");
        }
        if (position != NO_SIGNAL && !step.isEmpty()) {
            throw wrongUse("--signal and --step ask different questions; give one of them");
        }
        if (journal != null && run.isGiven()) {
            throw wrongUse("--journal stands in place of a run; give one of them");
        }
    }

    private static CommandException wrongUse(final String message) {
        return new CommandException(ExitCode.WRONG_USE, message);
    }

    private void signal() throws CommandException, IOException {
        final List<SignalAccount> accounts = journal == null
                ? console.engine().get().explainSignal(run.folder(), position, agent)
                : console.engine().get().explainSignal(journal, position, agent);
        if (run.isJson()) {
            printJson(Answers.accounts(accounts, agent));
            return;
        }
        for (final SignalAccount account : accounts) {
            console.out().println(SafeText.line(title(account)));
            account.reasons().forEach(reason -> console.out().println("    " + SafeText.line(reason)));
        }
    }

    private static String title(final SignalAccount account) {
        return account.position() + " " + account.type() + " from "
                + (account.sender().isEmpty() ? "the system" : account.sender()) + " to "
                + (account.recipients().isEmpty() ? "everybody" : String.join(", ", account.recipients()))
                + (account.coordination().isEmpty() ? "" : " in " + account.coordination()) + ", raised at "
                + Instant.ofEpochSecond(0, account.raisedNs()) + ": " + Answers.word(account.verdict());
    }

    private void steps() throws CommandException, IOException {
        final List<Explanation> explanations = console.engine().get().explain(run.folder(), step);
        if (run.isJson()) {
            printJson(Answers.explanations(explanations));
            return;
        }
        if (explanations.isEmpty()) {
            console.out().println("every step has succeeded");
        }
        for (final Explanation explanation : explanations) {
            console.out()
                    .println(explanation.step() + " "
                            + explanation.state().word().replace('_', ' '));
            explanation.reasons().forEach(reason -> console.out().println("    " + SafeText.line(reason)));
        }
    }

    private void printJson(final ArrayNode answer) {
        console.out().println(JsonView.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(answer));
    }
}
