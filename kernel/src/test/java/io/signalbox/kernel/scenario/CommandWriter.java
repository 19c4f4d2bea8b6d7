package io.signalbox.kernel.scenario;

import io.signalbox.kernel.command.CommandView;
import io.signalbox.kernel.store.SlotBuffer;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** One line of a scenario to the bytes of a command, or to a question. */
final class CommandWriter {
    private final Pen pen;
    private final List<Verbs> rooms;

    CommandWriter(final Pen pen, final Map<String, WorkflowDefinition> definitions) {
        this.pen = pen;
        rooms = List.of(
                new MachineVerbs(),
                new CoordinationVerbs(pen),
                new SignalVerbs(pen),
                new SubscriptionVerbs(pen),
                new StateVerbs(pen),
                new DependencyVerbs(pen),
                new SyncVerbs(pen),
                new AgentVerbs(pen),
                new RoutingVerbs(pen),
                new WorkflowVerbs(pen, definitions));
    }

    /** {@code text} has no time column, repeat count or expectation any more. */
    Written write(final String text) {
        final Words words = new Words(text);
        final String verb = words.next();
        final String label = words.after("as", "");
        final String client = words.after("client", "");
        final long coordination = pen.scope(words.after("in", ""));
        final Written written = first(text, room -> room.write(verb, words, label, coordination));
        words.end();
        final SlotBuffer buffer = new SlotBuffer(0);
        buffer.wrap(written.bytes());
        if (!client.isEmpty()) {
            final String[] parts = client.split("#");
            buffer.putLong(CommandView.BLOCK_OFFSET + 16, Long.parseLong(parts[0]), ByteOrder.LITTLE_ENDIAN);
            buffer.putLong(CommandView.BLOCK_OFFSET + 24, Long.parseLong(parts[1]), ByteOrder.LITTLE_ENDIAN);
        }
        if (coordination != 0) {
            buffer.putLong(CommandView.BLOCK_OFFSET + 32, coordination, ByteOrder.LITTLE_ENDIAN);
        }
        return written;
    }

    /** {@code text} is {@code look WHAT ...}. */
    Look look(final String text) {
        final Words words = new Words(text);
        words.next();
        final String what = words.next();
        final Look look = first(text, room -> room.look(what, words));
        words.end();
        return look;
    }

    private <T> T first(final String text, final Function<Verbs, T> ask) {
        return rooms.stream()
                .map(ask)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no room knows what this means: " + text));
    }
}
