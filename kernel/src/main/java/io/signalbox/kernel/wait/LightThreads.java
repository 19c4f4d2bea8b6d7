package io.signalbox.kernel.wait;

import java.lang.reflect.Method;

/** Starts threads that mostly wait: virtual ones where the running JDK has them, else daemons. */
public final class LightThreads {
    private static final Method START_VIRTUAL = find();

    private LightThreads() {}

    private static Method find() {
        try {
            return Thread.class.getMethod("startVirtualThread", Runnable.class);
        } catch (final NoSuchMethodException olderThan21) {
            return null;
        }
    }

    /**
     * Start a thread.
     *
     * @param name of a platform thread; a virtual one has none.
     */
    public static Thread start(final String name, final Runnable work) {
        if (START_VIRTUAL == null) {
            final Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            thread.start();
            return thread;
        }
        try {
            return (Thread) START_VIRTUAL.invoke(null, work);
        } catch (final ReflectiveOperationException e) {
            throw new IllegalStateException("Thread.startVirtualThread is there but cannot be called", e);
        }
    }
}
