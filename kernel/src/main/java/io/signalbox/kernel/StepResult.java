package io.signalbox.kernel;

import io.signalbox.kernel.workflow.StepEnding;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * How an attempt ended.
 *
 * @param ending succeeded, failed, failed for good, skipped, lost or cancelled; null when the attempt ends with a run that it has started.
 * @param exitCode of a process, 1 of a failure that has none, 0 of a success.
 * @param quality of the result, 0 to 1; competitive gates take the best.
 * @param result what was produced, at most the kernel's payload limit; steps that need this one read it. Do not change it afterwards.
 * @param detail what there is to say about it, at most the payload limit; {@link Workers} cut it there. Do not change it afterwards.
 */
public record StepResult(StepEnding ending, int exitCode, double quality, byte[] result, byte[] detail) {
    /** Millionths in a whole: how quality is counted in the kernel. */
    static final int MILLIONTHS = 1_000_000;

    private static final byte[] NOTHING = {};
    private static final StepResult SUCCESS = new StepResult(StepEnding.SUCCEEDED, 0, 1, NOTHING, NOTHING);

    /** The attempt goes on as the run that it has started. */
    static final StepResult CHILD = new StepResult(null, 0, 1, NOTHING, NOTHING);

    public StepResult {
        if (!(quality >= 0 && quality <= 1)) {
            throw new IllegalArgumentException("quality must be in 0..1: " + quality);
        }
        Objects.requireNonNull(result, "a result is bytes; nothing is an empty array");
        Objects.requireNonNull(detail, "a detail is bytes; nothing is an empty array");
    }

    /** Done, without a result. */
    public static StepResult success() {
        return SUCCESS;
    }

    /** Done. */
    public static StepResult success(final byte[] result) {
        return new StepResult(StepEnding.SUCCEEDED, 0, 1, result, NOTHING);
    }

    /** Done; the result is the text in UTF-8. */
    public static StepResult success(final String result) {
        return success(utf8(result));
    }

    /** Failed; tried again as the step's retry policy says. Null says nothing, as the message of many an exception does. */
    public static StepResult failure(final String why) {
        return new StepResult(StepEnding.FAILED, 1, 0, NOTHING, said(why));
    }

    /** Failed by what was thrown, whatever that is: also one that throws when it is asked what it says. */
    static StepResult thrown(final Throwable thrown) {
        String text;
        try {
            text = thrown.toString();
        } catch (final Throwable silent) {
            text = null;
        }
        return failure(text == null ? thrown.getClass().getName() : text);
    }

    /** Failed, and trying again would not help. Null says nothing. */
    public static StepResult failureForGood(final String why) {
        return new StepResult(StepEnding.FAILED_FOR_GOOD, 1, 0, NOTHING, said(why));
    }

    /** Not to be done: what needs the step is skipped too, unless it judges its needs itself. Null says nothing. */
    public static StepResult skip(final String why) {
        return new StepResult(StepEnding.SKIPPED, 0, 1, NOTHING, said(why));
    }

    /** The worker cannot have it after all; it is offered again, and the attempt does not count. */
    public static StepResult release() {
        return new StepResult(StepEnding.LOST, 0, 0, NOTHING, NOTHING);
    }

    /** The same, of another quality. */
    public StepResult ofQuality(final double quality) {
        return new StepResult(ending, exitCode, quality, result, detail);
    }

    /** The same, with another exit code. */
    public StepResult withExitCode(final int exitCode) {
        return new StepResult(ending, exitCode, quality, result, detail);
    }

    /** The same, with something to say about it. Null says nothing. */
    public StepResult withDetail(final String detail) {
        return new StepResult(ending, exitCode, quality, result, said(detail));
    }

    /** The same, with a result: a failure may have one too. */
    public StepResult withResult(final byte[] result) {
        return new StepResult(ending, exitCode, quality, result, detail);
    }

    /** The same with so many bytes of the detail at most; no character is cut in two. */
    StepResult withDetailCut(final int lengthMax) {
        int length = lengthMax;
        while (length > 0 && (detail[length] & 0xC0) == 0x80) {
            length--;
        }
        return new StepResult(ending, exitCode, quality, result, Arrays.copyOf(detail, length));
    }

    private static byte[] said(final String text) {
        return text == null ? NOTHING : utf8(text);
    }

    private static byte[] utf8(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
