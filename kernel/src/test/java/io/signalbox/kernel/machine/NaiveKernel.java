package io.signalbox.kernel.machine;

import io.signalbox.kernel.event.Rejection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the machine should do with coordinations, signals, state and waits, written a second time and simply: plain collections,
 * walked from end to end. It shares no code with the machine but the names of the refusals. It does not choose handles: where
 * it accepts, it is told the one that the machine chose.
 */
final class NaiveKernel {
    static final int NAMES = 6;
    static final int WAITS_MAX = 8;
    static final int SCOPES_MAX = 3;
    static final int PAYLOAD_MAX = 16;

    /** A step was accepted and the machine chooses the answer. */
    static final long CHOSEN = Long.MIN_VALUE;

    static final class Scope {
        final String name;
        final Map<Integer, Long> versions = new HashMap<>();
        final Map<Integer, String> values = new HashMap<>();
        final Map<Integer, long[]> completions = new HashMap<>();
        final Map<Integer, Boolean> resources = new HashMap<>();
        final Map<Integer, Double> gates = new HashMap<>();
        long version;
        long raised;

        Scope(final String name) {
            this.name = name;
        }
    }

    static final class Wait {
        final long coordination;
        final int kind;
        final int target;
        final int flags;
        final long after;
        final long deadlineNs;
        final double threshold;
        String state = "PENDING";

        Wait(
                final long coordination,
                final int kind,
                final int target,
                final int flags,
                final long after,
                final long deadlineNs,
                final double threshold) {
            this.coordination = coordination;
            this.kind = kind;
            this.target = target;
            this.flags = flags;
            this.after = after;
            this.deadlineNs = deadlineNs;
            this.threshold = threshold;
        }

        boolean isPending() {
            return state.equals("PENDING");
        }
    }

    final Map<Long, Scope> scopes = new HashMap<>();
    final Map<Long, Wait> waits = new LinkedHashMap<>();
    private Wait declared;
    private String opened;

    NaiveKernel() {
        scopes.put(0L, new Scope(""));
    }

    long pending() {
        return waits.values().stream().filter(Wait::isPending).count();
    }

    long nextDeadlineNs() {
        return waits.values().stream()
                .filter(Wait::isPending)
                .mapToLong(wait -> wait.deadlineNs)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private static boolean isName(final int id) {
        return id >= 1 && id <= NAMES;
    }

    private static boolean isNameOrNone(final int id) {
        return id == 0 || isName(id);
    }

    private static long refuse(final Rejection rejection) {
        return rejection.answer();
    }

    /** The machine chose this handle for what was last opened or declared. */
    void chosen(final long handle) {
        if (declared != null) {
            waits.keySet().removeIf(known -> known.intValue() == (int) handle);
            waits.put(handle, declared);
        } else {
            scopes.put(handle, new Scope(opened));
        }
        declared = null;
        opened = null;
    }

    long open(final String name) {
        if (name.isEmpty()) {
            return refuse(Rejection.INVALID_VALUE);
        }
        for (final Map.Entry<Long, Scope> scope : scopes.entrySet()) {
            if (scope.getKey() != 0 && scope.getValue().name.equals(name)) {
                return scope.getKey();
            }
        }
        if (scopes.size() - 1 == SCOPES_MAX) {
            return refuse(Rejection.CAPACITY_EXHAUSTED);
        }
        opened = name;
        return CHOSEN;
    }

    long close(final long coordination) {
        if (coordination == 0 || !scopes.containsKey(coordination)) {
            return refuse(Rejection.UNKNOWN_COORDINATION);
        }
        scopes.remove(coordination);
        waits.values().stream()
                .filter(wait -> wait.isPending() && wait.coordination == coordination)
                .forEach(wait -> wait.state = "CANCELLED");
        return 0;
    }

    long set(final long coordination, final int key, final long expected, final int by, final String value) {
        final Scope scope = scopes.get(coordination);
        if (scope == null) {
            return refuse(Rejection.UNKNOWN_COORDINATION);
        }
        if (value.length() > PAYLOAD_MAX) {
            return refuse(Rejection.TOO_LONG);
        }
        if (!isName(key) || !isNameOrNone(by)) {
            return refuse(Rejection.UNKNOWN_NAME);
        }
        if (expected != -1 && expected != scope.versions.getOrDefault(key, 0L)) {
            return refuse(Rejection.VERSION_MISMATCH);
        }
        scope.version++;
        scope.versions.put(key, scope.version);
        scope.values.put(key, value);
        return scope.version;
    }

    long delete(final long coordination, final int key, final long expected, final int by) {
        final Scope scope = scopes.get(coordination);
        if (scope == null) {
            return refuse(Rejection.UNKNOWN_COORDINATION);
        }
        if (!isNameOrNone(by)) {
            return refuse(Rejection.UNKNOWN_NAME);
        }
        if (!scope.values.containsKey(key)) {
            return refuse(Rejection.UNKNOWN_KEY);
        }
        if (expected != -1 && expected != scope.versions.get(key)) {
            return refuse(Rejection.VERSION_MISMATCH);
        }
        scope.versions.remove(key);
        scope.values.remove(key);
        return ++scope.version;
    }

    long raise(
            final long position,
            final long nowNs,
            final long coordination,
            final int type,
            final int sender,
            final int subject,
            final int completion,
            final double quality,
            final int awaits,
            final long timeoutNs,
            final int payloadLength) {
        final Scope scope = scopes.get(coordination);
        if (scope == null) {
            return refuse(Rejection.UNKNOWN_COORDINATION);
        }
        if (payloadLength > PAYLOAD_MAX) {
            return refuse(Rejection.TOO_LONG);
        }
        if (awaits != 0 && pending() == WAITS_MAX) {
            return refuse(Rejection.CAPACITY_EXHAUSTED);
        }
        if (awaits != 0 && (!isName(awaits) || timeoutNs < 0)) {
            return refuse(Rejection.INVALID_VALUE);
        }
        if (!isName(type) || !isNameOrNone(sender) || !isNameOrNone(subject)) {
            return refuse(Rejection.UNKNOWN_NAME);
        }
        final int about = subject == 0 ? sender : subject;
        if (completion > 2 || completion > 0 && about == 0 || quality < 0 || quality > 1) {
            return refuse(Rejection.INVALID_VALUE);
        }
        scope.raised++;
        if (completion > 0) {
            scope.completions.put(about, new long[] {position, completion});
            for (final Wait wait : waits.values()) {
                if (wait.isPending()
                        && wait.kind == 1
                        && wait.coordination == coordination
                        && wait.target == about
                        && position > wait.after) {
                    wait.state = completion == 1 || (wait.flags & 1) == 0 ? "RESOLVED" : "FAILED";
                }
            }
        }
        if (awaits == 0) {
            return 0;
        }
        declared = new Wait(coordination, 1, awaits, 1, position, deadline(nowNs, timeoutNs), 0);
        return CHOSEN;
    }

    private static long deadline(final long nowNs, final long timeoutNs) {
        return timeoutNs == 0
                ? Long.MAX_VALUE
                : timeoutNs >= Long.MAX_VALUE - nowNs ? Long.MAX_VALUE - 1 : nowNs + timeoutNs;
    }

    long declare(
            final long nowNs,
            final long coordination,
            final int kind,
            final int flags,
            final int owner,
            final int target,
            final long after,
            final long timeoutNs,
            final double threshold) {
        final Scope scope = scopes.get(coordination);
        if (scope == null) {
            return refuse(Rejection.UNKNOWN_COORDINATION);
        }
        final boolean isGate = kind == 3;
        if (kind < 1 || kind > 3 || flags > 3 || timeoutNs < 0 || isGate && !(threshold >= 0 && threshold <= 1)) {
            return refuse(Rejection.INVALID_VALUE);
        }
        if (!isName(target) || !isNameOrNone(owner)) {
            return refuse(Rejection.UNKNOWN_NAME);
        }
        if (pending() == WAITS_MAX) {
            return refuse(Rejection.CAPACITY_EXHAUSTED);
        }
        declared = new Wait(coordination, kind, target, flags, after, deadline(nowNs, timeoutNs), threshold);
        if (kind == 1) {
            final long[] completion = scope.completions.get(target);
            if (completion != null && completion[0] > after) {
                declared.state = completion[1] == 1 || (flags & 1) == 0 ? "RESOLVED" : "FAILED";
            }
        } else {
            settle(declared);
        }
        if (declared.isPending() && (flags & 2) != 0) {
            declared.state = "FAILED";
        }
        return CHOSEN;
    }

    /** What the boards say about a wait for a resource or a gate: its own scope's board first. */
    private void settle(final Wait wait) {
        for (final Scope scope : List.of(scopes.get(wait.coordination), scopes.get(0L))) {
            if (wait.kind == 2 && scope.resources.containsKey(wait.target)) {
                wait.state = scope.resources.get(wait.target) ? "RESOLVED" : "PENDING";
                return;
            }
            if (wait.kind == 3 && scope.gates.containsKey(wait.target)) {
                final double score = scope.gates.get(wait.target);
                wait.state = Double.isNaN(score) ? "FAILED" : score >= wait.threshold ? "RESOLVED" : "PENDING";
                return;
            }
        }
    }

    private void settleAll(final long coordination, final int kind, final int target) {
        for (final Wait wait : waits.values()) {
            if (wait.isPending()
                    && wait.kind == kind
                    && wait.target == target
                    && (coordination == 0 || coordination == wait.coordination)) {
                settle(wait);
            }
        }
    }

    long mark(final long coordination, final int resource, final boolean available) {
        if (!scopes.containsKey(coordination)) {
            return refuse(Rejection.UNKNOWN_COORDINATION);
        }
        if (!isName(resource)) {
            return refuse(Rejection.UNKNOWN_NAME);
        }
        scopes.get(coordination).resources.put(resource, available);
        settleAll(coordination, 2, resource);
        return 0;
    }

    long score(final long coordination, final int gate, final boolean failed, final double score) {
        if (!scopes.containsKey(coordination)) {
            return refuse(Rejection.UNKNOWN_COORDINATION);
        }
        if (!isName(gate)) {
            return refuse(Rejection.UNKNOWN_NAME);
        }
        if (!failed && !(score >= 0 && score <= 1)) {
            return refuse(Rejection.INVALID_VALUE);
        }
        scopes.get(coordination).gates.put(gate, failed ? Double.NaN : score);
        settleAll(coordination, 3, gate);
        return 0;
    }

    long cancel(final long handle) {
        final Wait wait = waits.get(handle);
        if (wait == null) {
            return refuse(Rejection.UNKNOWN_DEPENDENCY);
        }
        if (!wait.isPending()) {
            return refuse(Rejection.ALREADY_CONCLUDED);
        }
        wait.state = "CANCELLED";
        return 0;
    }

    void pulse(final long nowNs) {
        waits.values().stream()
                .filter(wait -> wait.isPending() && wait.deadlineNs <= nowNs)
                .forEach(wait -> wait.state = "EXPIRED");
    }
}
