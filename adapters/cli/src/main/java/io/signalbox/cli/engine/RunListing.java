package io.signalbox.cli.engine;

import io.signalbox.cli.view.RunState;
import java.time.Instant;
import java.util.List;

/**
 * One run in a line.
 *
 * @param runId its id
 * @param workflow the workflow's name
 * @param state as journaled; {@link RunState#RUNNING} for one that is not over
 * @param isLive whether a process has its journal open now; a run that is not over and not live was interrupted
 * @param stepsOver how many steps have ended
 * @param steps how many there are, as far as known
 * @param started when its first command was journaled
 * @param elapsedMs from its first to its last journaled command
 * @param asking ids of steps that wait for an answer
 */
public record RunListing(
        String runId,
        String workflow,
        RunState state,
        boolean isLive,
        int stepsOver,
        int steps,
        Instant started,
        long elapsedMs,
        List<String> asking) {
    public RunListing {
        asking = List.copyOf(asking);
    }

    /** One in which nothing waits for an answer. */
    public RunListing(
            final String runId,
            final String workflow,
            final RunState state,
            final boolean isLive,
            final int stepsOver,
            final int steps,
            final Instant started,
            final long elapsedMs) {
        this(runId, workflow, state, isLive, stepsOver, steps, started, elapsedMs, List.of());
    }

    /** The state in a word a person understands: {@code interrupted} for a run that is neither over nor live. */
    public String word() {
        return state == RunState.RUNNING && !isLive
                ? "interrupted"
                : state.word().replace('_', ' ');
    }
}
