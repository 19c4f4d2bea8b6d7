package io.signalbox.cli;

import io.signalbox.cli.engine.Engine;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.ServiceLoader;
import picocli.CommandLine;

/** Where the program begins. */
public final class Main {
    private Main() {}

    /** Ends the JVM with the exit code of the command. */
    public static void main(final String[] args) {
        System.exit(execute(Console.standard(Main::engine), args));
    }

    private static Engine engine() {
        return ServiceLoader.load(Engine.class)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("this build of signalbox has no engine"));
    }

    static int execute(final Console console, final String... args) {
        final Faults faults = new Faults(console, List.of(args));
        final CommandLine commandLine = SignalboxCommand.commandLine(console);
        commandLine.setOut(writer(console.out()));
        commandLine.setErr(writer(console.err()));
        commandLine.setParameterExceptionHandler((e, unused) -> faults.onWrongUse(e));
        commandLine.setExecutionExceptionHandler((e, command, result) -> faults.onException(e));
        final int exitCode = commandLine.execute(args);
        console.out().flush();
        console.err().flush();
        return exitCode;
    }

    private static PrintWriter writer(final PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }
}
