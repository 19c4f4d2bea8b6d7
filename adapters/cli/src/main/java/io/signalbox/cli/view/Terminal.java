package io.signalbox.cli.view;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The terminal this program stands in, if it does. Any thread. */
public final class Terminal {
    private static final Size SIZE_DEFAULT = new Size(80, 24);
    private static final long STTY_WAIT_MS = 2_000;

    private final Map<String, String> environment;
    private volatile Size size;

    /** A size in characters. */
    public record Size(int columns, int lines) {}

    /** Reads {@code COLUMNS} and {@code LINES} of this environment first, then asks {@code stty}. */
    public Terminal(final Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
        measure();
    }

    /** Whether standard output is a terminal. */
    public static boolean isStandardOutput() {
        try {
            final String target =
                    Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (final IOException notLinux) {
            return false;
        }
    }

    /** Whether this environment asks for a picture that moves: {@code TERM} is neither missing nor {@code dumb}. */
    public static boolean canMove(final Map<String, String> environment) {
        final String term = environment.getOrDefault("TERM", "");
        return !term.isEmpty() && !term.equals("dumb");
    }

    /** Whether this environment allows colours: no {@code NO_COLOR}, no dumb terminal. */
    public static boolean canColour(final Map<String, String> environment) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty() && canMove(environment);
    }

    /** As last measured. */
    public Size size() {
        return size;
    }

    /** Looks again, after the window has changed. */
    public void measure() {
        final int columns = number(environment.get("COLUMNS"));
        final int lines = number(environment.get("LINES"));
        final Size asked = columns > 0 && lines > 0 ? SIZE_DEFAULT : ask();
        size = new Size(columns > 0 ? columns : asked.columns(), lines > 0 ? lines : asked.lines());
    }

    private static Size ask() {
        try {
            final Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            final String answer = new String(stty.getInputStream().readAllBytes(), US_ASCII).strip();
            stty.onExit().orTimeout(STTY_WAIT_MS, TimeUnit.MILLISECONDS).join();
            final int blank = answer.indexOf(' ');
            final int lines = blank < 0 ? 0 : number(answer.substring(0, blank));
            final int columns = blank < 0 ? 0 : number(answer.substring(blank + 1));
            return lines > 0 && columns > 0 ? new Size(columns, lines) : SIZE_DEFAULT;
        } catch (final IOException noTerminal) {
            return SIZE_DEFAULT;
        }
    }

    private static int number(final String text) {
        return text != null && text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
    }
}
