package io.signalbox.kernel.machine;

import io.signalbox.kernel.command.CommandType;
import io.signalbox.kernel.command.CommandView;
import io.signalbox.kernel.command.codec.CancelDependencyDecoder;
import io.signalbox.kernel.command.codec.ClearDependenciesDecoder;
import io.signalbox.kernel.command.codec.DecideApprovalDecoder;
import io.signalbox.kernel.command.codec.DeclareCompositeDecoder;
import io.signalbox.kernel.command.codec.DeclareDependencyDecoder;
import io.signalbox.kernel.command.codec.MarkResourceDecoder;
import io.signalbox.kernel.command.codec.ScoreGateDecoder;
import io.signalbox.kernel.dependency.ApprovalRules;
import io.signalbox.kernel.dependency.CompositeRules;
import io.signalbox.kernel.dependency.Dependencies;
import io.signalbox.kernel.dependency.DependencyRules;

/** Reads the commands of the dependency room. */
final class DependencyDispatch {
    private final DependencyRules rules;
    private final CompositeRules composites;
    private final ApprovalRules approvals;
    private final Dependencies dependencies;
    private final int payloadLengthMax;
    private final DeclareDependencyDecoder declareDependency = new DeclareDependencyDecoder();
    private final CancelDependencyDecoder cancelDependency = new CancelDependencyDecoder();
    private final MarkResourceDecoder markResource = new MarkResourceDecoder();
    private final ScoreGateDecoder scoreGate = new ScoreGateDecoder();
    private final DecideApprovalDecoder decideApproval = new DecideApprovalDecoder();
    private final DeclareCompositeDecoder declareComposite = new DeclareCompositeDecoder();
    private final ClearDependenciesDecoder clearDependencies = new ClearDependenciesDecoder();

    DependencyDispatch(final Rules rules, final Dependencies dependencies, final int payloadLengthMax) {
        this.rules = rules.dependencies;
        this.composites = rules.composites;
        this.approvals = rules.approvals;
        this.dependencies = dependencies;
        this.payloadLengthMax = payloadLengthMax;
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
            case DECIDE_APPROVAL -> decide(coordination, Body.of(command, decideApproval));
            case DECLARE_COMPOSITE -> declare(coordination, command, Body.of(command, declareComposite));
            case CLEAR_DEPENDENCIES ->
                rules.clear(coordination, Body.of(command, clearDependencies).owner());
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
                body.threshold(),
                given(body.from(), DeclareDependencyDecoder.fromNullValue()),
                given(body.label(), DeclareDependencyDecoder.labelNullValue()),
                given(body.retriesMax(), DeclareDependencyDecoder.retriesMaxNullValue()));
    }

    /** A field that older commands do not have. */
    private static int given(final int value, final int nullValue) {
        return value == nullValue ? 0 : value;
    }

    private long declare(final long coordination, final CommandView command, final DeclareCompositeDecoder body) {
        final int length = body.membersLength();
        return composites.declare(
                coordination,
                body.flags(),
                body.owner(),
                body.label(),
                body.needed(),
                body.timeoutNs(),
                body.retriesMax(),
                command.bytes(),
                command.offset() + body.limit() + Body.LENGTH_OF_LENGTH,
                length,
                Body.range(body, length));
    }

    private long decide(final long coordination, final DecideApprovalDecoder body) {
        final int length = body.reasonLength();
        return length > payloadLengthMax
                ? Body.tooLong()
                : approvals.decide(
                        coordination, body.subject(), body.decision(), body.decidedBy(), Body.range(body, length));
    }

    private long mark(final long coordination, final MarkResourceDecoder body) {
        return rules.markResource(coordination, body.resource(), body.available(), body.level());
    }

    private long score(final long coordination, final ScoreGateDecoder body) {
        return rules.scoreGate(coordination, body.gate(), body.failed() != 0, body.score());
    }
}
