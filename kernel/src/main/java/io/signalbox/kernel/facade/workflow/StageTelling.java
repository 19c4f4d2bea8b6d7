package io.signalbox.kernel.facade.workflow;

import io.signalbox.kernel.Coordination;
import io.signalbox.kernel.Kernel;
import io.signalbox.kernel.Sending;
import io.signalbox.kernel.StateKey;
import io.signalbox.kernel.context.DocumentValue;
import io.signalbox.kernel.metrics.Tags;
import io.signalbox.kernel.signal.Payload;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Tells how a workflow goes: in the state of its coordination, by signals, and to the metrics. Any thread. */
final class StageTelling {
    /** Sender of {@code stage_completed}. */
    static final String SENDER = "staged_executor";

    private static final double NS_PER_MS = 1e6;
    private static final int TAG_LENGTH_MAX = 100;

    private final Kernel kernel;
    private final Coordination coordination;
    private final WorkflowConfig config;

    StageTelling(final Kernel kernel, final Coordination coordination, final WorkflowConfig config) {
        this.kernel = kernel;
        this.coordination = coordination;
        this.config = config;
    }

    private StateKey<String> key(final String what) {
        return StateKey.text("workflow_" + config.workflowId() + "_" + what);
    }

    static String word(final WorkflowStatus status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    /** A workflow that another process goes on with was told as started before. */
    void started(final long run) {
        final StateKey<Long> runKey = StateKey.number("workflow_" + config.workflowId() + "_run");
        if (Long.valueOf(run).equals(coordination.state().get(runKey))) {
            return;
        }
        coordination
                .state()
                .update()
                .set(key("status"), word(WorkflowStatus.IN_PROGRESS))
                .set(key("start_time"), now())
                .set(runKey, run)
                .apply();
    }

    private String now() {
        return Instant.now().toString();
    }

    /** A stage has ended that had begun. Answers what could not be told, or an empty text. */
    String ended(final StageResult stage, final Map<String, Object> outputs) {
        try {
            coordination.state().set(StateKey.json("stage_" + stage.stageId() + "_context"), document(stage, outputs));
            if (config.signalOnStageComplete()) {
                send(stage);
            }
            if (config.collectMetrics()) {
                measure(stage);
            }
            return "";
        } catch (final RuntimeException | StackOverflowError e) {
            return e.toString();
        }
    }

    private String document(final StageResult stage, final Map<String, Object> outputs) {
        final Map<String, Object> document = new LinkedHashMap<>();
        document.put("workflow_id", config.workflowId());
        document.put("stage_id", stage.stageId());
        document.put("stage_number", stage.stageNumber());
        document.put("stage_name", stage.stageName());
        document.put("status", word(stage.status()));
        document.put("execution_time_ms", stage.durationMs());
        document.put("speedup_ratio", stage.speedupRatio());
        final Map<String, Object> steps = new LinkedHashMap<>();
        stage.steps().forEach(step -> steps.put(step.stepId(), word(step.status())));
        document.put("steps", steps);
        document.put("outputs", writable(outputs));
        final String text = DocumentValue.of(document).toString();
        if (text.length() <= kernel.config().payloadLengthMax() / 4) {
            return text;
        }
        document.remove("outputs");
        document.remove("steps");
        return DocumentValue.of(document).toString();
    }

    private static Map<String, Object> writable(final Map<String, Object> outputs) {
        final Map<String, Object> writable = new LinkedHashMap<>();
        outputs.forEach((step, value) -> {
            try {
                writable.put(step, DocumentValue.of(value));
            } catch (final RuntimeException | StackOverflowError notADocument) {
                writable.put(step, HeldResults.text(value));
            }
        });
        return writable;
    }

    private void send(final StageResult stage) {
        coordination
                .signals()
                .send(
                        "stage_completed",
                        Payload.of()
                                .text("stage_id", stage.stageId())
                                .text("status", word(stage.status()))
                                .number("execution_time_ms", stage.durationMs())
                                .fields(
                                        "detail",
                                        Payload.of()
                                                .text("workflow_id", config.workflowId())
                                                .text("stage_name", stage.stageName())
                                                .integer("stage_number", stage.stageNumber())
                                                .integer("total_steps", stage.totalSteps())
                                                .integer("successful_steps", stage.successfulSteps())
                                                .integer("failed_steps", stage.failedSteps())
                                                .number("speedup_ratio", stage.speedupRatio())),
                        Sending.by(SENDER))
                .orThrow();
    }

    private void measure(final StageResult stage) {
        kernel.metrics()
                .timing("stage_execution_time")
                .record(
                        (long) (stage.durationMs() * NS_PER_MS),
                        Tags.of(
                                "workflow_id",
                                tag(config.workflowId()),
                                "stage_id",
                                tag(stage.stageId()),
                                "stage_number",
                                Integer.toString(stage.stageNumber()),
                                "status",
                                word(stage.status())));
    }

    private static String tag(final String text) {
        final StringBuilder tag = new StringBuilder();
        for (int i = 0; i < Math.min(TAG_LENGTH_MAX, text.length()); i++) {
            tag.append(Character.isISOControl(text.charAt(i)) ? ' ' : text.charAt(i));
        }
        return tag.toString();
    }

    void finished(final WorkflowResult result) {
        coordination
                .state()
                .update()
                .set(key("status"), word(result.status()))
                .set(key("end_time"), now())
                .apply();
        if (config.collectMetrics()) {
            final Tags tags = Tags.of("workflow_id", tag(config.workflowId()), "status", word(result.status()));
            kernel.metrics()
                    .timing("workflow_execution_time")
                    .record((long) (result.totalDurationMs() * NS_PER_MS), tags);
            kernel.metrics().gauge("workflow_speedup_ratio", "ratio").set(result.overallSpeedup(), tags);
        }
    }
}
