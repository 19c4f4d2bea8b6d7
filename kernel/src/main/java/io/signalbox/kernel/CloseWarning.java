package io.signalbox.kernel;

/** What whoever closes a kernel should be told. */
final class CloseWarning {
    private CloseWarning() {}

    /** Whose executor waits, waits for ever perhaps; the kernel does not. */
    static void ofAWaitingExecutor(final KernelConfig config) {
        System.getLogger(Kernel.class.getName())
                .log(
                        System.Logger.Level.WARNING,
                        "kernel {0}: closed, though for {1} the executor of a listener had not taken what it was handed; it and "
                                + "listeners behind it may miss what was raised last",
                        config.name(),
                        config.listenersPatience());
    }
}
