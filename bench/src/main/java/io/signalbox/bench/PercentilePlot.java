package io.signalbox.bench;

import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Latency against percentile, both logarithmic, one curve a row, as SVG. */
final class PercentilePlot {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 480;
    private static final int LEFT = 80;
    private static final int BOTTOM = 430;
    private static final int RIGHT = 640;
    private static final int TOP = 30;
    private static final double NINES_MAX = 5;
    private static final double DECADE_MIN = 1.5; // 32 ns
    private static final double DECADE_MAX = 8; // 100 ms
    private static final String[] COLOURS = {
        "#1f77b4", "#d62728", "#2ca02c", "#9467bd", "#ff7f0e", "#17becf", "#8c564b", "#e377c2", "#7f7f7f", "#bcbd22"
    };

    private PercentilePlot() {}

    static String svg(final Map<String, List<Measurement>> forksById) {
        final StringBuilder svg = new StringBuilder();
        add(
                svg,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">"
                        .formatted(WIDTH, HEIGHT));
        add(svg, "<rect width=\"%d\" height=\"%d\" fill=\"white\"/>".formatted(WIDTH, HEIGHT));
        add(
                svg,
                "<text x=\"%d\" y=\"18\">Latency by percentile, all timed turns of all forks (lower is better)</text>"
                        .formatted(LEFT));
        axes(svg);
        int row = 0;
        for (final Map.Entry<String, List<Measurement>> entry : forksById.entrySet()) {
            final String colour = COLOURS[row % COLOURS.length];
            curve(svg, entry.getValue(), colour);
            add(
                    svg,
                    "<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>"
                            .formatted(RIGHT + 20, TOP + 18 * (row + 1), colour, entry.getKey()));
            row++;
        }
        return svg.append("</svg>\n").toString();
    }

    private static void axes(final StringBuilder svg) {
        final String[] names = {"0", "p90", "p99", "p99.9", "p99.99", "p99.999"};
        for (int nines = 0; nines <= NINES_MAX; nines++) {
            final double x = x(nines);
            add(
                    svg,
                    "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#ddd\"/>".formatted(x, TOP, x, BOTTOM));
            add(
                    svg,
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>"
                            .formatted(x, BOTTOM + 18, names[nines]));
        }
        final String[] times = {"100 ns", "1 us", "10 us", "100 us", "1 ms", "10 ms", "100 ms"};
        for (int i = 0; i < times.length; i++) {
            final double y = y(i + 2);
            add(
                    svg,
                    "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#ddd\"/>".formatted(LEFT, y, RIGHT, y));
            add(svg, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>".formatted(LEFT - 6, y + 4, times[i]));
        }
    }

    private static void curve(final StringBuilder svg, final List<Measurement> forks, final String colour) {
        final Histogram all = Measurement.newHistogram();
        forks.forEach(fork -> all.add(fork.decoded()));
        final StringBuilder points = new StringBuilder();
        for (double nines = 0; nines <= NINES_MAX; nines += 0.05) {
            final double ns = Math.max(1, all.getValueAtPercentile(100 * (1 - Math.pow(10, -nines))));
            points.append("%.1f,%.1f ".formatted(x(nines), y(Math.log10(ns))));
        }
        add(
                svg,
                "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"1.6\" points=\"%s\"/>"
                        .formatted(colour, points.toString().trim()));
    }

    private static double x(final double nines) {
        return LEFT + nines / NINES_MAX * (RIGHT - LEFT);
    }

    private static double y(final double decade) {
        final double inside = Math.min(Math.max(decade, DECADE_MIN), DECADE_MAX);
        return BOTTOM - (inside - DECADE_MIN) / (DECADE_MAX - DECADE_MIN) * (BOTTOM - TOP);
    }

    private static void add(final StringBuilder svg, final String line) {
        svg.append(line).append('\n');
    }
}
