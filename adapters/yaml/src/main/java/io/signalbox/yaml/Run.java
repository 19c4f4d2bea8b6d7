package io.signalbox.yaml;

import java.util.List;

/** What a step executes. */
public sealed interface Run {

    /**
     * A string: {@code /bin/sh -e -c script}. It holds no placeholder, so no input can become a command.
     *
     * @param script the script, with {@code $$&#123;} already turned into {@code $&#123;}
     */
    record Shell(String script) implements Run {}

    /**
     * An array: executed as it is, without a shell.
     *
     * @param argv program and arguments, at least one; each becomes exactly one argument whatever its placeholders hold
     */
    record Exec(List<Template> argv) implements Run {
        /** Copies the list. */
        public Exec {
            argv = List.copyOf(argv);
        }
    }
}
