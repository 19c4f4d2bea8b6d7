package io.signalbox.kernel.signal;

import io.signalbox.kernel.deadline.DeadlineQueue;
import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactLog;
import io.signalbox.kernel.store.DigestSink;
import io.signalbox.kernel.store.OrderedLongMap;
import io.signalbox.kernel.store.SignalTail;

/** Counts, completions, history and progress per scope, the declared kinds, and the broadcast tail that subscribers read. */
public final class Signals implements SignalView {
    private final Scope[] scopes;
    private final SignalTail tail;
    private final SignalHistory history;
    private final Progress progress;
    private final DeclaredKinds kinds;

    /** What one scope remembers besides its history. */
    private static final class Scope {
        final OrderedLongMap sentByType = new OrderedLongMap();
        OrderedLongMap completions;
        OrderedLongMap introduced;
        SenderValidation validation = SenderValidation.OFF;
        long raised;
        long doubted;
    }

    public Signals(
            final int slotsMax, final SignalLimits limits, final DeadlineQueue deadlines, final SignalTail tail) {
        scopes = new Scope[slotsMax];
        this.tail = tail;
        history = new SignalHistory(slotsMax, limits);
        progress = new Progress(slotsMax, limits.progressMax(), deadlines);
        kinds = new DeclaredKinds(limits.kindsMax());
    }

    @Override
    public long completionPosition(final int slot, final int agent) {
        final OrderedLongMap ofScope = completions(slot);
        final long packed = ofScope == null ? -1 : ofScope.get(agent, -1);
        return packed < 0 ? -1 : packed >>> 2;
    }

    @Override
    public int completion(final int slot, final int agent) {
        final OrderedLongMap ofScope = completions(slot);
        return ofScope == null ? NONE : (int) ofScope.get(agent, 0) & 3;
    }

    @Override
    public long raised(final int slot) {
        return scopes[slot] == null ? 0 : scopes[slot].raised;
    }

    /** Signals of unknown senders in a scope that only warns of them. */
    public long doubted(final int slot) {
        return scopes[slot] == null ? 0 : scopes[slot].doubted;
    }

    private OrderedLongMap completions(final int slot) {
        return scopes[slot] == null ? null : scopes[slot].completions;
    }

    /** How many signals of each type were raised in a scope, in the order of their first; null when there are none. */
    public OrderedLongMap sentByType(final int slot) {
        return scopes[slot] == null ? null : scopes[slot].sentByType;
    }

    private OrderedLongMap introduced(final int slot) {
        return scopes[slot] == null ? null : scopes[slot].introduced;
    }

    /** What one scope remembers. */
    public void digestInto(final DigestSink sink, final int slot) {
        sink.add(raised(slot));
        sink.add(completions(slot));
        sink.add(Fact.pair(validation(slot).ordinal(), (int) doubted(slot)));
        sink.add(sentByType(slot));
        sink.add(introduced(slot));
        progress.digestInto(sink, slot);
        history.digestInto(sink, slot);
    }

    /** What a scope does with unknown senders. */
    public SenderValidation validation(final int slot) {
        return scopes[slot] == null ? SenderValidation.OFF : scopes[slot].validation;
    }

    boolean hasIntroduced(final int slot, final int agent) {
        return isIn(introduced(slot), agent) || isIn(introduced(0), agent);
    }

    private static boolean isIn(final OrderedLongMap map, final int agent) {
        return map != null && map.indexOf(agent) >= 0;
    }

    /** What was raised, for those who look back. */
    public SignalHistory history() {
        return history;
    }

    /** How far agents have come. */
    public Progress progress() {
        return progress;
    }

    /** The kinds that users have declared. */
    public DeclaredKinds kinds() {
        return kinds;
    }

    /** SIGNAL_RAISED. */
    public void onRaised(final Fact fact, final FactLog log) {
        final Scope scope = scope((int) fact.coordination());
        scope.raised++;
        scope.sentByType.add(fact.signalType(), 1);
        if (fact.completion() != NONE) {
            completed(scope, fact);
        } else if (fact.extra() == SignalKind.AGENT_PROGRESS.code()) {
            progress.onProgress(fact);
        } else if (fact.extra() == SignalKind.AGENT_INITIALIZED.code()) {
            introduced(scope, fact.subject());
        }
        history.append(fact, log);
        final int attachmentLength = (int) fact.secondPayload();
        final long first = attachmentLength > 0 ? fact.secondPayload() : fact.payload();
        tail.begin(fact.factId(), fact.timestampNs(), fact.coordination())
                .names(fact.signalType(), fact.sender(), fact.subject(), fact.recipient())
                .quality(Double.longBitsToDouble(fact.d()))
                .end(
                        fact.completion(),
                        fact.priority(),
                        attachmentLength,
                        log.source(first),
                        log.sourceIndex(first),
                        attachmentLength + (int) fact.payload());
    }

    private Scope scope(final int slot) {
        Scope scope = scopes[slot];
        if (scope == null) {
            scope = new Scope();
            scopes[slot] = scope;
        }
        return scope;
    }

    private void completed(final Scope scope, final Fact fact) {
        if (scope.completions == null) {
            scope.completions = new OrderedLongMap();
        }
        scope.completions.put(fact.subject(), fact.position() << 2 | fact.completion());
        progress.onCompleted((int) fact.coordination(), fact.subject());
    }

    private static void introduced(final Scope scope, final int agent) {
        if (scope.introduced == null) {
            scope.introduced = new OrderedLongMap();
        }
        scope.introduced.put(agent, 1);
    }

    /** SENDER_DOUBTED. */
    public void onDoubted(final Fact fact) {
        scope((int) fact.coordination()).doubted++;
    }

    /** SIGNALS_CONFIGURED: a what to do with unknown senders. */
    public void onConfigured(final Fact fact) {
        scope((int) fact.coordination()).validation = SenderValidation.of((int) fact.a());
    }

    /** PROGRESS_EXPECTED. */
    public void onProgressExpected(final Fact fact) {
        progress.onExpected(fact);
    }

    /** COORDINATION_CLOSED. */
    public void onCoordinationClosed(final Fact fact) {
        final int slot = (int) fact.coordination();
        scopes[slot] = null;
        history.close(slot);
        progress.close(slot);
    }
}
