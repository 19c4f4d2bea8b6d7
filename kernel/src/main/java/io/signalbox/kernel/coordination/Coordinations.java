package io.signalbox.kernel.coordination;

import io.signalbox.kernel.deadline.DeadlineQueue;
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
    /** Whether a coordination is named is noted to a 64th part of its time to live. */
    private static final int GRAIN_BITS = 6;

    private final int slotsMax;
    private final String[] names;
    private final int[] generations;
    private final int[] free;
    private final Map<String, Integer> slotByName = new HashMap<>();
    private final byte[][] terms;
    private final long[] openedNs;
    private final long[] timesToLiveNs;
    private final long[] heardNs;
    private final DeadlineQueue forgettings = new DeadlineQueue();
    private long forgotten;
    private int freeHead;
    private int freeCount;
    private int used;

    public Coordinations(final int coordinationsMax) {
        slotsMax = coordinationsMax + 1;
        names = new String[slotsMax];
        generations = new int[slotsMax];
        free = new int[slotsMax];
        terms = new byte[slotsMax][];
        openedNs = new long[slotsMax];
        timesToLiveNs = new long[slotsMax];
        heardNs = new long[slotsMax];
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
        openedNs[slot] = fact.timestampNs();
        heardNs[slot] = fact.timestampNs();
    }

    /** COORDINATION_BEGUN. */
    public void onBegun(final Fact fact, final FactLog log) {
        terms[(int) fact.coordination()] = log.copyOf(fact.payload());
        onKept(fact);
    }

    /** COORDINATION_KEPT. */
    public void onKept(final Fact fact) {
        timesToLiveNs[(int) fact.coordination()] = fact.a();
        onHeard(fact);
    }

    /** COORDINATION_HEARD. */
    public void onHeard(final Fact fact) {
        final int slot = (int) fact.coordination();
        heardNs[slot] = fact.timestampNs();
        if (timesToLiveNs[slot] == 0) {
            forgettings.cancel(slot);
        } else {
            forgettings.schedule(slot, forgottenNs(slot));
        }
    }

    /** COORDINATION_CLOSED. */
    public void onClosed(final Fact fact) {
        final int slot = (int) fact.coordination();
        slotByName.remove(names[slot]);
        names[slot] = null;
        terms[slot] = null;
        timesToLiveNs[slot] = 0;
        forgettings.cancel(slot);
        forgotten += fact.a() == CoordinationRules.FORGOTTEN ? 1 : 0;
        free[(freeHead + freeCount) % slotsMax] = slot;
        freeCount++;
    }

    /** When the next coordination is forgotten if nobody names it; {@link Long#MAX_VALUE} for never. */
    public long nextDeadlineNs() {
        return forgettings.nextDeadlineNs();
    }

    /** The coordination that is to be forgotten first and whose time is over, or 0. */
    long firstForgotten(final long nowNs) {
        return forgettings.nextDeadlineNs() <= nowNs ? handle((int) forgettings.nextId()) : 0;
    }

    /**
     * Whether it has to be noted that a command has named a coordination: one that can be forgotten, and not so soon after the last note
     * that it makes no difference. So a stream of commands costs next to nothing.
     */
    boolean isToBeHeard(final long handle, final long nowNs) {
        final long timeToLiveNs = timesToLiveNs[(int) handle];
        return timeToLiveNs != 0 && nowNs - heardNs[(int) handle] > grainNs(timeToLiveNs);
    }

    private static long grainNs(final long timeToLiveNs) {
        return timeToLiveNs >>> GRAIN_BITS;
    }

    /** A grain later than promised, so that nobody is forgotten too early. */
    private long forgottenNs(final int slot) {
        final long timeToLiveNs = timesToLiveNs[slot];
        final long lastingNs = timeToLiveNs + grainNs(timeToLiveNs);
        return DeadlineQueue.due(heardNs[slot], lastingNs < 0 ? Long.MAX_VALUE - 1 : lastingNs);
    }

    /** How many were closed because nobody had named them for their time to live. */
    public long forgotten() {
        return forgotten;
    }

    /** Everything about an open coordination, or null. */
    public CoordinationSnapshot snapshot(final long handle) {
        final int slot = slot(handle);
        return slot <= 0
                ? null
                : CoordinationSnapshot.of(
                        handle,
                        names[slot],
                        terms[slot],
                        openedNs[slot],
                        timesToLiveNs[slot],
                        timesToLiveNs[slot] == 0 ? Long.MAX_VALUE : forgottenNs(slot));
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
            final int slot = (int) handle;
            sink.add(terms[slot]);
            sink.add(openedNs[slot]);
            sink.add(timesToLiveNs[slot]);
            sink.add(timesToLiveNs[slot] == 0 ? 0 : heardNs[slot]);
        });
        sink.add(forgotten);
    }

    private long handle(final int slot) {
        return Fact.pair(generations[slot], slot);
    }
}
