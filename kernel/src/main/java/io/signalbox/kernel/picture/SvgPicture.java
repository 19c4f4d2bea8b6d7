package io.signalbox.kernel.picture;

import java.util.List;
import java.util.Locale;

/** Draws a picture that stands alone: no script, no link, no font to load. */
public final class SvgPicture {
    /** Boxes and edges that a picture may have; more of them nobody can look at. */
    public static final int PARTS_MAX = 10_000;

    private static final int MARGIN = 28;
    private static final int HEAD = 58;
    private static final int SUBTITLE_HEIGHT = 20;
    private static final int FOOT = 34;
    private static final int LEGEND_STEP = 104;
    private static final int LABEL_CHARACTERS_MAX = 32;
    private static final int DETAIL_CHARACTERS_MAX = 38;
    private static final double TITLE_CHARACTER_WIDTH = 11;
    private static final double SUBTITLE_CHARACTER_WIDTH = 7;
    private static final double CUT = 11;
    private static final double CLUSTER_CHARACTER_WIDTH = 7;
    private static final String PLAIN_LINE = "#94a3b8";
    /** Heavy lines are of one colour, whatever they lead to. */
    static final String CRITICAL_LINE = "#ea580c";

    private final Picture picture;
    private final Layout layout;
    private final StringBuilder svg = new StringBuilder();

    private SvgPicture(final Picture picture) {
        this.picture = picture;
        layout = new Layout(picture);
    }

    /**
     * The picture as an SVG document. Every text is escaped.
     *
     * @throws IllegalArgumentException when it has more than {@value #PARTS_MAX} boxes and edges.
     */
    public static String render(final Picture picture) {
        final long parts = picture.nodes().stream()
                .mapToLong(node -> 1L + node.edges().size())
                .sum();
        if (parts > PARTS_MAX) {
            throw new IllegalArgumentException("'" + Labels.cut(picture.title(), LABEL_CHARACTERS_MAX) + "' has "
                    + parts + " boxes and edges; a picture shows at most " + PARTS_MAX + ", DOT any number");
        }
        return new SvgPicture(picture).document();
    }

    private String document() {
        final List<Picture.Legend> legend = picture.legend();
        final double words = Math.max(
                picture.title().length() * TITLE_CHARACTER_WIDTH,
                picture.subtitle().length() * SUBTITLE_CHARACTER_WIDTH);
        final double width = Math.max(
                Math.max(layout.width(), Math.max(legend.size() * (double) LEGEND_STEP, words)) + 2.0 * MARGIN, 360);
        final int head = HEAD + (picture.subtitle().isEmpty() ? 0 : SUBTITLE_HEIGHT);
        final double height = layout.height() + head + MARGIN + FOOT;
        line(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$.0f\" height=\"%2$.0f\" viewBox=\"0 0 %1$.0f %2$.0f\""
                        + " role=\"img\" font-family=\"'Inter','Segoe UI','Helvetica Neue',Helvetica,Arial,sans-serif\">",
                width, height);
        svg.append("<title>").append(Labels.xml(picture.title())).append("</title>\n");
        svg.append("<defs>");
        tip("tip", PLAIN_LINE, 7);
        if (layout.lines().stream().anyMatch(edge -> edge.edge().line() == Picture.Line.CRITICAL)) {
            tip("heavy", CRITICAL_LINE, 4.5);
        }
        svg.append("</defs>\n");
        line("<rect width=\"%.0f\" height=\"%.0f\" fill=\"#ffffff\"/>", width, height);
        text(MARGIN, 34, 17, 600, "#0f172a", picture.title());
        if (!picture.subtitle().isEmpty()) {
            text(MARGIN, 54, 12.5, 400, "#475569", picture.subtitle());
        }
        line("<g transform=\"translate(%.1f %d)\">", (width - layout.width()) / 2, head);
        layout.borders().forEach(this::border);
        layout.lines().forEach(this::edge);
        layout.boxes().forEach(this::box);
        svg.append("</g>\n");
        legend(height - 20);
        return svg.append("</svg>\n").toString();
    }

    private void tip(final String id, final String colour, final double size) {
        line(
                "<marker id=\"%1$s\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"%2$.1f\" markerHeight=\"%2$.1f\""
                        + " orient=\"auto\"><path d=\"M0 0.8 L7 4 L0 7.2 z\" fill=\"%3$s\"/></marker>",
                id, size, colour);
    }

    private void border(final Layout.Border border) {
        final String title = border.cluster().title();
        svg.append("<g><title>").append(Labels.xml(title)).append("</title>\n");
        line(
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"12\" fill=\"#e2e8f0\" fill-opacity=\"0.35\""
                        + " stroke=\"#94a3b8\" stroke-width=\"1.2\"/>",
                border.x(), border.y(), border.width(), border.height());
        final int characters = (int) ((border.width() - 2 * Group.PADDING) / CLUSTER_CHARACTER_WIDTH);
        text(border.x() + Group.PADDING, border.y() + 20, 12.5, 600, "#475569", Labels.cut(title, characters));
        svg.append("</g>\n");
    }

    private void edge(final Layout.Line edge) {
        final List<Place> path = edge.path();
        final Place first = path.get(0);
        final StringBuilder curve = new StringBuilder(format("M%.1f %.1f", first.x + first.width, first.y()));
        double x = first.x + first.width;
        double y = first.y();
        for (final Place place : path.subList(1, path.size())) {
            final double endX = place.isBox() ? place.x - 3 : place.x;
            final double middle = (endX - x) / 2;
            curve.append(format(
                    " C%.1f %.1f %.1f %.1f %.1f %.1f", x + middle, y, endX - middle, place.y(), endX, place.y()));
            x = endX;
            y = place.y();
            if (!place.isBox()) {
                x = place.x + place.width;
                curve.append(format(" L%.1f %.1f", x, y));
            }
        }
        final String colour = edge.end().node.look().line();
        final String stroke = switch (edge.edge().line()) {
            case PLAIN -> "stroke=\"" + PLAIN_LINE + "\" stroke-width=\"1.6\" marker-end=\"url(#tip)\"";
            case CRITICAL -> "stroke=\"" + CRITICAL_LINE + "\" stroke-width=\"3\" marker-end=\"url(#heavy)\"";
            case UNDOES -> "stroke=\"" + colour + "\" stroke-width=\"1.4\" stroke-dasharray=\"5 4\"";
        };
        line("<path d=\"%s\" fill=\"none\" %s/>", curve, stroke);
    }

    private void box(final Place place) {
        final Picture.Node node = place.node;
        final Look look = node.look();
        svg.append("<g><title>")
                .append(Labels.xml(node.label() + (node.detail().isEmpty() ? "" : ": " + node.detail())))
                .append("</title>\n");
        final String stroke = "fill=\"" + look.fill() + "\" stroke=\"" + look.line() + "\" stroke-width=\""
                + (node.isMarked() ? "2.8" : "1.5") + "\""
                + (node.shape() == Picture.Shape.DASHED ? " stroke-dasharray=\"5 4\"" : "");
        if (node.shape() == Picture.Shape.GATE) {
            hexagon(place, stroke);
        } else {
            for (int behind = node.shape() == Picture.Shape.STACK ? 2 : 0; behind >= 0; behind--) {
                rectangle(place, behind * 4.0, stroke);
            }
        }
        line("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"5\" fill=\"%s\"/>", place.x + 17, place.y(), look.line());
        final String detail = Labels.cut(node.detail(), DETAIL_CHARACTERS_MAX);
        final double baseline = place.y() + (detail.isEmpty() ? 5 : -2);
        text(place.x + 32, baseline, 14, 600, look.text(), Labels.cut(node.label(), LABEL_CHARACTERS_MAX));
        if (!detail.isEmpty()) {
            text(place.x + 32, place.y() + 14, 11.5, 400, look.text(), detail);
        }
        svg.append("</g>\n");
    }

    private void rectangle(final Place place, final double shift, final String stroke) {
        final boolean isRound = place.node.shape() == Picture.Shape.ROUND;
        line(
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%d\" rx=\"%d\" %s/>",
                place.x + shift,
                place.top - shift,
                place.width,
                Layout.BOX_HEIGHT,
                isRound ? Layout.BOX_HEIGHT / 2 : 9,
                stroke);
    }

    private void hexagon(final Place place, final String stroke) {
        final double left = place.x;
        final double right = place.x + place.width;
        final double top = place.top;
        final double bottom = place.top + place.height();
        final double middle = place.y();
        line(
                "<polygon points=\"%.1f,%.1f %.1f,%.1f %.1f,%.1f %.1f,%.1f %.1f,%.1f %.1f,%.1f\" %s/>",
                left,
                middle,
                left + CUT,
                top,
                right - CUT,
                top,
                right,
                middle,
                right - CUT,
                bottom,
                left + CUT,
                bottom,
                stroke);
    }

    private void legend(final double y) {
        for (int i = 0; i < picture.legend().size(); i++) {
            final Picture.Legend entry = picture.legend().get(i);
            final double x = MARGIN + i * (double) LEGEND_STEP;
            line(
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"%s\"/>",
                    x + 4, y - 4, entry.look().line());
            text(x + 14, y, 11.5, 400, "#475569", entry.words());
        }
    }

    private void text(
            final double x, final double y, final double size, final int weight, final String fill, final String text) {
        line(
                "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%.1f\" font-weight=\"%d\" fill=\"%s\">%s</text>",
                x, y, size, weight, fill, Labels.xml(text));
    }

    private void line(final String format, final Object... values) {
        svg.append(format(format, values)).append('\n');
    }

    private static String format(final String format, final Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
