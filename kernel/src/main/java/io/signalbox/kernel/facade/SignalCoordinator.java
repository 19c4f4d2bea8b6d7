package io.signalbox.kernel.facade;

import io.signalbox.kernel.CommandRefusedException;
import io.signalbox.kernel.HistoryFilter;
import io.signalbox.kernel.PastSignal;
import io.signalbox.kernel.Sending;
import io.signalbox.kernel.SignalFilter;
import io.signalbox.kernel.SignalMetrics;
import io.signalbox.kernel.SignalReceipt;
import io.signalbox.kernel.Start;
import io.signalbox.kernel.Subscription;
import io.signalbox.kernel.event.Rejection;
import java.util.List;
import java.util.Map;

/** Signals by the id of their coordination, in the words of the guides. Any thread. */
public final class SignalCoordinator {
    /** Sender of what no agent sends. */
    public static final String SYSTEM = PastSignal.SYSTEM;

    private final CoordinationManager manager;

    SignalCoordinator(final CoordinationManager manager) {
        this.manager = manager;
    }

    /**
     * Send a signal to everybody in a coordination. What the session belongs to goes along in its metadata.
     *
     * @param eventType one of the kernel's kinds, such as {@code agent_initialized} or {@code agent_completed}, or a declared one
     *     ({@link io.signalbox.kernel.Kernel#signalKinds}); a completion is a failure when its data has an {@code error}.
     * @param eventData its fields.
     * @param senderAgentId the agent that sends it, {@link #SYSTEM} for none.
     * @return how it went; a kind that nobody knows, or data that does not suit it, is refused in it.
     * @throws CommandRefusedException when the coordination is unknown or closed.
     */
    public SignalReceipt signalCoordinationEvent(
            final String coordinationId,
            final String eventType,
            final Map<String, ?> eventData,
            final String senderAgentId) {
        return send(manager.open(coordinationId), eventType, eventData, senderAgentId);
    }

    SignalReceipt send(
            final CoordinationSession session,
            final String eventType,
            final Map<String, ?> eventData,
            final String senderAgentId) {
        final Sending sending = SYSTEM.equals(senderAgentId) ? Sending.bySystem() : Sending.by(senderAgentId);
        return session.coordination()
                .signals()
                .send(
                        eventType,
                        EventData.payload(eventData),
                        sending.metadata(EventData.payload(session.belongings())));
    }

    /** What was sent in a coordination and is still remembered, newest first. */
    public List<PastSignal> getSignalHistory(final String coordinationId, final HistoryFilter filter) {
        return manager.open(coordinationId).coordination().signals().history(filter);
    }

    /**
     * As {@link #getSignalHistory(String, HistoryFilter)}, with filters as the guides write them.
     *
     * @param filters {@code signal_type}, {@code sender_agent_id}, {@code recipient_agent_id}, {@code limit}.
     */
    public List<PastSignal> getSignalHistory(final String coordinationId, final Map<String, ?> filters) {
        final Fields fields = new Fields(filters, "the filters of a history");
        HistoryFilter filter = HistoryFilter.all()
                .type(fields.take(String.class, "", "signal_type"))
                .sender(fields.take(String.class, "", "sender_agent_id"))
                .recipient(fields.take(String.class, "", "recipient_agent_id"));
        final Integer limit = fields.take(Integer.class, Integer.MAX_VALUE, "limit");
        fields.end("signal_type, sender_agent_id, recipient_agent_id, limit");
        if (limit < 0) {
            throw new CommandRefusedException(Rejection.INVALID_VALUE, "limit must be 0 or more: " + limit);
        }
        filter = filter.limit(limit);
        return getSignalHistory(coordinationId, filter);
    }

    /**
     * Follow what is sent in a coordination from now on and an agent gets: what is addressed to it, or to everybody.
     *
     * @param signalTypes those that are wanted; none means all.
     */
    public Subscription subscribeToSignals(
            final String coordinationId, final String agentId, final String... signalTypes) {
        final SignalFilter forAgent = SignalFilter.everything().recipient(agentId);
        return manager.open(coordinationId)
                .coordination()
                .subscribe(signalTypes.length == 0 ? forAgent : forAgent.types(signalTypes), Start.latest());
    }

    /** Counts and times of the signals of a coordination. */
    public SignalMetrics getSignalMetrics(final String coordinationId) {
        return manager.open(coordinationId).coordination().signals().metrics();
    }
}
