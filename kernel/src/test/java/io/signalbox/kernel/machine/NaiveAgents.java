package io.signalbox.kernel.machine;

import io.signalbox.kernel.event.Rejection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

final class NaiveAgents implements NaiveKernel.NaiveRoom {
    static final int AGENTS_MAX = 3;

    /** In the order in which the names of their signals are made. */
    private static final List<String> STATUSES =
            List.of("UNREGISTERED", "AVAILABLE", "BUSY", "SILENT", "INACTIVE", "MAINTENANCE", "ERROR", "RETIRED");

    private static final int FIRST_STATUS = NaiveKernel.NAMES.size() + 2;

    /** What the kernel calls itself. */
    private static final int SYSTEM = NaiveKernel.NAMES.size() + 1;

    /** One agent. */
    static final class Known {
        final int name;
        final long number;
        long revision = 1;
        List<Integer> capabilities;
        int tasksMax;
        int priority;
        long silentAfterNs;
        long heardNs;
        String duty = "ACTIVE";
        boolean isSilent;
        final List<Long> tasks = new ArrayList<>();
        long succeeded;
        long failed;
        final List<Double> qualities = new ArrayList<>();

        Known(final int name, final long number) {
            this.name = name;
            this.number = number;
        }

        String status() {
            if (!duty.equals("ACTIVE")) {
                return duty;
            }
            return isSilent ? "SILENT" : tasks.size() >= tasksMax ? "BUSY" : "AVAILABLE";
        }

        double score(final List<Integer> required) {
            final long had = required.stream().filter(capabilities::contains).count();
            final double coverage = required.isEmpty() ? 1 : had / (double) required.size();
            final double load = Math.max(0, tasksMax - tasks.size()) / (double) tasksMax;
            final double success = succeeded + failed == 0 ? 0.5 : succeeded / (double) (succeeded + failed);
            return 0.4 * coverage + 0.2 * load + 0.2 * priority / 100 + 0.2 * success;
        }
    }

    private final NaiveKernel kernel;
    final Map<Integer, Known> agents = new LinkedHashMap<>();
    private final Map<Long, List<Integer>> employed = new HashMap<>();
    private long lastNumber;

    NaiveAgents(final NaiveKernel kernel) {
        this.kernel = kernel;
    }

    long register(
            final long nowNs,
            final int name,
            final List<Integer> capabilities,
            final int tasksMax,
            final int priority,
            final long intervalNs,
            final int misses,
            final int profileLength) {
        if (profileLength > NaiveKernel.PAYLOAD_MAX) {
            return NaiveKernel.refuse(Rejection.TOO_LONG);
        }
        if (!NaiveKernel.isName(name)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_NAME);
        }
        if (agents.containsKey(name)) {
            return NaiveKernel.refuse(Rejection.DUPLICATE_AGENT);
        }
        final Rejection wrong = wrong(capabilities, tasksMax, priority, intervalNs, misses);
        if (wrong != null) {
            return NaiveKernel.refuse(wrong);
        }
        if (agents.size() == kernel.sized(AGENTS_MAX)) {
            return NaiveKernel.refuse(Rejection.CAPACITY_EXHAUSTED);
        }
        final Known known = new Known(name, ++lastNumber);
        describe(known, nowNs, capabilities, tasksMax, priority, intervalNs, misses);
        agents.put(name, known);
        tell(known.status(), name);
        return known.number;
    }

    long update(
            final long nowNs,
            final int name,
            final long expected,
            final List<Integer> capabilities,
            final int tasksMax,
            final int priority,
            final long intervalNs,
            final int misses,
            final int profileLength) {
        if (profileLength > NaiveKernel.PAYLOAD_MAX) {
            return NaiveKernel.refuse(Rejection.TOO_LONG);
        }
        final Known known = agents.get(name);
        if (known == null) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_AGENT);
        }
        if (expected != -1 && expected != known.revision) {
            return NaiveKernel.refuse(Rejection.VERSION_MISMATCH);
        }
        final Rejection wrong = wrong(capabilities, tasksMax, priority, intervalNs, misses);
        if (wrong != null) {
            return NaiveKernel.refuse(wrong);
        }
        changed(known, () -> describe(known, nowNs, capabilities, tasksMax, priority, intervalNs, misses));
        return ++known.revision;
    }

    private static Rejection wrong(
            final List<Integer> capabilities,
            final int tasksMax,
            final int priority,
            final long intervalNs,
            final int misses) {
        if (tasksMax < 1 || tasksMax > 1000 || priority < 0 || priority > 100 || misses < 1 || misses > 1000) {
            return Rejection.INVALID_VALUE;
        }
        if (intervalNs < 0 || intervalNs == Long.MAX_VALUE || capabilities.isEmpty()) {
            return Rejection.INVALID_VALUE;
        }
        for (int i = 0; i < capabilities.size(); i++) {
            if (!NaiveKernel.isName(capabilities.get(i))) {
                return Rejection.UNKNOWN_NAME;
            }
            if (capabilities.indexOf(capabilities.get(i)) < i) {
                return Rejection.INVALID_VALUE;
            }
        }
        return null;
    }

    private static void describe(
            final Known known,
            final long nowNs,
            final List<Integer> capabilities,
            final int tasksMax,
            final int priority,
            final long intervalNs,
            final int misses) {
        known.capabilities = capabilities;
        known.tasksMax = tasksMax;
        known.priority = priority;
        known.silentAfterNs = intervalNs * misses;
        known.heardNs = nowNs;
        known.isSilent = false;
    }

    private void changed(final Known known, final Runnable change) {
        final String before = known.status();
        change.run();
        if (!known.status().equals(before)) {
            tell(known.status(), known.name);
        }
    }

    private void tell(final String status, final int name) {
        final int type = FIRST_STATUS + STATUSES.indexOf(status);
        kernel.then(() -> kernel.signals.announced(0, type, SYSTEM, name, ""));
    }

    private List<Integer> employed(final long coordination) {
        return employed.computeIfAbsent(coordination, scope -> new ArrayList<>());
    }

    /** Whoever has no task left there leaves, and the last takes the place. */
    private void leave(final Known known, final long coordination) {
        known.tasks.remove(coordination);
        if (!known.tasks.contains(coordination)) {
            final List<Integer> there = employed(coordination);
            final int place = there.indexOf(known.name);
            final int last = there.remove(there.size() - 1);
            if (place < there.size()) {
                there.set(place, last);
            }
        }
    }

    long unregister(final int name) {
        final Known known = agents.remove(name);
        if (known == null) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_AGENT);
        }
        for (final long task : List.copyOf(known.tasks)) {
            leave(known, task);
        }
        tell("UNREGISTERED", name);
        kernel.then(() -> kernel.leases.ownerGone(name));
        kernel.then(() -> kernel.contexts.unregistered(name));
        return 0;
    }

    long duty(final int name, final int code) {
        final List<String> duties = List.of("ACTIVE", "INACTIVE", "MAINTENANCE", "ERROR", "RETIRED");
        if (code >= duties.size()) {
            return NaiveKernel.refuse(Rejection.INVALID_VALUE);
        }
        final Known known = agents.get(name);
        if (known == null) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_AGENT);
        }
        if (known.duty.equals("RETIRED")) {
            return NaiveKernel.refuse(Rejection.ALREADY_CONCLUDED);
        }
        changed(known, () -> known.duty = duties.get(code));
        return 0;
    }

    long heartbeat(final long nowNs, final int name) {
        final Known known = agents.get(name);
        if (known == null) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_AGENT);
        }
        changed(known, () -> known.isSilent = false);
        known.heardNs = nowNs;
        return STATUSES.indexOf(known.status());
    }

    long assign(final long coordination, final int name) {
        if (!kernel.scopes.contains(coordination)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_COORDINATION);
        }
        final long refused = kernel.contexts.refusal(coordination, name);
        if (refused != 0) {
            return refused;
        }
        final Known known = agents.get(name);
        if (known == null) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_AGENT);
        }
        if (known.status().equals("BUSY")) {
            return NaiveKernel.refuse(Rejection.AGENT_BUSY);
        }
        if (!known.status().equals("AVAILABLE")) {
            return NaiveKernel.refuse(Rejection.AGENT_UNAVAILABLE);
        }
        if (!known.tasks.contains(coordination)) {
            employed(coordination).add(name);
        }
        changed(known, () -> known.tasks.add(coordination));
        kernel.then(() -> kernel.contexts.begin(coordination, name));
        return known.tasks.size();
    }

    long release(final long coordination, final int name) {
        if (!kernel.scopes.contains(coordination)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_COORDINATION);
        }
        final Known known = agents.get(name);
        if (known == null) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_AGENT);
        }
        if (!known.tasks.contains(coordination)) {
            return NaiveKernel.refuse(Rejection.NO_TASK_ASSIGNED);
        }
        changed(known, () -> leave(known, coordination));
        kernel.then(() -> kernel.contexts.release(coordination, name));
        return known.tasks.size();
    }

    void onCompletion(final long coordination, final int name, final int completion, final double quality) {
        final Known known = agents.get(name);
        if (known == null) {
            return;
        }
        if (completion == 1) {
            known.succeeded++;
        } else {
            known.failed++;
        }
        if (!Double.isNaN(quality)) {
            known.qualities.add(quality);
        }
        if (known.tasks.contains(coordination)) {
            changed(known, () -> leave(known, coordination));
        }
    }

    @Override
    public void onClosed(final long coordination) {
        final List<Integer> there = employed(coordination);
        while (!there.isEmpty()) {
            final Known known = agents.get(there.get(there.size() - 1));
            changed(known, () -> {
                while (known.tasks.contains(coordination)) {
                    leave(known, coordination);
                }
            });
        }
        employed.remove(coordination);
    }

    private static long silentAtNs(final Known known) {
        return known.silentAfterNs == 0 || known.isSilent ? Long.MAX_VALUE : known.heardNs + known.silentAfterNs;
    }

    @Override
    public List<NaiveKernel.Timer> timers() {
        return agents.entrySet().stream()
                .map(agent -> new NaiveKernel.Timer(
                        silentAtNs(agent.getValue()), 1, agent.getKey(), () -> silence(agent.getKey())))
                .toList();
    }

    private void silence(final int name) {
        final Known known = agents.get(name);
        changed(known, () -> known.isSilent = true);
        kernel.then(() -> kernel.leases.ownerGone(name));
    }

    /** Names of the active agents with all of these capabilities, the newest first. */
    List<Integer> discover(final List<Integer> capabilities) {
        return agents.entrySet().stream()
                .filter(agent ->
                        List.of("AVAILABLE", "BUSY").contains(agent.getValue().status()))
                .filter(agent -> agent.getValue().capabilities.containsAll(capabilities))
                .sorted((a, b) -> Long.compare(b.getValue().number, a.getValue().number))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Name of the available agent with all of these capabilities that scores best, 0 when none does. */
    int match(final List<Integer> capabilities) {
        int best = 0;
        for (final Map.Entry<Integer, Known> agent : agents.entrySet()) {
            final Known known = agent.getValue();
            if (known.status().equals("AVAILABLE") && known.capabilities.containsAll(capabilities)) {
                final double lead = best == 0
                        ? 1
                        : known.score(capabilities) - agents.get(best).score(capabilities);
                if (lead > 1e-9 || lead > -1e-9 && known.number < agents.get(best).number) {
                    best = agent.getKey();
                }
            }
        }
        return best;
    }
}
