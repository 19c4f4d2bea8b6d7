package io.signalbox.kernel.picture;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A cluster with the room it takes, or the whole picture. What is in it keeps one order from top to bottom in all layers, and nothing else
 * stands in its room.
 */
final class Group extends Item {
    /** Between the border of a cluster and what is in it. */
    static final int PADDING = 14;

    private static final int HEAD = 36;
    private static final int SWEEPS = 16;

    /** Null for the whole picture. */
    final Picture.Cluster cluster;

    private final List<Item> items = new ArrayList<>();
    private final List<Place> places = new ArrayList<>();
    private int first = Integer.MAX_VALUE;
    private int last = -1;
    private double height;

    Group(final Picture.Cluster cluster, final Group group) {
        this.cluster = cluster;
        this.group = group;
        if (group != null) {
            group.items.add(this);
        }
    }

    /** The innermost group that holds both. */
    static Group common(final Group one, final Group other) {
        Group at = one;
        while (!at.isAround(other)) {
            at = at.group;
        }
        return at;
    }

    private boolean isAround(final Group other) {
        Group at = other;
        while (at != null && at != this) {
            at = at.group;
        }
        return at == this;
    }

    boolean holds(final Place place) {
        return isAround(place.group);
    }

    void add(final Place place) {
        place.group = this;
        items.add(place);
        for (Group at = this; at != null; at = at.group) {
            at.places.add(place);
            at.first = Math.min(at.first, place.layer);
            at.last = Math.max(at.last, place.layer);
        }
    }

    boolean isEmpty() {
        return places.isEmpty();
    }

    int depth() {
        return group == null ? 0 : group.depth() + 1;
    }

    @Override
    int first() {
        return first;
    }

    @Override
    int last() {
        return last;
    }

    @Override
    double height() {
        return height;
    }

    @Override
    double pull() {
        return places.stream().mapToDouble(place -> place.pull(this)).average().orElse(0);
    }

    @Override
    void moveBy(final double distance) {
        super.moveBy(distance);
        items.forEach(item -> item.moveBy(distance));
    }

    double innerTop() {
        return top + (cluster == null ? 0 : HEAD);
    }

    double innerBottom() {
        return top + height - (cluster == null ? 0 : PADDING);
    }

    /** Free space that borders which begin, or end, in one layer need before, or behind, it. */
    double padding(final boolean isLeft) {
        double inner = 0;
        for (final Item item : items) {
            if (item instanceof Group inside && (isLeft ? inside.first == first : inside.last == last)) {
                inner = Math.max(inner, inside.padding(isLeft));
            }
        }
        return inner + (cluster == null ? 0 : PADDING);
    }

    /** Each group stands where its places stand on average. */
    void takeOrder() {
        items.forEach(item -> {
            if (item instanceof Group inside) {
                inside.takeOrder();
            }
        });
        order = places.stream().mapToDouble(place -> place.order).average().orElse(0);
    }

    /** Puts everything into its order, each as high up as what is above it allows. */
    void stack() {
        items.removeIf(item -> item instanceof Group inside && inside.isEmpty());
        items.sort(Comparator.comparingDouble(item -> item.order));
        final Item[] lowest = new Item[last + 1];
        double bottom = innerTop();
        for (final Item item : items) {
            if (item instanceof Group inside) {
                inside.stack();
            }
            double wanted = innerTop();
            for (int layer = item.first(); layer <= item.last(); layer++) {
                final Item next = lowest[layer];
                if (next != null) {
                    wanted = Math.max(wanted, next.top + next.height() + ROW_GAP);
                    if (!item.above.contains(next)) {
                        item.above.add(next);
                        next.below.add(item);
                    }
                }
                lowest[layer] = item;
            }
            item.moveBy(wanted - item.top);
            bottom = Math.max(bottom, wanted + item.height());
        }
        height = bottom - top + (cluster == null ? 0 : PADDING);
        centre(lowest);
    }

    /** A column of boxes stands in the middle; one that shares a cluster with the next column stays. */
    private void centre(final Item[] lowest) {
        if (items.stream().anyMatch(Group.class::isInstance)) {
            return;
        }
        for (final Item item : items) {
            final Item end = lowest[item.first()];
            if (item == end) {
                final double shift = (innerBottom() - (end.top + end.height())) / 2;
                items.stream().filter(other -> other.first() == end.first()).forEach(other -> other.moveBy(shift));
            }
        }
    }

    /** Moves everything towards its neighbours, from the left to the right and back. */
    void straighten() {
        final List<Item> sorted = new ArrayList<>(items);
        sorted.sort(Comparator.comparingInt(Item::first));
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            for (int i = 0; i < sorted.size(); i++) {
                sorted.get(sweep % 2 == 0 ? i : sorted.size() - 1 - i).settle();
            }
        }
        items.forEach(item -> {
            if (item instanceof Group inside) {
                inside.straighten();
            }
        });
    }
}
