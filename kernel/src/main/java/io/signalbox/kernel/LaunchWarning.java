package io.signalbox.kernel;

/** What whoever launches a kernel should be told. */
final class LaunchWarning {
    private LaunchWarning() {}

    /** A writer that spins takes a core away from those whom it should serve. */
    static void ofTooFewCores(final KernelConfig config) {
        if (config.threading() == Threading.DEDICATED && Runtime.getRuntime().availableProcessors() <= 2) {
            System.getLogger(Kernel.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "kernel {0}: a dedicated writer that spins wants a core of its own and this machine has {1}; "
                                    + "KernelConfig.standard() is faster here",
                            config.name(),
                            Runtime.getRuntime().availableProcessors());
        }
    }
}
