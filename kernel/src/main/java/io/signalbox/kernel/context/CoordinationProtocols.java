package io.signalbox.kernel.context;

/**
 * How one agent is to keep in touch. The kernel enforces the last one; the others are told to the agent.
 *
 * @param updateIntervalMs between two reports of progress, 100 to 10^12.
 * @param heartbeatIntervalMs between two signs of life, 100 to 10^12.
 * @param signalChannel where its signals go.
 * @param stateChannel where its state is.
 * @param contextChannel where its context is.
 * @param coordinationEndpoint where the coordination is to be reached; empty for this process.
 * @param completionNotificationRequired whether an attempt that is given back without a completion has failed.
 */
public record CoordinationProtocols(
        long updateIntervalMs,
        long heartbeatIntervalMs,
        String signalChannel,
        String stateChannel,
        String contextChannel,
        String coordinationEndpoint,
        boolean completionNotificationRequired) {
    private static final String STATE = "state";
    private static final long INTERVAL_MIN_MS = 100;
    private static final long INTERVAL_MAX_MS = 1_000_000_000_000L;

    /** Every five seconds, every ten seconds, all channels the state, and nothing required. */
    public static CoordinationProtocols standard() {
        return new CoordinationProtocols(5000, 10_000, STATE, STATE, STATE, "", false);
    }

    /**
     * These protocols with what a document says otherwise.
     *
     * @throws InvalidContextException when a field is unknown, of the wrong type or outside its range.
     */
    CoordinationProtocols with(final DocumentValue document, final String where) {
        final Fields fields = new Fields(document, where);
        final CoordinationProtocols protocols = new CoordinationProtocols(
                fields.number("update_interval_ms", updateIntervalMs, INTERVAL_MIN_MS, INTERVAL_MAX_MS),
                fields.number("heartbeat_interval_ms", heartbeatIntervalMs, INTERVAL_MIN_MS, INTERVAL_MAX_MS),
                fields.text("signal_channel", signalChannel),
                fields.text("state_channel", stateChannel),
                fields.text("context_channel", contextChannel),
                fields.text("coordination_endpoint", coordinationEndpoint),
                fields.flag("completion_notification_required", completionNotificationRequired));
        fields.end();
        return protocols;
    }

    /** As a document. */
    public DocumentValue toDocument() {
        return DocumentValue.EMPTY_MAP
                .with("update_interval_ms", DocumentValue.of(updateIntervalMs))
                .with("heartbeat_interval_ms", DocumentValue.of(heartbeatIntervalMs))
                .with("signal_channel", DocumentValue.of(signalChannel))
                .with("state_channel", DocumentValue.of(stateChannel))
                .with("context_channel", DocumentValue.of(contextChannel))
                .with("coordination_endpoint", DocumentValue.of(coordinationEndpoint))
                .with("completion_notification_required", DocumentValue.of((Object) completionNotificationRequired));
    }
}
