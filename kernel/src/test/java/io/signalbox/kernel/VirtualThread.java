package io.signalbox.kernel;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;

/** Virtual threads where the running JDK has them, platform threads elsewhere. */
final class VirtualThread {
    private static final Method START = find();

    private VirtualThread() {}

    private static Method find() {
        try {
            return Thread.class.getMethod("startVirtualThread", Runnable.class);
        } catch (final NoSuchMethodException e) {
            return null;
        }
    }

    /** Run on a virtual thread and wait for its end. False where there are none, and nothing was run. */
    static boolean run(final Runnable work) throws InterruptedException {
        if (START != null) {
            start(List.of(work)).get(0).join();
        }
        return START != null;
    }

    static List<Thread> start(final List<Runnable> work) {
        final List<Thread> threads = new ArrayList<>();
        for (final Runnable each : work) {
            threads.add(start(each));
        }
        return threads;
    }

    private static Thread start(final Runnable work) {
        if (START == null) {
            final Thread thread = new Thread(work);
            thread.setDaemon(true);
            thread.start();
            return thread;
        }
        try {
            return (Thread) START.invoke(null, work);
        } catch (final ReflectiveOperationException e) {
            throw new LinkageError("Thread.startVirtualThread cannot be called", e);
        }
    }
}
