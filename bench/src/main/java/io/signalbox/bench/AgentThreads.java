package io.signalbox.bench;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Starts agents: virtual threads where the running JDK has them for good (21 and later), else platform threads. */
final class AgentThreads {
    private static final MethodHandle START_VIRTUAL = findStartVirtual();

    private AgentThreads() {}

    static boolean virtual() {
        return START_VIRTUAL != null;
    }

    /** Start {@code duty}; whatever it throws ends the fork as a failed check. */
    static void start(final String name, final Runnable duty) {
        final Runnable guarded = () -> {
            try {
                duty.run();
            } catch (final RuntimeException | Error e) {
                ForkMain.fail(e);
            }
        };
        if (!virtual()) {
            new Thread(guarded, name).start();
            return;
        }
        try {
            final Thread started = (Thread) START_VIRTUAL.invokeExact(guarded);
            started.setName(name);
        } catch (final Throwable e) {
            throw new IllegalStateException("cannot start a virtual thread on " + Runtime.version(), e);
        }
    }

    private static MethodHandle findStartVirtual() {
        if (Runtime.version().feature() < 21) {
            return null;
        }
        try {
            return MethodHandles.publicLookup()
                    .findStatic(
                            Thread.class, "startVirtualThread", MethodType.methodType(Thread.class, Runnable.class));
        } catch (final ReflectiveOperationException e) {
            throw new IllegalStateException("JDK " + Runtime.version() + " should have virtual threads", e);
        }
    }
}
