package io.signalbox.kernel.plan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * When each step starts and ends if everything succeeds and takes as long as assumed: places and units go to what is ready, the higher priority first, equal
 * ones in the order in which they became ready, as in the kernel. Rates are not foretold. What a gate no longer needs runs to its end.
 */
final class Forecast {
    private final PlanModel model;
    private final int concurrencyMax;
    private final long[] startNs;
    private final long[] endNs;
    private final int[] open;
    private final int[] releasedBy;
    private final int[] free;
    private final List<ArrayDeque<Integer>> waiting = new ArrayList<>();
    private final PriorityQueue<Ready> ready = new PriorityQueue<>(
            Comparator.comparingInt(Ready::urgency).reversed().thenComparingLong(Ready::turn));
    private final PriorityQueue<Ready> running =
            new PriorityQueue<>(Comparator.comparingLong(Ready::endNs).thenComparingLong(Ready::turn));
    private long turn;
    private long nowNs;
    private int inFlight;
    private int inFlightMax;

    private record Ready(int step, int urgency, long endNs, long turn) {}

    private Forecast(final PlanModel model, final int concurrencyMax) {
        this.model = model;
        this.concurrencyMax = concurrencyMax == 0 ? Integer.MAX_VALUE : concurrencyMax;
        startNs = new long[model.size()];
        endNs = new long[model.size()];
        open = model.required().clone();
        releasedBy = new int[model.size()];
        Arrays.fill(releasedBy, -1);
        free = model.capacities().clone();
        for (int i = 0; i < free.length; i++) {
            free[i] = free[i] == 0 ? Integer.MAX_VALUE : free[i];
            waiting.add(new ArrayDeque<>());
        }
    }

    /** With the places and limits of the model. */
    static Forecast bounded(final PlanModel model) {
        return new Forecast(model, model.concurrencyMax()).run();
    }

    /** With as many places and units as anybody wants. */
    static Forecast unbounded(final PlanModel model) {
        return new Forecast(model.unbounded(), 0).run();
    }

    private Forecast run() {
        for (int i = 0; i < open.length; i++) {
            if (open[i] == 0 && !model.steps().get(i).isCompensation()) {
                becomeReady(i);
            }
        }
        start();
        while (!running.isEmpty()) {
            nowNs = running.peek().endNs();
            while (!running.isEmpty() && running.peek().endNs() == nowNs) {
                end(running.remove().step());
            }
            start();
        }
        return this;
    }

    private void becomeReady(final int step) {
        if (model.holdsPlace(step)) {
            ready.add(new Ready(step, model.urgency()[step], 0, turn++));
        } else {
            begin(step);
        }
    }

    private void start() {
        while (inFlight < concurrencyMax && !ready.isEmpty()) {
            final int step = ready.remove().step();
            final int blocking = blockingLimit(step);
            if (blocking >= 0) {
                waiting.get(blocking).add(step);
            } else {
                take(step, 1);
                inFlight++;
                inFlightMax = Math.max(inFlightMax, inFlight);
                begin(step);
            }
        }
    }

    private int blockingLimit(final int step) {
        final int[] limits = model.limits()[step];
        for (int i = 0; i < limits.length; i++) {
            if (free[limits[i]] < model.units()[step][i]) {
                return limits[i];
            }
        }
        return -1;
    }

    private void take(final int step, final int sign) {
        final int[] limits = model.limits()[step];
        for (int i = 0; i < limits.length; i++) {
            if (model.capacities()[limits[i]] > 0) {
                free[limits[i]] -= sign * model.units()[step][i];
            }
        }
    }

    private void begin(final int step) {
        startNs[step] = nowNs;
        endNs[step] = nowNs + model.durationNs()[step];
        running.add(new Ready(step, 0, endNs[step], turn++));
    }

    private void end(final int step) {
        if (model.holdsPlace(step)) {
            inFlight--;
            take(step, -1);
            for (final int limit : model.limits()[step]) {
                while (!waiting.get(limit).isEmpty()) {
                    final int waiter = waiting.get(limit).remove();
                    ready.add(new Ready(waiter, model.urgency()[waiter], 0, turn++));
                }
            }
        }
        for (final int dependent : model.links().dependents()[step]) {
            if (--open[dependent] == 0) {
                releasedBy[dependent] = step;
                becomeReady(dependent);
            }
        }
    }

    long startNs(final int step) {
        return startNs[step];
    }

    long endNs(final int step) {
        return endNs[step];
    }

    /** Steps in flight at once, at most. */
    int inFlightMax() {
        return inFlightMax;
    }

    /** When the last step ends. */
    long lengthNs() {
        return Arrays.stream(endNs).max().orElse(0);
    }

    /** From a first step to the last that ends: each was let go by the one before it. */
    List<Integer> path() {
        int last = -1;
        for (int i = 0; i < endNs.length; i++) {
            if (!model.steps().get(i).isCompensation() && (last < 0 || endNs[i] >= endNs[last])) {
                last = i;
            }
        }
        final ArrayDeque<Integer> path = new ArrayDeque<>();
        for (int at = last; at >= 0; at = releasedBy[at]) {
            path.addFirst(at);
        }
        return List.copyOf(path);
    }
}
