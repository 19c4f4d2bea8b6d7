package io.signalbox.cli;

import io.signalbox.cli.engine.Engine;
import io.signalbox.cli.engine.ExitCode;
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
        final StandardOutput out = new StandardOutput();
        final Console console = Console.standard(out, Main::engine);
        final int exitCode = execute(console, args);
        System.exit(out.failure().map(why -> cutShort(console, why, exitCode)).orElse(exitCode));
    }

    /** An answer that is not whole is none; how a workflow ended is told by its exit code all the same. */
    private static int cutShort(final Console console, final String why, final int exitCode) {
        console.err().println("signalbox: what was to be printed is not all there: " + why);
        console.err().flush();
        return exitCode == ExitCode.DONE.code() ? ExitCode.WRONG_USE.code() : exitCode;
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
