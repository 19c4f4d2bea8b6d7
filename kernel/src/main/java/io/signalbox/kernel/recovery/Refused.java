package io.signalbox.kernel.recovery;

/** What a value is told that is not as it must be. */
final class Refused {
    private Refused() {}

    static void unless(final boolean holds, final String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
