package io.signalbox.cli.draw;

import io.signalbox.kernel.picture.DotPicture;

/** Draws for Graphviz: {@code signalbox run FILE --dot | dot -Tpng}. */
public final class Dot {
    private Dot() {}

    /** The picture as DOT text. Every id and label is a quoted string. */
    public static String render(final Dag dag) {
        return DotPicture.render(DagPicture.of(dag));
    }
}
