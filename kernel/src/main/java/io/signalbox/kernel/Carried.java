package io.signalbox.kernel;

import io.signalbox.kernel.signal.Payload;
import java.nio.charset.StandardCharsets;

/**
 * What a signal carries, as its readers see it.
 *
 * @param fields its fields; empty when it carries plain text.
 * @param metadata what travelled beside the fields.
 * @param text the plain text; empty when it carries fields.
 * @param hasFields whether it carries fields, be it none.
 */
record Carried(Payload fields, Payload metadata, String text, boolean hasFields) {
    /** Field of a payload in which the metadata stands. */
    static final String METADATA = "@metadata";

    static Carried of(final byte[] bytes) {
        final Payload decoded = Payload.isEncoded(bytes) ? decoded(bytes) : null;
        if (decoded == null) {
            return new Carried(Payload.of(), Payload.of(), new String(bytes, StandardCharsets.UTF_8), false);
        }
        return new Carried(decoded.fields(METADATA, null), decoded.fieldsOf(METADATA), "", true);
    }

    private static Payload decoded(final byte[] bytes) {
        try {
            return Payload.decode(bytes);
        } catch (final IllegalArgumentException notOne) {
            return null; // whoever used the fast path may send what he likes; it is shown as text
        }
    }

    /** The text, or the fields as JSON. */
    String shown() {
        return hasFields ? fields.toString() : text;
    }
}
