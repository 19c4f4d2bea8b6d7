package io.signalbox.kernel.coordination;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * An open coordination as it stood between two turns.
 *
 * @param handle of it.
 * @param name it was opened under.
 * @param sessionId of the session that it serves; empty when it was opened without terms.
 * @param correlationId of what it belongs to; empty for none.
 * @param parentRunId of the run that it is a part of; empty for none.
 * @param openedNs kernel time.
 * @param timeToLiveNs how long it stays without a command, 0 for ever.
 * @param forgottenNs kernel time at which it closes by itself if no command names it; {@link Long#MAX_VALUE} for never.
 */
public record CoordinationSnapshot(
        long handle,
        String name,
        String sessionId,
        String correlationId,
        String parentRunId,
        long openedNs,
        long timeToLiveNs,
        long forgottenNs) {
    static CoordinationSnapshot of(
            final long handle,
            final String name,
            final byte[] terms,
            final long openedNs,
            final long timeToLiveNs,
            final long forgottenNs) {
        final ByteBuffer texts = terms == null ? null : ByteBuffer.wrap(terms).order(ByteOrder.LITTLE_ENDIAN);
        return new CoordinationSnapshot(
                handle, name, next(texts), next(texts), next(texts), openedNs, timeToLiveNs, forgottenNs);
    }

    private static String next(final ByteBuffer texts) {
        if (texts == null) {
            return "";
        }
        final byte[] text = new byte[texts.getInt()];
        texts.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
