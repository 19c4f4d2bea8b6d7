package io.signalbox.kernel.recovery;

/** The work that failed, to be tried again. Called on the caller's thread, or on the executor that was given. */
@FunctionalInterface
public interface RecoveryOperation {
    /**
     * Try once.
     *
     * @param context with the state as the strategy wants it.
     * @return what came of it, null for nothing; a return is a success.
     * @throws Exception when it failed again.
     */
    Object run(RecoveryContext context) throws Exception;
}
