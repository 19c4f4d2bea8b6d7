package io.signalbox.cli.view;

import java.util.Locale;

/** Times, sizes and columns as people read them. Pure functions. */
public final class Words {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

    private Words() {}

    /** {@code 850 ms}, {@code 3.4 s}, {@code 2 m 05 s}, {@code 1 h 02 m}. */
    public static String duration(final long durationMs) {
        if (durationMs < 1_000) {
            return Math.max(0, durationMs) + " ms";
        }
        if (durationMs < 60_000) {
            return String.format(Locale.ROOT, "%d.%d s", durationMs / 1_000, durationMs % 1_000 / 100);
        }
        if (durationMs < 3_600_000) {
            return String.format(Locale.ROOT, "%d m %02d s", durationMs / 60_000, durationMs % 60_000 / 1_000);
        }
        return String.format(Locale.ROOT, "%d h %02d m", durationMs / 3_600_000, durationMs % 3_600_000 / 60_000);
    }

    /** {@code 17 B}, {@code 3.4 KiB}. */
    public static String size(final long sizeBytes) {
        if (sizeBytes < 1024) {
            return sizeBytes + " B";
        }
        double size = sizeBytes;
        int unit = 0;
        while (size >= 1024 && unit < UNITS.length - 1) {
            size /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", size, UNITS[unit]);
    }

    /** {@code 1 step}, {@code 3 steps}. */
    public static String count(final long count, final String one) {
        return count + " " + one + (count == 1 ? "" : "s");
    }

    /** How many columns of a terminal the text takes. */
    public static int width(final String text) {
        return text.codePoints().map(Words::width).sum();
    }

    /** The text cut to at most {@code columns}, with {@code ~} at its end when it was. */
    public static String fit(final String text, final int columns) {
        if (width(text) <= columns) {
            return text;
        }
        final StringBuilder fitting = new StringBuilder();
        int used = 0;
        for (final int c : text.codePoints().toArray()) {
            if (used + width(c) > columns - 1) {
                break;
            }
            fitting.appendCodePoint(c);
            used += width(c);
        }
        return columns <= 0 ? "" : fitting.append('~').toString();
    }

    /** The text cut or filled with blanks to exactly {@code columns}. */
    public static String pad(final String text, final int columns) {
        final String fitting = fit(text, columns);
        return fitting + " ".repeat(Math.max(0, columns - width(fitting)));
    }

    /** The text behind as many blanks as make it {@code columns} wide. */
    public static String padLeft(final String text, final int columns) {
        return " ".repeat(Math.max(0, columns - width(text))) + text;
    }

    private static int width(final int c) {
        final int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        final boolean isWide = (c >= 0x1100 && c <= 0x115f)
                || (c >= 0x2e80 && c <= 0xa4cf)
                || (c >= 0xac00 && c <= 0xd7a3)
                || (c >= 0xf900 && c <= 0xfaff)
                || (c >= 0xfe30 && c <= 0xfe6f)
                || (c >= 0xff00 && c <= 0xff60)
                || (c >= 0x1f300 && c <= 0x1faff)
                || (c >= 0x20000 && c <= 0x3fffd);
        return isWide ? 2 : 1;
    }
}
