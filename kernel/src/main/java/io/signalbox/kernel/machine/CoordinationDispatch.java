package io.signalbox.kernel.machine;

import io.signalbox.kernel.command.CommandType;
import io.signalbox.kernel.command.CommandView;
import io.signalbox.kernel.command.codec.BeginCoordinationDecoder;
import io.signalbox.kernel.command.codec.KeepCoordinationDecoder;
import io.signalbox.kernel.command.codec.OpenCoordinationDecoder;
import io.signalbox.kernel.coordination.CoordinationRules;
import io.signalbox.kernel.event.FactLog;

/** Reads the commands of the coordination room. */
final class CoordinationDispatch {
    private final CoordinationRules rules;
    private final int nameLengthMax;
    private final OpenCoordinationDecoder openCoordination = new OpenCoordinationDecoder();
    private final BeginCoordinationDecoder beginCoordination = new BeginCoordinationDecoder();
    private final KeepCoordinationDecoder keepCoordination = new KeepCoordinationDecoder();

    CoordinationDispatch(final CoordinationRules rules, final int nameLengthMax) {
        this.rules = rules;
        this.nameLengthMax = nameLengthMax;
    }

    long decide(final CommandType type, final CommandView command, final long coordination) {
        return switch (type) {
            case OPEN_COORDINATION -> open(command, Body.of(command, openCoordination));
            case CLOSE_COORDINATION -> rules.close(coordination);
            case BEGIN_COORDINATION -> begin(command, Body.of(command, beginCoordination));
            case KEEP_COORDINATION ->
                rules.keep(coordination, Body.of(command, keepCoordination).timeToLiveNs());
            default -> throw new IllegalStateException(type + " is not of this room");
        };
    }

    private long begin(final CommandView command, final BeginCoordinationDecoder body) {
        final long timeToLiveNs = body.timeToLiveNs();
        final int nameLength = body.nameLength();
        final long name = Body.range(body, nameLength);
        body.skipName();
        final int terms = body.limit();
        final int longest =
                Math.max(body.skipSession(), Math.max(body.skipCorrelation(), body.skipParentRun())); // left to right
        return longest > nameLengthMax
                ? Body.tooLong()
                : rules.begin(
                        command.bytes(),
                        command.offset() + (int) (name >>> 32),
                        nameLength,
                        name,
                        timeToLiveNs,
                        FactLog.range(terms, body.limit() - terms));
    }

    private long open(final CommandView command, final OpenCoordinationDecoder body) {
        final int length = body.nameLength();
        final long range = Body.range(body, length);
        return rules.open(command.bytes(), command.offset() + (int) (range >>> 32), length, range);
    }
}
