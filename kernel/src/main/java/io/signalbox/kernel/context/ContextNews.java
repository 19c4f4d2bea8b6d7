package io.signalbox.kernel.context;

import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactLog;
import io.signalbox.kernel.event.Recorder;
import io.signalbox.kernel.names.NameTable;

/** Tells agents what has happened to their contexts: the signals that follow from the facts of this room. Turn only. */
public final class ContextNews {
    /** How the kernel itself raises a signal. */
    @FunctionalInterface
    public interface Herald {
        /**
         * Raise it, without a sender.
         *
         * @param signalType name id of its type.
         * @param subject name id of the agent it is about, 0 for none.
         * @param recipient name id of the agent it is for, 0 for everybody.
         * @param hasFailed whether it is the completion of the subject, which has failed.
         * @param payload range of the payload, a JSON object.
         */
        void raise(long coordination, int signalType, int subject, int recipient, boolean hasFailed, long payload);
    }

    private final AgentContexts contexts;
    private final NameTable names;
    private final Herald herald;
    private final ContextMessages messages;
    private final Recorder recorder;
    private final FactLog log;

    /** Speaks through {@code herald}, in payloads of that length at most; reads the payloads of the turn in {@code log}. */
    public ContextNews(
            final AgentContexts contexts,
            final NameTable names,
            final int payloadLengthMax,
            final Herald herald,
            final Recorder recorder,
            final FactLog log) {
        this.contexts = contexts;
        this.names = names;
        this.herald = herald;
        this.messages = new ContextMessages(payloadLengthMax);
        this.recorder = recorder;
        this.log = log;
    }

    /** CONTEXTS_DISTRIBUTED: everybody is told. */
    public void onDistributed(final Fact fact) {
        final ContextScope scope = contexts.scope(fact.coordination());
        for (final ContextEntry entry : scope.entries.values()) {
            if (entry.number == fact.b()) {
                tellAll(fact, ContextTopics.DISTRIBUTED, messages.distributed(entry.distribution));
                return;
            }
        }
    }

    /** INTELLIGENCE_UPDATED: those whom it reaches are told what is different. Follows in the turn of the fact, always. */
    public void onUpdated(final Fact fact) {
        final IntelligenceUpdate update =
                IntelligenceUpdate.of(ContextFacts.kind(fact), AgentContexts.document(fact, log));
        final ContextScope scope = contexts.scope(fact.coordination());
        final boolean isDeep = ContextFacts.isDeep(fact);
        if (update.targets().isEmpty()) {
            tellAll(fact, ContextTopics.UPDATED, messages.updated(update, isDeep, versions(scope), fact.a()));
            return;
        }
        for (final String target : update.targets()) {
            final ContextEntry entry = contexts.entry(fact.coordination(), target);
            final byte[] message = messages.updated(update, isDeep, DocumentValue.of(entry.version), fact.a());
            herald.raise(
                    fact.coordination(),
                    contexts.topic(ContextTopics.UPDATED),
                    entry.agent,
                    entry.agent,
                    false,
                    recorder.keep(message));
        }
    }

    /** The version that all contexts have; where they differ, each by its agent. */
    private DocumentValue versions(final ContextScope scope) {
        DocumentValue byAgent = DocumentValue.EMPTY_MAP;
        long version = 0;
        boolean isOne = true;
        for (final ContextEntry entry : scope.entries.values()) {
            isOne &= version == 0 || version == entry.version;
            version = entry.version;
        }
        if (isOne) {
            return DocumentValue.of(version);
        }
        for (final ContextEntry entry : scope.entries.values()) {
            byAgent = byAgent.with(names.text(entry.agent), DocumentValue.of(entry.version));
        }
        return byAgent;
    }

    /** CONTEXTS_CLEARED: everybody is told. */
    public void onCleared(final Fact fact) {
        tellAll(fact, ContextTopics.CLEARED, messages.cleared(fact.a()));
    }

    private void tellAll(final Fact fact, final String type, final byte[] message) {
        herald.raise(fact.coordination(), contexts.topic(type), 0, 0, false, recorder.keep(message));
    }

    /** COMPLETION_JUDGED: where a limit has failed an attempt, the completion is raised that its agent owes. */
    public void onJudged(final Fact fact) {
        if (fact.extra() == 0) {
            return;
        }
        final int agent = (int) fact.a();
        final ContextEntry entry = contexts.entry(fact.coordination(), agent);
        final byte[] message = messages.failed(names.text(agent), entry.unmet, DocumentValue.EMPTY_MAP);
        herald.raise(
                fact.coordination(), contexts.topic(ContextTopics.COMPLETED), agent, 0, true, recorder.keep(message));
    }

    /** What a failed completion says that leaves this unmet. */
    public byte[] failure(final int agent, final DocumentValue unmet, final DocumentValue result) {
        return messages.failed(names.text(agent), unmet, result);
    }
}
