package io.signalbox.cli.draw;

import io.signalbox.cli.view.SafeText;
import io.signalbox.cli.view.StepState;
import io.signalbox.cli.view.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** Draws a picture that stands alone: no script, no link, no font to load. */
public final class Svg {
    private static final int MARGIN = 28;
    private static final int HEAD = 58;
    private static final int FOOT = 34;
    private static final int LEGEND_STEP = 104;
    private static final int ID_CHARACTERS_MAX = 32;
    private static final int DETAIL_CHARACTERS_MAX = 38;

    private final Dag dag;
    private final Layout layout;
    private final StringBuilder svg = new StringBuilder();

    private Svg(final Dag dag) {
        this.dag = dag;
        layout = new Layout(dag);
    }

    /** The picture as an SVG document. Every text is escaped. */
    public static String render(final Dag dag) {
        return new Svg(dag).document();
    }

    private String document() {
        final List<StepState> states = dag.nodes().stream()
                .map(Dag.Node::state)
                .flatMap(Optional::stream)
                .distinct()
                .sorted()
                .toList();
        final String title = SafeText.line(dag.title());
        final double legend = states.size() * (double) LEGEND_STEP;
        final double width =
                Math.max(Math.max(layout.width(), Math.max(legend, Words.width(title) * 11.0)) + 2.0 * MARGIN, 360);
        final double height = layout.height() + HEAD + MARGIN + FOOT;
        line(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$.0f\" height=\"%2$.0f\" viewBox=\"0 0 %1$.0f %2$.0f\""
                        + " role=\"img\" font-family=\"'Inter','Segoe UI','Helvetica Neue',Helvetica,Arial,sans-serif\">",
                width, height);
        svg.append("<title>").append(escaped(title)).append("</title>\n");
        svg.append(
                "<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\""
                        + " orient=\"auto\"><path d=\"M0 0.8 L7 4 L0 7.2 z\" fill=\"#94a3b8\"/></marker></defs>\n");
        line("<rect width=\"%.0f\" height=\"%.0f\" fill=\"#ffffff\"/>", width, height);
        line(
                "<text x=\"%d\" y=\"34\" font-size=\"17\" font-weight=\"600\" fill=\"#0f172a\">%s</text>",
                MARGIN, escaped(title));
        line("<g transform=\"translate(%.1f %d)\">", (width - layout.width()) / 2, HEAD);
        layout.lines().forEach(this::edge);
        layout.boxes().forEach(this::box);
        svg.append("</g>\n");
        legend(states, height - 20);
        return svg.append("</svg>\n").toString();
    }

    private void edge(final Layout.Line edge) {
        final List<Layout.Place> path = edge.path();
        final Layout.Place first = path.get(0);
        final StringBuilder curve = new StringBuilder(format("M%.1f %.1f", first.x + first.width, first.y));
        double x = first.x + first.width;
        double y = first.y;
        for (final Layout.Place place : path.subList(1, path.size())) {
            final double endX = place.isBox() ? place.x - 3 : place.x;
            final double middle = (endX - x) / 2;
            curve.append(
                    format(" C%.1f %.1f %.1f %.1f %.1f %.1f", x + middle, y, endX - middle, place.y, endX, place.y));
            x = endX;
            y = place.y;
            if (!place.isBox()) {
                x = place.x + place.width;
                curve.append(format(" L%.1f %.1f", x, y));
            }
        }
        line("<path d=\"%s\" fill=\"none\" stroke=\"#94a3b8\" stroke-width=\"1.6\" marker-end=\"url(#tip)\"/>", curve);
    }

    private void box(final Layout.Place place) {
        final Dag.Node node = Objects.requireNonNull(place.node);
        final Palette colours = Palette.of(node.state());
        final double top = place.y - Layout.BOX_HEIGHT / 2.0;
        final boolean isDashed = node.state().filter(StepState.SKIPPED::equals).isPresent();
        svg.append("<g><title>")
                .append(escaped(node.id() + (node.detail().isEmpty() ? "" : ": " + node.detail())))
                .append("</title>\n");
        for (int behind = node.isForeach() ? 2 : 0; behind >= 0; behind--) {
            line(
                    "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%d\" rx=\"9\" fill=\"%s\" stroke=\"%s\""
                            + " stroke-width=\"1.5\"%s/>",
                    place.x + behind * 4.0,
                    top - behind * 4.0,
                    place.width,
                    Layout.BOX_HEIGHT,
                    colours.fill(),
                    colours.line(),
                    isDashed ? " stroke-dasharray=\"5 4\"" : "");
        }
        line("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"5\" fill=\"%s\"/>", place.x + 17, place.y, colours.line());
        final String detail = SafeText.line(node.detail());
        text(
                place.x + 32,
                place.y + (detail.isEmpty() ? 5 : -2),
                14,
                600,
                colours.text(),
                cut(node.id(), ID_CHARACTERS_MAX));
        if (!detail.isEmpty()) {
            text(place.x + 32, place.y + 14, 11.5, 400, colours.text(), cut(detail, DETAIL_CHARACTERS_MAX));
        }
        svg.append("</g>\n");
    }

    private void legend(final List<StepState> states, final double y) {
        for (int i = 0; i < states.size(); i++) {
            final StepState state = states.get(i);
            final double x = MARGIN + i * (double) LEGEND_STEP;
            line(
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"%s\"/>",
                    x + 4, y - 4, Palette.of(Optional.of(state)).line());
            text(x + 14, y, 11.5, 400, "#475569", state.word().replace('_', ' '));
        }
    }

    private void text(
            final double x, final double y, final double size, final int weight, final String fill, final String text) {
        line(
                "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%.1f\" font-weight=\"%d\" fill=\"%s\">%s</text>",
                x, y, size, weight, fill, escaped(text));
    }

    private static String cut(final String text, final int characters) {
        final String safe = SafeText.line(text);
        return safe.codePointCount(0, safe.length()) <= characters
                ? safe
                : safe.substring(0, safe.offsetByCodePoints(0, characters - 1)) + "…";
    }

    private void line(final String format, final Object... values) {
        svg.append(format(format, values)).append('\n');
    }

    private static String format(final String format, final Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /** Safe as text and inside an attribute; what XML cannot hold at all becomes U+FFFD. */
    private static String escaped(final String text) {
        final List<String> parts = new ArrayList<>();
        SafeText.line(text)
                .codePoints()
                .forEach(c -> parts.add(
                        switch (c) {
                            case '&' -> "&amp;";
                            case '<' -> "&lt;";
                            case '>' -> "&gt;";
                            case '"' -> "&quot;";
                            case '\'' -> "&#39;";
                            default ->
                                c == 0xfffe || c == 0xffff || (c >= 0xd800 && c <= 0xdfff)
                                        ? "\uFFFD"
                                        : Character.toString(c);
                        }));
        return String.join("", parts);
    }
}
