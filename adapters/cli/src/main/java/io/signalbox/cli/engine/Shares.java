package io.signalbox.cli.engine;

import io.signalbox.kernel.Tasks;
import io.signalbox.yaml.Limit;
import io.signalbox.yaml.Plan;
import io.signalbox.yaml.WorkflowFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Which of the attempts that the kernel offers may begin now. The kernel counts places and units for each run by itself; where steps go on as runs of their own, all of
 * them together must keep to what the file says. The higher priority first, then who was offered first; who is held back lets others pass. One thread.
 */
final class Shares {
    private static final Comparator<Offer> ORDER = Comparator.comparingInt(
                    (Offer offer) -> -offer.planned().step().flow().priority())
            .thenComparingLong(Offer::number);

    private final int places;
    private final Map<String, Meter> meters = new LinkedHashMap<>();
    private final TreeSet<Offer> waiting = new TreeSet<>(ORDER);
    private int taken;
    private long offered;

    /** An attempt that the kernel offers. */
    record Offer(Tasks.Task task, Plan.PlannedStep planned, long number) {}

    private Shares(final int places) {
        this.places = places;
    }

    /** For one run; nothing is held back when no step of it goes on as a run of its own: then the kernel sees to it alone. */
    static Shares of(final WorkflowFile workflow, final Plan plan, final int concurrencyMax, final long nowNs) {
        if (plan.steps().stream().noneMatch(Plan.PlannedStep::isOpen)) {
            return new Shares(Integer.MAX_VALUE);
        }
        final Shares shares = new Shares(concurrencyMax == 0 ? Integer.MAX_VALUE : concurrencyMax);
        workflow.limits().forEach(limit -> shares.meters.put(limit.name(), new Meter(limit, nowNs)));
        return shares;
    }

    void add(final Tasks.Task task, final Plan.PlannedStep planned) {
        offered++;
        waiting.add(new Offer(task, planned, offered));
    }

    /** An attempt is no longer wanted. */
    void remove(final long run, final int index, final int attempt) {
        waiting.removeIf(offer -> offer.task().run() == run
                && offer.task().index() == index
                && offer.task().attempt() == attempt);
    }

    /** Those that may begin now. */
    List<Offer> due(final long nowNs) {
        meters.values().forEach(meter -> meter.earn(nowNs));
        final List<Offer> due = new ArrayList<>();
        final Iterator<Offer> offers = waiting.iterator();
        while (taken < places && offers.hasNext()) {
            final Offer offer = offers.next();
            final Map<String, Integer> uses = offer.planned().step().flow().uses();
            final boolean isFree = uses.entrySet().stream()
                    .allMatch(use -> !meters.containsKey(use.getKey())
                            || meters.get(use.getKey()).has(use.getValue()));
            if (isFree) {
                uses.forEach((name, units) -> take(name, units));
                taken++;
                offers.remove();
                due.add(offer);
            }
        }
        return due;
    }

    private void take(final String name, final int units) {
        if (meters.containsKey(name)) {
            meters.get(name).take(units);
        }
    }

    /** An attempt is over. */
    void giveBack(final Plan.PlannedStep planned) {
        taken--;
        planned.step().flow().uses().forEach((name, units) -> {
            if (meters.containsKey(name)) {
                meters.get(name).used -= units;
            }
        });
    }

    /** What is left of one limit. */
    private static final class Meter {
        private final Limit limit;
        private int used;
        private long tokens;
        private long sinceNs;

        Meter(final Limit limit, final long nowNs) {
            this.limit = limit;
            tokens = limit.rate();
            sinceNs = nowNs;
        }

        /** One comes back every {@code per / rate}. */
        void earn(final long nowNs) {
            if (limit.rate() == 0) {
                return;
            }
            final long everyNs = Math.max(1, limit.per().toNanos() / limit.rate());
            final long earned = (nowNs - sinceNs) / everyNs;
            tokens = Math.min(limit.rate(), tokens + earned);
            sinceNs = tokens == limit.rate() ? nowNs : sinceNs + earned * everyNs;
        }

        boolean has(final int units) {
            return (limit.capacity() == 0 || used + units <= limit.capacity())
                    && (limit.rate() == 0 || tokens >= units);
        }

        void take(final int units) {
            used += units;
            tokens -= limit.rate() == 0 ? 0 : units;
        }
    }
}
