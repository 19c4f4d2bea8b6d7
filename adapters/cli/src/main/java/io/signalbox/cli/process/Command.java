package io.signalbox.cli.process;

import java.util.List;

/** What a step runs. */
public sealed interface Command {
    /** The program and its arguments as the operating system gets them. */
    List<String> argv();

    /** An array {@code run}: executed exactly, no shell looks at it. */
    record Exec(List<String> argv) implements Command {
        public Exec {
            argv = List.copyOf(argv);
        }
    }

    /** A string {@code run}: {@code /bin/sh -e -c}. A script that begins with a dash is still a script. */
    record Shell(String script) implements Command {
        @Override
        public List<String> argv() {
            return List.of("/bin/sh", "-e", "-c", "--", script);
        }
    }
}
