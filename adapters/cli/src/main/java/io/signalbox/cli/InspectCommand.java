package io.signalbox.cli;

import io.signalbox.cli.draw.Drawings;
import io.signalbox.cli.engine.CommandException;
import io.signalbox.cli.engine.ExitCode;
import io.signalbox.cli.engine.HistoryEntry;
import io.signalbox.cli.engine.Inspection;
import io.signalbox.cli.view.JsonView;
import io.signalbox.cli.view.OutputFile;
import io.signalbox.cli.view.SafeText;
import io.signalbox.cli.view.StepState;
import io.signalbox.cli.view.Words;
import java.io.IOException;
import java.io.PrintStream;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "inspect",
        description = {
            "Show a run: its steps with state, attempts, time, result and outputs; or draw it with --dot or --svg.",
            "Reads the journal only, also of a run that is running now."
        },
        footer = {
            "",
            "Examples:",
            "  signalbox inspect",
            "  signalbox inspect x7k2 --json | jq '.step_list[] | {id, state}'",
            "  signalbox inspect x7k2 --svg -o run.svg",
            "  signalbox inspect x7k2 --history",
            "",
            "Exit codes: 0, 2 no such run, 3 journal trouble."
        })
final class InspectCommand implements Callable<Integer> {
    private static final int RESULT_COLUMNS_MAX = 100;

    private final Console console;

    @Mixin
    private RunArgument run;

    @Mixin
    private DrawOptions drawing;

    @Option(names = "--history", description = "Show what happened at which position of the journal, for fork.")
    private boolean isHistory;

    InspectCommand(final Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws CommandException, IOException {
        drawing.check();
        if (isHistory) {
            history(console.engine().get().history(run.folder()));
            return ExitCode.DONE.code();
        }
        final Inspection inspection = console.engine().get().inspect(run.folder());
        if (drawing.isAsked()) {
            draw(inspection);
        } else if (run.isJson()) {
            console.out()
                    .println(JsonView.MAPPER
                            .writerWithDefaultPrettyPrinter()
                            .writeValueAsString(Answers.inspection(inspection)));
        } else {
            print(inspection, console.out());
        }
        return ExitCode.DONE.code();
    }

    private void history(final List<HistoryEntry> history) {
        if (run.isJson()) {
            console.out().println(JsonView.MAPPER.writeValueAsString(Answers.history(history)));
            return;
        }
        for (final HistoryEntry entry : history) {
            console.out()
                    .println(Words.padLeft(Long.toString(entry.position()), 8) + "  "
                            + Words.pad(
                                    entry.time().truncatedTo(ChronoUnit.MILLIS).toString(), 24)
                            + "  " + SafeText.line(String.join(", ", entry.changes())));
        }
    }

    private void draw(final Inspection inspection) throws CommandException {
        final Map<String, StepState> states = new LinkedHashMap<>();
        final Map<String, Long> elapsedMs = new LinkedHashMap<>();
        for (final Inspection.Step step : inspection.steps()) {
            states.put(step.id(), step.state());
            elapsedMs.put(step.id(), step.elapsedMs());
        }
        final String title =
                inspection.listing().workflow() + " " + inspection.listing().runId();
        drawing.draw(Drawings.of(title, inspection.plan(), states, elapsedMs), console);
    }

    private static void print(final Inspection inspection, final PrintStream out) {
        out.println(inspection.listing().runId() + "  "
                + SafeText.line(inspection.listing().workflow()) + "  "
                + inspection.listing().word());
        out.println("folder    " + inspection.folder());
        out.println("file      " + inspection.source());
        out.println("started   " + inspection.listing().started());
        out.println("time      " + Words.duration(inspection.listing().elapsedMs()));
        out.println("position  " + inspection.position());
        out.println("follows   " + inspection.pinned().digest());
        inspection.pinned().origin().ifPresent(origin -> out.println("origin    " + SafeText.line(origin)));
        inspection.resultDigest().ifPresent(digest -> out.println("digest    " + digest));
        inspection.warnings().forEach(warning -> out.println("note      " + SafeText.line(warning)));
        out.println();
        final int name = inspection.steps().stream()
                .mapToInt(step -> step.id().length())
                .max()
                .orElse(4);
        for (final Inspection.Step step : inspection.steps()) {
            final String exit =
                    step.exitCode().isPresent() ? "exit " + step.exitCode().getAsInt() : "";
            final String attempts = step.attempts() > 1 ? Words.count(step.attempts(), "attempt") : "";
            out.println((Words.pad(step.id(), name) + "  "
                            + Words.pad(step.state().word(), 11)
                            + Words.padLeft(step.attempts() > 0 ? Words.duration(step.elapsedMs()) : "", 10) + "  "
                            + Words.pad(exit, 8) + "  " + attempts)
                    .stripTrailing());
            if (!step.message().isBlank()) {
                out.println("    " + SafeText.line(step.message()));
            }
            step.result()
                    .filter(result -> !result.isEmpty())
                    .ifPresent(result ->
                            out.println("    result  " + Words.fit(SafeText.line(result), RESULT_COLUMNS_MAX)));
            for (final OutputFile output : step.outputs()) {
                out.println("    output  " + SafeText.line(output.name()) + "  " + Words.size(output.sizeBytes()) + "  "
                        + SafeText.line(output.path().toString()));
            }
        }
    }
}
