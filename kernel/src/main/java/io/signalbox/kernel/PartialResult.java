package io.signalbox.kernel;

import java.nio.charset.StandardCharsets;

/**
 * What an agent has brought to a barrier.
 *
 * @param bytes as they were given; a copy.
 */
public record PartialResult(String agent, byte[] bytes) {
    /** The bytes as UTF-8. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
