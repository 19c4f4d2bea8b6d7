package io.signalbox.cli.draw;

import io.signalbox.kernel.picture.SvgPicture;

/** Draws a picture that stands alone: no script, no link, no font to load. */
public final class Svg {
    private Svg() {}

    /** The picture as an SVG document. Every text is escaped. */
    public static String render(final Dag dag) {
        return SvgPicture.render(DagPicture.of(dag));
    }
}
