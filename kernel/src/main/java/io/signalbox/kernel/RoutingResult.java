package io.signalbox.kernel;

import io.signalbox.kernel.routing.RouterOpinion;
import io.signalbox.kernel.routing.RoutingDecision;
import io.signalbox.kernel.routing.RoutingStrategy;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A decision about a task, as it was recorded.
 *
 * @param currentTask what was decided about.
 * @param routingId number of the decision in its coordination, from 1.
 * @param decision what to do.
 * @param decidedBy the opinion that decided; the decision differs from its own when the retries were exhausted.
 * @param retries of the task in a row, this decision included.
 * @param retriesExhausted whether a retry was wanted and none was left.
 * @param opinions all of them, in the order in which they counted.
 * @param routingTimeNs what asking the routers took, in nanoseconds.
 */
public record RoutingResult(
        String currentTask,
        long routingId,
        RoutingDecision decision,
        RouterOpinion decidedBy,
        int retries,
        boolean retriesExhausted,
        List<RouterOpinion> opinions,
        long routingTimeNs) {
    /** Of the opinion that decided, 0 to 1. */
    public double confidence() {
        return decidedBy.opinion().confidence();
    }

    /** What a person reads. */
    public String reasoning() {
        final String why = decidedBy.opinion().reasoning();
        return retriesExhausted ? "Retries exhausted: " + why : why;
    }

    /** Kind of the router that decided. */
    public RoutingStrategy strategy() {
        return decidedBy.strategy();
    }

    /** The task to go to; empty for none. */
    public String nextTask() {
        return decidedBy.opinion().nextTask();
    }

    /** What the router that decided measured. */
    public Map<String, Object> metadata() {
        return decidedBy.opinion().metadata();
    }

    /** The opinions that say what was decided, the deciding one among them. */
    public List<RouterOpinion> agreeing() {
        return opinions.stream()
                .filter(each -> each.opinion().decision() == decidedBy.opinion().decision())
                .toList();
    }

    /** Tasks that may run beside this one, of all opinions that agree. */
    public Set<String> parallelTasks() {
        final Set<String> tasks = new LinkedHashSet<>();
        agreeing().forEach(each -> tasks.addAll(each.opinion().tasks()));
        return tasks;
    }

    /** How many opinions there were. */
    public int routersEvaluated() {
        return opinions.size();
    }

    /** What asking the routers took, in milliseconds. */
    public double routingTimeMs() {
        return routingTimeNs / 1e6;
    }
}
