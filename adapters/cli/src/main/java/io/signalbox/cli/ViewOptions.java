package io.signalbox.cli;

import io.signalbox.cli.view.JsonView;
import io.signalbox.cli.view.LiveView;
import io.signalbox.cli.view.PlainView;
import io.signalbox.cli.view.QuietView;
import io.signalbox.cli.view.RunView;
import io.signalbox.cli.view.Style;
import io.signalbox.cli.view.Terminal;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** How a run is shown. */
final class ViewOptions {
    /** At most one of the two. */
    @ArgGroup(exclusive = true, multiplicity = "0..1")
    private Kind kind = new Kind();

    @Option(names = "--no-color", description = "No colours; NO_COLOR in the environment does the same.")
    private boolean isColourless;

    static final class Kind {
        @Option(names = "--json", description = "One JSON object a line on standard output, for programs.")
        private boolean isJson;

        @Option(
                names = {"-q", "--quiet"},
                description = "Nothing unless a step fails.")
        private boolean isQuiet;
    }

    boolean isJson() {
        return kind.isJson;
    }

    RunView newView(final Console console) {
        if (kind.isJson) {
            return new JsonView(console.out(), Clock.systemUTC());
        }
        if (kind.isQuiet) {
            return new QuietView(console.err());
        }
        final boolean isTerminal = Terminal.isStandardOutput();
        final boolean isColoured = !isColourless && isTerminal && Terminal.canColour(console.environment());
        final Style style = new Style(isColoured, Console.isUnicode());
        if (isTerminal && Terminal.canMove(console.environment())) {
            final Terminal terminal = new Terminal(console.environment());
            Signals.onResize(terminal::measure);
            return new LiveView(console.out(), terminal, style, ViewOptions::nowMs);
        }
        return new PlainView(console.out(), style, ViewOptions::nowMs);
    }

    private static long nowMs() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
