package io.signalbox.cli.engine;

import io.signalbox.cli.process.PrivateFiles;
import io.signalbox.cli.view.JsonView;
import io.signalbox.cli.view.StepState;
import io.signalbox.kernel.WorkflowRunHandle;
import io.signalbox.kernel.context.DocumentJson;
import io.signalbox.kernel.context.DocumentValue;
import io.signalbox.kernel.pattern.Condition;
import io.signalbox.kernel.pattern.IncomparableResultsException;
import io.signalbox.kernel.pattern.LoopVerdict;
import io.signalbox.kernel.pattern.MergeStrategy;
import io.signalbox.kernel.pattern.Merges;
import io.signalbox.kernel.pattern.PatternStep;
import io.signalbox.kernel.pattern.SourceResult;
import io.signalbox.kernel.workflow.StepSnapshot;
import io.signalbox.yaml.Plan;
import io.signalbox.yaml.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** What the steps of a pattern need besides a process: their conditions, merges, the judgement of loops, and what a task is told. Any thread. */
final class PatternAttempts {
    private final WorkflowRunHandle run;
    private final RunFolder folder;
    private final Plan plan;

    PatternAttempts(final WorkflowRunHandle run, final RunFolder folder, final Plan plan) {
        this.run = run;
        this.folder = folder;
        this.plan = plan;
    }

    /** One step of a pattern, and the results it looks at. */
    private final class Attempt {
        private final Plan.PlannedStep planned;
        private final PatternStep step;
        private final String prefix;

        Attempt(final Plan.PlannedStep planned, final Run.PatternTask task) {
            this.planned = planned;
            step = PatternStep.decode(task.about().getBytes(StandardCharsets.UTF_8));
            prefix = planned.step().flow().parent() + "/";
        }

        private Optional<StepSnapshot> snapshot(final String id) {
            return plan.step(prefix + id).map(found -> run.step(found.index()));
        }

        /** Null for a task that did not succeed. */
        DocumentValue result(final String id) {
            return snapshot(id)
                    .filter(found -> found.state() == io.signalbox.kernel.workflow.StepState.SUCCEEDED)
                    .map(found -> document(found.result()))
                    .orElse(null);
        }

        private boolean holds(final Condition condition) {
            final DocumentValue result = result(condition.task());
            return condition.holds(result == null ? DocumentValue.NULL : result);
        }

        boolean isWanted() {
            final Condition when = step.when();
            final Condition unless = step.unless();
            return (when == null || holds(when)) && (unless == null || !holds(unless));
        }

        private List<SourceResult> sources(final List<String> ids, final String gate) {
            final int winner = gate.isEmpty()
                    ? -1
                    : snapshot(gate).map(StepSnapshot::winner).orElse(-1);
            final List<SourceResult> results = new ArrayList<>();
            for (final String id : ids) {
                final Optional<Plan.PlannedStep> source = plan.step(prefix + id);
                final boolean counts = winner < 0
                        || source.map(found -> found.index() == winner).orElse(false);
                final String type = source.map(found -> found.step().run() instanceof Run.PatternTask task
                                ? PatternStep.decode(task.about().getBytes(StandardCharsets.UTF_8))
                                        .taskType()
                                : "")
                        .orElse("");
                results.add(new SourceResult(id, type, counts ? result(id) : null));
            }
            return results;
        }

        private DocumentValue merged(final List<String> ids, final String gate) {
            return Merges.merge(step.strategy(), sources(ids, gate)).document();
        }

        /** What a task behind a join gets of those before it. */
        private DocumentValue synthesis() {
            if (step.joinId().isEmpty()) {
                return DocumentValue.EMPTY_MAP;
            }
            if (step.mergeId().isEmpty()) {
                return merged(step.joined(), step.strategy() == MergeStrategy.FIRST ? step.joinId() : "");
            }
            final DocumentValue merged = result(step.mergeId());
            return merged == null ? DocumentValue.EMPTY_MAP : merged;
        }

        AttemptResult decided() {
            if (step.kind() == PatternStep.Kind.LOOP) {
                final LoopVerdict verdict = LoopVerdict.of(step, this::result);
                return verdict.hasFailed()
                        ? AttemptResult.notStarted(1, "not good after " + verdict.rounds() + " reviews")
                        : succeeded(verdict.result());
            }
            try {
                return succeeded(merged(step.sources(), ""));
            } catch (final IncomparableResultsException e) {
                return AttemptResult.notStarted(1, String.valueOf(e.getMessage()));
            }
        }

        byte[] toldAs() {
            final TreeMap<String, Object> told = new TreeMap<>();
            told.put("task_id", planned.id());
            told.put("task_type", step.taskType());
            told.put("phase_id", step.phaseId());
            told.put("description", step.description());
            told.put("input", step.input());
            final DocumentValue round = step.document().get("round");
            told.put("round", round == null ? DocumentValue.of(0) : round);
            final TreeMap<String, Object> results = new TreeMap<>();
            for (final String source : step.sources()) {
                final DocumentValue result = result(source);
                if (result != null) {
                    results.put(source, result);
                }
            }
            told.put("results", results);
            told.put("synthesis", synthesis());
            return DocumentJson.bytes(DocumentValue.of(told));
        }
    }

    private static AttemptResult succeeded(final DocumentValue result) {
        final JsonNode node = JsonView.MAPPER.readTree(new String(DocumentJson.bytes(result), StandardCharsets.UTF_8));
        return new AttemptResult(
                StepState.SUCCEEDED,
                OptionalInt.empty(),
                Optional.of(node),
                Optional.empty(),
                Map.of(),
                "",
                List.of(),
                0);
    }

    /** Results are JSON; anything else is a text, and no bytes are nothing. */
    private static DocumentValue document(final byte[] result) {
        if (result.length == 0) {
            return DocumentValue.NULL;
        }
        try {
            return DocumentJson.parse(result, 0, result.length);
        } catch (final IllegalArgumentException notJson) {
            return DocumentValue.of(new String(result, StandardCharsets.UTF_8));
        }
    }

    /** Whether its conditions want it done. */
    boolean isWanted(final Plan.PlannedStep planned, final Run.PatternTask task) {
        return new Attempt(planned, task).isWanted();
    }

    /** What comes of a step that no process executes. */
    AttemptResult decided(final Plan.PlannedStep planned, final Run.PatternTask task) {
        return new Attempt(planned, task).decided();
    }

    /**
     * What the process of a task is told: variables for its environment, one of which names a file.
     *
     * @throws IncomparableResultsException when the results before it cannot be merged
     */
    Map<String, String> told(final Plan.PlannedStep planned, final Run.PatternTask task, final int attempt)
            throws IOException {
        final Attempt about = new Attempt(planned, task);
        final Path file = folder.attempt(planned.id(), attempt).out().resolveSibling("task.json");
        PrivateFiles.write(file, about.toldAs());
        final Map<String, String> variables = new LinkedHashMap<>();
        variables.put("SIGNALBOX_TASK", file.toString());
        variables.put("SIGNALBOX_TASK_TYPE", about.step.taskType());
        variables.put(
                "SIGNALBOX_TASK_INPUT", new String(DocumentJson.bytes(about.step.input()), StandardCharsets.UTF_8));
        return variables;
    }
}
