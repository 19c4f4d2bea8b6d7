package io.signalbox.cli.engine;

import io.signalbox.cli.process.Command;
import java.util.List;
import java.util.stream.Collectors;

/** Several commands as one, so that they are one attempt: one process group, one time limit. */
final class Corrected {
    private Corrected() {}

    /** Each of the first must succeed before the next begins; what they print goes to standard error. The last takes the place of the shell. */
    static Command of(final List<Command> first, final Command last) {
        final StringBuilder script = new StringBuilder();
        for (final Command command : first) {
            script.append(words(command)).append(" 1>&2\n");
        }
        return new Command.Shell(script.append("exec ").append(words(last)).toString());
    }

    private static String words(final Command command) {
        return command.argv().stream().map(Corrected::quoted).collect(Collectors.joining(" "));
    }

    /** In single quotes a shell reads nothing. */
    private static String quoted(final String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
