package io.signalbox.kernel.machine;

import io.signalbox.kernel.command.CommandView;
import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactLog;
import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * What is left of turns that reached their bound: facts that have not been followed to their end, and the commands that met
 * such a coordination afterwards. First in, first out, so the order within a coordination is kept. Part of the state.
 */
final class Backlog {
    /** A fact to follow, or a command to decide (then {@code command} is not null). */
    static final class Item {
        final long[] fact = new long[FactLog.WORDS];
        final byte[] command;
        final long coordination;
        final long factId;
        final long timestampNs;
        long cursor;

        Item(
                final byte[] command,
                final long coordination,
                final long factId,
                final long timestampNs,
                final long cursor) {
            this.command = command;
            this.coordination = coordination;
            this.factId = factId;
            this.timestampNs = timestampNs;
            this.cursor = cursor;
        }
    }

    private final ArrayDeque<Item> items = new ArrayDeque<>();
    private final int[] itemsBySlot;
    private final int deferredMax;
    private int deferred;

    Backlog(final int slotsMax, final int deferredMax) {
        itemsBySlot = new int[slotsMax];
        this.deferredMax = deferredMax;
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    int size() {
        return items.size();
    }

    boolean holds(final int slot) {
        return !items.isEmpty() && slot >= 0 && itemsBySlot[slot] > 0;
    }

    boolean canDefer() {
        return deferred < deferredMax;
    }

    /** Keep a fact whose consequences did not fit. */
    void follow(final FactLog log, final int index, final long cursor) {
        final Item item = new Item(null, log.word(index, 1), log.factId(index), log.timestampNs(), cursor);
        log.copyTo(index, item.fact, 0);
        add(item);
    }

    /** Keep a command that must wait its turn. */
    void defer(final CommandView command) {
        final byte[] bytes = new byte[command.length()];
        System.arraycopy(command.bytes(), command.offset(), bytes, 0, bytes.length);
        deferred++;
        add(new Item(bytes, command.coordination(), command.position() << 16, command.timestampNs(), 0));
    }

    private void add(final Item item) {
        items.addLast(item);
        itemsBySlot[(int) item.coordination]++;
    }

    Item first() {
        return items.peekFirst();
    }

    void removeFirst() {
        final Item item = items.removeFirst();
        itemsBySlot[(int) item.coordination]--;
        if (item.command != null) {
            deferred--;
        }
    }

    /** In order, for digests. */
    Iterator<Item> iterator() {
        return items.iterator();
    }

    Fact view(final Item item, final Fact fact) {
        return fact.wrap(item.fact, 0, item.factId, item.timestampNs);
    }
}
