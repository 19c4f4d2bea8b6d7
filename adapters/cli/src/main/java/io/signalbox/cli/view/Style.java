package io.signalbox.cli.view;

/**
 * How much a terminal can show.
 *
 * @param isColoured whether to send colours
 * @param isUnicode whether to send glyphs beyond ASCII
 */
public record Style(boolean isColoured, boolean isUnicode) {
    /** Neither colours nor glyphs. */
    public static final Style ASCII = new Style(false, false);

    private static final String RESET = "\u001b[0m";

    String glyph(final StepState state) {
        return switch (state) {
            case WAITING -> isUnicode ? "·" : ".";
            case RUNNING -> isUnicode ? "▶" : ">";
            case BACKING_OFF -> isUnicode ? "↻" : "~";
            case AWAITING -> "?";
            case SUCCEEDED -> isUnicode ? "✔" : "+";
            case FAILED, TIMED_OUT -> isUnicode ? "✘" : "x";
            case CANCELLED -> isUnicode ? "■" : "#";
            case SKIPPED -> isUnicode ? "○" : "-";
        };
    }

    String colour(final StepState state, final String text) {
        return switch (state) {
            case WAITING, SKIPPED -> dim(text);
            case RUNNING -> paint("36", text);
            case BACKING_OFF, AWAITING -> paint("33", text);
            case SUCCEEDED -> paint("32", text);
            case FAILED, TIMED_OUT -> paint("31", text);
            case CANCELLED -> paint("35", text);
        };
    }

    String bold(final String text) {
        return paint("1", text);
    }

    String dim(final String text) {
        return paint("2", text);
    }

    private String paint(final String code, final String text) {
        return isColoured && !text.isEmpty() ? "\u001b[" + code + "m" + text + RESET : text;
    }

    String bar(final int done, final int total, final int columns) {
        final int filled = total == 0 ? 0 : (int) ((long) done * columns / total);
        final String full = (isUnicode ? "━" : "=").repeat(filled);
        final String rest = (isUnicode ? "─" : "-").repeat(columns - filled);
        return colour(StepState.SUCCEEDED, full) + dim(rest);
    }

    String dot() {
        return isUnicode ? " · " : " | ";
    }
}
