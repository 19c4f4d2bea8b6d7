package io.signalbox.kernel;

import io.signalbox.kernel.dependency.Dependencies;
import io.signalbox.kernel.dependency.DependencyRules;
import io.signalbox.kernel.dependency.DependencyState;
import java.time.Duration;

/** Says in words what a wait waits for. Between two turns. */
final class Explanation {
    private Explanation() {}

    static String of(final Kernel kernel, final long handle) {
        final Dependencies dependencies = kernel.machine().dependencies();
        if (handle < 0 || !dependencies.owns(handle)) {
            return "no wait has this handle any more";
        }
        final int slot = (int) handle;
        final DependencyState state = dependencies.stateOf(slot);
        final String what = switch (dependencies.kind(slot)) {
            case AGENT_COMPLETION ->
                "agent '" + kernel.name(dependencies.target(slot)) + "' to "
                        + ((dependencies.flags(slot) & DependencyRules.SUCCESS_REQUIRED) != 0 ? "succeed" : "end");
            case RESOURCE -> "resource '" + kernel.name(dependencies.target(slot)) + "' to be available";
            case SYNC_POINT, BARRIER, LATCH, CONDITION, LEASE -> SyncExplanation.of(kernel, handle);
            case QUALITY_GATE ->
                "gate '" + kernel.name(dependencies.target(slot)) + "' to reach " + dependencies.threshold(slot);
            case RESPONSE -> "a response to the signal at position " + dependencies.afterPosition(slot);
            case STATE_PREDICATE ->
                "key '" + kernel.name(dependencies.target(slot)) + "' to be "
                        + kernel.machine().statePredicates().predicate(handle).text();
        };
        if (state != DependencyState.PENDING) {
            return state + ": it waited for " + what;
        }
        final long deadlineNs = dependencies.deadlineNs(slot);
        final String limit = deadlineNs == Long.MAX_VALUE
                ? "without a limit of time"
                : "for another " + Duration.ofNanos(Math.max(0, deadlineNs - kernel.nowNs()));
        return "PENDING since position " + dependencies.declaredPosition(slot) + ": it waits for " + what + ", "
                + limit;
    }
}
