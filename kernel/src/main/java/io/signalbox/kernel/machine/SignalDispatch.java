package io.signalbox.kernel.machine;

import io.signalbox.kernel.command.CommandType;
import io.signalbox.kernel.command.CommandView;
import io.signalbox.kernel.command.codec.RaiseSignalDecoder;
import io.signalbox.kernel.dependency.Dependencies;
import io.signalbox.kernel.dependency.DependencyKind;
import io.signalbox.kernel.dependency.DependencyRules;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.names.NameTable;
import io.signalbox.kernel.signal.SignalRules;
import io.signalbox.kernel.subscription.SubscriptionView;

/** Reads the commands of the signal room. */
final class SignalDispatch {
    private final SignalRules rules;
    private final SubscriptionDispatch subscriptions;
    private final SubscriptionView subscriptionView;
    private final DependencyRules dependencyRules;
    private final Dependencies dependencies;
    private final NameTable names;
    private final Facts facts;
    private final int payloadLengthMax;
    private final RaiseSignalDecoder raiseSignal = new RaiseSignalDecoder();

    SignalDispatch(final Rules rules, final Stores stores, final Facts facts, final MachineLimits limits) {
        this.rules = rules.signals;
        this.subscriptions = new SubscriptionDispatch(rules.subscriptions);
        this.subscriptionView = stores.subscriptions;
        this.dependencyRules = rules.dependencies;
        this.dependencies = stores.dependencies;
        this.names = stores.names;
        this.facts = facts;
        this.payloadLengthMax = limits.payloadLengthMax();
    }

    long decide(final CommandType type, final CommandView command, final long coordination) {
        return switch (type) {
            case RAISE_SIGNAL -> raise(coordination, Body.of(command, raiseSignal));
            default -> subscriptions.decide(type, command, coordination);
        };
    }

    private long raise(final long coordination, final RaiseSignalDecoder body) {
        final int length = body.payloadLength();
        if (length > payloadLengthMax) {
            return Body.tooLong();
        }
        final boolean declares = body.declares() != 0;
        if (declares && dependencies.nextHandle() < 0) {
            return Rejection.CAPACITY_EXHAUSTED.answer();
        }
        if (declares && (body.awaits() <= 0 || body.awaits() > names.size() || body.timeoutNs() < 0)) {
            return Rejection.INVALID_VALUE.answer();
        }
        if (!subscriptionView.admits(coordination, body.signalType(), body.sender(), body.recipient())) {
            return Rejection.OUTSTANDING_FULL.answer();
        }
        final long raised = rules.raise(
                coordination,
                body.signalType(),
                body.sender(),
                body.subject(),
                body.recipient(),
                body.completion(),
                body.quality(),
                Body.range(body, length));
        if (raised < 0 || !declares) {
            return raised;
        }
        return dependencyRules.declare(
                coordination,
                DependencyKind.AGENT_COMPLETION.code(),
                DependencyRules.SUCCESS_REQUIRED,
                body.sender(),
                body.awaits(),
                facts.position(),
                body.timeoutNs(),
                0);
    }
}
