package io.signalbox.cli.view;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** One run, told to a view: a retry, a failure with escapes in its text, a skipped and a cancelled step. */
final class Story {
    private long nowMs = 1_000;

    long nowMs() {
        return nowMs;
    }

    static RunStart start() {
        return new RunStart(
                "20261121-101530-x7k2",
                "co\u001b]0;pwned\u0007degen",
                Path.of("/data/runs/20261121-101530-x7k2"),
                List.of(
                        new PlannedStep("parse", List.of(), true),
                        new PlannedStep("compile", List.of("parse"), false),
                        new PlannedStep("docs", List.of("parse"), false),
                        new PlannedStep("package", List.of("compile"), false)),
                Map.of(),
                false);
    }

    void tellUntilTheRetry(final RunView view) {
        view.runStarted(start());
        view.instancesKnown("parse", 2);
        view.stepStarted("parse[0]", 1, 101);
        view.stepStarted("parse[1]", 1, 102);
        nowMs += 300;
        view.stepFinished(succeeded("parse[0]", 1, 300));
        nowMs += 900;
        view.stepFinished(succeeded("parse[1]", 1, 1_200));
        view.stepStarted("compile", 1, 103);
        view.stepSkipped("docs", "its condition ${inputs.docs} == true is false");
        nowMs += 400;
        view.retryScheduled(new RetryScheduled("compile", 1, 3, 1_000, 400, "exit code 2"));
    }

    void tellTheRest(final RunView view) {
        nowMs += 1_000;
        view.stepStarted("compile", 2, 104);
        nowMs += 2_500;
        view.stepFinished(new StepEnd(
                "compile",
                2,
                StepState.FAILED,
                OptionalInt.of(2),
                2_500,
                "exit code 2",
                List.of("\u001b[31merror\u001b[0m: no such symbol", "1 error"),
                Optional.of(Path.of("/data/logs/compile.2.stderr"))));
        view.stepCancelled("package", "compile failed");
        view.notice("workflow failed");
        view.runFinished(new RunSummary(
                RunState.FAILED,
                5_100,
                4_400,
                1,
                42,
                List.of(new OutputFile(
                        "parse[0]", "model", Path.of("/data/outputs/parse.0/model.json"), 2_048, "ab12")),
                Optional.of("d1ge57"),
                Optional.of("continue it with: signalbox resume x7k2")));
    }

    private static StepEnd succeeded(final String id, final int attempt, final long elapsedMs) {
        return new StepEnd(
                id, attempt, StepState.SUCCEEDED, OptionalInt.of(0), elapsedMs, "", List.of(), Optional.empty());
    }

    /** A run that is resumed and stopped while its second attempt runs. */
    void tellUntilTheStop(final RunView view) {
        view.runStarted(new RunStart(
                start().runId(),
                start().workflow(),
                start().folder(),
                start().steps(),
                Map.of("parse[0]", StepState.SUCCEEDED, "parse[1]", StepState.SUCCEEDED),
                true));
        view.stepStarted("compile", 2, 101);
        nowMs += 2_000;
        view.runFinished(
                new RunSummary(RunState.STOPPED, 2_000, 2_000, 0, 9, List.of(), Optional.empty(), Optional.empty()));
    }
}
