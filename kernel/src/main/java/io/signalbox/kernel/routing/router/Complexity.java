package io.signalbox.kernel.routing.router;

import java.util.Collection;
import java.util.Map;

/**
 * How complex a state is: keys of its top level, depth of its nesting, and an estimate of its size in bytes.
 *
 * <p>Lists nest as maps do. The walk is bounded: it looks at {@value #NODES_MAX} values and {@value #DEPTH_MAX} levels at most, so
 * for a larger state depth and size are what was found up to there.
 *
 * @param keys of the top level.
 * @param depth levels below the top level: 1 for a state of plain values, 2 when one of them holds others.
 * @param sizeBytes texts by their characters, numbers by eight bytes, each entry by eight more.
 */
public record Complexity(int keys, int depth, long sizeBytes) {
    /** Values that are looked at. */
    public static final int NODES_MAX = 10_000;

    /** Levels that are looked at. */
    public static final int DEPTH_MAX = 32;

    private static final int ENTRY_BYTES = 8;

    /** 0 to 1: a hundred keys count 0.4, ten levels 0.3, a megabyte 0.3. */
    public double score() {
        return Math.min(1, keys / 100.0 * 0.4 + depth / 10.0 * 0.3 + sizeBytes / 1_000_000.0 * 0.3);
    }

    /** The complexity of a map. */
    public static Complexity of(final Map<String, ?> values) {
        final Walk walk = new Walk();
        walk.map(values, 1);
        return new Complexity(values.size(), walk.depth, walk.sizeBytes);
    }

    /** One walk; an empty map or list adds no level. */
    private static final class Walk {
        private int nodesLeft = NODES_MAX;
        private int depth;
        private long sizeBytes;

        void map(final Map<?, ?> values, final int level) {
            for (final Map.Entry<?, ?> entry : values.entrySet()) {
                if (nodesLeft < 0) {
                    return;
                }
                sizeBytes += entry.getKey() instanceof String key ? key.length() : 0;
                value(entry.getValue(), level);
            }
        }

        private void value(final Object value, final int level) {
            depth = Math.max(depth, level);
            sizeBytes += ENTRY_BYTES;
            if (--nodesLeft < 0 || level == DEPTH_MAX) {
                return;
            }
            if (value instanceof String text) {
                sizeBytes += text.length();
            } else if (value instanceof byte[] bytes) {
                sizeBytes += bytes.length;
            } else if (value instanceof Number || value instanceof Boolean) {
                sizeBytes += Long.BYTES;
            } else if (value instanceof Map<?, ?> below) {
                map(below, level + 1);
            } else if (value instanceof Collection<?> below) {
                for (final Object element : below) {
                    if (nodesLeft < 0) {
                        return;
                    }
                    value(element, level + 1);
                }
            }
        }
    }
}
