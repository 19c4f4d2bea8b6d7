package io.signalbox.cli.engine;

import io.signalbox.yaml.CallScope;
import io.signalbox.yaml.Plan;
import io.signalbox.yaml.Scope;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What the placeholders of the steps of a run see. Any thread. */
final class Scopes {
    private final LiveRun live;
    private final RunScope scope;

    Scopes(final LiveRun live, final Map<String, String> environment) {
        this.live = live;
        scope = new RunScope(
                live.definition().inputs(),
                new Outcomes(live)::of,
                live.definition().workflow()::call,
                environment,
                Optional.empty(),
                OptionalInt.empty(),
                live.folder().root(),
                live.definition().directory(),
                SelfClasspath.text());
    }

    /** Of one step, or of one instance. */
    Scope of(final Plan.PlannedStep planned) {
        final RunScope own = planned.foreachItem()
                .map(item -> scope.forInstance(item, planned.foreachIndex().orElseThrow()))
                .orElse(scope);
        return CallScope.of(live.definition().workflow(), planned.step().flow().scope(), own);
    }
}
