package io.signalbox.kernel.names;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.collections.Int2IntHashMap;

/**
 * Names as dense ids: the first name is 1, the next one 2, and so on; 0 means "none". A name is its UTF-8 bytes and is
 * compared as bytes, so no locale and no Unicode table has a say. Names are never forgotten.
 *
 * <p>One thread at a time may call {@link #intern} and {@link #find}. Any thread may call {@link #size()}, and
 * {@link #bytes} and {@link #text} for an id it has learnt from {@link #size()} or through any other happens-before
 * edge. Entries stand in chunks of fixed length that never move; {@link #size()} is stored with release after the entry
 * it counts, so an acquired size shows every entry up to it.
 */
public final class NameTable {
    /** The id that no name has. */
    public static final int NONE = 0;
    /** Answer of {@link #intern} when no further name has room. */
    public static final int FULL = -1;

    private static final int CHUNK_BITS = 8;
    private static final int CHUNK_LENGTH = 1 << CHUNK_BITS;
    private static final int CHUNK_MASK = CHUNK_LENGTH - 1;
    private static final int SHOWN_BYTES_MAX = 32;
    private static final VarHandle SIZE;

    static {
        try {
            SIZE = MethodHandles.lookup().findVarHandle(NameTable.class, "size", int.class);
        } catch (final ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    /** How the bytes of a name become an int; a test hands in one that collides. */
    @FunctionalInterface
    interface Hash {
        int of(byte[] source, int offset, int length);
    }

    private final int namesMax;
    private final int nameLengthMax;
    private final Hash hash;
    private final Entry[][] chunks;
    private final Int2IntHashMap firstByHash = new Int2IntHashMap(NONE);
    private int size;

    /**
     * @param namesMax how many names it holds at most, 1 to 2^30.
     * @param nameLengthMax longest name in UTF-8 bytes, 1 or more.
     */
    public NameTable(final int namesMax, final int nameLengthMax) {
        this(namesMax, nameLengthMax, NameHash::of);
    }

    NameTable(final int namesMax, final int nameLengthMax, final Hash hash) {
        if (namesMax < 1 || namesMax > 1 << 30) {
            throw new IllegalArgumentException("namesMax must be 1 to 2^30: " + namesMax);
        }
        if (nameLengthMax < 1) {
            throw new IllegalArgumentException("nameLengthMax must be 1 or more: " + nameLengthMax);
        }
        this.namesMax = namesMax;
        this.nameLengthMax = nameLengthMax;
        this.hash = hash;
        this.chunks = new Entry[(namesMax >>> CHUNK_BITS) + 1][];
    }

    /**
     * The id of a name, which is made when the name is new. Allocates nothing for a known one. Writer only.
     *
     * @param source is copied, never kept.
     * @param length 1 to {@code nameLengthMax}.
     * @return 1 or more, or {@link #FULL} when the name is new and {@code namesMax} are here.
     * @throws IllegalArgumentException if the length is outside its range.
     */
    public int intern(final byte[] source, final int offset, final int length) {
        if (length < 1 || length > nameLengthMax) {
            throw new IllegalArgumentException("a name must have 1 to " + nameLengthMax + " UTF-8 bytes, found "
                    + length + ": " + shown(source, offset, length));
        }
        final int hashed = hash.of(source, offset, length);
        final int first = firstByHash.get(hashed);
        final int known = inChain(first, source, offset, length);
        if (known != NONE) {
            return known;
        }
        final int id = size + 1;
        if (id > namesMax) {
            return FULL;
        }
        put(id, new Entry(Arrays.copyOfRange(source, offset, offset + length), first));
        firstByHash.put(hashed, id);
        SIZE.setRelease(this, id);
        return id;
    }

    /**
     * The id of a known name, or {@link #NONE}. Allocates nothing. Writer only.
     *
     * @param length any; a name of a length that cannot be interned is unknown.
     */
    public int find(final byte[] source, final int offset, final int length) {
        if (length < 1 || length > nameLengthMax) {
            return NONE;
        }
        return inChain(firstByHash.get(hash.of(source, offset, length)), source, offset, length);
    }

    /** As {@link #find(byte[], int, int)}, for the edges: encodes the name first. Writer only. */
    public int find(final String name) {
        final byte[] encoded = name.getBytes(StandardCharsets.UTF_8);
        return find(encoded, 0, encoded.length);
    }

    /**
     * The UTF-8 bytes of a name. The array is the table's own and must not be changed. Any thread, see above.
     *
     * @param id 1 to {@link #size()}.
     * @throws IllegalArgumentException if no name has that id.
     */
    public byte[] bytes(final int id) {
        return entry(id).bytes;
    }

    /** As {@link #bytes}, decoded: the same string each time, except where two threads ask for the first time at once. */
    public String text(final int id) {
        final Entry entry = entry(id);
        final String known = entry.text;
        if (known != null) {
            return known;
        }
        final String decoded = new String(entry.bytes, StandardCharsets.UTF_8);
        entry.text = decoded;
        return decoded;
    }

    /** How many names there are; also the highest id. An acquire load: any thread. */
    public int size() {
        return (int) SIZE.getAcquire(this);
    }

    /** How many names there may be. */
    public int namesMax() {
        return namesMax;
    }

    /** Longest name in UTF-8 bytes. */
    public int nameLengthMax() {
        return nameLengthMax;
    }

    private int inChain(final int first, final byte[] source, final int offset, final int length) {
        int id = first;
        while (id != NONE) {
            final Entry entry = chunks[id >>> CHUNK_BITS][id & CHUNK_MASK];
            if (Arrays.equals(entry.bytes, 0, entry.bytes.length, source, offset, offset + length)) {
                return id;
            }
            id = entry.nextId;
        }
        return NONE;
    }

    private void put(final int id, final Entry entry) {
        if (chunks[id >>> CHUNK_BITS] == null) {
            chunks[id >>> CHUNK_BITS] = new Entry[CHUNK_LENGTH];
        }
        chunks[id >>> CHUNK_BITS][id & CHUNK_MASK] = entry;
    }

    private Entry entry(final int id) {
        final int known = size();
        if (id < 1 || id > known) {
            throw new IllegalArgumentException("no name has id " + id + ": ids run from 1 to " + known);
        }
        return chunks[id >>> CHUNK_BITS][id & CHUNK_MASK];
    }

    private static String shown(final byte[] source, final int offset, final int length) {
        if (length < 1) {
            return "an empty name";
        }
        final int shown = Math.min(length, SHOWN_BYTES_MAX);
        return '"' + new String(source, offset, shown, StandardCharsets.UTF_8) + (shown < length ? "...\"" : "\"");
    }

    /** One name; the next one of the same hash, or {@link #NONE}. */
    private static final class Entry {
        final byte[] bytes;
        final int nextId;
        String text; // decoded when first asked for; a racy cache of an immutable value

        Entry(final byte[] bytes, final int nextId) {
            this.bytes = bytes;
            this.nextId = nextId;
        }
    }
}
