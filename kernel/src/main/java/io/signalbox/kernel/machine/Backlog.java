package io.signalbox.kernel.machine;

import io.signalbox.kernel.command.CommandView;
import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactLog;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * What is left of turns that reached their bound: facts that have not been followed to their end, and the commands that met
 * such a coordination afterwards. All facts come before the first command, so that everything a command leads to has happened
 * before the next command of its coordination is decided; among themselves both are first in, first out. Part of the state.
 */
final class Backlog {
    /** A fact to follow, or a command to decide (then {@code command} is not null). */
    static final class Item {
        final long[] fact = new long[FactLog.WORDS];
        final byte[] command;
        final int slot;
        final long factId;
        final long timestampNs;
        long cursor;

        Item(final byte[] command, final int slot, final long factId, final long timestampNs, final long cursor) {
            this.command = command;
            this.slot = slot;
            this.factId = factId;
            this.timestampNs = timestampNs;
            this.cursor = cursor;
        }
    }

    private final ArrayDeque<Item> facts = new ArrayDeque<>();
    private final ArrayDeque<Item> commands = new ArrayDeque<>();
    private final int[] itemsBySlot;
    private final int deferredMax;

    Backlog(final int slotsMax, final int deferredMax) {
        itemsBySlot = new int[slotsMax];
        this.deferredMax = deferredMax;
    }

    boolean isEmpty() {
        return facts.isEmpty() && commands.isEmpty();
    }

    int size() {
        return facts.size() + commands.size();
    }

    boolean holds(final int slot) {
        return slot >= 0 && itemsBySlot[slot] > 0;
    }

    boolean canDefer() {
        return commands.size() < deferredMax;
    }

    /** Keep a fact whose consequences did not fit. */
    void follow(final FactLog log, final int index, final long cursor) {
        final Item item = new Item(null, (int) log.word(index, 1), log.factId(index), log.timestampNs(), cursor);
        log.copyTo(index, item.fact, 0);
        facts.addLast(item);
        itemsBySlot[item.slot]++;
    }

    /** Keep a command that must wait its turn among those of a scope. */
    void defer(final CommandView command, final int slot) {
        final byte[] bytes = new byte[command.length()];
        System.arraycopy(command.bytes(), command.offset(), bytes, 0, bytes.length);
        commands.addLast(new Item(bytes, slot, command.position() << 16, command.timestampNs(), 0));
        itemsBySlot[slot]++;
    }

    Item first() {
        return facts.isEmpty() ? commands.peekFirst() : facts.peekFirst();
    }

    void removeFirst() {
        final Item item = facts.isEmpty() ? commands.removeFirst() : facts.removeFirst();
        itemsBySlot[item.slot]--;
    }

    /** In order, for digests. */
    void forEach(final Consumer<Item> consumer) {
        facts.forEach(consumer);
        commands.forEach(consumer);
    }

    Fact view(final Item item, final Fact fact) {
        return fact.wrap(item.fact, 0, item.factId, item.timestampNs);
    }
}
