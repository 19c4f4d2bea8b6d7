package io.signalbox.cli.view;

import java.util.ArrayList;
import java.util.List;

/** What a person reads of a failed step. A pure function. */
final class Failure {
    private Failure() {}

    static List<String> lines(final StepEnd end, final Style style) {
        final List<String> lines = new ArrayList<>();
        final String exit =
                end.exitCode().isPresent() ? ", exit code " + end.exitCode().getAsInt() : "";
        final String attempt = end.attempt() > 1 ? ", attempt " + end.attempt() : "";
        lines.add(style.colour(
                end.state(),
                style.glyph(end.state()) + " " + end.id() + " "
                        + end.state().word().replace('_', ' ') + " after " + Words.duration(end.elapsedMs()) + exit
                        + attempt));
        final boolean isSaid = exit.endsWith(end.message());
        if (!isSaid) {
            SafeText.strip(end.message()).lines().forEach(line -> lines.add("    " + line));
        }
        for (final String line : end.stderrTail()) {
            SafeText.strip(line).lines().forEach(part -> lines.add(style.dim("    | ") + part));
        }
        end.log().ifPresent(log -> lines.add(style.dim("    its whole standard error: " + log)));
        return lines;
    }
}
