package io.signalbox.cli;

import io.signalbox.cli.engine.ExitCode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Signals of the operating system, through {@code sun.misc.Signal} of the supported module {@code jdk.unsupported}. It is named only
 * by reflection, because naming it is a compiler warning that cannot be turned off. A signal that was ignored when this program
 * started (as under {@code nohup}) stays ignored.
 */
final class Signals {
    private static final Map<String, ExitCode> STOPPING =
            Map.of("INT", ExitCode.INTERRUPTED, "TERM", ExitCode.TERMINATED, "HUP", ExitCode.HUNG_UP);

    private Signals() {}

    /** Calls {@code listener} on a thread of the JVM when this program is asked to stop. */
    static void onStop(final Consumer<ExitCode> listener) {
        STOPPING.forEach((name, exitCode) -> handle(name, () -> listener.accept(exitCode)));
    }

    /** Calls {@code listener} when the terminal's window has another size. */
    static void onResize(final Runnable listener) {
        handle("WINCH", listener);
    }

    /** Returns false where this JVM does not hand out this signal; then it keeps its usual meaning. */
    private static boolean handle(final String name, final Runnable listener) {
        try {
            final Class<?> signalClass = Class.forName("sun.misc.Signal");
            final Class<?> handlerClass = Class.forName("sun.misc.SignalHandler");
            final Object signal = signalClass.getConstructor(String.class).newInstance(name);
            final Object handler = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handlerClass}, (proxy, method, arguments) -> {
                        if (method.getDeclaringClass() == Object.class) {
                            return objectMethod(proxy, method, arguments);
                        }
                        listener.run();
                        return null;
                    });
            final Method handle = signalClass.getMethod("handle", signalClass, handlerClass);
            final Optional<Object> before = Optional.ofNullable(handle.invoke(null, signal, handler));
            final Object ignoring = handlerClass.getField("SIG_IGN").get(null);
            if (before.filter(ignoring::equals).isPresent()) {
                handle.invoke(null, signal, ignoring);
                return false;
            }
            return true;
        } catch (final InvocationTargetException refused) {
            return false;
        } catch (final ReflectiveOperationException unknown) {
            return false;
        }
    }

    private static Object objectMethod(final Object proxy, final Method method, final Object[] arguments) {
        return switch (method.getName()) {
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "signalbox";
        };
    }
}
