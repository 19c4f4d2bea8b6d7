package io.signalbox.cli;

import io.signalbox.cli.engine.CommandException;
import io.signalbox.cli.engine.Difference;
import io.signalbox.cli.engine.Engine;
import io.signalbox.cli.engine.ExitCode;
import io.signalbox.cli.engine.RunFolder;
import io.signalbox.cli.view.JsonView;
import io.signalbox.cli.view.SafeText;
import io.signalbox.cli.view.Words;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "diff",
        description = "Compare two runs: what they follow, their steps and results, and where they parted.",
        footer = {
            "",
            "Examples:",
            "  signalbox diff x7k2 9c0d",
            "  signalbox diff x7k2 9c0d --json | jq '.steps[].step'",
            "",
            "Exit codes: 0 they came to the same, 1 they differ, 2 no such run, 3 journal trouble."
        })
final class DiffCommand implements Callable<Integer> {
    private static final int VALUE_COLUMNS_MAX = 60;

    private final Console console;

    @Parameters(index = "0", paramLabel = "RUN", description = "One run.")
    private String one;

    @Parameters(index = "1", paramLabel = "RUN", description = "The other.")
    private String other;

    @Mixin
    private DataOption data;

    @Mixin
    private JsonOption json;

    DiffCommand(final Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws CommandException, IOException {
        final RunFolder left = RunFolder.find(data.path(), one);
        final RunFolder right = RunFolder.find(data.path(), other);
        final Engine engine = console.engine().get();
        final Difference difference =
                Difference.of(engine.inspect(left), engine.inspect(right), engine.history(left), engine.history(right));
        if (json.isJson()) {
            console.out().println(JsonView.MAPPER.writeValueAsString(json(left, right, difference)));
        } else {
            print(left, right, difference, console.out());
        }
        return (difference.isNone() ? ExitCode.DONE : ExitCode.WORKFLOW_FAILED).code();
    }

    private static void print(
            final RunFolder left, final RunFolder right, final Difference difference, final PrintStream out) {
        if (difference.isNone()) {
            out.println(left.id() + " and " + right.id() + " followed the same and came to the same");
        }
        difference.definition().ifPresent(change -> out.println("definition  " + SafeText.line(change)));
        difference.inputs().ifPresent(change -> out.println("inputs      " + SafeText.line(change)));
        difference
                .parted()
                .ifPresent(parted -> out.println("parted      after position " + parted.commonPosition() + ": "
                        + SafeText.line(parted.left()) + " | " + SafeText.line(parted.right())));
        final int name = difference.steps().stream()
                .mapToInt(step -> Words.width(step.step()))
                .max()
                .orElse(0);
        for (final Difference.Step step : difference.steps()) {
            out.println(Words.pad(step.step(), name) + "  " + Words.pad(step.what(), 9) + "  "
                    + Words.fit(SafeText.line(step.left()), VALUE_COLUMNS_MAX) + "  |  "
                    + Words.fit(SafeText.line(step.right()), VALUE_COLUMNS_MAX));
        }
    }

    private static ObjectNode json(final RunFolder left, final RunFolder right, final Difference difference) {
        final ObjectNode node = JsonView.MAPPER.createObjectNode();
        node.put("left", left.id());
        node.put("right", right.id());
        node.put("same", difference.isNone());
        difference.definition().ifPresent(change -> node.put("definition", change));
        difference.inputs().ifPresent(change -> node.put("inputs", change));
        difference.parted().ifPresent(parted -> {
            final ObjectNode place = node.putObject("parted");
            place.put("common_position", parted.commonPosition());
            place.put("left", parted.left());
            place.put("right", parted.right());
        });
        final ArrayNode steps = node.putArray("steps");
        for (final Difference.Step step : difference.steps()) {
            final ObjectNode line = steps.addObject();
            line.put("step", step.step());
            line.put("what", step.what());
            line.put("left", step.left());
            line.put("right", step.right());
        }
        return node;
    }
}
