package io.signalbox.kernel.facade.workflow;

import io.signalbox.kernel.StepContext;
import io.signalbox.kernel.StepResult;
import io.signalbox.kernel.context.DocumentJson;
import io.signalbox.kernel.context.DocumentValue;
import io.signalbox.kernel.workflow.StepSnapshot;
import io.signalbox.kernel.workflow.StepState;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the functions of one run have produced, as they produced it; the kernel keeps it as JSON. Whether an attempt counts is the kernel's word: what is read here belongs to a step
 * that has succeeded. Any thread.
 */
final class HeldResults {
    /** Key of a map that says how good it is. */
    static final String QUALITY = "quality_score";

    private static final double NS_PER_MS = 1e6;
    private static final int TIMEOUT_EXIT_CODE = 124;

    private final Map<String, Held> heldByStep = new ConcurrentHashMap<>();

    /** The last attempt of a step that was heard of. */
    private record Held(int attempt, Object value, long durationNs) {}

    /** Carry out an attempt, and keep what it produces. */
    StepResult perform(final StepContext context, final StepExecutor executor, final WorkContext work)
            throws Exception {
        final long startNs = System.nanoTime();
        Object value = null;
        try {
            value = executor.execute(work);
        } finally {
            keep(context, value instanceof RatedResult rated ? rated.value() : value, System.nanoTime() - startNs);
        }
        if (value instanceof StepResult ended) {
            return ended;
        }
        return value instanceof RatedResult rated
                ? report(context, rated.value(), rated.quality())
                : report(context, value, quality(value));
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

    /** What cannot be written down, or is too long, stays in this process only, and the detail says so. */
    private static StepResult report(final StepContext context, final Object value, final double quality) {
        if (value == null) {
            return StepResult.success().ofQuality(quality);
        }
        byte[] written;
        String detail = "";
        try {
            written = DocumentJson.bytes(DocumentValue.of(value));
        } catch (final RuntimeException | StackOverflowError notADocument) {
            written = DocumentJson.bytes(DocumentValue.of(text(value)));
            detail = "written down as text: "
                    + (notADocument instanceof StackOverflowError
                            ? "it is nested too deep, or contains itself"
                            : notADocument.getMessage());
        }
        final int lengthMax = context.kernel().config().payloadLengthMax();
        if (written.length > lengthMax) {
            return StepResult.success()
                    .ofQuality(quality)
                    .withDetail("the result has " + written.length + " bytes and is not written down; at most "
                            + lengthMax + " are");
        }
        return StepResult.success(written).ofQuality(quality).withDetail(detail);
    }

    /** What a value says of itself; its class when it cannot. */
    static String text(final Object value) {
        try {
            return String.valueOf(value);
        } catch (final RuntimeException | StackOverflowError speechless) {
            return value.getClass().getName();
        }
    }

    /** What a step has produced; of one that has succeeded. */
    Object value(final String step) {
        final Held held = heldByStep.get(step);
        return held == null ? null : held.value();
    }

    /** How long the last attempt of a step worked, in milliseconds; 0 when its end was not heard of. */
    double durationMs(final String step) {
        final Held held = heldByStep.get(step);
        return held == null ? 0 : held.durationNs() / NS_PER_MS;
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
