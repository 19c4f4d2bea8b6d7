package io.signalbox.cli.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;

/** Stands for signalbox in the launcher's tests: tells what it was given. */
public final class EchoMain {
    private EchoMain() {}

    public static void main(final String[] args) throws Exception {
        final PrintStream out = new PrintStream(System.out, true, UTF_8);
        for (final String arg : args) {
            out.println("[" + arg + "]");
        }
        if (args.length > 0 && args[0].equals("about")) {
            out.println("directory " + Path.of("").toAbsolutePath());
            out.println("feature " + Runtime.version().feature());
            out.println("locale " + System.getProperty("sun.jnu.encoding"));
            out.println("heap " + Runtime.getRuntime().maxMemory() / (1 << 20));
            out.println("gc "
                    + ManagementFactory.getGarbageCollectorMXBeans().get(0).getName());
            out.println("analytics " + System.getProperty("chronicle.analytics.disable"));
            final Class<?> opened = Class.forName("sun.nio.ch.FileChannelImpl");
            opened.getDeclaredMethods()[0].setAccessible(true);
            out.println("opened " + opened.getName());
        }
        if (args.length > 0 && args[0].equals("sleep")) {
            out.println("pid " + ProcessHandle.current().pid());
            System.in.read();
        }
        System.exit(args.length > 1 && args[0].equals("exit") ? Integer.parseInt(args[1]) : 0);
    }
}
