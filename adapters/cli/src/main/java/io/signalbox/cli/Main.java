package io.signalbox.cli;

import io.signalbox.cli.engine.Engine;
import io.signalbox.cli.engine.ExitCode;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.ServiceLoader;
import picocli.CommandLine;

/** Where the program begins. */
public final class Main {
    private static final List<String> RUNNING = List.of("run", "resume", "fork");

    /** With one of them nothing runs. */
    private static final List<String> ANSWERS = List.of("--dot", "--svg", "--dry-run", "--help", "-h");

    private Main() {}

    /** Ends the JVM with the exit code of the command. */
    public static void main(final String[] args) {
        final StandardOutput out = new StandardOutput();
        final Console console = Console.standard(out, Main::engine);
        final int exitCode = execute(console, args);
        System.exit(out.failure()
                .map(why -> cutShort(console, why, exitCode, List.of(args)))
                .orElse(exitCode));
    }

    /** An answer that is not whole is none. A run that was carried out has ended as its exit code says, printed or not. */
    private static int cutShort(
            final Console console, final String why, final int exitCode, final List<String> arguments) {
        console.err().println("signalbox: what was to be printed is not all there: " + why);
        console.err().flush();
        final boolean isRun = RUNNING.contains(arguments.isEmpty() ? "" : arguments.get(0))
                && Collections.disjoint(arguments, ANSWERS);
        return exitCode == ExitCode.DONE.code() && !isRun ? ExitCode.WRONG_USE.code() : exitCode;
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
