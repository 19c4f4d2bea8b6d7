package io.signalbox.kernel.machine;

import io.signalbox.kernel.command.CommandType;
import io.signalbox.kernel.command.CommandView;
import io.signalbox.kernel.command.codec.ConfigureSignalsDecoder;
import io.signalbox.kernel.command.codec.DeclareSignalKindDecoder;
import io.signalbox.kernel.command.codec.ExpectProgressDecoder;
import io.signalbox.kernel.command.codec.RaiseSignalDecoder;
import io.signalbox.kernel.command.codec.SendSignalDecoder;
import io.signalbox.kernel.dependency.Dependencies;
import io.signalbox.kernel.dependency.DependencyKind;
import io.signalbox.kernel.dependency.DependencyRules;
import io.signalbox.kernel.dependency.RequestRules;
import io.signalbox.kernel.event.FactLog;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.names.NameTable;
import io.signalbox.kernel.signal.Draft;
import io.signalbox.kernel.signal.ProgressRules;
import io.signalbox.kernel.signal.SignalRules;
import io.signalbox.kernel.subscription.SubscriptionView;
import java.util.Arrays;

/** Reads the commands of the signal room. */
final class SignalDispatch {
    private final SignalRules rules;
    private final SubscriptionDispatch subscriptions;
    private final SubscriptionView subscriptionView;
    private final DependencyRules dependencyRules;
    private final RequestRules requests;
    private final Dependencies dependencies;
    private final NameTable names;
    private final Facts facts;
    private final int payloadLengthMax;
    private final ProgressRules progressRules;
    private final RaiseSignalDecoder raiseSignal = new RaiseSignalDecoder();
    private final SendSignalDecoder sendSignal = new SendSignalDecoder();
    private final ConfigureSignalsDecoder configureSignals = new ConfigureSignalsDecoder();
    private final DeclareSignalKindDecoder declareSignalKind = new DeclareSignalKindDecoder();
    private final ExpectProgressDecoder expectProgress = new ExpectProgressDecoder();
    private final Draft draft = new Draft();

    SignalDispatch(final Rules rules, final Stores stores, final Facts facts, final MachineLimits limits) {
        this.rules = rules.signals;
        this.subscriptions = new SubscriptionDispatch(rules.subscriptions);
        this.subscriptionView = stores.subscriptions;
        this.progressRules = rules.progress;
        this.dependencyRules = rules.dependencies;
        this.requests = rules.requests;
        this.dependencies = stores.dependencies;
        this.names = stores.names;
        this.facts = facts;
        this.payloadLengthMax = limits.payloadLengthMax();
    }

    long decide(final CommandType type, final CommandView command, final long coordination) {
        return switch (type) {
            case RAISE_SIGNAL -> raise(coordination, Body.of(command, raiseSignal));
            case SEND_SIGNAL -> send(coordination, command, Body.of(command, sendSignal));
            case CONFIGURE_SIGNALS ->
                rules.configure(coordination, Body.of(command, configureSignals).senderValidation());
            case DECLARE_SIGNAL_KIND -> declareKind(command, Body.of(command, declareSignalKind));
            case EXPECT_PROGRESS -> {
                Body.of(command, expectProgress);
                yield progressRules.expect(
                        coordination,
                        expectProgress.agent(),
                        expectProgress.stalledType(),
                        expectProgress.intervalNs());
            }
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
        if (!subscriptionView.admits(coordination, body.signalType(), body.sender(), body.recipient(), null)) {
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

    private long send(final long coordination, final CommandView command, final SendSignalDecoder body) {
        final int length = body.contentLength();
        final int attachmentLength = body.attachmentLength();
        if (attachmentLength < 0 || attachmentLength > length) {
            return Rejection.INVALID_VALUE.answer();
        }
        if (length - attachmentLength > payloadLengthMax) {
            return Body.tooLong();
        }
        final int at = body.limit() + Body.LENGTH_OF_LENGTH;
        draft.begin(coordination, body.kind(), body.signalType())
                .names(body.sender(), body.subject(), body.recipient())
                .marks(body.completion(), body.priority(), body.quality())
                .content(
                        command.bytes(),
                        command.offset() + at,
                        attachmentLength == 0 ? 0 : FactLog.range(at, attachmentLength),
                        FactLog.range(at + attachmentLength, length - attachmentLength));
        final long checked = rules.check(draft);
        if (checked != 0) {
            return checked;
        }
        if (draft.respondsTo() >= 0 && !requests.isAwaited(coordination, draft.respondsTo())) {
            return Rejection.NO_OPEN_REQUEST.answer();
        }
        final boolean asks = body.asks() != 0;
        final long request = asks ? requests.check(body.timeoutNs()) : 0;
        if (request != 0) {
            return request;
        }
        if (!subscriptionView.admits(
                coordination, body.signalType(), body.sender(), body.recipient(), draft.several())) {
            return Rejection.OUTSTANDING_FULL.answer();
        }
        rules.record(draft);
        return asks ? requests.declare(coordination, body.sender(), body.timeoutNs()) : 0;
    }

    private long declareKind(final CommandView command, final DeclareSignalKindDecoder body) {
        final int length = body.schemaLength();
        if (length > payloadLengthMax) {
            return Body.tooLong();
        }
        final int at = command.offset() + body.limit() + Body.LENGTH_OF_LENGTH;
        return rules.declareKind(
                body.signalType(), Arrays.copyOfRange(command.bytes(), at, at + length), Body.range(body, length));
    }
}
