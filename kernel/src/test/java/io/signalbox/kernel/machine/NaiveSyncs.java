package io.signalbox.kernel.machine;

import io.signalbox.kernel.event.Rejection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Barriers (1), latches (2), conditions (3) and sync points (4). */
final class NaiveSyncs implements NaiveKernel.NaiveRoom {
    static final int OBJECTS_MAX = 4;
    static final int PARTIES_MAX = 3;
    private static final Map<String, String> ENDS =
            Map.of("OPEN", "PENDING", "READY", "RESOLVED", "BROKEN", "FAILED", "EXPIRED", "EXPIRED");

    private static final int CREATED = 7;
    private static final int READY = 8;
    private static final int BROKEN = 9;

    static final class Meeting {
        final long coordination;
        final int kind;
        final int flags;
        final int name;
        final int required;
        final long timeoutNs;
        final List<Integer> parties;
        final Map<Integer, String> came = new LinkedHashMap<>();
        final Map<Integer, String> brought = new LinkedHashMap<>();
        final Map<Long, Map<Integer, String>> released = new LinkedHashMap<>();
        String state = "OPEN";
        long generation = 1;
        long deadlineNs = Long.MAX_VALUE;
        int place;

        Meeting(
                final long coordination,
                final int kind,
                final int flags,
                final int name,
                final int required,
                final long timeoutNs,
                final List<Integer> parties) {
            this.coordination = coordination;
            this.kind = kind;
            this.flags = flags;
            this.name = name;
            this.required = required;
            this.timeoutNs = timeoutNs;
            this.parties = parties;
        }

        long count(final String how) {
            return came.values().stream().filter(how::equals).count();
        }

        void again() {
            came.clear();
            brought.clear();
            state = "OPEN";
            deadlineNs = Long.MAX_VALUE;
            generation++;
        }
    }

    final List<Meeting> meetings = new ArrayList<>();
    private final NaiveKernel kernel;
    private final Deque<Integer> freePlaces = new ArrayDeque<>();
    private int placesUsed;
    private final Map<String, String> completions = new LinkedHashMap<>();
    private final Map<Long, Map<Integer, NaiveState.Held>> states = new LinkedHashMap<>();

    NaiveSyncs(final NaiveKernel kernel) {
        this.kernel = kernel;
    }

    Meeting find(final long coordination, final int name) {
        return meetings.stream()
                .filter(meeting -> meeting.coordination == coordination && meeting.name == name)
                .findFirst()
                .orElse(null);
    }

    private static long due(final long nowNs, final long timeoutNs) {
        return timeoutNs == Long.MAX_VALUE ? Long.MAX_VALUE : NaiveKernel.deadline(nowNs, timeoutNs);
    }

    @Override
    public List<NaiveKernel.Timer> timers() {
        return meetings.stream()
                .map(meeting -> new NaiveKernel.Timer(meeting.deadlineNs, 3, meeting.place, () -> timeIsUp(meeting)))
                .toList();
    }

    private void timeIsUp(final Meeting meeting) {
        if (meeting.kind == 1) {
            end(meeting, "BROKEN", "FAILED");
        } else {
            end(meeting, "EXPIRED", "EXPIRED");
        }
    }

    private void remove(final Meeting meeting) {
        meetings.remove(meeting);
        freePlaces.push(meeting.place);
    }

    @Override
    public void onClosed(final long coordination) {
        for (final Meeting meeting : List.copyOf(meetings)) {
            if (meeting.coordination == coordination) {
                remove(meeting);
            }
        }
        states.remove(coordination);
        completions.keySet().removeIf(key -> key.startsWith(coordination + ":"));
    }

    /** What everybody is told; to be asked when it happens. */
    private Runnable news(final Meeting meeting, final int type) {
        String text = "{'sync_id':'" + nameOf(meeting.name) + "'";
        if (type == CREATED) {
            text += ",'required_count':" + meeting.required;
        } else {
            text += ",'completed_count':" + meeting.count("ARRIVED") + ",'required_count':" + meeting.required
                    + ",'generation':" + meeting.generation;
        }
        final String listed = text + (type == CREATED ? ",'waiting_task_ids':[" : ",'missing_task_ids':[")
                + meeting.parties.stream()
                        .filter(party -> type == CREATED || !"ARRIVED".equals(meeting.came.get(party)))
                        .map(party -> "'" + nameOf(party) + "'")
                        .collect(Collectors.joining(","))
                + "]";
        final boolean isListed = type != READY && listed.length() < NaiveKernel.PAYLOAD_MAX;
        final String payload = (isListed ? listed : text) + "}";
        return () -> kernel.signals.announced(meeting.coordination, type, 0, meeting.name, payload);
    }

    private static String nameOf(final int id) {
        return NaiveKernel.NAMES.get(id - 1);
    }

    /** How a wait for a sync point stands. */
    String standing(final long coordination, final int name) {
        final Meeting point = find(coordination, name);
        return point == null || point.kind != 4 ? "PENDING" : ENDS.get(point.state);
    }

    private void endWaits(final Meeting meeting, final String state) {
        kernel.dependencies.waits.values().stream()
                .filter(wait -> wait.isPending()
                        && wait.kind == waitKind(meeting)
                        && wait.coordination == meeting.coordination
                        && wait.target == meeting.name)
                .forEach(wait -> kernel.dependencies.end(wait, state));
    }

    private static int waitKind(final Meeting meeting) {
        return meeting.kind == 4 ? 21 : 21 + meeting.kind;
    }

    long declare(
            final long nowNs,
            final long coordination,
            final int kind,
            final int flags,
            final int name,
            final int required,
            final long timeoutNs,
            final List<Integer> parties) {
        if (!kernel.scopes.contains(coordination)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_COORDINATION);
        }
        final boolean hasFlags = flags == 0 || flags == 1 && kind == 4 || flags == 2 && kind == 3;
        if (kind < 1 || kind > 4 || !hasFlags) {
            return NaiveKernel.refuse(Rejection.INVALID_VALUE);
        }
        if (parties.size() > PARTIES_MAX) {
            return NaiveKernel.refuse(Rejection.TOO_LONG);
        }
        if (timeoutNs <= 0) {
            return NaiveKernel.refuse(Rejection.INVALID_TIMEOUT);
        }
        if (!NaiveKernel.isName(name)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_NAME);
        }
        if (kind == 2 || kind == 3) {
            if (!parties.isEmpty() || required != 0 || timeoutNs != Long.MAX_VALUE) {
                return NaiveKernel.refuse(Rejection.INVALID_VALUE);
            }
        } else {
            if (kind == 1 && parties.isEmpty()) {
                return NaiveKernel.refuse(Rejection.NO_PARTIES);
            }
            if (required < 0 || required > parties.size() || kind == 1 && required != 0 && required != parties.size()) {
                return NaiveKernel.refuse(Rejection.INVALID_REQUIRED);
            }
            final HashSet<Integer> seen = new HashSet<>();
            for (final int party : parties) {
                if (!NaiveKernel.isName(party)) {
                    return NaiveKernel.refuse(Rejection.UNKNOWN_NAME);
                }
                if (!seen.add(party)) {
                    return NaiveKernel.refuse(Rejection.DUPLICATE_PARTY);
                }
            }
        }
        if (find(coordination, name) != null) {
            return NaiveKernel.refuse(Rejection.DUPLICATE_SYNC);
        }
        if (meetings.size() == kernel.sized(OBJECTS_MAX)) {
            return NaiveKernel.refuse(Rejection.CAPACITY_EXHAUSTED);
        }
        final Meeting meeting = new Meeting(
                coordination, kind, flags, name, required == 0 ? parties.size() : required, timeoutNs, parties);
        meeting.place = freePlaces.isEmpty() ? placesUsed++ : freePlaces.pop();
        meetings.add(meeting);
        if (kind == 4) {
            meeting.deadlineNs = due(nowNs, timeoutNs);
        }
        if (kind == 1 || kind == 4) {
            kernel.then(() -> created(meeting));
        }
        return 1;
    }

    private void created(final Meeting meeting) {
        news(meeting, CREATED).run();
        if (meeting.kind == 4) {
            decide(meeting);
            for (final int party : meeting.parties) {
                final String completion = completions.get(meeting.coordination + ":" + party);
                if (completion != null) {
                    count(meeting, party, completion);
                }
            }
        }
    }

    void onCompletion(final long coordination, final int agent, final int completion) {
        final String how = completion == 1 ? "ARRIVED" : "FAILED";
        completions.put(coordination + ":" + agent, how);
        meetings.stream()
                .filter(meeting -> meeting.coordination == coordination && meeting.parties.contains(agent))
                .forEach(meeting -> count(meeting, agent, how));
    }

    private void count(final Meeting point, final int party, final String completion) {
        if (point.kind == 4 && point.state.equals("OPEN") && !"ARRIVED".equals(point.came.get(party))) {
            point.came.put(party, point.flags == 1 ? "ARRIVED" : completion);
            decide(point);
        }
    }

    private void decide(final Meeting point) {
        if (point.count("ARRIVED") >= point.required) {
            end(point, "READY", "RESOLVED");
        } else if (point.parties.size() - point.count("FAILED") < point.required) {
            end(point, "BROKEN", "FAILED");
        }
    }

    private void end(final Meeting meeting, final String state, final String waits) {
        meeting.state = state;
        meeting.deadlineNs = Long.MAX_VALUE;
        final Runnable news = news(meeting, state.equals("READY") ? READY : BROKEN);
        kernel.then(() -> {
            news.run();
            endWaits(meeting, waits);
        });
    }

    long arrive(final long nowNs, final long coordination, final int name, final int agent, final String partial) {
        if (!kernel.scopes.contains(coordination)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_COORDINATION);
        }
        if (partial.length() > NaiveKernel.PAYLOAD_MAX) {
            return NaiveKernel.refuse(Rejection.TOO_LONG);
        }
        final Meeting barrier = find(coordination, name);
        if (barrier == null) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_SYNC);
        }
        if (barrier.kind != 1) {
            return NaiveKernel.refuse(Rejection.WRONG_SYNC_KIND);
        }
        if (!barrier.parties.contains(agent)) {
            return NaiveKernel.refuse(Rejection.NOT_A_PARTY);
        }
        if (barrier.state.equals("BROKEN")) {
            return NaiveKernel.refuse(Rejection.BARRIER_IS_BROKEN);
        }
        if (barrier.came.containsKey(agent)) {
            return NaiveKernel.refuse(Rejection.ALREADY_ARRIVED);
        }
        if (kernel.dependencies.pending() == kernel.sized(NaiveKernel.WAITS_MAX)) {
            return NaiveKernel.refuse(Rejection.CAPACITY_EXHAUSTED);
        }
        if (barrier.came.isEmpty()) {
            barrier.deadlineNs = due(nowNs, barrier.timeoutNs);
        }
        barrier.came.put(agent, "ARRIVED");
        barrier.brought.put(agent, partial);
        final NaiveDependencies.Wait wait = new NaiveDependencies.Wait(coordination, 22, name, agent, Long.MAX_VALUE);
        if (barrier.came.size() == barrier.parties.size()) {
            barrier.released.put(barrier.generation, Map.copyOf(barrier.brought));
            barrier.released.keySet().retainAll(lastTwo(barrier));
            final Runnable news = news(barrier, READY);
            kernel.then(() -> {
                news.run();
                endWaits(barrier, "RESOLVED");
            });
            wait.state = "RESOLVED";
            barrier.again();
        }
        return kernel.dependencies.declared(wait);
    }

    private static List<Long> lastTwo(final Meeting barrier) {
        final List<Long> all = new ArrayList<>(barrier.released.keySet());
        return all.subList(Math.max(0, all.size() - 2), all.size());
    }

    long await(
            final long nowNs,
            final long coordination,
            final int name,
            final int owner,
            final long after,
            final long timeoutNs) {
        if (!kernel.scopes.contains(coordination)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_COORDINATION);
        }
        if (timeoutNs <= 0) {
            return NaiveKernel.refuse(Rejection.INVALID_TIMEOUT);
        }
        if (!NaiveKernel.isNameOrNone(owner)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_NAME);
        }
        final Meeting meeting = find(coordination, name);
        if (meeting == null) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_SYNC);
        }
        if (kernel.dependencies.pending() == kernel.sized(NaiveKernel.WAITS_MAX)) {
            return NaiveKernel.refuse(Rejection.CAPACITY_EXHAUSTED);
        }
        final NaiveDependencies.Wait wait =
                new NaiveDependencies.Wait(coordination, waitKind(meeting), name, owner, due(nowNs, timeoutNs));
        final boolean wasReleased =
                meeting.kind == 1 && meeting.released.keySet().stream().anyMatch(generation -> generation >= after);
        final boolean wasNotified = meeting.kind == 3 && after < meeting.generation;
        if (after >= 0 && (wasReleased || wasNotified)) {
            wait.state = "RESOLVED";
        } else {
            wait.state = ENDS.get(meeting.state);
        }
        return kernel.dependencies.declared(wait);
    }

    /** A state has changed: the conditions that watch a key of it that is not as before are notified. */
    void onStateChanged(final long coordination, final Map<Integer, NaiveState.Held> now) {
        final Map<Integer, NaiveState.Held> before = states.getOrDefault(coordination, Map.of());
        for (int key = 1; key <= NaiveKernel.NAMES.size(); key++) {
            if (!Objects.equals(before.get(key), now.get(key))) {
                onKeyChanged(coordination, key);
            }
        }
        states.put(coordination, Map.copyOf(now));
    }

    private void onKeyChanged(final long coordination, final int key) {
        final Meeting condition = find(coordination, key);
        if (condition != null && condition.kind == 3 && condition.flags == 2) {
            condition.generation++;
            kernel.then(() -> endWaits(condition, "RESOLVED"));
        }
    }

    /** 1 set, 2 reset, 3 notify all, 4 notify the first, 5 drop. */
    long change(final long coordination, final int name, final int change) {
        if (!kernel.scopes.contains(coordination)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_COORDINATION);
        }
        if (change < 1 || change > 5) {
            return NaiveKernel.refuse(Rejection.INVALID_VALUE);
        }
        final Meeting meeting = find(coordination, name);
        if (meeting == null) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_SYNC);
        }
        final boolean suits = switch (change) {
            case 1 -> meeting.kind == 2;
            case 2 -> meeting.kind == 1 || meeting.kind == 2;
            case 3, 4 -> meeting.kind == 3;
            default -> true;
        };
        if (!suits) {
            return NaiveKernel.refuse(Rejection.WRONG_SYNC_KIND);
        }
        switch (change) {
            case 1 -> {
                meeting.state = "READY";
                endWaits(meeting, "RESOLVED");
            }
            case 2 -> {
                if (meeting.kind == 1) {
                    endWaits(meeting, "CANCELLED");
                    meeting.again();
                } else if (meeting.state.equals("READY")) {
                    meeting.again();
                }
            }
            case 3 -> {
                meeting.generation++;
                endWaits(meeting, "RESOLVED");
            }
            case 4 -> {
                return wakeFirst(meeting);
            }
            default -> {
                endWaits(meeting, "CANCELLED");
                remove(meeting);
                return 0;
            }
        }
        return meeting.generation;
    }

    private long wakeFirst(final Meeting condition) {
        for (final NaiveDependencies.Wait wait : kernel.dependencies.waits.values()) {
            if (wait.isPending()
                    && wait.kind == 24
                    && wait.coordination == condition.coordination
                    && wait.target == condition.name) {
                kernel.dependencies.end(wait, "RESOLVED");
                return 1;
            }
        }
        return 0;
    }
}
