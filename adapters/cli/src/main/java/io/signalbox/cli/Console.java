package io.signalbox.cli;

import io.signalbox.cli.engine.Engine;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a command talks to.
 *
 * @param out standard output, UTF-8
 * @param err standard error, UTF-8
 * @param environment of this process
 * @param engine made when a command needs it
 */
record Console(PrintStream out, PrintStream err, Map<String, String> environment, Supplier<Engine> engine) {
    static Console standard(final Supplier<Engine> engine) {
        return standard(new StandardOutput(), engine);
    }

    static Console standard(final StandardOutput out, final Supplier<Engine> engine) {
        return new Console(
                stream(out), stream(new FileOutputStream(FileDescriptor.err)), Map.copyOf(System.getenv()), engine);
    }

    private static PrintStream stream(final OutputStream descriptor) {
        return new PrintStream(descriptor, false, StandardCharsets.UTF_8);
    }

    /** Whether the locale can show more than ASCII. */
    static boolean isUnicode() {
        return System.getProperty("sun.jnu.encoding", "").equalsIgnoreCase("UTF-8");
    }
}
