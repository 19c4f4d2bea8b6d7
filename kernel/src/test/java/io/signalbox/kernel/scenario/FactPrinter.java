package io.signalbox.kernel.scenario;

import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactLog;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.event.Room;
import io.signalbox.kernel.machine.CoordinationMachine;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The facts of a turn in few words, as scenarios expect them: what happened, with names and labels instead of numbers. */
final class FactPrinter {
    private static final int FOLDED_MIN = 6;

    private final Map<Room, RoomFacts> rooms = new EnumMap<>(Room.class);
    private final FactWords words;

    FactPrinter(final CoordinationMachine machine, final Labels labels, final long originNs) {
        words = new FactWords(machine, labels, originNs);
        rooms.put(Room.MACHINE, new MachineFacts(words));
        rooms.put(Room.COORDINATION, new CoordinationFacts(words));
        rooms.put(Room.STATE, new StateFacts(words));
        rooms.put(Room.SIGNAL, new SignalFacts(words));
        rooms.put(Room.DEPENDENCY, new DependencyFacts(words));
        rooms.put(Room.SYNC, new SyncRoomFacts(words));
        rooms.put(Room.AGENT, new AgentFacts(words));
        rooms.put(Room.ROUTING, new RoutingFacts(words));
        rooms.put(Room.WORKFLOW, new WorkflowFacts(words));
    }

    /** All facts of the machine's turn; a long row of one type is folded into its first, its last and their number. */
    String print(final FactLog log) {
        final List<String> texts = new ArrayList<>();
        int at = 0;
        while (at < log.count()) {
            int end = at + 1;
            while (end < log.count() && log.word(end, 0) << 48 == log.word(at, 0) << 48) {
                end++;
            }
            if (end - at >= FOLDED_MIN) {
                texts.add(one(log, at) + " .. " + one(log, end - 1) + " x" + (end - at));
            } else {
                for (int i = at; i < end; i++) {
                    texts.add(one(log, i));
                }
            }
            at = end;
        }
        return String.join("; ", texts);
    }

    private String one(final FactLog log, final int index) {
        final Fact fact = new Fact().wrap(log, index);
        return rooms.get(fact.type().room()).print(fact);
    }

    /** An answer: a refusal by name, a handle by its label, anything else as a number. */
    String answer(final long answer, final char kind) {
        final Rejection rejection = Rejection.ofAnswer(answer);
        if (rejection != null) {
            return rejection.name();
        }
        return kind == Labels.NO_KIND || answer >>> 32 == 0 ? Long.toString(answer) : words.label(kind, answer);
    }
}
