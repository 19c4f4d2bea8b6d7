package io.signalbox.kernel.facade;

import io.signalbox.kernel.Dependency;
import io.signalbox.kernel.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the agents of one workflow have in common while it runs: results, waits, and whether it goes on. Any thread. */
final class WorkControl {
    private final Map<String, AgentResult> results = new LinkedHashMap<>();
    private final List<Dependency> waits = new ArrayList<>();
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
        waits.stream().filter(wait -> wait.poll() instanceof Outcome.TimedOut).forEach(Dependency::cancel);
        waits.clear();
    }

    /** Why nobody begins anything any more; null while the work goes on. */
    synchronized String stopped() {
        return stopped;
    }

    /** These waits end when the work is stopped; at once, when it has been. */
    synchronized void waits(final List<Dependency> declared) {
        waits.addAll(declared);
        if (stopped != null) {
            stop(stopped);
        }
    }

    synchronized void waited(final List<Dependency> declared) {
        waits.removeAll(declared);
    }
}
