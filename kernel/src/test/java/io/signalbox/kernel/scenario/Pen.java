package io.signalbox.kernel.scenario;

import io.signalbox.kernel.command.Request;
import io.signalbox.kernel.machine.CoordinationMachine;
import io.signalbox.kernel.store.SlotBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.ToIntFunction;

/** What all verbs write with. */
final class Pen {
    private final CoordinationMachine machine;
    private final Labels labels;
    private final ToIntFunction<String> nameIds;

    Pen(final CoordinationMachine machine, final Labels labels, final ToIntFunction<String> nameIds) {
        this.machine = machine;
        this.labels = labels;
        this.nameIds = nameIds;
    }

    /** The machine that the scenario is played on, as the lines before have left it. */
    CoordinationMachine machine() {
        return machine;
    }

    /** Id of a name; 0 for the empty one; {@code #7} is the id 7, whether there is such a name or not. */
    int id(final String name) {
        return name.isEmpty()
                ? 0
                : name.charAt(0) == '#' ? Integer.parseInt(name.substring(1)) : nameIds.applyAsInt(name);
    }

    long handle(final char kind, final String label) {
        return labels.handle(kind, label);
    }

    /** Handle of a scope; 0 for the empty one and for {@code kernel}. */
    long scope(final String label) {
        return label.isEmpty() || "kernel".equals(label) ? 0 : labels.handle(Labels.COORDINATION, label);
    }

    static byte[] utf8(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A text that may be empty: {@code -}. */
    static byte[] utf8OrNothing(final String text) {
        return utf8("-".equals(text) ? "" : text);
    }

    /** Eight bytes, lowest first. */
    static byte[] word(final long value) {
        final SlotBuffer buffer = new SlotBuffer(Long.BYTES);
        buffer.putLong(0, value, ByteOrder.LITTLE_ENDIAN);
        return buffer.byteArray();
    }

    static byte[] bytes(final Request request) {
        final SlotBuffer buffer = new SlotBuffer(request.length());
        request.encode(buffer, 0, 0);
        return buffer.byteArray();
    }

    /** A command that answers no handle. */
    static Written done(final Request request) {
        return new Written(bytes(request), Labels.NO_KIND, "");
    }

    /** A command that answers a handle, which gets a label. */
    static Written labelled(final Request request, final char kind, final String label) {
        return new Written(bytes(request), kind, label);
    }
}
