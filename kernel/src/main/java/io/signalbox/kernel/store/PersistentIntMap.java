package io.signalbox.kernel.store;

import java.util.Arrays;
import java.util.Objects;

/**
 * An immutable map from ints (dense name ids, as a rule) to values. A change makes a new map that shares all but one
 * path with the old one; the old one never changes, so a snapshot is a reference.
 *
 * <p>A trie of 32-way nodes, keys read from their highest bits down, each node holding only the children it has:
 * <pre>
 *  key bits  ... 14..10   9..5    4..0
 *               node  ->  node -> node of values      height = levels above the values, as the largest key needs
 *  node      bitmap: bit i is set when child i is there; children stand in the order of their bits
 * </pre>
 * The shape follows from the content alone, whatever the order of changes was, and so does the order of a walk.
 *
 * <p>Any thread may read a map it got through a release store (or any other happens-before edge): all fields are final.
 *
 * @param <V> type of the values, never null.
 */
public final class PersistentIntMap<V> {
    private static final int BITS = 5;
    private static final int MASK = (1 << BITS) - 1;
    private static final PersistentIntMap<?> EMPTY = new PersistentIntMap<>(Node.EMPTY, 0, 0);

    private final Node root;
    private final int shift;
    private final int size;

    private PersistentIntMap(final Node root, final int shift, final int size) {
        this.root = root;
        this.shift = shift;
        this.size = size;
    }

    /** The one map without entries. */
    @SuppressWarnings("unchecked") // it holds no value, so it is a map of any type
    public static <V> PersistentIntMap<V> empty() {
        return (PersistentIntMap<V>) EMPTY;
    }

    /**
     * The value of a key, or null when it has none. Allocates nothing.
     *
     * @param key any int; a negative one has no value.
     */
    @SuppressWarnings("unchecked") // only with(int, V) puts values in
    public V get(final int key) {
        if (key < 0 || beyond(key, shift)) {
            return null;
        }
        Node node = root;
        for (int level = shift; level > 0; level -= BITS) {
            final int bit = bit(key, level);
            if ((node.bitmap & bit) == 0) {
                return null;
            }
            node = (Node) node.children[node.index(bit)];
        }
        final int bit = bit(key, 0);
        return (node.bitmap & bit) == 0 ? null : (V) node.children[node.index(bit)];
    }

    /**
     * This map with one entry set. Allocates one node per level (at most seven) and the map.
     *
     * @param key 0 or more.
     * @param value not null.
     * @return this map itself when it holds that very value already.
     */
    public PersistentIntMap<V> with(final int key, final V value) {
        Objects.requireNonNull(value, "value");
        if (key < 0) {
            throw new IllegalArgumentException("key must be 0 or more: " + key);
        }
        final V before = get(key);
        if (before == value) {
            return this;
        }
        Node grown = root;
        int height = shift;
        while (beyond(key, height)) {
            grown = size == 0 ? grown : Node.of(grown);
            height += BITS;
        }
        return new PersistentIntMap<>(put(grown, height, key, value), height, before == null ? size + 1 : size);
    }

    /**
     * This map without a key.
     *
     * @param key any int.
     * @return this map itself when the key has no value.
     */
    public PersistentIntMap<V> without(final int key) {
        if (get(key) == null) {
            return this;
        }
        if (size == 1) {
            return empty();
        }
        Node shrunk = remove(root, shift, key);
        int height = shift;
        while (height > 0 && shrunk.bitmap == 1) {
            shrunk = (Node) shrunk.children[0];
            height -= BITS;
        }
        return new PersistentIntMap<>(shrunk, height, size - 1);
    }

    /** Number of entries. */
    public int size() {
        return size;
    }

    /** Every entry, by ascending key. */
    public void forEach(final IntObjectConsumer<? super V> consumer) {
        walk(root, shift, 0, consumer);
    }

    /**
     * The first key, from {@code fromKey} on, whose value here is not the very one (compared by reference) that it is in the other
     * map, or -1. What both maps share is passed over unseen, so the cost follows from what differs, not from the size.
     *
     * @param fromKey 0 or more.
     */
    public int nextDifference(final PersistentIntMap<V> other, final int fromKey) {
        final int level = Math.max(shift, other.shift);
        return beyond(fromKey, level) ? -1 : difference(root, shift, other.root, other.shift, level, 0, fromKey);
    }

    /** A node of less height than {@code level} stands for one whose only child, the first, it is. */
    private static int difference(
            final Node one,
            final int shiftOfOne,
            final Node two,
            final int shiftOfTwo,
            final int level,
            final int prefix,
            final int fromKey) {
        if (one == two && shiftOfOne == shiftOfTwo) {
            return -1;
        }
        final int first = (fromKey >>> level) & MASK;
        int left = (one.bitmap(shiftOfOne, level) | two.bitmap(shiftOfTwo, level)) & -1 << first;
        while (left != 0) {
            final int bit = Integer.lowestOneBit(left);
            final int index = Integer.numberOfTrailingZeros(bit);
            final int key = prefix | index << level;
            if (level == 0) {
                if (one.child(bit) != two.child(bit)) {
                    return key;
                }
            } else {
                final Node below = one.below(shiftOfOne, level, bit);
                final Node otherBelow = two.below(shiftOfTwo, level, bit);
                final int from = index == first ? fromKey & (1 << level) - 1 : 0;
                final int found = difference(
                        below,
                        Math.min(shiftOfOne, level - BITS),
                        otherBelow,
                        Math.min(shiftOfTwo, level - BITS),
                        level - BITS,
                        key,
                        from);
                if (found >= 0) {
                    return found;
                }
            }
            left &= left - 1;
        }
        return -1;
    }

    private static boolean beyond(final int key, final int shift) {
        return shift + BITS < Integer.SIZE && key >>> (shift + BITS) != 0;
    }

    private static int bit(final int key, final int level) {
        return 1 << ((key >>> level) & MASK);
    }

    private static Node put(final Node node, final int level, final int key, final Object value) {
        final int bit = bit(key, level);
        if (level == 0) {
            return node.with(bit, value);
        }
        final Node below = (node.bitmap & bit) == 0 ? Node.EMPTY : (Node) node.children[node.index(bit)];
        return node.with(bit, put(below, level - BITS, key, value));
    }

    private static Node remove(final Node node, final int level, final int key) {
        final int bit = bit(key, level);
        if (level == 0) {
            return node.without(bit);
        }
        final Node below = remove((Node) node.children[node.index(bit)], level - BITS, key);
        return below.bitmap == 0 ? node.without(bit) : node.with(bit, below);
    }

    @SuppressWarnings("unchecked") // only with(int, V) puts values in
    private void walk(final Node node, final int level, final int prefix, final IntObjectConsumer<? super V> consumer) {
        int left = node.bitmap;
        for (final Object child : node.children) {
            final int key = prefix | (Integer.numberOfTrailingZeros(left) << level);
            if (level == 0) {
                consumer.accept(key, (V) child);
            } else {
                walk((Node) child, level - BITS, key, consumer);
            }
            left &= left - 1;
        }
    }

    /** Children of one node, compressed: as many as the bitmap has bits. Never changed after construction. */
    private static final class Node {
        static final Node EMPTY = new Node(0, new Object[0]);

        final int bitmap;
        final Object[] children;

        Node(final int bitmap, final Object[] children) {
            this.bitmap = bitmap;
            this.children = children;
        }

        /** A node whose only child is the first one. */
        static Node of(final Node first) {
            return new Node(1, new Object[] {first});
        }

        int index(final int bit) {
            return Integer.bitCount(bitmap & (bit - 1));
        }

        /** The child at a bit, or null. */
        Object child(final int bit) {
            return (bitmap & bit) == 0 ? null : children[index(bit)];
        }

        /** The bitmap this node has at {@code level}, which may be higher than its own. */
        int bitmap(final int shift, final int level) {
            return shift == level ? bitmap : bitmap == 0 ? 0 : 1;
        }

        /** What stands below it at a bit of {@code level}, which may be higher than its own; never null. */
        Node below(final int shift, final int level, final int bit) {
            if (shift < level) {
                return bit == 1 ? this : EMPTY;
            }
            final Object child = child(bit);
            return child == null ? EMPTY : (Node) child;
        }

        Node with(final int bit, final Object child) {
            final int index = index(bit);
            if ((bitmap & bit) != 0) {
                final Object[] changed = children.clone();
                changed[index] = child;
                return new Node(bitmap, changed);
            }
            final Object[] grown = Arrays.copyOf(children, children.length + 1);
            System.arraycopy(children, index, grown, index + 1, children.length - index);
            grown[index] = child;
            return new Node(bitmap | bit, grown);
        }

        Node without(final int bit) {
            final int index = index(bit);
            final Object[] shrunk = Arrays.copyOf(children, children.length - 1);
            System.arraycopy(children, index + 1, shrunk, index, shrunk.length - index);
            return new Node(bitmap & ~bit, shrunk);
        }
    }
}
