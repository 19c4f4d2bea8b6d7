package io.signalbox.kernel.picture;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where each node stands: layers from left to right by the longest path from a beginning, in each layer an order that keeps lines
 * short (the mean of the neighbours' places, swept forth and back), centred around one axis. An edge over more than one layer
 * passes through an unseen place in each layer between, so it goes round the boxes. Deterministic.
 */
final class Layout {
    static final int BOX_HEIGHT = 46;

    private static final int SWEEPS = 8;
    private static final int ROW_GAP = 26;
    private static final int PASS_HEIGHT = 8;
    private static final int LAYER_GAP = 76;
    private static final int CHARACTER_WIDTH = 8;
    private static final int PASS_WEIGHT = 8;
    private static final int BOX_PADDING = 46;
    private static final int BOX_WIDTH_MIN = 96;
    private static final int BOX_WIDTH_MAX = 300;

    private final List<List<Place>> layers = new ArrayList<>();
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final List<Line> lines = new ArrayList<>();
    private double height;
    private double width;

    /** A box, or a point that a line passes; {@code y} is its middle. */
    static final class Place {
        final Picture.Node node;
        final int layer;
        final List<Place> before = new ArrayList<>();
        final List<Place> after = new ArrayList<>();
        double x;
        double y;
        double width;
        double order;

        Place(final Picture.Node node, final int layer) {
            this.node = node;
            this.layer = layer;
        }

        boolean isBox() {
            return node != null;
        }

        double height() {
            return isBox() ? BOX_HEIGHT : PASS_HEIGHT;
        }
    }

    /** An edge: from the first place to the last, through those between. */
    record Line(Picture.Edge edge, Place end, List<Place> path) {}

    Layout(final Picture picture) {
        final Map<String, Integer> layerOf = new HashMap<>();
        for (final Picture.Node node : picture.nodes()) {
            final int layer = node.edges().stream()
                    .mapToInt(edge -> layerOf.getOrDefault(edge.from(), -1) + 1)
                    .max()
                    .orElse(0);
            layerOf.put(node.id(), layer);
            places.put(node.id(), add(node, layer));
        }
        for (final Picture.Node node : picture.nodes()) {
            node.edges().stream()
                    .distinct()
                    .filter(edge -> places.containsKey(edge.from()))
                    .forEach(edge -> connect(edge, node.id()));
        }
        order();
        position();
    }

    private Place add(final Picture.Node node, final int layer) {
        while (layers.size() <= layer) {
            layers.add(new ArrayList<>());
        }
        final Place place = new Place(node, layer);
        place.order = layers.get(layer).size();
        layers.get(layer).add(place);
        return place;
    }

    private void connect(final Picture.Edge edge, final String to) {
        final List<Place> path = new ArrayList<>();
        final Place end = places.get(to);
        Place last = places.get(edge.from());
        path.add(last);
        while (last.layer < end.layer - 1) {
            final Place pass = add(null, last.layer + 1);
            link(last, pass);
            path.add(pass);
            last = pass;
        }
        link(last, end);
        path.add(end);
        lines.add(new Line(edge, end, path));
    }

    private static void link(final Place from, final Place to) {
        from.after.add(to);
        to.before.add(from);
    }

    private void order() {
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            final boolean isForth = sweep % 2 == 0;
            for (int i = 0; i < layers.size(); i++) {
                final List<Place> layer = layers.get(isForth ? i : layers.size() - 1 - i);
                for (final Place place : layer) {
                    place.order = mean(isForth ? place.before : place.after, place.order);
                }
                layer.sort(Comparator.comparingDouble(place -> place.order));
                for (int at = 0; at < layer.size(); at++) {
                    layer.get(at).order = at - (layer.size() - 1) / 2.0;
                }
            }
        }
    }

    private static double mean(final List<Place> neighbours, final double otherwise) {
        return neighbours.stream().mapToDouble(place -> place.order).average().orElse(otherwise);
    }

    private void position() {
        double x = 0;
        for (final List<Place> layer : layers) {
            final double boxWidth = layer.stream()
                    .filter(Place::isBox)
                    .mapToDouble(place -> boxWidth(place.node))
                    .max()
                    .orElse(BOX_WIDTH_MIN);
            double y = 0;
            for (final Place place : layer) {
                place.x = x;
                place.width = boxWidth;
                place.y = y + place.height() / 2;
                y += place.height() + ROW_GAP;
            }
            height = Math.max(height, y - ROW_GAP);
            x += boxWidth + LAYER_GAP;
        }
        width = Math.max(0, x - LAYER_GAP);
        for (final List<Place> layer : layers) {
            final Place last = layer.get(layer.size() - 1);
            final double shift = (height - (last.y + last.height() / 2)) / 2;
            layer.forEach(place -> place.y += shift);
        }
        straighten();
    }

    /** Moves places towards the mean of their neighbours, as far as the gaps to the next ones allow. */
    private void straighten() {
        for (int sweep = 0; sweep < SWEEPS * 2; sweep++) {
            for (final List<Place> layer : layers) {
                for (int i = 0; i < layer.size(); i++) {
                    final Place place = layer.get(i);
                    final double wanted = wanted(place);
                    final double lowest = i == 0 ? place.height() / 2 : below(layer.get(i - 1), place);
                    final double highest = i == layer.size() - 1
                            ? height - place.height() / 2
                            : layer.get(i + 1).y - (below(place, layer.get(i + 1)) - place.y);
                    place.y = Math.min(Math.max(wanted, lowest), Math.max(lowest, highest));
                }
            }
        }
    }

    /** The middle of its neighbours; what only passes is drawn to what passes beside it, so that long lines run straight. */
    private static double wanted(final Place place) {
        double sum = 0;
        double weights = 0;
        for (final List<Place> side : List.of(place.before, place.after)) {
            for (final Place neighbour : side) {
                final double weight = place.isBox() || neighbour.isBox() ? 1 : PASS_WEIGHT;
                sum += weight * neighbour.y;
                weights += weight;
            }
        }
        return weights == 0 ? place.y : sum / weights;
    }

    private static double below(final Place upper, final Place lower) {
        return upper.y + upper.height() / 2 + ROW_GAP + lower.height() / 2;
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

    double width() {
        return width;
    }

    double height() {
        return height;
    }
}
