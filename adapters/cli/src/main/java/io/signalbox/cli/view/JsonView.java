package io.signalbox.cli.view;

import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One JSON object a line. Every object has {@code event}, {@code time} (UTC) and {@code run}; the fields of each event stand in
 * {@code docs/command-line.md}. Any thread.
 */
public final class JsonView implements RunView {
    /** The mapper of everything the command line prints as JSON. */
    public static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final PrintStream out;
    private final Clock clock;
    private String runId = "";

    /** Writes to {@code out}. */
    public JsonView(final PrintStream out, final Clock clock) {
        this.out = out;
        this.clock = clock;
    }

    @Override
    public synchronized void runStarted(final RunStart start) {
        runId = start.runId();
        final ObjectNode line = event("run_started");
        line.put("workflow", start.workflow());
        line.put("folder", start.folder().toString());
        line.put("resumed", start.isResumed());
        final ArrayNode steps = line.putArray("steps");
        for (final PlannedStep step : start.steps()) {
            final ObjectNode node = steps.addObject();
            node.put("id", step.id());
            node.put("foreach", step.isForeach());
            strings(node.putArray("needs"), step.needs());
            if (step.kind() != PlannedStep.Kind.TASK) {
                node.put("kind", step.kind().word());
            }
            if (!step.parent().isEmpty()) {
                node.put("parent", step.parent());
            }
        }
        final ObjectNode finished = line.putObject("finished_before");
        for (final Map.Entry<String, StepState> step : start.finishedBefore().entrySet()) {
            finished.put(step.getKey(), step.getValue().word());
        }
        print(line);
    }

    @Override
    public synchronized void instancesKnown(final String id, final int count) {
        final ObjectNode line = step("instances_known", id);
        line.put("count", count);
        print(line);
    }

    @Override
    public synchronized void stepStarted(final String id, final int attempt, final long pid) {
        final ObjectNode line = step("step_started", id);
        line.put("attempt", attempt);
        line.put("pid", pid);
        print(line);
    }

    @Override
    public synchronized void stepFinished(final StepEnd end) {
        final ObjectNode line = step("step_finished", end.id());
        line.put("attempt", end.attempt());
        line.put("state", end.state().word());
        end.exitCode().ifPresent(exitCode -> line.put("exit_code", exitCode));
        line.put("elapsed_ms", end.elapsedMs());
        if (end.state().isFailure()) {
            line.put("message", SafeText.strip(end.message()));
            strings(
                    line.putArray("stderr_tail"),
                    end.stderrTail().stream().map(SafeText::strip).toList());
            end.log().ifPresent(log -> line.put("log", log.toString()));
        }
        print(line);
    }

    @Override
    public synchronized void retryScheduled(final RetryScheduled retry) {
        final ObjectNode line = step("retry_scheduled", retry.id());
        line.put("failed_attempt", retry.failedAttempt());
        line.put("attempts_max", retry.attemptsMax());
        line.put("delay_ms", retry.delayMs());
        line.put("elapsed_ms", retry.elapsedMs());
        line.put("message", SafeText.strip(retry.message()));
        print(line);
    }

    @Override
    public synchronized void stepSkipped(final String id, final String why) {
        final ObjectNode line = step("step_skipped", id);
        line.put("message", SafeText.strip(why));
        print(line);
    }

    @Override
    public synchronized void stepCancelled(final String id, final String why) {
        final ObjectNode line = step("step_cancelled", id);
        line.put("message", SafeText.strip(why));
        print(line);
    }

    @Override
    public synchronized void answerAwaited(final String id, final String message) {
        final ObjectNode line = step("answer_awaited", id);
        line.put("message", SafeText.strip(message));
        print(line);
    }

    @Override
    public synchronized void blockFinished(final BlockEnd end) {
        final ObjectNode line = step("block_finished", end.id());
        line.put("state", end.state().word());
        line.put("elapsed_ms", end.elapsedMs());
        end.winner().ifPresent(winner -> line.put("winner", winner));
        if (!end.message().isEmpty()) {
            line.put("message", SafeText.strip(end.message()));
        }
        print(line);
    }

    @Override
    public synchronized void notice(final String text) {
        final ObjectNode line = event("notice");
        line.put("message", SafeText.strip(text));
        print(line);
    }

    @Override
    public synchronized void runFinished(final RunSummary summary) {
        final ObjectNode line = event("run_finished");
        line.put("state", summary.state().word());
        line.put("wall_ms", summary.wallMs());
        line.put("steps_ms", summary.stepsMs());
        line.put("speed_up", Math.round(summary.speedUp() * 100) / 100.0);
        line.put("retries", summary.retries());
        line.put("position", summary.position());
        summary.resultDigest().ifPresent(digest -> line.put("result_digest", digest));
        final ArrayNode outputs = line.putArray("outputs");
        for (final OutputFile output : summary.outputs()) {
            final ObjectNode node = outputs.addObject();
            node.put("step", output.step());
            node.put("name", output.name());
            node.put("path", output.path().toString());
            node.put("size_bytes", output.sizeBytes());
            node.put("sha256", output.sha256());
        }
        summary.hint().ifPresent(hint -> line.put("hint", hint));
        print(line);
    }

    @Override
    public void close() {
        out.flush();
    }

    private ObjectNode step(final String event, final String id) {
        final ObjectNode line = event(event);
        line.put("step", id);
        return line;
    }

    private ObjectNode event(final String event) {
        final ObjectNode line = MAPPER.createObjectNode();
        line.put("event", event);
        line.put("time", clock.instant().toString());
        line.put("run", runId);
        return line;
    }

    private void print(final ObjectNode line) {
        out.print(MAPPER.writeValueAsString(line) + "\n");
        out.flush();
    }

    private static void strings(final ArrayNode array, final List<String> texts) {
        texts.forEach(array::add);
    }
}
