package io.signalbox.kernel;

import io.signalbox.kernel.routing.RoutingDecision;
import io.signalbox.kernel.routing.RoutingRules;
import io.signalbox.kernel.routing.RoutingSettings;
import io.signalbox.kernel.routing.router.ConditionalRouter;
import io.signalbox.kernel.routing.router.ConditionalRule;
import io.signalbox.kernel.routing.router.InvalidRouterException;
import io.signalbox.kernel.routing.router.ParallelRouter;
import io.signalbox.kernel.routing.router.PriorityRouter;
import io.signalbox.kernel.routing.router.Router;
import io.signalbox.kernel.routing.router.StateAnalysisRouter;
import java.util.ArrayList;
import java.util.List;

/**
 * A set of routers and how their opinions become a decision. Immutable; may serve any number of coordinations.
 *
 * <p>Names are unique: a router takes the place of the one of its name.
 */
public record Routing(RoutingSettings settings, List<Router> routers) {
    /**
     * Checks the number and the names of the routers.
     *
     * @throws InvalidRouterException when there are more than {@link RoutingRules#OPINIONS_MAX}, one has no name or a weight outside
     *     0 to 100, or two have one name.
     */
    public Routing {
        routers = List.copyOf(routers);
        if (routers.size() > RoutingRules.OPINIONS_MAX) {
            throw new InvalidRouterException(
                    "up to " + RoutingRules.OPINIONS_MAX + " routers may be asked, not " + routers.size());
        }
        for (int i = 0; i < routers.size(); i++) {
            final Router router = routers.get(i);
            final String name = router.name();
            if (name == null || name.isEmpty() || name.length() > RoutingRules.TASK_LENGTH_MAX) {
                throw new InvalidRouterException("the name of router " + (i + 1) + " must have 1 to "
                        + RoutingRules.TASK_LENGTH_MAX + " characters");
            }
            if (router.strategy() == null || router.weight() < 0 || router.weight() > 100) {
                throw new InvalidRouterException(
                        "router '" + name + "' needs a strategy and a weight in 0..100: " + router.weight());
            }
            if (indexOf(routers, name) != i) {
                throw new InvalidRouterException("two routers are called '" + name + "'");
            }
        }
    }

    /** No router yet, and the standard settings. */
    public static Routing empty() {
        return new Routing(RoutingSettings.standard(), List.of());
    }

    /**
     * The four routers with the rule {@code error_retry}: while the state counts errors, the task is tried again, three times in a row at
     * most; then it is an error.
     */
    public static Routing standard() {
        final ConditionalRule errorRetry = ConditionalRule.of(
                        "error_retry", "Retry on Error", "error_count", ">", 0, RoutingDecision.RETRY)
                .withPriority(100);
        return empty().with(ConditionalRouter.of(errorRetry))
                .with(new ParallelRouter())
                .with(new StateAnalysisRouter())
                .with(new PriorityRouter());
    }

    /** With a router more, or in place of the one of its name. */
    public Routing with(final Router router) {
        final List<Router> changed = new ArrayList<>(routers);
        final int index = indexOf(routers, router.name());
        if (index < 0) {
            changed.add(router);
        } else {
            changed.set(index, router);
        }
        return new Routing(settings, changed);
    }

    /** Without the router of this name; the same when there is none. */
    public Routing without(final String name) {
        final List<Router> changed = new ArrayList<>(routers);
        changed.removeIf(router -> router.name().equals(name));
        return new Routing(settings, changed);
    }

    /** With other settings. */
    public Routing with(final RoutingSettings newSettings) {
        return new Routing(newSettings, routers);
    }

    private static int indexOf(final List<Router> routers, final String name) {
        for (int i = 0; i < routers.size(); i++) {
            if (routers.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }
}
