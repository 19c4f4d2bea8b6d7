package io.signalbox.kernel.machine;

import io.signalbox.kernel.event.Rejection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

final class NaiveDependencies implements NaiveKernel.NaiveRoom {
    /** Kind of a wait for a response. */
    private static final int REQUEST = 15;

    /** What one scope knows that waits ask for. */
    private static final class Board {
        final Map<Integer, long[]> completions = new HashMap<>();
        final Map<Integer, Boolean> resources = new HashMap<>();
        final Map<Integer, Double> gates = new HashMap<>();
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

        void complete(final long completion) {
            state = completion == 1 || (flags & 1) == 0 ? "RESOLVED" : "FAILED";
        }
    }

    final Map<Long, Wait> waits = new LinkedHashMap<>();
    private final NaiveKernel kernel;
    private final Map<Long, Board> boards = new HashMap<>();

    NaiveDependencies(final NaiveKernel kernel) {
        this.kernel = kernel;
    }

    long pending() {
        return waits.values().stream().filter(Wait::isPending).count();
    }

    private Board board(final long coordination) {
        return boards.computeIfAbsent(coordination, handle -> new Board());
    }

    @Override
    public long nextDeadlineNs() {
        return waits.values().stream()
                .filter(Wait::isPending)
                .mapToLong(wait -> wait.deadlineNs)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    @Override
    public void pulse(final long nowNs) {
        waits.values().stream()
                .filter(wait -> wait.isPending() && wait.deadlineNs <= nowNs)
                .forEach(wait -> wait.state = "EXPIRED");
    }

    @Override
    public void onClosed(final long coordination) {
        boards.remove(coordination);
        waits.values().stream()
                .filter(wait -> wait.isPending() && wait.coordination == coordination)
                .forEach(wait -> wait.state = "CANCELLED");
    }

    /** An agent has completed: 1 succeeded, 2 failed. */
    void onCompletion(final long position, final long coordination, final int agent, final int completion) {
        board(coordination).completions.put(agent, new long[] {position, completion});
        for (final Wait wait : waits.values()) {
            if (wait.isPending()
                    && wait.kind == 1
                    && wait.coordination == coordination
                    && wait.target == agent
                    && position > wait.after) {
                wait.complete(completion);
            }
        }
    }

    /** What a signal declares that awaits: the next success of an agent. */
    long awaitNext(
            final long position, final long nowNs, final long coordination, final int agent, final long timeoutNs) {
        return declared(new Wait(coordination, 1, agent, 1, position, NaiveKernel.deadline(nowNs, timeoutNs), 0));
    }

    /** What a signal declares that asks for a response. */
    long request(final long position, final long nowNs, final long coordination, final long timeoutNs) {
        return declared(new Wait(coordination, REQUEST, 0, 0, position, NaiveKernel.deadline(nowNs, timeoutNs), 0));
    }

    boolean isAwaited(final long coordination, final long position) {
        return waits.values().stream()
                .anyMatch(wait -> wait.isPending()
                        && wait.kind == REQUEST
                        && wait.after == position
                        && wait.coordination == coordination);
    }

    void respond(final long position) {
        waits.values().stream()
                .filter(wait -> wait.isPending() && wait.kind == REQUEST && wait.after == position)
                .forEach(wait -> wait.state = "RESOLVED");
    }

    long declared(final Wait wait) {
        return kernel.choose(handle -> {
            waits.keySet().removeIf(known -> known.intValue() == (int) handle);
            waits.put(handle, wait);
        });
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
        if (!kernel.scopes.contains(coordination)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_COORDINATION);
        }
        final boolean isGate = kind == 3;
        if (kind < 1 || kind > 3 || flags > 3 || timeoutNs < 0 || isGate && !(threshold >= 0 && threshold <= 1)) {
            return NaiveKernel.refuse(Rejection.INVALID_VALUE);
        }
        if (!NaiveKernel.isName(target) || !NaiveKernel.isNameOrNone(owner)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_NAME);
        }
        if (pending() == NaiveKernel.WAITS_MAX) {
            return NaiveKernel.refuse(Rejection.CAPACITY_EXHAUSTED);
        }
        final long deadlineNs = NaiveKernel.deadline(nowNs, timeoutNs);
        final Wait wait = new Wait(coordination, kind, target, flags, after, deadlineNs, threshold);
        if (kind == 1) {
            final long[] completion = board(coordination).completions.get(target);
            if (completion != null && completion[0] > after) {
                wait.complete(completion[1]);
            }
        } else {
            settle(wait);
        }
        if (wait.isPending() && (flags & 2) != 0) {
            wait.state = "FAILED";
        }
        return declared(wait);
    }

    /** What the boards say about a wait for a resource or a gate: its own scope's board first. */
    private void settle(final Wait wait) {
        for (final Board board : List.of(board(wait.coordination), board(0))) {
            if (wait.kind == 2 && board.resources.containsKey(wait.target)) {
                wait.state = board.resources.get(wait.target) ? "RESOLVED" : "PENDING";
                return;
            }
            if (wait.kind == 3 && board.gates.containsKey(wait.target)) {
                final double score = board.gates.get(wait.target);
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
        if (!kernel.scopes.contains(coordination)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_COORDINATION);
        }
        if (!NaiveKernel.isName(resource)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_NAME);
        }
        board(coordination).resources.put(resource, available);
        settleAll(coordination, 2, resource);
        return 0;
    }

    long score(final long coordination, final int gate, final boolean failed, final double score) {
        if (!kernel.scopes.contains(coordination)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_COORDINATION);
        }
        if (!NaiveKernel.isName(gate)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_NAME);
        }
        if (!failed && !(score >= 0 && score <= 1)) {
            return NaiveKernel.refuse(Rejection.INVALID_VALUE);
        }
        board(coordination).gates.put(gate, failed ? Double.NaN : score);
        settleAll(coordination, 3, gate);
        return 0;
    }

    long cancel(final long handle) {
        final Wait wait = waits.get(handle);
        if (wait == null) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_DEPENDENCY);
        }
        if (!wait.isPending()) {
            return NaiveKernel.refuse(Rejection.ALREADY_CONCLUDED);
        }
        wait.state = "CANCELLED";
        kernel.leases.settle();
        return 0;
    }
}
