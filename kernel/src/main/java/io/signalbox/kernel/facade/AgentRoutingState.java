package io.signalbox.kernel.facade;

import io.signalbox.kernel.routing.router.Complexity;
import io.signalbox.kernel.routing.router.RoutingState;

/**
 * The state of the session as routers see it when they are asked about one agent: {@code error_count}, {@code error} and
 * {@code current_task} are that agent's own, so that the errors of one agent do not make others try again.
 */
record AgentRoutingState(RoutingState session, String agentId, int errors, String error) implements RoutingState {
    @Override
    public Object get(final String key) {
        return switch (key) {
            case "error_count" -> (long) errors;
            case "error" -> error.isEmpty() ? null : error;
            case "current_task" -> agentId;
            default -> session.get(key);
        };
    }

    @Override
    public boolean has(final String key) {
        return switch (key) {
            case "error_count", "current_task" -> true;
            case "error" -> !error.isEmpty();
            default -> session.has(key);
        };
    }

    @Override
    public Complexity complexity() {
        return session.complexity();
    }

    @Override
    public long version() {
        return session.version();
    }
}
