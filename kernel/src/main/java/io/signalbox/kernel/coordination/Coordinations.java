package io.signalbox.kernel.coordination;

import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactLog;
import io.signalbox.kernel.store.DigestSink;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * The coordinations: slot to name and generation, name to open handle. A handle is {@code generation << 32 | slot}; slot 0 is
 * the kernel-wide scope and always open. A closed slot is used again last, so that a stale handle is refused for long.
 */
public final class Coordinations implements CoordinationView {
    private final int slotsMax;
    private final String[] names;
    private final int[] generations;
    private final int[] free;
    private final Map<String, Integer> slotByName = new HashMap<>();
    private int freeHead;
    private int freeCount;
    private int used;

    public Coordinations(final int coordinationsMax) {
        slotsMax = coordinationsMax + 1;
        names = new String[slotsMax];
        generations = new int[slotsMax];
        free = new int[slotsMax];
        used = 1;
    }

    @Override
    public int slotsMax() {
        return slotsMax;
    }

    @Override
    public int slot(final long handle) {
        if (handle == 0) {
            return 0;
        }
        final int slot = (int) handle;
        return slot > 0 && slot < used && names[slot] != null && generations[slot] == (int) (handle >>> 32) ? slot : -1;
    }

    /** Handle of the open coordination of this name, or 0. */
    public long find(final String name) {
        final Integer slot = slotByName.get(name);
        return slot == null ? 0 : handle(slot);
    }

    /** Handle that the next opened coordination gets, or -1 when the table is full. */
    public long nextHandle() {
        final int slot;
        if (used < slotsMax) {
            slot = used;
        } else if (freeCount > 0) {
            slot = free[freeHead];
        } else {
            return -1;
        }
        return Fact.pair(generations[slot] + 1, slot);
    }

    /** Name of the coordination in a slot, null when it is closed. */
    public String name(final int slot) {
        return slot == 0 ? "" : names[slot];
    }

    /** How many are open. */
    public int open() {
        return used - 1 - freeCount;
    }

    /** COORDINATION_OPENED. */
    public void onOpened(final Fact fact, final FactLog log) {
        final int slot = (int) fact.coordination();
        if (slot == used) {
            used++;
        } else {
            freeHead = (freeHead + 1) % slotsMax;
            freeCount--;
        }
        generations[slot] = (int) (fact.coordination() >>> 32);
        names[slot] = new String(log.copyOf(fact.payload()), StandardCharsets.UTF_8);
        slotByName.put(names[slot], slot);
    }

    /** COORDINATION_CLOSED. */
    public void onClosed(final Fact fact) {
        final int slot = (int) fact.coordination();
        slotByName.remove(names[slot]);
        names[slot] = null;
        free[(freeHead + freeCount) % slotsMax] = slot;
        freeCount++;
    }

    /** Walk the open handles by slot. */
    public void forEachOpen(final LongConsumer consumer) {
        for (int slot = 1; slot < used; slot++) {
            if (names[slot] != null) {
                consumer.accept(handle(slot));
            }
        }
    }

    /** What is open, by slot. */
    public void digestInto(final DigestSink sink) {
        forEachOpen(handle -> {
            sink.add(handle);
            final String name = names[(int) handle];
            for (int i = 0; i < name.length(); i++) {
                sink.add(name.charAt(i));
            }
        });
    }

    private long handle(final int slot) {
        return Fact.pair(generations[slot], slot);
    }
}
