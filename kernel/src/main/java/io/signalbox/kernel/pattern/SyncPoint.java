package io.signalbox.kernel.pattern;

import io.signalbox.kernel.workflow.Superfluous;
import java.util.List;

/**
 * A place where work waits until enough tasks have succeeded.
 *
 * @param id of the place.
 * @param waitingTaskIds whom it waits for, each once.
 * @param requiredCount how many of them have to succeed, at least 1.
 * @param timeoutNs in which they have to, 0 for any time.
 * @param superfluous what becomes of those whom it no longer waits for.
 */
public record SyncPoint(
        String id, List<String> waitingTaskIds, int requiredCount, long timeoutNs, Superfluous superfluous) implements PatternSection {
    public SyncPoint {
        waitingTaskIds = List.copyOf(waitingTaskIds);
    }
}
