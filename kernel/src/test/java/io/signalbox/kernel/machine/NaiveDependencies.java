package io.signalbox.kernel.machine;

import io.signalbox.kernel.event.Rejection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

final class NaiveDependencies implements NaiveKernel.NaiveRoom {
    /** Kind of a wait for a response. */
    private static final int REQUEST = 15;

    private static final int RETRIES_MAX = 254;

    /** What one scope knows that waits ask for. */
    private static final class Board {
        final Map<Integer, long[]> completions = new HashMap<>();
        final Map<Integer, Double> resources = new HashMap<>();
        final Map<Integer, Double> gates = new HashMap<>();
        final Map<Integer, Wait> labels = new HashMap<>();
        final Map<Integer, String> decisions = new HashMap<>();
    }

    static final class Wait {
        long coordination;
        int kind;
        int target;
        int flags;
        int owner;
        int from;
        int label;
        int retries;
        int needed;
        long after;
        long timeoutNs;
        long deadlineNs;
        double threshold;
        List<Wait> members = List.of();
        boolean isPart;
        String state = "PENDING";

        Wait() {}

        /** One whose end another room decides. */
        Wait(final long coordination, final int kind, final int target, final int owner, final long deadlineNs) {
            this.coordination = coordination;
            this.kind = kind;
            this.target = target;
            this.owner = owner;
            this.deadlineNs = deadlineNs;
        }

        boolean isPending() {
            return state.equals("PENDING");
        }

        String afterCompletion(final long completion) {
            return completion == 1 || (flags & 1) == 0 ? "RESOLVED" : "FAILED";
        }

        int depth() {
            return kind == 6 ? 1 + members.stream().mapToInt(Wait::depth).max().orElseThrow() : 0;
        }
    }

    final Map<Long, Wait> waits = new LinkedHashMap<>();
    private final NaiveKernel kernel;
    private final Map<Long, Board> boards = new HashMap<>();
    private final List<Wait> composites = new ArrayList<>();
    private final Deque<Runnable> due = new ArrayDeque<>();

    NaiveDependencies(final NaiveKernel kernel) {
        this.kernel = kernel;
    }

    long pending() {
        return waits.values().stream().filter(Wait::isPending).count();
    }

    /** The wait that was last declared under a label, or null. */
    Wait labelled(final long coordination, final int label) {
        return board(coordination).labels.get(label);
    }

    /** The last decision on a subject and who made it, or null. */
    String decided(final long coordination, final int subject) {
        return board(coordination).decisions.get(subject);
    }

    List<Long> pendingHandles() {
        return waits.entrySet().stream()
                .filter(entry -> entry.getValue().isPending())
                .map(Map.Entry::getKey)
                .toList();
    }

    private Board board(final long coordination) {
        return boards.computeIfAbsent(coordination, handle -> new Board());
    }

    private List<Wait> pending(final long coordination, final int kind, final int target) {
        return waits.values().stream()
                .filter(wait -> wait.isPending() && wait.kind == kind && wait.target == target)
                .filter(wait -> coordination == wait.coordination)
                .toList();
    }

    /** A wait ends; composites that have it as a member count it when what happens now has happened. */
    void end(final Wait wait, final String state) {
        wait.state = state;
        for (final Wait composite : above(wait)) {
            due.add(() -> count(composite));
        }
        for (final Wait member : wait.members) {
            if (member.isPending() && (wait.flags & 4) != 0 && above(member).isEmpty()) {
                due.add(() -> dropIfAlone(member));
            }
        }
        kernel.then(() -> {
            if (state.equals("CANCELLED") || state.equals("EXPIRED")) {
                kernel.leases.onWaitEnded(wait);
            }
            settle();
        });
    }

    private List<Wait> above(final Wait member) {
        return composites.stream()
                .filter(composite -> composite.isPending() && composite.members.contains(member))
                .toList();
    }

    private void dropIfAlone(final Wait member) {
        if (member.isPending() && above(member).isEmpty()) {
            end(member, "CANCELLED");
        }
    }

    private void count(final Wait composite) {
        if (!composite.isPending()) {
            return;
        }
        final long resolved = composite.members.stream()
                .filter(member -> member.state.equals("RESOLVED"))
                .count();
        final long open = composite.members.stream().filter(Wait::isPending).count();
        if (resolved >= composite.needed) {
            end(composite, "RESOLVED");
        } else if (resolved + open < composite.needed) {
            end(composite, "FAILED");
        }
    }

    private void settle() {
        while (!due.isEmpty()) {
            due.remove().run();
        }
    }

    @Override
    public List<NaiveKernel.Timer> timers() {
        return waits.entrySet().stream()
                .filter(entry -> entry.getValue().isPending())
                .map(entry -> new NaiveKernel.Timer(
                        entry.getValue().deadlineNs, 0, entry.getKey().intValue(), () -> expire(entry.getValue())))
                .toList();
    }

    private void expire(final Wait wait) {
        if (wait.retries > 0) {
            wait.retries--;
            wait.deadlineNs = NaiveKernel.deadline(kernel.nowNs, wait.timeoutNs);
        } else {
            end(wait, "EXPIRED");
        }
    }

    @Override
    public void onClosed(final long coordination) {
        boards.remove(coordination);
        giveUp(coordination, 0);
    }

    private int giveUp(final long coordination, final int owner) {
        final List<Wait> given = waits.values().stream()
                .filter(wait -> wait.isPending() && wait.coordination == coordination)
                .filter(wait -> owner == 0 || wait.owner == owner)
                .toList();
        given.forEach(wait -> end(wait, "CANCELLED"));
        return given.size();
    }

    long clear(final long coordination, final int owner) {
        if (!kernel.scopes.contains(coordination)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_COORDINATION);
        }
        if (!NaiveKernel.isNameOrNone(owner)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_NAME);
        }
        board(coordination)
                .labels
                .values()
                .removeIf(wait -> owner == 0 || waits.containsValue(wait) && wait.owner == owner);
        return giveUp(coordination, owner);
    }

    /** A signal was raised. */
    void onSignal(final long position, final long coordination, final int type, final int sender) {
        for (final Wait wait : pending(coordination, 4, type)) {
            if (position > wait.after && (wait.from == 0 || wait.from == sender)) {
                end(wait, "RESOLVED");
            }
        }
    }

    /** An agent has completed by a signal of a type: 1 succeeded, 2 failed. */
    void onCompletion(
            final long position, final long coordination, final int type, final int agent, final int completion) {
        board(coordination).completions.put(agent, new long[] {position, completion});
        for (final Wait wait : pending(coordination, 1, agent)) {
            if (position > wait.after && (wait.from == 0 || wait.from == type)) {
                end(wait, wait.afterCompletion(completion));
            }
        }
    }

    /** What a signal declares that awaits: the next success of an agent. */
    long awaitNext(
            final long position,
            final long nowNs,
            final long coordination,
            final int owner,
            final int agent,
            final long timeoutNs) {
        final Wait wait = new Wait();
        wait.coordination = coordination;
        wait.kind = 1;
        wait.target = agent;
        wait.flags = 1;
        wait.owner = owner;
        wait.after = position;
        wait.timeoutNs = timeoutNs;
        wait.deadlineNs = NaiveKernel.deadline(nowNs, timeoutNs);
        return declared(wait);
    }

    /** What a signal declares that asks for a response. */
    long request(
            final long position, final long nowNs, final long coordination, final int owner, final long timeoutNs) {
        final Wait wait = new Wait(coordination, REQUEST, 0, owner, NaiveKernel.deadline(nowNs, timeoutNs));
        wait.after = position;
        wait.timeoutNs = timeoutNs;
        return declared(wait);
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
                .toList()
                .forEach(wait -> end(wait, "RESOLVED"));
    }

    long declared(final Wait wait) {
        if (wait.label != 0) {
            board(wait.coordination).labels.put(wait.label, wait);
        }
        return kernel.choose(handle -> {
            waits.keySet().removeIf(known -> known.intValue() == (int) handle);
            waits.put(handle, wait);
        });
    }

    /** Why it cannot be declared, whatever it waits for. */
    long refusal(final Wait wait) {
        if (wait.timeoutNs < 0 || wait.retries < 0 || wait.retries > RETRIES_MAX) {
            return NaiveKernel.refuse(Rejection.INVALID_VALUE);
        }
        if (!NaiveKernel.isNameOrNone(wait.owner) || !NaiveKernel.isNameOrNone(wait.label)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_NAME);
        }
        final Wait namesake = board(wait.coordination).labels.get(wait.label);
        if (wait.label != 0 && namesake != null && namesake.isPending()) {
            return NaiveKernel.refuse(Rejection.DUPLICATE_DEPENDENCY);
        }
        return pending() == kernel.sized(NaiveKernel.WAITS_MAX) ? NaiveKernel.refuse(Rejection.CAPACITY_EXHAUSTED) : 0;
    }

    /** Everything of the wait is as the command says; its deadline is not known yet. */
    long declare(final long nowNs, final Wait wait) {
        if (!kernel.scopes.contains(wait.coordination)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_COORDINATION);
        }
        final boolean hasThreshold = wait.kind == 2 || wait.kind == 3;
        final boolean isKind = wait.kind >= 1 && wait.kind <= 5 || wait.kind == 21;
        final boolean isThreshold = !hasThreshold || wait.threshold >= 0 && wait.threshold <= 1;
        if (!isKind || (wait.flags & ~11) != 0 || !isThreshold) {
            return NaiveKernel.refuse(Rejection.INVALID_VALUE);
        }
        if (!NaiveKernel.isName(wait.target) || !NaiveKernel.isNameOrNone(wait.from)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_NAME);
        }
        final long refusal = refusal(wait);
        if (refusal < 0) {
            return refusal;
        }
        wait.deadlineNs = NaiveKernel.deadline(nowNs, wait.timeoutNs);
        wait.isPart = (wait.flags & 8) != 0;
        if (wait.kind == 2 && wait.threshold == 0) {
            wait.threshold = 1;
        }
        if (wait.kind == 1) {
            final long[] completion = board(wait.coordination).completions.get(wait.target);
            if (completion != null && completion[0] > wait.after && wait.from == 0) {
                wait.state = wait.afterCompletion(completion[1]);
            }
        } else {
            wait.state = known(wait);
        }
        if (wait.isPending() && (wait.flags & 2) != 0) {
            wait.state = "FAILED";
        }
        return declared(wait);
    }

    /** A wait over the waits with these handles. */
    long compose(final long nowNs, final Wait wait, final long[] handles) {
        if (!kernel.scopes.contains(wait.coordination)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_COORDINATION);
        }
        if ((wait.flags & ~12) != 0 || wait.needed < 1 || wait.needed > handles.length) {
            return NaiveKernel.refuse(Rejection.INVALID_VALUE);
        }
        final List<Wait> members = new ArrayList<>();
        for (final long handle : handles) {
            final Wait member = waits.get(handle);
            if (member == null) {
                return NaiveKernel.refuse(Rejection.UNKNOWN_DEPENDENCY);
            }
            if (members.contains(member) || member.coordination != wait.coordination) {
                return NaiveKernel.refuse(Rejection.INVALID_VALUE);
            }
            if (member.depth() == 8) {
                return NaiveKernel.refuse(Rejection.NESTED_TOO_DEEP);
            }
            members.add(member);
        }
        final long refusal = refusal(wait);
        if (refusal < 0) {
            return refusal;
        }
        wait.kind = 6;
        wait.members = members;
        wait.isPart = (wait.flags & 8) != 0;
        wait.deadlineNs = NaiveKernel.deadline(nowNs, wait.timeoutNs);
        members.stream().filter(Wait::isPending).forEach(member -> member.isPart = true);
        composites.removeIf(composite -> !composite.isPending());
        composites.add(wait);
        count(wait);
        return declared(wait);
    }

    /** What the boards say about a wait for a resource or a gate: its own scope's board first. */
    private String known(final Wait wait) {
        if (wait.kind == 21) {
            return kernel.syncs.standing(wait.coordination, wait.target);
        }
        for (final Board board : List.of(board(wait.coordination), board(0))) {
            final Double reached = wait.kind == 2
                    ? board.resources.get(wait.target)
                    : wait.kind == 3 ? board.gates.get(wait.target) : null;
            if (reached != null) {
                return Double.isNaN(reached) ? "FAILED" : reached >= wait.threshold ? "RESOLVED" : "PENDING";
            }
        }
        return "PENDING";
    }

    private void look(final long coordination, final int kind, final int target) {
        for (final Wait wait : waits.values()) {
            final boolean isMeant = coordination == 0 || coordination == wait.coordination;
            if (wait.isPending() && wait.kind == kind && wait.target == target && isMeant) {
                final String known = known(wait);
                if (!known.equals("PENDING")) {
                    end(wait, known);
                }
            }
        }
    }

    long mark(final long coordination, final int resource, final int mark, final double level) {
        if (!kernel.scopes.contains(coordination)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_COORDINATION);
        }
        if (!NaiveKernel.isName(resource)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_NAME);
        }
        if (mark > 2 || level < 0 || level > 1) {
            return NaiveKernel.refuse(Rejection.INVALID_VALUE);
        }
        final double reached = mark == 2 ? Double.NaN : mark == 0 ? 0 : Double.isNaN(level) ? 1 : level;
        board(coordination).resources.put(resource, reached);
        look(coordination, 2, resource);
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
        look(coordination, 3, gate);
        return 0;
    }

    long decide(final long coordination, final int subject, final int decision, final int by, final int length) {
        if (!kernel.scopes.contains(coordination)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_COORDINATION);
        }
        if (length > NaiveKernel.PAYLOAD_MAX) {
            return NaiveKernel.refuse(Rejection.TOO_LONG);
        }
        if (!NaiveKernel.isName(subject) || !NaiveKernel.isName(by)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_NAME);
        }
        if (decision > 1) {
            return NaiveKernel.refuse(Rejection.INVALID_VALUE);
        }
        final List<Wait> asked = pending(coordination, 5, subject);
        final List<Wait> decided =
                asked.stream().filter(wait -> wait.from == 0 || wait.from == by).toList();
        if (decided.isEmpty()) {
            return NaiveKernel.refuse(asked.isEmpty() ? Rejection.NOTHING_TO_DECIDE : Rejection.NOT_THE_APPROVER);
        }
        board(coordination).decisions.put(subject, decision + " by " + by);
        decided.forEach(wait -> end(wait, decision == 1 ? "RESOLVED" : "FAILED"));
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
        end(wait, "CANCELLED");
        return 0;
    }

    /** Whether a wait that was just declared closes a ring that nobody outside of it can free. */
    boolean closesARing(final Wait closing) {
        if (!closing.isPending() || closing.owner == 0 || closing.isPart) {
            return false;
        }
        final Set<Integer> agents = new LinkedHashSet<>(Set.of(closing.owner));
        while (agents.addAll(owners(closing.coordination, agents, agents, false))) {
            // until nobody else is found who waits for one of them
        }
        while (agents.retainAll(owners(closing.coordination, agents, agents, true))) {
            // until nobody is left whom somebody else can free
        }
        if (!agents.contains(closing.owner) || !isHeld(closing, agents)) {
            return false;
        }
        final Set<Integer> back = new LinkedHashSet<>(Set.of(closing.owner));
        while (back.addAll(owners(closing.coordination, back, agents, true))) {
            // until nobody else is found who cannot go on because of one of them
        }
        back.retainAll(agents);
        return back.stream().anyMatch(agent -> reaches(closing, Set.of(agent)));
    }

    private Set<Integer> owners(
            final long coordination, final Set<Integer> awaited, final Set<Integer> stuck, final boolean isHeld) {
        final Set<Integer> owners = new LinkedHashSet<>();
        for (final Wait wait : waits.values()) {
            final boolean speaks = wait.isPending() && !wait.isPart && wait.owner != 0;
            if (speaks && wait.coordination == coordination && reaches(wait, awaited)) {
                if (!isHeld || stuck.contains(wait.owner) && isHeld(wait, stuck)) {
                    owners.add(wait.owner);
                }
            }
        }
        return owners;
    }

    private static boolean reaches(final Wait wait, final Set<Integer> agents) {
        return wait.isPending()
                && (wait.kind == 1 && agents.contains(wait.target)
                        || wait.members.stream().anyMatch(member -> reaches(member, agents)));
    }

    private static boolean isHeld(final Wait wait, final Set<Integer> stuck) {
        if (wait.kind != 6) {
            return wait.kind == 1 && stuck.contains(wait.target);
        }
        final long possible = wait.members.stream()
                .filter(member -> member.state.equals("RESOLVED") || member.isPending() && !isHeld(member, stuck))
                .count();
        return possible < wait.needed;
    }
}
