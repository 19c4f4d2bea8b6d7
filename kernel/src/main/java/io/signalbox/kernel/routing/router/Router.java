package io.signalbox.kernel.routing.router;

import io.signalbox.kernel.routing.Opinion;
import io.signalbox.kernel.routing.RoutingStrategy;
import java.util.function.BiFunction;

/**
 * Has an opinion about a task. It runs on the thread that asks for the decision, outside the machine's turn: what it says is
 * journaled, it itself is never replayed, so it need not be deterministic. Called from many threads at once.
 */
public interface Router {
    /** Unique among the routers asked; 1 to 256 characters. */
    default String name() {
        return strategy().word();
    }

    /** Its kind. */
    default RoutingStrategy strategy() {
        return RoutingStrategy.CUSTOM;
    }

    /** Weight under the weighted policy, 0 to 100. */
    default int weight() {
        return strategy().weight();
    }

    /** What it says. One that throws or answers null has failed, which is recorded as an opinion too. */
    Opinion evaluate(RoutingContext context, RoutingState state);

    /**
     * A router of the user.
     *
     * @param name 1 to 256 characters.
     * @param weight 0 to 100.
     * @throws InvalidRouterException when one of them is out of its range.
     */
    static Router of(
            final String name, final int weight, final BiFunction<RoutingContext, RoutingState, Opinion> evaluate) {
        return new UserRouter(
                Checks.name("the name of a router", name),
                Checks.inRange("the weight of router '" + name + "'", weight, 0, 100),
                Checks.given("the function of router '" + name + "'", evaluate));
    }

    /** As {@link #of(String, int, BiFunction)}, with the weight that routers of the user have. */
    static Router of(final String name, final BiFunction<RoutingContext, RoutingState, Opinion> evaluate) {
        return of(name, RoutingStrategy.CUSTOM.weight(), evaluate);
    }
}
