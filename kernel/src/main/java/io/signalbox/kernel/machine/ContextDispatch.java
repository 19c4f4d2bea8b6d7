package io.signalbox.kernel.machine;

import io.signalbox.kernel.command.CommandType;
import io.signalbox.kernel.command.CommandView;
import io.signalbox.kernel.command.codec.BeginAttemptDecoder;
import io.signalbox.kernel.command.codec.DistributeContextsDecoder;
import io.signalbox.kernel.command.codec.ReleaseAttemptDecoder;
import io.signalbox.kernel.command.codec.UpdateIntelligenceDecoder;
import io.signalbox.kernel.context.AttemptRules;
import io.signalbox.kernel.context.ContextRules;

/** Reads the commands of the context room. */
final class ContextDispatch {
    private final ContextRules rules;
    private final AttemptRules attempts;
    private final DistributeContextsDecoder distribute = new DistributeContextsDecoder();
    private final UpdateIntelligenceDecoder update = new UpdateIntelligenceDecoder();
    private final BeginAttemptDecoder begin = new BeginAttemptDecoder();
    private final ReleaseAttemptDecoder release = new ReleaseAttemptDecoder();

    ContextDispatch(final Rules rules) {
        this.rules = rules.contexts;
        this.attempts = rules.attempts;
    }

    long decide(final CommandType type, final CommandView command, final long coordination) {
        return switch (type) {
            case DISTRIBUTE_CONTEXTS -> distribute(command, coordination, Body.of(command, distribute));
            case UPDATE_INTELLIGENCE -> update(command, coordination, Body.of(command, update));
            case CLEAR_CONTEXTS -> rules.clear(coordination);
            case BEGIN_ATTEMPT ->
                attempts.begin(coordination, Body.of(command, begin).agent());
            case RELEASE_ATTEMPT ->
                attempts.release(coordination, Body.of(command, release).agent());
            default -> throw new IllegalStateException(type + " is not of this room");
        };
    }

    private long distribute(final CommandView command, final long coordination, final DistributeContextsDecoder body) {
        final long document = Body.range(body, body.documentLength());
        return rules.distribute(coordination, command.bytes(), command.offset() + (int) (document >>> 32), document);
    }

    private long update(final CommandView command, final long coordination, final UpdateIntelligenceDecoder body) {
        final long document = Body.range(body, body.documentLength());
        return rules.update(
                coordination,
                body.kind(),
                body.mode(),
                body.increments() != 0,
                body.expectedVersion(),
                command.bytes(),
                command.offset() + (int) (document >>> 32),
                document);
    }
}
