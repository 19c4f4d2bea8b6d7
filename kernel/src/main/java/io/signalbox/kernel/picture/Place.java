package io.signalbox.kernel.picture;

import java.util.ArrayList;
import java.util.List;

/** A box, or a point that a line passes on its way over a layer. */
final class Place extends Item {
    private static final int PASS_HEIGHT = 8;
    private static final int PASS_WEIGHT = 8;

    /** Null for what only passes. */
    final Picture.Node node;

    final int layer;
    final List<Place> before = new ArrayList<>();
    final List<Place> after = new ArrayList<>();
    double x;
    double width;

    Place(final Picture.Node node, final int layer) {
        this.node = node;
        this.layer = layer;
    }

    boolean isBox() {
        return node != null;
    }

    /** Its middle. */
    double y() {
        return top + height() / 2;
    }

    @Override
    int first() {
        return layer;
    }

    @Override
    int last() {
        return layer;
    }

    @Override
    double height() {
        return isBox() ? Layout.BOX_HEIGHT : PASS_HEIGHT;
    }

    @Override
    double pull() {
        return pull(null);
    }

    /** To the middle of its neighbours outside a group; what only passes is drawn to what passes beside it, so that long lines run straight. */
    double pull(final Group inside) {
        double sum = 0;
        double weights = 0;
        for (final List<Place> side : List.of(before, after)) {
            for (final Place neighbour : side) {
                if (inside == null || !inside.holds(neighbour)) {
                    final double weight = isBox() || neighbour.isBox() ? 1 : PASS_WEIGHT;
                    sum += weight * (neighbour.y() - y());
                    weights += weight;
                }
            }
        }
        return weights == 0 ? 0 : sum / weights;
    }
}
