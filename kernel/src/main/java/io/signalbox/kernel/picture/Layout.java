package io.signalbox.kernel.picture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where each node stands: layers from left to right by the longest path from a beginning, in each layer an order that keeps lines
 * short (the mean of the neighbours' places, swept forth and back) and clusters together, centred around one axis. An edge over more than one layer
 * passes through an unseen place in each layer between, so it goes round the boxes. Deterministic.
 */
final class Layout {
    static final int BOX_HEIGHT = 46;

    private static final int SWEEPS = 8;
    private static final int LAYER_GAP = 76;
    private static final int LINE_GAP = 44;
    private static final int CHARACTER_WIDTH = 8;
    private static final int BOX_PADDING = 46;
    private static final int BOX_WIDTH_MIN = 96;
    private static final int BOX_WIDTH_MAX = 300;

    private final List<List<Place>> layers = new ArrayList<>();
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final List<Line> lines = new ArrayList<>();
    private final Group whole = new Group(null, null);
    private final Map<String, Group> groups = new LinkedHashMap<>();
    private double width;

    /** An edge: from the first place to the last, through those between. */
    record Line(Picture.Edge edge, Place end, List<Place> path) {}

    /** The border of a cluster. */
    record Border(Picture.Cluster cluster, double x, double y, double width, double height) {}

    Layout(final Picture picture) {
        for (final Picture.Cluster cluster : picture.clusters()) {
            groups.put(cluster.id(), new Group(cluster, groups.getOrDefault(cluster.in(), whole)));
        }
        final Map<String, Integer> layerOf = new HashMap<>();
        for (final Picture.Node node : picture.nodes()) {
            final int layer = node.edges().stream()
                    .mapToInt(edge -> layerOf.getOrDefault(edge.from(), -1) + 1)
                    .max()
                    .orElse(0);
            layerOf.put(node.id(), layer);
            places.put(node.id(), add(node, layer, groups.getOrDefault(node.cluster(), whole)));
        }
        for (final Picture.Node node : picture.nodes()) {
            node.edges().stream()
                    .distinct()
                    .filter(edge -> places.containsKey(edge.from()))
                    .forEach(edge -> connect(edge, node.id()));
        }
        order();
        if (!places.isEmpty()) {
            whole.takeOrder();
            whole.stack();
            whole.straighten();
            columns();
        }
    }

    private Place add(final Picture.Node node, final int layer, final Group group) {
        while (layers.size() <= layer) {
            layers.add(new ArrayList<>());
        }
        final Place place = new Place(node, layer);
        place.order = layers.get(layer).size();
        layers.get(layer).add(place);
        group.add(place);
        return place;
    }

    private void connect(final Picture.Edge edge, final String to) {
        final List<Place> path = new ArrayList<>();
        final Place end = places.get(to);
        final Place start = places.get(edge.from());
        Place last = start;
        path.add(last);
        while (last.layer < end.layer - 1) {
            final Place pass = add(null, last.layer + 1, passed(start, end, last.layer + 1));
            link(last, pass);
            path.add(pass);
            last = pass;
        }
        link(last, end);
        path.add(end);
        lines.add(new Line(edge, end, path));
    }

    /** In whose room a line passes a layer: that of the clusters in which it ends, as soon as they begin, or in which it begins, until they end. */
    private static Group passed(final Place start, final Place end, final int layer) {
        final Group common = Group.common(start.group, end.group);
        for (Group at = end.group; at != common; at = at.group) {
            if (at.first() <= layer) {
                return at;
            }
        }
        for (Group at = start.group; at != common; at = at.group) {
            if (layer <= at.last()) {
                return at;
            }
        }
        return common;
    }

    private static void link(final Place from, final Place to) {
        from.after.add(to);
        to.before.add(from);
    }

    private void order() {
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            final boolean isForth = sweep % 2 == 0;
            whole.takeOrder();
            for (int i = 0; i < layers.size(); i++) {
                final List<Place> layer = layers.get(isForth ? i : layers.size() - 1 - i);
                for (final Place place : layer) {
                    place.order = mean(isForth ? place.before : place.after, place.order);
                }
                layer.sort(Layout::compare);
                for (int at = 0; at < layer.size(); at++) {
                    layer.get(at).order = at - (layer.size() - 1) / 2.0;
                }
            }
        }
    }

    /** By their own order inside one group; else by that of the groups they stand in. */
    private static int compare(final Place one, final Place other) {
        if (one.group == other.group) {
            return Double.compare(one.order, other.order);
        }
        final Group common = Group.common(one.group, other.group);
        return Double.compare(inside(common, one).order, inside(common, other).order);
    }

    private static Item inside(final Group common, final Place place) {
        Item at = place;
        while (at.group != common) {
            at = at.group;
        }
        return at;
    }

    private static double mean(final List<Place> neighbours, final double otherwise) {
        return neighbours.stream().mapToDouble(place -> place.order).average().orElse(otherwise);
    }

    private void columns() {
        final double[] left = new double[layers.size()];
        final double[] right = new double[layers.size()];
        for (final Group group : groups.values()) {
            if (!group.isEmpty()) {
                left[group.first()] = Math.max(left[group.first()], group.padding(true));
                right[group.last()] = Math.max(right[group.last()], group.padding(false));
            }
        }
        double x = left[0];
        for (int i = 0; i < left.length; i++) {
            final double boxWidth = layers.get(i).stream()
                    .filter(Place::isBox)
                    .mapToDouble(place -> boxWidth(place.node))
                    .max()
                    .orElse(BOX_WIDTH_MIN);
            for (final Place place : layers.get(i)) {
                place.x = x;
                place.width = boxWidth;
            }
            width = x + boxWidth + right[i];
            x += boxWidth;
            if (i + 1 < left.length) {
                x += Math.max(LAYER_GAP, right[i] + left[i + 1] + LINE_GAP);
            }
        }
    }

    private static double boxWidth(final Picture.Node node) {
        final int characters = Math.max(node.label().length(), node.detail().length() * 6 / 7);
        return Math.min(BOX_WIDTH_MAX, Math.max(BOX_WIDTH_MIN, characters * CHARACTER_WIDTH + BOX_PADDING));
    }

    List<Place> boxes() {
        return List.copyOf(places.values());
    }

    List<Line> lines() {
        return List.copyOf(lines);
    }

    /** The clusters that hold something, each behind the one it stands in. */
    List<Border> borders() {
        final List<Border> borders = new ArrayList<>();
        for (final Group group : groups.values()) {
            if (!group.isEmpty()) {
                final double left = layers.get(group.first()).get(0).x - group.padding(true);
                final Place last = layers.get(group.last()).get(0);
                final double right = last.x + last.width + group.padding(false);
                borders.add(new Border(group.cluster, left, group.top, right - left, group.height()));
            }
        }
        return borders;
    }

    double width() {
        return width;
    }

    double height() {
        return places.isEmpty() ? 0 : whole.height();
    }
}
