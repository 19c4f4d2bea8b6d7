package io.signalbox.cli;

import io.signalbox.cli.engine.CommandException;
import io.signalbox.cli.engine.Engine;
import io.signalbox.cli.engine.ExitCode;
import io.signalbox.cli.engine.RunFolder;
import io.signalbox.cli.engine.RunListing;
import io.signalbox.cli.view.JsonView;
import io.signalbox.cli.view.SafeText;
import io.signalbox.cli.view.Words;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "list",
        description = "List the runs, the oldest first.",
        footer = {
            "",
            "Examples:",
            "  signalbox list",
            "  signalbox list --last 5",
            "  signalbox list --state asking        runs in which somebody has to answer",
            "  signalbox list --json | jq -r 'select(.state == \"interrupted\") | .run'",
            "",
            "Exit codes: 0, also when there are none; a run that cannot be read is listed as unreadable."
        })
final class ListCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private DataOption data;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean isJson;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description =
                    "Only runs in this state, such as interrupted, failed, running; asking: a step waits for an answer.")
    private String state;

    @Option(names = "--last", paramLabel = "N", description = "Only the newest N.")
    private Integer last;

    ListCommand(final Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        final List<RunFolder> runs = RunFolder.all(data.path());
        if (runs.isEmpty() && !isJson) {
            console.out().println("no runs in " + data.path().resolve("runs"));
        } else if (!isJson) {
            console.out()
                    .println(Words.pad("run", 20) + "  " + Words.pad("state", 22) + "  " + Words.padLeft("steps", 9)
                            + "  " + Words.padLeft("time", 9) + "  " + Words.pad("started", 20) + "  workflow");
        }
        final Engine engine = runs.isEmpty() ? null : console.engine().get();
        final int first = last == null ? 0 : Math.max(0, runs.size() - last);
        for (final RunFolder run : runs.subList(first, runs.size())) {
            try {
                final RunListing listing = engine.listing(run);
                if (isWanted(listing)) {
                    print(listing);
                }
            } catch (final CommandException e) {
                if (state == null || state.equals("unreadable")) {
                    printUnreadable(run, e);
                }
            }
        }
        return ExitCode.DONE.code();
    }

    private boolean isWanted(final RunListing run) {
        return state == null
                || state.replace('_', ' ').equals(run.word())
                || state.equals("asking") && !run.asking().isEmpty();
    }

    private void print(final RunListing run) {
        if (isJson) {
            console.out().print(JsonView.MAPPER.writeValueAsString(Answers.listing(run)) + "\n");
            return;
        }
        console.out()
                .println(Words.pad(run.runId(), 20) + "  " + Words.pad(run.word(), 22) + "  "
                        + Words.padLeft(run.stepsOver() + "/" + run.steps(), 9) + "  "
                        + Words.padLeft(Words.duration(run.elapsedMs()), 9) + "  "
                        + Words.pad(
                                run.started().truncatedTo(ChronoUnit.SECONDS).toString(), 20) + "  "
                        + SafeText.line(run.workflow())
                        + (run.asking().isEmpty()
                                ? ""
                                : "  (" + String.join(", ", run.asking()) + " waits for an answer)"));
    }

    private void printUnreadable(final RunFolder run, final CommandException e) {
        if (isJson) {
            final ObjectNode line = JsonView.MAPPER.createObjectNode();
            line.put("run", run.id());
            line.put("state", "unreadable");
            line.put("message", SafeText.strip(e.getMessage()));
            console.out().print(JsonView.MAPPER.writeValueAsString(line) + "\n");
            return;
        }
        console.out()
                .println(Words.pad(run.id(), 20) + "  " + Words.pad("unreadable", 22) + "  "
                        + SafeText.line(e.getMessage()));
    }
}
