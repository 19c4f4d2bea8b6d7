package io.signalbox.kernel.board;

import io.signalbox.kernel.metrics.Metrics;
import io.signalbox.kernel.metrics.Tags;
import io.signalbox.kernel.pattern.PatternStep;
import io.signalbox.kernel.workflow.RunSnapshot;
import io.signalbox.kernel.workflow.RunState;

/** Measures patterns through the kernel's metrics, each under its own name. Any thread. */
final class PatternMeter {
    private static final int NAME_LENGTH_MAX = 60;

    private final Metrics metrics;

    PatternMeter(final Metrics metrics) {
        this.metrics = metrics;
    }

    /** A run of a pattern was started. */
    void started(final String pattern) {
        metrics.counter("patterns_started." + name(pattern)).increment();
    }

    /** A step of it was done, or failed to be. */
    void performed(final PatternStep step, final long durationNs) {
        final String name = name(step.pattern());
        final String type = step.taskType().isEmpty() ? step.kind().word() : name(step.taskType());
        metrics.timing("pattern_task_time." + name).record(durationNs, Tags.of("task_type", type));
    }

    /** A run of it has ended. */
    void ended(final String pattern, final RunSnapshot run) {
        final String name = name(pattern);
        metrics.timing("pattern_time." + name).record(Math.max(0, run.finishedNs() - run.startedNs()), Tags.NONE);
        metrics.counter((run.state() == RunState.SUCCEEDED ? "patterns_succeeded." : "patterns_failed.") + name)
                .increment();
    }

    private static String name(final String text) {
        return text.length() > NAME_LENGTH_MAX ? text.substring(0, NAME_LENGTH_MAX) : text;
    }
}
