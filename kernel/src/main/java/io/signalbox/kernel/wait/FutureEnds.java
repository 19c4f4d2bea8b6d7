package io.signalbox.kernel.wait;

import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/** Doing something when a future has ended, where nobody waits for that to be done. */
public final class FutureEnds {
    private FutureEnds() {}

    /**
     * Call back when a stage has ended, at once when it has already.
     *
     * @param then told the value, or why there is none; must not throw: nobody would hear of it.
     */
    public static <T> void whenEnded(
            final CompletionStage<T> stage, final BiConsumer<? super T, ? super Throwable> then) {
        Objects.requireNonNull(stage.whenComplete(then));
    }
}
