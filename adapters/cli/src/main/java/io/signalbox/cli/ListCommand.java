package io.signalbox.cli;

import io.signalbox.cli.engine.CommandException;
import io.signalbox.cli.engine.Engine;
import io.signalbox.cli.engine.ExitCode;
import io.signalbox.cli.engine.RunFolder;
import io.signalbox.cli.engine.RunListing;
import io.signalbox.cli.view.JsonView;
import io.signalbox.cli.view.SafeText;
import io.signalbox.cli.view.Words;
import io.signalbox.kernel.context.NearestName;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
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
            "Exit codes: 0, also when there are none; a run that cannot be read is listed as unreadable. 2 wrong use."
        })
final class ListCommand implements Callable<Integer> {
    private static final String ASKING = "asking";
    private static final String UNREADABLE = "unreadable";
    private static final List<String> STATES = List.of(
            "running",
            "interrupted",
            "succeeded",
            "failed",
            "finished with failures",
            "cancelled",
            "timed out",
            "compensated",
            ASKING,
            UNREADABLE);

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

    /** A run that was looked at, or why it could not be. */
    private record Seen(RunFolder run, Optional<RunListing> listing, String trouble) {}

    @Override
    public Integer call() throws CommandException, IOException {
        check();
        final List<RunFolder> runs = RunFolder.all(data.path());
        if (runs.isEmpty() && !isJson) {
            console.out().println("no runs in " + data.path().resolve("runs"));
        } else if (!isJson) {
            console.out()
                    .println(Words.pad("run", 20) + "  " + Words.pad("state", 22) + "  " + Words.padLeft("steps", 9)
                            + "  " + Words.padLeft("time", 9) + "  " + Words.pad("started", 20) + "  workflow");
        }
        for (final Seen seen : wanted(runs)) {
            seen.listing().ifPresentOrElse(this::print, () -> printUnreadable(seen.run(), seen.trouble()));
        }
        return ExitCode.DONE.code();
    }

    private void check() throws CommandException {
        if (last != null && last < 1) {
            throw new CommandException(
                    ExitCode.WRONG_USE, "--last expects how many runs are listed, 1 or more, got " + last);
        }
        if (state != null && !STATES.contains(state.replace('_', ' '))) {
            throw new CommandException(
                    ExitCode.WRONG_USE,
                    "--state expects one of " + String.join(", ", STATES) + ", got \"" + state + "\""
                            + NearestName.hint(state, STATES));
        }
    }

    /** The newest that are asked for, the oldest of them first; no more are read than have to be. */
    private List<Seen> wanted(final List<RunFolder> runs) {
        final Deque<Seen> wanted = new ArrayDeque<>();
        final Engine engine = runs.isEmpty() ? null : console.engine().get();
        for (int next = runs.size() - 1; next >= 0 && (last == null || wanted.size() < last); next--) {
            final Seen seen = look(engine, runs.get(next));
            if (isWanted(seen)) {
                wanted.addFirst(seen);
            }
        }
        return List.copyOf(wanted);
    }

    private static Seen look(final Engine engine, final RunFolder run) {
        try {
            return new Seen(run, Optional.of(engine.listing(run)), "");
        } catch (final CommandException e) {
            return new Seen(run, Optional.empty(), e.getMessage());
        }
    }

    private boolean isWanted(final Seen seen) {
        if (state == null) {
            return true;
        }
        return seen.listing()
                .map(run -> state.replace('_', ' ').equals(run.word())
                        || state.equals(ASKING) && !run.asking().isEmpty())
                .orElse(state.equals(UNREADABLE));
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

    private void printUnreadable(final RunFolder run, final String trouble) {
        if (isJson) {
            final ObjectNode line = JsonView.MAPPER.createObjectNode();
            line.put("run", run.id());
            line.put("state", UNREADABLE);
            line.put("message", SafeText.strip(trouble));
            console.out().print(JsonView.MAPPER.writeValueAsString(line) + "\n");
            return;
        }
        console.out()
                .println(Words.pad(run.id(), 20) + "  " + Words.pad(UNREADABLE, 22) + "  " + SafeText.line(trouble));
    }
}
