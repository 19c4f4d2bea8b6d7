package io.signalbox.kernel.picture;

import java.util.ArrayList;
import java.util.List;

/** What takes room in a column of the picture, or in several: a box, a passing line, or a cluster with all that is in it. */
abstract class Item {
    /** Free space between two of them. */
    static final int ROW_GAP = 26;

    /** What stands next above it in any of its layers; the like below. */
    final List<Item> above = new ArrayList<>();

    final List<Item> below = new ArrayList<>();
    Group group;
    double top;
    /** Where it wants to stand among those of its group: the lower the higher up. */
    double order;

    /** The first layer it is in. */
    abstract int first();

    /** The last one. */
    abstract int last();

    abstract double height();

    /** How far its neighbours want it moved, downwards above 0. */
    abstract double pull();

    void moveBy(final double distance) {
        top += distance;
    }

    /** Moves it to where its neighbours want it, as far as the gaps to the next ones and the edges of its group allow. */
    void settle() {
        double highest = group.innerTop();
        for (final Item next : above) {
            highest = Math.max(highest, next.top + next.height() + ROW_GAP);
        }
        double lowest = group.innerBottom();
        for (final Item next : below) {
            lowest = Math.min(lowest, next.top - ROW_GAP);
        }
        lowest = Math.max(highest, lowest - height());
        moveBy(Math.min(Math.max(top + pull(), highest), lowest) - top);
    }
}
