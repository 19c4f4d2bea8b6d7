package io.signalbox.kernel.context;

import io.signalbox.kernel.event.FactType;
import io.signalbox.kernel.event.Recorder;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.names.NameTable;

/** Distributing, updating and clearing contexts: check everything, then record. */
public final class ContextRules {
    /** Expected version that any context meets. */
    public static final long ANY_VERSION = -1;

    /** {@link #update}: nested maps are replaced. */
    public static final int SHALLOW = 0;

    /** {@link #update}: nested maps are merged. */
    public static final int DEEP = 1;

    private final AgentContexts contexts;
    private final NameTable names;
    private final ContextLimits limits;
    private final Recorder recorder;

    public ContextRules(
            final AgentContexts contexts, final NameTable names, final ContextLimits limits, final Recorder recorder) {
        this.contexts = contexts;
        this.names = names;
        this.limits = limits;
        this.recorder = recorder;
    }

    /**
     * Give every agent of a document its context, or none of them; answers how many agents that are.
     *
     * @param index where the document stands in {@code source}; {@code payload} is its range.
     */
    public long distribute(final long coordination, final byte[] source, final int index, final long payload) {
        if ((int) payload > limits.documentLengthMax()) {
            return Rejection.TOO_LONG.answer();
        }
        final DocumentValue document = DocumentJson.parseOrNull(source, index, (int) payload);
        if (document == null) {
            return Rejection.MALFORMED_DOCUMENT.answer();
        }
        try {
            final Distribution distribution = Distribution.of(document);
            final long refused = refused(coordination, distribution);
            if (refused != 0) {
                return refused;
            }
            if (contexts.wantsNames()) {
                recorder.record(FactType.CONTEXT_NAMES_RESERVED, 0, 0, 0, 0, 0, 0);
            }
            final ContextScope scope = contexts.scope(coordination);
            final int count = distribution.agents().size();
            recorder.record(
                    FactType.CONTEXTS_DISTRIBUTED,
                    0,
                    coordination,
                    count,
                    scope == null ? 1 : scope.distributions + 1,
                    0,
                    0,
                    0,
                    payload);
            return count;
        } catch (final InvalidContextException invalid) {
            return invalid.rejection().answer();
        }
    }

    private long refused(final long coordination, final Distribution distribution) {
        int fresh = 0;
        for (final Distribution.Part part : distribution.agents()) {
            final int agent = names.find(part.agent());
            if (agent == 0) {
                return Rejection.UNKNOWN_NAME.answer();
            }
            fresh += contexts.entry(coordination, agent) == null ? 1 : 0;
        }
        if (contexts.contexts() + fresh > limits.contextsMax()
                || contexts.wantsNames() && !contexts.hasRoomForNames()) {
            return Rejection.CAPACITY_EXHAUSTED.answer();
        }
        final ContextScope scope = contexts.scope(coordination);
        if (scope != null && scope.entries.size() + fresh > Distribution.AGENTS_OF_COORDINATION_MAX) {
            return Rejection.TOO_MANY_AGENTS.answer();
        }
        final SharedChange change = AgentContexts.change(distribution);
        if (scope == null) {
            return grown(change.of(SharedIntelligence.EMPTY));
        }
        for (final ContextEntry entry : scope.entries.values()) {
            final long refused = grown(change.of(entry.intelligence));
            if (refused != 0) {
                return refused;
            }
        }
        return grown(change.of(scope.common));
    }

    private long grown(final SharedIntelligence after) {
        return after.weight() > limits.intelligenceBytesMax() ? Rejection.TOO_MUCH_INTELLIGENCE.answer() : 0;
    }

    /**
     * Change one kind of what agents share; answers how many agents it reaches: 0, and nothing happens, where no contexts were distributed.
     *
     * @param mode {@link #SHALLOW} or {@link #DEEP}.
     * @param increments whether the versions of the agents reached rise.
     * @param expectedVersion that each of them must have, or {@link #ANY_VERSION}.
     * @param index where the update stands in {@code source}; {@code payload} is its range.
     */
    public long update(
            final long coordination,
            final int kindCode,
            final int mode,
            final boolean increments,
            final long expectedVersion,
            final byte[] source,
            final int index,
            final long payload) {
        if ((int) payload > limits.documentLengthMax()) {
            return Rejection.TOO_LONG.answer();
        }
        if (mode != SHALLOW && mode != DEEP || expectedVersion < ANY_VERSION) {
            return Rejection.INVALID_VALUE.answer();
        }
        final DocumentValue document = DocumentJson.parseOrNull(source, index, (int) payload);
        if (document == null) {
            return Rejection.MALFORMED_DOCUMENT.answer();
        }
        try {
            final IntelligenceUpdate update = IntelligenceUpdate.of(kindCode, document);
            final ContextScope scope = contexts.scope(coordination);
            if (scope == null) {
                return 0;
            }
            final long refused = refused(scope, update, mode == DEEP, expectedVersion);
            if (refused != 0) {
                return refused;
            }
            final int reached = update.targets().isEmpty()
                    ? scope.entries.size()
                    : update.targets().size();
            recorder.record(
                    FactType.INTELLIGENCE_UPDATED,
                    ContextFacts.extra(kindCode, mode == DEEP, increments),
                    coordination,
                    reached,
                    0,
                    0,
                    0,
                    0,
                    payload);
            return reached;
        } catch (final InvalidContextException invalid) {
            return invalid.rejection().answer();
        }
    }

    private long refused(
            final ContextScope scope,
            final IntelligenceUpdate update,
            final boolean isDeep,
            final long expectedVersion) {
        final SharedChange change = new SharedChange(before -> update.applyTo(before, isDeep));
        if (update.targets().isEmpty()) {
            for (final ContextEntry entry : scope.entries.values()) {
                final long refused = refused(entry, change, expectedVersion);
                if (refused != 0) {
                    return refused;
                }
            }
            return grown(change.of(scope.common));
        }
        for (final String target : update.targets()) {
            final ContextEntry entry = contexts.entry(scope.coordination, target);
            final long refused =
                    entry == null ? Rejection.UNKNOWN_CONTEXT.answer() : refused(entry, change, expectedVersion);
            if (refused != 0) {
                return refused;
            }
        }
        return 0;
    }

    private long refused(final ContextEntry entry, final SharedChange change, final long expectedVersion) {
        return expectedVersion != ANY_VERSION && expectedVersion != entry.version
                ? Rejection.VERSION_MISMATCH.answer()
                : grown(change.of(entry.intelligence));
    }

    /** Take the contexts of a coordination away, with all that is under way; answers how many that were. */
    public long clear(final long coordination) {
        final ContextScope scope = contexts.scope(coordination);
        if (scope == null) {
            return Rejection.UNKNOWN_CONTEXT.answer();
        }
        final int count = scope.entries.size();
        recorder.record(FactType.CONTEXTS_CLEARED, 0, coordination, count, 0, 0, 0);
        return count;
    }
}
