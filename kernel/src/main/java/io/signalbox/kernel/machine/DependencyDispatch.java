package io.signalbox.kernel.machine;

import io.signalbox.kernel.command.CommandType;
import io.signalbox.kernel.command.CommandView;
import io.signalbox.kernel.command.codec.CancelDependencyDecoder;
import io.signalbox.kernel.command.codec.DeclareDependencyDecoder;
import io.signalbox.kernel.command.codec.MarkResourceDecoder;
import io.signalbox.kernel.command.codec.ScoreGateDecoder;
import io.signalbox.kernel.dependency.Dependencies;
import io.signalbox.kernel.dependency.DependencyRules;

/** Reads the commands of the dependency room. */
final class DependencyDispatch {
    private final DependencyRules rules;
    private final Dependencies dependencies;
    private final DeclareDependencyDecoder declareDependency = new DeclareDependencyDecoder();
    private final CancelDependencyDecoder cancelDependency = new CancelDependencyDecoder();
    private final MarkResourceDecoder markResource = new MarkResourceDecoder();
    private final ScoreGateDecoder scoreGate = new ScoreGateDecoder();

    DependencyDispatch(final DependencyRules rules, final Dependencies dependencies) {
        this.rules = rules;
        this.dependencies = dependencies;
    }

    /** What is said about a wait stands in the order of its own coordination, whichever the command names. */
    int scope(final CommandType type, final CommandView command, final int named) {
        if (type != CommandType.CANCEL_DEPENDENCY) {
            return named;
        }
        final long wait = Body.of(command, cancelDependency).dependency();
        return dependencies.owns(wait) ? (int) dependencies.coordination((int) wait) : named;
    }

    long decide(final CommandType type, final CommandView command, final long coordination) {
        return switch (type) {
            case DECLARE_DEPENDENCY -> declare(coordination, Body.of(command, declareDependency));
            case CANCEL_DEPENDENCY ->
                rules.cancel(Body.of(command, cancelDependency).dependency());
            case MARK_RESOURCE -> mark(coordination, Body.of(command, markResource));
            case SCORE_GATE -> score(coordination, Body.of(command, scoreGate));
            default -> throw new IllegalStateException(type + " is not of this room");
        };
    }

    private long declare(final long coordination, final DeclareDependencyDecoder body) {
        return rules.declare(
                coordination,
                body.kind(),
                body.flags(),
                body.owner(),
                body.target(),
                body.afterPosition(),
                body.timeoutNs(),
                body.threshold());
    }

    private long mark(final long coordination, final MarkResourceDecoder body) {
        return rules.markResource(coordination, body.resource(), body.available());
    }

    private long score(final long coordination, final ScoreGateDecoder body) {
        return rules.scoreGate(coordination, body.gate(), body.failed() != 0, body.score());
    }
}
