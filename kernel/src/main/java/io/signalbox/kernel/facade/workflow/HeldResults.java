package io.signalbox.kernel.facade.workflow;

import io.signalbox.kernel.StepContext;
import io.signalbox.kernel.StepResult;
import io.signalbox.kernel.workflow.RunSnapshot;
import io.signalbox.kernel.workflow.StepSnapshot;
import io.signalbox.kernel.workflow.StepState;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the functions of one run have produced, as they produced it; the kernel keeps it as a codec writes it, and another process reads it from there. Whether an attempt counts is the
 * kernel's word: what is read here belongs to a step that has succeeded. Any thread.
 */
final class HeldResults {
    /** Key of a map that says how good it is. */
    static final String QUALITY = "quality_score";

    private static final double NS_PER_MS = 1e6;
    private static final int TIMEOUT_EXIT_CODE = 124;

    private final Map<String, Held> heldByStep = new ConcurrentHashMap<>();
    private final WrittenResults written;

    /** The last attempt of a step that was heard of. */
    private record Held(int attempt, Object value, long durationNs) {}

    HeldResults(final ResultCodec codec) {
        written = new WrittenResults(codec);
    }

    /** What an earlier process has produced. Before anything is carried out here. */
    void restore(final RunSnapshot left) {
        for (final StepSnapshot step : left.steps()) {
            if (step.state() == StepState.SUCCEEDED) {
                heldByStep.put(step.id(), new Held(step.attempts(), written.read(step), 0));
            }
        }
    }

    /** Carry out an attempt, and keep what it produces. */
    StepResult perform(final StepContext context, final StepExecutor executor, final WorkContext work)
            throws Exception {
        final long startNs = System.nanoTime();
        Object value = null;
        try {
            value = executor.execute(work);
        } catch (final ResultNotKeptException e) {
            return StepResult.failureForGood(e.getMessage());
        } finally {
            keep(context, value instanceof RatedResult rated ? rated.value() : value, System.nanoTime() - startNs);
        }
        if (value instanceof StepResult ended) {
            return ended;
        }
        return value instanceof RatedResult rated
                ? written.write(context, rated.value()).ofQuality(rated.quality())
                : written.write(context, value).ofQuality(quality(value));
    }

    /** An attempt that is overtaken by a later one comes too late here as it does in the kernel. */
    private void keep(final StepContext context, final Object value, final long durationNs) {
        heldByStep.merge(
                context.step().id(),
                new Held(context.attempt(), value, durationNs),
                (before, now) -> now.attempt() >= before.attempt() ? now : before);
    }

    private static double quality(final Object value) {
        final Object quality = value instanceof Map<?, ?> map ? entry(map) : null;
        if (!(quality instanceof Number number)) {
            return 1;
        }
        return number.doubleValue() > 0 ? Math.min(1, number.doubleValue()) : 0; // what is no number is the worst
    }

    /** A map that is sorted by other keys than texts cannot be asked for one. */
    private static Object entry(final Map<?, ?> map) {
        try {
            return map.get(QUALITY);
        } catch (final ClassCastException otherKeys) {
            return null;
        }
    }

    /** What a value says of itself; its class when it cannot. */
    static String text(final Object value) {
        try {
            return String.valueOf(value);
        } catch (final RuntimeException | StackOverflowError speechless) {
            return value.getClass().getName();
        }
    }

    /** What a step has produced, for those behind it; of one that has succeeded. May be a {@link WrittenResults.Unkept}. */
    Object value(final String step) {
        final Held held = heldByStep.get(step);
        return held == null ? null : held.value();
    }

    /** How long the last attempt of a step worked, in milliseconds; 0 when its end was not heard of. */
    double durationMs(final String step) {
        final Held held = heldByStep.get(step);
        return held == null ? 0 : held.durationNs() / NS_PER_MS;
    }

    /** What came of a step; of a result that was not kept its text, if there is one, and why. */
    WorkflowStepResult result(final StepSnapshot step, final WorkflowStatus status, final String error) {
        final boolean isSuccess = step.state() == StepState.SUCCEEDED;
        final Object value = isSuccess ? value(step.id()) : null;
        final WrittenResults.Unkept unkept = value instanceof WrittenResults.Unkept gone ? gone : null;
        return new WorkflowStepResult(
                step.id(),
                status,
                unkept == null ? value : unkept.text(),
                unkept == null ? error : unkept.why(),
                durationMs(step.id()),
                Math.max(0, step.attempts() - 1),
                isSuccess ? step.quality() : 0);
    }

    /** Whether a step or gate failed because its time was up. */
    static boolean isTimedOut(final StepSnapshot step) {
        return step.state() == StepState.FAILED && step.exitCode() == TIMEOUT_EXIT_CODE;
    }

    /** Why a step did not succeed; empty when it did. */
    static String error(final StepSnapshot step) {
        if (step.state() == StepState.SUCCEEDED) {
            return "";
        }
        if (isTimedOut(step)) {
            return "its time was up";
        }
        final String detail = new String(step.detail(), StandardCharsets.UTF_8);
        return !detail.isEmpty() || step.state() != StepState.CANCELLED
                ? detail
                : step.attempts() == 0 ? "not run" : "cancelled";
    }
}
