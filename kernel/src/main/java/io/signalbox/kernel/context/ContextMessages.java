package io.signalbox.kernel.context;

import java.util.List;

/** The payloads of the signals of this room. One that would be longer than a payload may be leaves out what is long. */
final class ContextMessages {
    private final int payloadLengthMax;

    ContextMessages(final int payloadLengthMax) {
        this.payloadLengthMax = payloadLengthMax;
    }

    byte[] distributed(final Distribution distribution) {
        final DocumentValue head = DocumentValue.EMPTY_MAP
                .with("session_id", DocumentValue.of(distribution.sessionId()))
                .with("agent_count", DocumentValue.of(distribution.agents().size()));
        final List<String> agents =
                distribution.agents().stream().map(Distribution.Part::agent).toList();
        final DocumentValue named = head.with("agents", DocumentValue.of(agents));
        final DocumentValue shared = distribution.sharedIntelligence();
        return fitting(shared.size() == 0 ? named : named.with("changed", shared), named, head);
    }

    /** The difference, in the form in which it is made: {@code changed} goes in by the mode, then {@code removed} goes. */
    byte[] updated(
            final IntelligenceUpdate update, final boolean isDeep, final DocumentValue versions, final long count) {
        final DocumentValue head = DocumentValue.EMPTY_MAP
                .with("update_type", DocumentValue.of(update.kind().field()))
                .with("mode", DocumentValue.of(isDeep ? "deep" : "shallow"))
                .with("agent_count", DocumentValue.of(count));
        final DocumentValue known = head.with(versions.isMap() ? "versions" : "version", versions);
        final DocumentValue whole =
                known.with("changed", update.data()).with("removed", DocumentValue.of((Object) update.remove()));
        final DocumentValue tooLong = DocumentValue.of((Object) true);
        return fitting(whole, known.with("too_long", tooLong), head.with("too_long", tooLong));
    }

    byte[] cleared(final long count) {
        return DocumentJson.bytes(DocumentValue.EMPTY_MAP.with("agent_count", DocumentValue.of(count)));
    }

    /** What a completion that has failed says. */
    byte[] failed(final String agent, final DocumentValue unmet, final DocumentValue result) {
        final DocumentValue head = DocumentValue.EMPTY_MAP
                .with("agent_id", DocumentValue.of(agent))
                .with("unmet_count", DocumentValue.of(unmet.size()));
        final DocumentValue named = head.with("unmet", unmet);
        return fitting(result.size() == 0 ? named : named.with("result", result), named, head);
    }

    /** The first that is not too long; when even the last is, nothing. */
    private byte[] fitting(final DocumentValue... from) {
        for (final DocumentValue document : from) {
            final byte[] bytes = DocumentJson.bytes(document);
            if (bytes.length <= payloadLengthMax) {
                return bytes;
            }
        }
        return new byte[0];
    }
}
