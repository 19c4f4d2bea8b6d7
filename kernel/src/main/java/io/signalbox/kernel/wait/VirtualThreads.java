package io.signalbox.kernel.wait;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Virtual threads, asked for of a JDK that may not know the word. */
public final class VirtualThreads {
    private static final MethodHandle IS_VIRTUAL = find();
    private static final MethodHandle NEW_EXECUTOR = findExecutor();

    private VirtualThreads() {}

    static boolean isVirtual(final Thread thread) {
        if (IS_VIRTUAL == null) {
            return false;
        }
        try {
            return (boolean) IS_VIRTUAL.invokeExact(thread);
        } catch (final Throwable e) {
            throw new IllegalStateException("Thread.isVirtual is there but cannot be called", e);
        }
    }

    /** An executor that gives each task a virtual thread, or null where there are none. */
    public static ExecutorService newExecutor() {
        if (NEW_EXECUTOR == null) {
            return null;
        }
        try {
            return (ExecutorService) NEW_EXECUTOR.invokeExact();
        } catch (final Throwable e) {
            throw new IllegalStateException("virtual threads are there but cannot be started", e);
        }
    }

    private static MethodHandle findExecutor() {
        try {
            return MethodHandles.publicLookup()
                    .findStatic(
                            Executors.class,
                            "newVirtualThreadPerTaskExecutor",
                            MethodType.methodType(ExecutorService.class));
        } catch (final NoSuchMethodException e) {
            return null;
        } catch (final IllegalAccessException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static MethodHandle find() {
        try {
            return MethodHandles.publicLookup()
                    .findVirtual(Thread.class, "isVirtual", MethodType.methodType(boolean.class));
        } catch (final NoSuchMethodException e) {
            return null;
        } catch (final IllegalAccessException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
