package io.signalbox.kernel.machine;

import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.signal.SignalLimits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

final class NaiveSignals implements NaiveKernel.NaiveRoom {
    static final int HISTORY_MAX = 5;
    static final int KINDS_MAX = 2;
    static final int PROGRESS_MAX = 3;
    static final int RECIPIENTS_MAX = 3;
    static final SignalLimits LIMITS = new SignalLimits(HISTORY_MAX, 1 << 20, KINDS_MAX, PROGRESS_MAX, RECIPIENTS_MAX);

    /** Name of a kind that users may declare. */
    static final int OWN_TYPE = 6;

    /** Numbers of the kernel's kinds that random signals have; any other is refused. */
    static final int INITIALIZED = 1;

    static final int COMPLETED = 2;
    static final int MESSAGE = 4;
    static final int PROGRESS = 11;
    static final int STALLED = 13;
    static final int DECLARED = 100;

    /** One signal in the history. */
    record Past(int type, int sender, int about, List<Integer> recipients, int priority, int length) {}

    /** One agent of which updates are expected, or were heard. */
    static final class Updates {
        double value = Double.NaN;
        long heardNs;
        long intervalNs;
        int stalledType;
        boolean isStalled;
        int place;

        long dueNs() {
            return intervalNs == 0 || isStalled ? Long.MAX_VALUE : NaiveKernel.deadline(heardNs, intervalNs);
        }
    }

    private static final class Scope {
        final List<Past> history = new ArrayList<>();
        final Map<Integer, Long> sent = new HashMap<>();
        final Map<Integer, Updates> updates = new LinkedHashMap<>();
        final Set<Integer> introduced = new HashSet<>();
        int validation;
        long raised;
        long doubted;
    }

    private final NaiveKernel kernel;
    private final Map<Long, Scope> scopes = new LinkedHashMap<>();
    private final Deque<Integer> freePlaces = new ArrayDeque<>();
    private int placesUsed;
    final Map<Integer, String> kinds = new LinkedHashMap<>();

    NaiveSignals(final NaiveKernel kernel) {
        this.kernel = kernel;
    }

    private Scope scope(final long coordination) {
        return scopes.computeIfAbsent(coordination, handle -> new Scope());
    }

    long raised(final long coordination) {
        return scope(coordination).raised;
    }

    long doubted(final long coordination) {
        return scope(coordination).doubted;
    }

    Map<Integer, Long> sent(final long coordination) {
        return scope(coordination).sent;
    }

    /** Newest first. */
    List<Past> history(final long coordination) {
        final List<Past> newestFirst = new ArrayList<>(scope(coordination).history);
        Collections.reverse(newestFirst);
        return newestFirst;
    }

    Updates updates(final long coordination, final int agent) {
        return scope(coordination).updates.get(agent);
    }

    /** The kernel itself tells something about a subject. */
    void announced(final long coordination, final int type, final int sender, final int subject, final String payload) {
        raised(coordination, new Past(type, sender, subject, List.of(), 5, payload.length()));
        kernel.then(() -> kernel.dependencies.onSignal(kernel.position, coordination, type, sender));
    }

    /** The kernel tells something to some, or to all. */
    void told(
            final long coordination,
            final int type,
            final int subject,
            final List<Integer> recipients,
            final String payload) {
        raised(coordination, new Past(type, 0, subject, recipients, 5, payload.length()));
        kernel.then(() -> kernel.dependencies.onSignal(kernel.position, coordination, type, 0));
    }

    /** Why a change of state cannot tell this; 0 when it can. */
    long refusal(final long coordination, final NaiveState.Tell tell) {
        if (!kernel.subscriptions.admits(coordination, tell.type(), tell.sender(), List.of())) {
            return NaiveKernel.refuse(Rejection.OUTSTANDING_FULL);
        }
        if (!NaiveKernel.isName(tell.type()) || !NaiveKernel.isNameOrNone(tell.sender())) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_NAME);
        }
        return isDoubtful(coordination, tell.sender()) && scope(coordination).validation == 2
                ? NaiveKernel.refuse(Rejection.UNKNOWN_SENDER)
                : 0;
    }

    /** A change of state tells something to all. */
    void told(final long coordination, final NaiveState.Tell tell) {
        final int sender = tell.sender();
        if (isDoubtful(coordination, sender) && scope(coordination).validation == 1) {
            scope(coordination).doubted++;
        }
        final long position = kernel.position;
        raised(coordination, new Past(tell.type(), sender, sender, List.of(), 5, tell.length()));
        kernel.then(() -> kernel.dependencies.onSignal(position, coordination, tell.type(), sender));
    }

    /** A limit has failed what an agent does. */
    void failed(final long coordination, final int agent) {
        final String payload = NaiveContexts.failure(agent, 1);
        raised(coordination, new Past(COMPLETED, 0, agent, List.of(), 5, payload.length()));
        completed(coordination, agent, 2);
        kernel.then(() -> follow(kernel.position, coordination, COMPLETED, 0, agent, 2, Double.NaN, -1, 1));
    }

    @Override
    public void onClosed(final long coordination) {
        final Scope closed = scopes.remove(coordination);
        if (closed != null) {
            closed.updates.values().forEach(updates -> freePlaces.push(updates.place));
        }
    }

    private boolean hasPlace(final long coordination, final int agent) {
        return scope(coordination).updates.containsKey(agent) || placesUsed < PROGRESS_MAX || !freePlaces.isEmpty();
    }

    private Updates updatesFor(final long coordination, final int agent, final long nowNs) {
        final Updates updates = scope(coordination).updates.computeIfAbsent(agent, absent -> {
            final Updates fresh = new Updates();
            fresh.place = freePlaces.isEmpty() ? placesUsed++ : freePlaces.pop();
            return fresh;
        });
        updates.heardNs = nowNs;
        updates.isStalled = false;
        return updates;
    }

    @Override
    public List<NaiveKernel.Timer> timers() {
        final List<NaiveKernel.Timer> timers = new ArrayList<>();
        scopes.forEach((handle, scope) -> scope.updates.forEach((agent, updates) -> timers.add(
                new NaiveKernel.Timer(updates.dueNs(), 2, updates.place, () -> stall(handle, agent, updates)))));
        return timers;
    }

    /** A signal says so. */
    private void stall(final long coordination, final int agent, final Updates updates) {
        updates.isStalled = true;
        kernel.then(() -> {
            raised(coordination, new Past(updates.stalledType, 0, agent, List.of(), 9, 0));
            kernel.then(() -> kernel.dependencies.onSignal(kernel.position, coordination, updates.stalledType, 0));
        });
    }

    private void raised(final long coordination, final Past signal) {
        final Scope scope = scope(coordination);
        scope.raised++;
        scope.sent.merge(signal.type, 1L, Long::sum);
        kernel.subscriptions.onRaised(coordination, signal.type, signal.sender, signal.recipients, signal.length);
        scope.history.add(signal);
        if (scope.history.size() > HISTORY_MAX) {
            scope.history.remove(0);
        }
    }

    private static List<Integer> to(final int recipient) {
        return recipient == 0 ? List.of() : List.of(recipient);
    }

    private boolean isDoubtful(final long coordination, final int sender) {
        return sender != 0
                && !scope(coordination).introduced.contains(sender)
                && !scope(0).introduced.contains(sender)
                && !kernel.agents.agents.containsKey(sender);
    }

    /** Who works no more is expected to tell nothing more. */
    private void completed(final long coordination, final int about, final int completion) {
        final Updates updates = scope(coordination).updates.get(about);
        if (completion > 0 && updates != null) {
            updates.intervalNs = 0;
            updates.isStalled = false;
        }
    }

    /** What a signal leads to. */
    private void follow(
            final long position,
            final long coordination,
            final int type,
            final int sender,
            final int about,
            final int completion,
            final double quality,
            final long respondsTo,
            final int unmet) {
        if (respondsTo >= 0) {
            kernel.dependencies.respond(respondsTo);
        }
        if (completion > 0) {
            kernel.agents.onCompletion(coordination, about, completion, quality);
            kernel.contexts.onCompletion(coordination, about, completion, unmet);
            kernel.dependencies.onCompletion(position, coordination, type, about, completion);
        }
        kernel.dependencies.onSignal(position, coordination, type, sender);
        if (completion > 0) {
            kernel.syncs.onCompletion(coordination, about, completion);
        }
    }

    long raise(
            final long position,
            final long nowNs,
            final long coordination,
            final int type,
            final int sender,
            final int subject,
            final int recipient,
            final int completion,
            final double quality,
            final int awaits,
            final long timeoutNs,
            final int payloadLength) {
        if (!kernel.scopes.contains(coordination)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_COORDINATION);
        }
        if (payloadLength > NaiveKernel.PAYLOAD_MAX) {
            return NaiveKernel.refuse(Rejection.TOO_LONG);
        }
        if (awaits != 0 && kernel.dependencies.pending() == kernel.sized(NaiveKernel.WAITS_MAX)) {
            return NaiveKernel.refuse(Rejection.CAPACITY_EXHAUSTED);
        }
        if (awaits != 0 && (!NaiveKernel.isName(awaits) || timeoutNs < 0)) {
            return NaiveKernel.refuse(Rejection.INVALID_VALUE);
        }
        if (!kernel.subscriptions.admits(coordination, type, sender, to(recipient))) {
            return NaiveKernel.refuse(Rejection.OUTSTANDING_FULL);
        }
        if (!NaiveKernel.isName(type)
                || !NaiveKernel.isNameOrNone(sender)
                || !NaiveKernel.isNameOrNone(subject)
                || !NaiveKernel.isNameOrNone(recipient)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_NAME);
        }
        final int about = subject == 0 ? sender : subject;
        if (completion > 2 || completion > 0 && about == 0 || quality < 0 || quality > 1) {
            return NaiveKernel.refuse(Rejection.INVALID_VALUE);
        }
        if (isDoubtful(coordination, sender) && scope(coordination).validation == 2) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_SENDER);
        }
        if (isDoubtful(coordination, sender) && scope(coordination).validation == 1) {
            scope(coordination).doubted++;
        }
        final int unmet = completion == 1 ? kernel.contexts.unmet(coordination, about, quality) : 0;
        final int came = unmet > 0 ? 2 : completion;
        final int length = unmet > 0 ? NaiveContexts.failure(about, unmet).length() : payloadLength;
        raised(coordination, new Past(type, sender, about, to(recipient), 5, length));
        completed(coordination, about, came);
        kernel.then(() -> follow(position, coordination, type, sender, about, came, quality, -1, unmet));
        return awaits == 0
                ? unmet
                : kernel.dependencies.awaitNext(position, nowNs, coordination, sender, awaits, timeoutNs);
    }

    /** What somebody wants sent. */
    record Wanted(
            int kind,
            int type,
            int sender,
            int subject,
            List<Integer> recipients,
            int completion,
            int priority,
            double quality,
            long respondsTo,
            boolean asks,
            long timeoutNs,
            int length) {
        /** Nobody in it is everybody. */
        List<Integer> to() {
            return recipients.equals(List.of(0)) ? List.of() : recipients;
        }

        int about() {
            return subject == 0 ? sender : subject;
        }
    }

    long send(final long position, final long nowNs, final long coordination, final Wanted wanted) {
        final Rejection refusal = refusal(position, coordination, wanted);
        if (refusal != null) {
            return NaiveKernel.refuse(refusal);
        }
        final int unmet =
                wanted.completion == 1 ? kernel.contexts.unmet(coordination, wanted.about(), wanted.quality) : 0;
        final int came = unmet > 0 ? 2 : wanted.completion;
        final Scope scope = scope(coordination);
        if (scope.validation == 1 && wanted.kind != INITIALIZED && isDoubtful(coordination, wanted.sender)) {
            scope.doubted++;
        }
        raised(
                coordination,
                new Past(
                        wanted.type,
                        wanted.sender,
                        wanted.about(),
                        wanted.to(),
                        wanted.priority,
                        unmet > 0 ? NaiveContexts.failure(wanted.about(), unmet).length() : wanted.length));
        if (wanted.completion == 0 && wanted.kind == INITIALIZED) {
            scope.introduced.add(wanted.about());
        }
        if (wanted.completion == 0 && wanted.kind == PROGRESS) {
            updatesFor(coordination, wanted.about(), nowNs).value = wanted.quality;
        }
        completed(coordination, wanted.about(), came);
        kernel.then(() -> follow(
                position,
                coordination,
                wanted.type,
                wanted.sender,
                wanted.about(),
                came,
                wanted.quality,
                wanted.respondsTo,
                unmet));
        return wanted.asks
                ? kernel.dependencies.request(position, nowNs, coordination, wanted.sender, wanted.timeoutNs)
                : unmet;
    }

    private Rejection refusal(final long position, final long coordination, final Wanted wanted) {
        if (!kernel.scopes.contains(coordination)) {
            return Rejection.UNKNOWN_COORDINATION;
        }
        if (wanted.length > NaiveKernel.PAYLOAD_MAX) {
            return Rejection.TOO_LONG;
        }
        if (!NaiveKernel.isName(wanted.type)
                || !NaiveKernel.isNameOrNone(wanted.sender)
                || !NaiveKernel.isNameOrNone(wanted.subject)) {
            return Rejection.UNKNOWN_NAME;
        }
        final List<Integer> to = wanted.recipients;
        if (to.equals(List.of(-1))) {
            return Rejection.INVALID_VALUE;
        }
        if (to.size() > RECIPIENTS_MAX) {
            return Rejection.TOO_LONG;
        }
        if (to.size() == 1 ? !NaiveKernel.isNameOrNone(to.get(0)) : !to.stream().allMatch(NaiveKernel::isName)) {
            return Rejection.UNKNOWN_NAME;
        }
        if (wanted.priority < 0 || wanted.priority > 9 || wanted.quality < 0 || wanted.quality > 1) {
            return Rejection.INVALID_VALUE;
        }
        if (wanted.respondsTo >= position) {
            return Rejection.INVALID_VALUE;
        }
        final Rejection kind = kindRefusal(coordination, wanted);
        if (kind != null) {
            return kind;
        }
        if (scope(coordination).validation == 2
                && wanted.kind != INITIALIZED
                && isDoubtful(coordination, wanted.sender)) {
            return Rejection.UNKNOWN_SENDER;
        }
        if (wanted.respondsTo >= 0 && !kernel.dependencies.isAwaited(coordination, wanted.respondsTo)) {
            return Rejection.NO_OPEN_REQUEST;
        }
        if (wanted.asks && wanted.timeoutNs < 0) {
            return Rejection.INVALID_VALUE;
        }
        if (wanted.asks && kernel.dependencies.pending() == kernel.sized(NaiveKernel.WAITS_MAX)) {
            return Rejection.CAPACITY_EXHAUSTED;
        }
        return kernel.subscriptions.admits(coordination, wanted.type, wanted.sender, wanted.to())
                ? null
                : Rejection.OUTSTANDING_FULL;
    }

    private Rejection kindRefusal(final long coordination, final Wanted wanted) {
        final boolean isNobodys = wanted.about() == 0;
        final boolean isPlain = wanted.completion == 0;
        final Integer named =
                Map.of(INITIALIZED, 1, COMPLETED, 2, MESSAGE, 3, PROGRESS, 4).get(wanted.kind);
        final boolean isSound;
        if (wanted.kind == 0) {
            isSound = wanted.completion <= 2 && (isPlain || !isNobodys);
        } else if (wanted.kind == DECLARED) {
            if (!kinds.containsKey(wanted.type)) {
                return Rejection.UNKNOWN_KIND;
            }
            isSound = isPlain;
        } else if (named == null || named != wanted.type) {
            return Rejection.UNKNOWN_KIND;
        } else if (wanted.kind == COMPLETED) {
            isSound = !isNobodys && (wanted.completion == 1 || wanted.completion == 2);
        } else if (wanted.kind == PROGRESS) {
            isSound = !isNobodys && isPlain && !Double.isNaN(wanted.quality);
        } else {
            isSound = isPlain && (wanted.kind == MESSAGE || !isNobodys);
        }
        if (!isSound) {
            return Rejection.INVALID_VALUE;
        }
        return wanted.kind == PROGRESS && !hasPlace(coordination, wanted.about()) ? Rejection.CAPACITY_EXHAUSTED : null;
    }

    long configure(final long coordination, final int validation) {
        if (!kernel.scopes.contains(coordination)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_COORDINATION);
        }
        if (validation > 2) {
            return NaiveKernel.refuse(Rejection.INVALID_VALUE);
        }
        scope(coordination).validation = validation;
        return 0;
    }

    long declareKind(final int type, final String schema) {
        if (!NaiveKernel.isName(type)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_NAME);
        }
        if (schema.isEmpty() || type <= 5) {
            return NaiveKernel.refuse(Rejection.INVALID_VALUE);
        }
        if (kinds.containsKey(type)) {
            return kinds.get(type).equals(schema) ? 0 : NaiveKernel.refuse(Rejection.DECLARED_OTHERWISE);
        }
        if (kinds.size() == KINDS_MAX) {
            return NaiveKernel.refuse(Rejection.CAPACITY_EXHAUSTED);
        }
        kinds.put(type, schema);
        return 0;
    }

    long expect(
            final long nowNs, final long coordination, final int agent, final int stalledType, final long intervalNs) {
        if (!kernel.scopes.contains(coordination)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_COORDINATION);
        }
        if (!NaiveKernel.isName(agent) || !NaiveKernel.isName(stalledType)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_NAME);
        }
        if (intervalNs < 0 || stalledType != 5) {
            return NaiveKernel.refuse(Rejection.INVALID_VALUE);
        }
        if (!hasPlace(coordination, agent)) {
            return NaiveKernel.refuse(Rejection.CAPACITY_EXHAUSTED);
        }
        final Updates updates = updatesFor(coordination, agent, nowNs);
        updates.intervalNs = intervalNs;
        updates.stalledType = stalledType;
        return 0;
    }
}
