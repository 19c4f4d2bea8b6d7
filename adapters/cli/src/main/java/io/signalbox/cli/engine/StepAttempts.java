package io.signalbox.cli.engine;

import io.signalbox.cli.process.AttemptEnd;
import io.signalbox.cli.process.AttemptSpec;
import io.signalbox.cli.process.Command;
import io.signalbox.cli.process.Masker;
import io.signalbox.cli.process.SpawnException;
import io.signalbox.cli.process.StepOutputs;
import io.signalbox.cli.process.StepProcess;
import io.signalbox.cli.process.StopReason;
import io.signalbox.cli.process.StoredFile;
import io.signalbox.cli.view.JsonView;
import io.signalbox.cli.view.StepState;
import io.signalbox.yaml.Plan;
import io.signalbox.yaml.ResultKind;
import io.signalbox.yaml.Run;
import io.signalbox.yaml.Scope;
import io.signalbox.yaml.Template;
import io.signalbox.yaml.UnresolvedPlaceholderException;
import io.signalbox.yaml.WorkflowFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.node.StringNode;

/** Turns a step of the plan into a process, and the end of the process into a result. Any thread; no state of its own. */
public final class StepAttempts {
    private static final ObjectReader JSON =
            JsonView.MAPPER.readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final WorkflowFile workflow;
    private final RunFolder folder;
    private final Map<String, String> environment;
    private final Masker masker;

    /**
     * For the attempts of one run.
     *
     * @param environment of this process, which holds the secrets
     */
    public StepAttempts(final WorkflowFile workflow, final RunFolder folder, final Map<String, String> environment) {
        this.workflow = workflow;
        this.folder = folder;
        this.environment = Map.copyOf(environment);
        masker = Masker.of(workflow.secrets().stream()
                .map(environment::get)
                .filter(Objects::nonNull)
                .toList());
    }

    /** Masks the secrets of this run in anything that is shown or journaled. */
    public Masker masker() {
        return masker;
    }

    /**
     * Fills in what the step's templates leave open and starts it behind its gate: journal {@link StepProcess#identity()}, then call
     * {@link StepProcess#go()}.
     *
     * @throws SpawnException when the step cannot be started: a placeholder without a value, no such program, a secret without a value
     * @throws IOException when this side is to blame
     */
    public StepProcess spawn(final Plan.PlannedStep step, final int attempt, final Scope scope)
            throws SpawnException, IOException {
        return spawn(
                step,
                attempt,
                new Way(List.of(), executed(step.step().run()), step.step().env()),
                Map.of(),
                scope);
    }

    /** What a process is made of. */
    static Run executed(final Run run) {
        return run instanceof Run.PatternTask task ? task.run().orElseThrow() : run;
    }

    /** As the other, in another way than the step's own, with more variables. */
    StepProcess spawn(
            final Plan.PlannedStep step,
            final int attempt,
            final Way way,
            final Map<String, String> more,
            final Scope scope)
            throws SpawnException, IOException {
        return StepProcess.spawn(spec(step, attempt, way, more, scope), masker);
    }

    private AttemptSpec spec(
            final Plan.PlannedStep planned,
            final int attempt,
            final Way way,
            final Map<String, String> more,
            final Scope scope)
            throws SpawnException {
        try {
            final Map<String, String> env = new LinkedHashMap<>(more);
            for (final Map.Entry<String, Template> variable : way.env().entrySet()) {
                env.put(variable.getKey(), variable.getValue().render(scope));
            }
            return new AttemptSpec(
                    folder.id(),
                    planned.id(),
                    attempt,
                    command(way, scope),
                    scope.workflowDirectory(),
                    environment,
                    env,
                    workflow.secrets(),
                    folder.attempt(planned.id(), attempt));
        } catch (final UnresolvedPlaceholderException e) {
            throw new SpawnException(SpawnException.NOT_RUNNABLE, e.getMessage(), e);
        }
    }

    private static Command command(final Way way, final Scope scope) {
        final Command last = command(way.run(), scope);
        return way.before().isEmpty()
                ? last
                : Corrected.of(
                        way.before().stream().map(run -> command(run, scope)).toList(), last);
    }

    private static Command command(final Run run, final Scope scope) {
        if (run instanceof Run.Shell shell) {
            return new Command.Shell(shell.script());
        }
        final List<Template> argv = ((Run.Exec) run).argv();
        return new Command.Exec(
                argv.stream().map(argument -> argument.render(scope)).toList());
    }

    /** The result of a step that could not be started. */
    public AttemptResult refused(final SpawnException e) {
        return AttemptResult.notStarted(e.exitCode(), masker.mask(String.valueOf(e.getMessage())));
    }

    /**
     * The result of an attempt that has ended. Moves the declared outputs of a success into place; an attempt without them is no success.
     *
     * @throws IOException when the disk refuses to take the outputs
     */
    public AttemptResult conclude(final Plan.PlannedStep planned, final int attempt, final AttemptEnd end)
            throws IOException {
        if (end.stopped().isPresent()) {
            final boolean isTimeout = end.stopped().get() == StopReason.TIMEOUT;
            return failed(
                    end,
                    isTimeout ? StepState.TIMED_OUT : StepState.CANCELLED,
                    isTimeout ? "stopped after its timeout" + timeout(planned) : "stopped");
        }
        if (!end.isSuccess()) {
            return failed(end, StepState.FAILED, end.trouble().orElse("exit code " + end.exitCode()));
        }
        try {
            final JsonNode result = result(planned.step().result(), end);
            final Map<String, StoredFile> outputs = outputs(planned, attempt);
            return new AttemptResult(
                    StepState.SUCCEEDED,
                    OptionalInt.of(end.exitCode()),
                    Optional.of(result),
                    end.output().file(),
                    outputs,
                    "",
                    end.stderrTail(),
                    end.elapsedMs());
        } catch (final ResultException | StepOutputs.OutputException e) {
            return failed(end, StepState.FAILED, String.valueOf(e.getMessage()));
        }
    }

    private static String timeout(final Plan.PlannedStep planned) {
        return planned.step()
                .timeout()
                .map(timeout -> " of " + timeout.toMillis() + " ms")
                .orElse("");
    }

    private Map<String, StoredFile> outputs(final Plan.PlannedStep planned, final int attempt)
            throws StepOutputs.OutputException, IOException {
        final Path out = folder.attempt(planned.id(), attempt).out();
        return StepOutputs.collect(planned.step().outputs(), out, folder.outputs(planned.id()));
    }

    private static JsonNode result(final ResultKind kind, final AttemptEnd end) throws ResultException {
        if (kind == ResultKind.TEXT) {
            return StringNode.valueOf(end.output().text());
        }
        if (!end.output().whole()) {
            throw new ResultException("result: json, but standard output is longer than 64 KiB or not UTF-8 ("
                    + end.output().file().map(file -> file.path().toString()).orElse("")
                    + "): declare a large document in outputs");
        }
        if (end.output().text().isBlank()) {
            throw new ResultException("result: json, but standard output is empty: print one JSON value");
        }
        try {
            return JSON.readValue(end.output().text());
        } catch (final JacksonException e) {
            throw new ResultException("result: json, but standard output is not one JSON value: "
                    + (e instanceof DatabindException ? "more stands behind the first one" : e.getOriginalMessage())
                            .replaceFirst("(?s) \\(start marker at .*", "")
                    + (e.getLocation() == null
                            ? ""
                            : " (line " + e.getLocation().getLineNr() + ", column "
                                    + e.getLocation().getColumnNr() + ")"));
        }
    }

    private AttemptResult failed(final AttemptEnd end, final StepState state, final String message) {
        return new AttemptResult(
                state,
                OptionalInt.of(end.exitCode()),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                masker.mask(message),
                end.stderrTail(),
                end.elapsedMs());
    }

    private static final class ResultException extends Exception {
        private static final long serialVersionUID = 1L;

        ResultException(final String message) {
            super(message);
        }
    }
}
