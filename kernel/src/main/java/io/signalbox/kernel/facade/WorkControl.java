package io.signalbox.kernel.facade;

import io.signalbox.kernel.DependencySet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the agents of one workflow have in common while it runs: results, waits, and whether it goes on. Any thread. */
final class WorkControl {
    private final Map<String, AgentResult> results = new LinkedHashMap<>();
    private final List<DependencySet> waits = new ArrayList<>();
    private String stopped;

    synchronized void put(final String agentId, final AgentResult result) {
        results.put(agentId, result);
    }

    /** The results that there are now. */
    synchronized Map<String, AgentResult> results() {
        return Copies.of(results);
    }

    /** Nobody begins anything from now on, and who waits does so no longer. */
    synchronized void stop(final String why) {
        if (stopped == null) {
            stopped = why;
        }
        waits.forEach(DependencySet::cancel);
        waits.clear();
    }

    /** Why nobody begins anything any more; null while the work goes on. */
    synchronized String stopped() {
        return stopped;
    }

    /** These waits of an agent end when the work is stopped; at once, when it has been. */
    synchronized void waits(final DependencySet declared) {
        waits.add(declared);
        if (stopped != null) {
            stop(stopped);
        }
    }

    synchronized void waited(final DependencySet declared) {
        waits.remove(declared);
    }
}
