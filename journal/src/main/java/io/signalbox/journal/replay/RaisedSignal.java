package io.signalbox.journal.replay;

import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactLog;
import io.signalbox.kernel.machine.CoordinationMachine;
import io.signalbox.kernel.store.SignalRecord;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** A signal as its fact tells it, with names for ids. No recipients: for everybody. */
record RaisedSignal(
        long factId,
        long timestampNs,
        long scope,
        String coordination,
        String type,
        String sender,
        String subject,
        List<String> recipients) {
    static RaisedSignal of(final CoordinationMachine machine, final Fact fact, final FactLog log) {
        final String coordination = machine.coordinations().name((int) fact.coordination());
        return new RaisedSignal(
                fact.factId(),
                fact.timestampNs(),
                fact.coordination(),
                coordination == null ? "" : coordination,
                name(machine, fact.signalType()),
                name(machine, fact.sender()),
                name(machine, fact.subject()),
                recipients(machine, fact, log));
    }

    private static List<String> recipients(final CoordinationMachine machine, final Fact fact, final FactLog log) {
        if (fact.recipient() != SignalRecord.SEVERAL) {
            return fact.recipient() == 0 ? List.of() : List.of(name(machine, fact.recipient()));
        }
        return names(machine, log.copyOf(fact.secondPayload()), SignalRecord.ATTACHMENT_HEAD);
    }

    /** The names of ids that stand in bytes, 4 each. */
    static List<String> names(final CoordinationMachine machine, final byte[] bytes, final int from) {
        final ByteBuffer ids = ByteBuffer.wrap(bytes, from, bytes.length - from).order(ByteOrder.LITTLE_ENDIAN);
        final List<String> names = new ArrayList<>();
        while (ids.hasRemaining()) {
            names.add(name(machine, ids.getInt()));
        }
        return names;
    }

    static String name(final CoordinationMachine machine, final int id) {
        return id == 0 ? "" : machine.names().text(id);
    }
}
