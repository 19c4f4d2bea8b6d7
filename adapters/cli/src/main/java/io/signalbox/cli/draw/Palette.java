package io.signalbox.cli.draw;

import io.signalbox.cli.view.StepState;
import java.util.Optional;

/**
 * The colours of a state. Text on fill has a contrast of at least 4.5.
 *
 * @param fill of the box
 * @param line of its border
 * @param text on the fill
 */
record Palette(String fill, String line, String text) {
    private static final Palette PLAIN = new Palette("#f8fafc", "#64748b", "#0f172a");

    static Palette of(final Optional<StepState> state) {
        return state.map(Palette::of).orElse(PLAIN);
    }

    private static Palette of(final StepState state) {
        return switch (state) {
            case WAITING -> new Palette("#f8fafc", "#cbd5e1", "#475569");
            case RUNNING -> new Palette("#dbeafe", "#2563eb", "#1e3a8a");
            case BACKING_OFF -> new Palette("#fef3c7", "#d97706", "#78350f");
            case AWAITING -> new Palette("#fff7ed", "#ea580c", "#7c2d12");
            case SUCCEEDED -> new Palette("#dcfce7", "#16a34a", "#14532d");
            case FAILED, TIMED_OUT -> new Palette("#fee2e2", "#dc2626", "#7f1d1d");
            case CANCELLED -> new Palette("#f3e8ff", "#9333ea", "#581c87");
            case SKIPPED -> new Palette("#f1f5f9", "#94a3b8", "#475569");
        };
    }
}
