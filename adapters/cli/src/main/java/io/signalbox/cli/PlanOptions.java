package io.signalbox.cli;

import io.signalbox.cli.engine.CommandException;
import io.signalbox.cli.engine.ExitCode;
import io.signalbox.cli.engine.Selection;
import io.signalbox.yaml.Limits;
import io.signalbox.yaml.WorkflowFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which steps of a file run, and how many at once. */
final class PlanOptions {
    @Option(
            names = "--only",
            arity = "1",
            paramLabel = "STEP[,STEP...]",
            description = "Run only this step and what it needs. As often as needed, or several with commas.")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--from",
            paramLabel = "STEP",
            description = {
                "Run this step and all that needs it.",
                "What stands before is taken from the newest run of the file."
            })
    private String from;

    @Option(
            names = "--max-parallel",
            paramLabel = "N",
            description = "How many steps may run at once, in place of the file's concurrency.")
    private Integer parallelMax;

    @Option(names = "--dry-run", description = "Show what would run, in which order and how long; run nothing.")
    private boolean isDryRun;

    boolean isDryRun() {
        return isDryRun;
    }

    Selection selection() throws CommandException {
        if (!only.isEmpty() && from != null) {
            throw new CommandException(ExitCode.WRONG_USE, "--only and --from do not go together: give one of them");
        }
        return new Selection(chosen(), Optional.ofNullable(from));
    }

    private List<String> chosen() throws CommandException {
        final List<String> chosen = new ArrayList<>();
        for (final String given : only) {
            for (final String id : given.split(",", -1)) {
                if (id.isBlank()) {
                    throw new CommandException(
                            ExitCode.WRONG_USE,
                            "--only expects ids of steps with commas between them, got \"" + given + "\"");
                }
                chosen.add(id.strip());
            }
        }
        return chosen;
    }

    WorkflowFile limited(final WorkflowFile workflow) throws CommandException {
        if (parallelMax == null) {
            return workflow;
        }
        if (parallelMax < 1 || parallelMax > Limits.CONCURRENCY_MAX) {
            throw new CommandException(
                    ExitCode.WRONG_USE,
                    "--max-parallel must be a number from 1 to " + Limits.CONCURRENCY_MAX + ", got " + parallelMax);
        }
        return workflow.withConcurrency(parallelMax);
    }
}
