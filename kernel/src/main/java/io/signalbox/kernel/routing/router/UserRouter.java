package io.signalbox.kernel.routing.router;

import io.signalbox.kernel.routing.Opinion;
import java.util.function.BiFunction;

/** A function of the user under a name. */
record UserRouter(String name, int weight, BiFunction<RoutingContext, RoutingState, Opinion> function)
        implements Router {
    @Override
    public Opinion evaluate(final RoutingContext context, final RoutingState state) {
        return function.apply(context, state);
    }
}
