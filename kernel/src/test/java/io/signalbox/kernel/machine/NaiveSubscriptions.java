package io.signalbox.kernel.machine;

import io.signalbox.kernel.event.Rejection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

final class NaiveSubscriptions implements NaiveKernel.NaiveRoom {
    static final int OPEN_MAX = 3;
    static final int OUTSTANDING_MAX = 12;
    static final int BYTES_MAX = 80;

    /** What is said of one when it is declared. */
    record Terms(
            long coordination,
            int name,
            int recipient,
            int flags,
            long redeliveryNs,
            int deliveriesMax,
            int outstandingMax,
            List<Integer> types,
            List<Integer> senders) {}

    static final class Item {
        final int length;
        long factId = -1; // as the machine chose it
        int attempts;
        long dueNs = Long.MAX_VALUE; // MAX_VALUE: waits to be given

        Item(final int length) {
            this.length = length;
        }

        boolean isReady() {
            return dueNs == Long.MAX_VALUE;
        }
    }

    static final class Open {
        final Terms terms;
        final List<Item> items = new ArrayList<>();
        long acknowledged;
        long lapsed;
        long abandoned;
        long missed;

        Open(final Terms terms) {
            this.terms = terms;
        }

        boolean wants(final long coordination, final int type, final int sender, final List<Integer> to) {
            return (terms.coordination == 0 || terms.coordination == coordination)
                    && (terms.types.isEmpty() || terms.types.contains(type))
                    && (terms.senders.isEmpty() || terms.senders.contains(sender))
                    && (terms.recipient == 0 || to.isEmpty() || to.contains(terms.recipient));
        }
    }

    /** A signal that was raised, and what is outstanding of it; the machine chooses its fact id. */
    record Raised(long coordination, int type, List<Item> items) {}

    final Map<Long, Open> open = new LinkedHashMap<>();
    private final Deque<Raised> nameless = new ArrayDeque<>();
    private final NaiveKernel kernel;

    NaiveSubscriptions(final NaiveKernel kernel) {
        this.kernel = kernel;
    }

    long declare(final Terms terms) {
        if (!kernel.scopes.contains(terms.coordination)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_COORDINATION);
        }
        if (terms.flags > 1 || terms.redeliveryNs < 1 || terms.deliveriesMax < 1 || terms.outstandingMax < 1) {
            return NaiveKernel.refuse(Rejection.INVALID_VALUE);
        }
        if (!NaiveKernel.isName(terms.name)
                || !NaiveKernel.isNameOrNone(terms.recipient)
                || !terms.types.stream().allMatch(NaiveKernel::isName)
                || !terms.senders.stream().allMatch(NaiveKernel::isName)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_NAME);
        }
        for (final Map.Entry<Long, Open> each : open.entrySet()) {
            final Terms known = each.getValue().terms;
            if (known.coordination == terms.coordination && known.name == terms.name) {
                return known.equals(terms) ? each.getKey() : NaiveKernel.refuse(Rejection.SUBSCRIBED_OTHERWISE);
            }
        }
        if (open.size() == OPEN_MAX) {
            return NaiveKernel.refuse(Rejection.CAPACITY_EXHAUSTED);
        }
        return kernel.choose(handle -> open.put(handle, new Open(terms)));
    }

    private int outstanding() {
        return open.values().stream().mapToInt(each -> each.items.size()).sum();
    }

    private int bytes() {
        return open.values().stream()
                .flatMap(each -> each.items.stream())
                .mapToInt(item -> item.length)
                .sum();
    }

    boolean admits(final long coordination, final int type, final int sender, final List<Integer> to) {
        return open.values().stream()
                .filter(each -> each.terms.flags == 1 && each.wants(coordination, type, sender, to))
                .allMatch(each -> each.items.size() < each.terms.outstandingMax && outstanding() < OUTSTANDING_MAX);
    }

    void onRaised(final long coordination, final int type, final int sender, final List<Integer> to, final int length) {
        final Raised raised = new Raised(coordination, type, new ArrayList<>());
        nameless.add(raised);
        for (final Open each : open.values()) {
            if (each.wants(coordination, type, sender, to)) {
                if (each.items.size() >= each.terms.outstandingMax
                        || outstanding() >= OUTSTANDING_MAX
                        || bytes() + length > BYTES_MAX) {
                    each.missed++;
                } else {
                    final Item item = new Item(length);
                    each.items.add(item);
                    raised.items.add(item);
                }
            }
        }
    }

    /** The machine chose this fact id for the oldest signal that has none. */
    Raised named(final long factId) {
        final Raised raised = nameless.remove();
        raised.items.forEach(item -> item.factId = factId);
        return raised;
    }

    boolean areAllNamed() {
        return nameless.isEmpty();
    }

    long take(final long handle, final int count, final long nowNs) {
        final Open of = open.get(handle);
        if (of == null) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_SUBSCRIPTION);
        }
        if (count < 1 || count > 256) {
            return NaiveKernel.refuse(Rejection.INVALID_VALUE);
        }
        long given = 0;
        for (final Item item : of.items) {
            if (item.isReady() && given < count) {
                item.attempts++;
                item.dueNs = NaiveKernel.deadline(nowNs, of.terms.redeliveryNs);
                given++;
            }
        }
        return given;
    }

    long acknowledge(final long handle, final long factId) {
        final Open of = open.get(handle);
        if (of == null) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_SUBSCRIPTION);
        }
        if (!of.items.removeIf(item -> item.factId == factId)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_DELIVERY);
        }
        of.acknowledged++;
        return 0;
    }

    long close(final long handle) {
        return open.remove(handle) == null ? NaiveKernel.refuse(Rejection.UNKNOWN_SUBSCRIPTION) : 0;
    }

    @Override
    public void onClosed(final long coordination) {
        open.values().removeIf(each -> each.terms.coordination == coordination);
    }

    @Override
    public List<NaiveKernel.Timer> timers() {
        return open.values().stream()
                .flatMap(each -> each.items.stream()
                        .map(item -> new NaiveKernel.Timer(item.dueNs, 0, 0, () -> timeIsUp(each, item))))
                .toList();
    }

    private static void timeIsUp(final Open of, final Item item) {
        if (item.attempts < of.terms.deliveriesMax) {
            item.dueNs = Long.MAX_VALUE;
            of.lapsed++;
        } else {
            of.items.remove(item);
            of.abandoned++;
        }
    }
}
