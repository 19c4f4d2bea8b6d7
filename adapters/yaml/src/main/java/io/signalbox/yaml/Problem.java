package io.signalbox.yaml;

import java.nio.file.Path;

/**
 * One thing that is wrong in a workflow file.
 *
 * @param line from 1; 0 when the problem is the file as a whole
 * @param column from 1, in Unicode code points; 0 when the problem is the file as a whole
 * @param message what was expected, what came, what to do
 */
public record Problem(int line, int column, String message) {

    /** {@code file:line:column: message}, or {@code file: message} for the file as a whole. */
    public String at(final Path source) {
        return line == 0 ? source + ": " + message : source + ":" + line + ":" + column + ": " + message;
    }
}
