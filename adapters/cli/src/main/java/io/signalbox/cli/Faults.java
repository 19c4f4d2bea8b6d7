package io.signalbox.cli;

import io.signalbox.cli.engine.CommandException;
import io.signalbox.cli.engine.ExitCode;
import io.signalbox.cli.view.JsonView;
import io.signalbox.cli.view.SafeText;
import io.signalbox.kernel.context.NearestName;
import io.signalbox.yaml.InputException;
import io.signalbox.yaml.PlanException;
import io.signalbox.yaml.WorkflowFileException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import tools.jackson.databind.node.ObjectNode;

/** Turns what went wrong into one clear message and an exit code. A stack trace only for {@code --debug} or SIGNALBOX_DEBUG=1. */
final class Faults {
    private final Console console;
    private final List<String> arguments;

    Faults(final Console console, final List<String> arguments) {
        this.console = console;
        this.arguments = List.copyOf(arguments);
    }

    /** A wrong command line, with picocli's guess at what was meant. */
    int onWrongUse(final CommandLine.ParameterException e) {
        final CommandLine command = e.getCommandLine();
        final StringBuilder message = new StringBuilder(inOurWords(e));
        if (e instanceof CommandLine.UnmatchedArgumentException unmatched) {
            final String argument = unmatched.getUnmatched().get(0);
            final List<String> known = new ArrayList<>(command.getSubcommands().keySet());
            command.getCommandSpec().options().forEach(option -> known.addAll(List.of(option.names())));
            message.append(NearestName.hint(argument, known));
        }
        tell(message + "; see " + command.getCommandSpec().qualifiedName() + " --help", ExitCode.WRONG_USE, e);
        return ExitCode.WRONG_USE.code();
    }

    /** Without the words of Java and of picocli. */
    private static String inOurWords(final CommandLine.ParameterException e) {
        if (e instanceof CommandLine.UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
            final String argument = "'" + unmatched.getUnmatched().get(0) + "'";
            return e.getCommandLine().getSubcommands().isEmpty()
                    ? argument + " is one argument too many"
                    : "there is no command " + argument;
        }
        return e.getMessage()
                .replaceFirst("^Error: ", "")
                .replaceFirst(" is not an? (int|long)$", " is no whole number");
    }

    int onException(final Exception e) {
        final ExitCode exitCode = exitCode(e);
        tell(exitCode == ExitCode.INTERNAL_FAULT ? internal(e) : message(e), exitCode, e);
        return exitCode.code();
    }

    private void tell(final String message, final ExitCode exitCode, final Exception cause) {
        if (isDebug()) {
            cause.printStackTrace(console.err());
        }
        console.err().println("signalbox: " + SafeText.strip(message));
        if (arguments.contains("--json")) {
            final ObjectNode line = JsonView.MAPPER.createObjectNode();
            line.put("event", "error");
            line.put("message", SafeText.strip(message));
            line.put("exit_code", exitCode.code());
            console.out().print(JsonView.MAPPER.writeValueAsString(line) + "\n");
        }
        console.out().flush();
        console.err().flush();
    }

    private boolean isDebug() {
        return arguments.contains("--debug") || "1".equals(console.environment().get("SIGNALBOX_DEBUG"));
    }

    private static ExitCode exitCode(final Exception e) {
        if (e instanceof CommandException command) {
            return command.exitCode();
        }
        final boolean isWrongFile = e instanceof WorkflowFileException
                || e instanceof InputException
                || e instanceof PlanException
                || e instanceof IOException;
        return isWrongFile ? ExitCode.WRONG_USE : ExitCode.INTERNAL_FAULT;
    }

    private static String message(final Exception e) {
        return e instanceof IOException io ? reason(io) : e.getMessage();
    }

    private static String internal(final Exception e) {
        return "a fault of signalbox itself: " + e + "; run it again with --debug to see where, and report it";
    }

    /** What the operating system said, with the file. */
    static String reason(final IOException e) {
        if (e instanceof NoSuchFileException missing) {
            return missing.getFile() + " does not exist";
        }
        if (e instanceof AccessDeniedException denied) {
            return "no permission for " + denied.getFile();
        }
        if (e instanceof FileSystemException file && file.getReason() != null) {
            return file.getFile() + ": " + file.getReason();
        }
        return String.valueOf(e.getMessage());
    }
}
