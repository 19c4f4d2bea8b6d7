package io.signalbox.cli.engine;

import java.time.Instant;
import java.util.List;

/**
 * What one command of a journal did to the steps of its run.
 *
 * @param position of the command
 * @param time at which it was journaled
 * @param changes a few words each: {@code compile succeeded}
 */
public record HistoryEntry(long position, Instant time, List<String> changes) {
    public HistoryEntry {
        changes = List.copyOf(changes);
    }
}
