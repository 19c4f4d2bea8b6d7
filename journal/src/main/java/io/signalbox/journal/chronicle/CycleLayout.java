package io.signalbox.journal.chronicle;

import java.util.HexFormat;

/**
 * What stands in a data file besides our records: the parts of Chronicle Queue's file format that this engine uses, for
 * the one roll cycle it uses (FAST_DAILY: index of 4096 entries, one for each 256 documents). A test compares them with what
 * the library at hand writes, so an update that changes them does not go unseen.
 */
final class CycleLayout {
    /** Bytes of a document's header word. */
    static final int WORD_BYTES = 4;

    /** Document word: written first, the rest of the document is not there yet. */
    static final int UNFINISHED = 0x80000000;

    /** Document word: a document of Chronicle's own, not of ours. */
    static final int METADATA = 0x40000000;

    /** Document word: the file is closed, a newer one follows. */
    static final int END_OF_FILE = UNFINISHED | METADATA;

    /** What follows the word {@link #END_OF_FILE}. */
    static final int END_OF_FILE_COMMENT = 0x464f45c3;

    /** Offset of the place of the last document, and right after it of its sequence number. */
    static final int WRITE_POSITION_OFFSET = 0x40;

    /** Offset of the place of the first index document, which holds the places of the others. */
    static final int INDEX_OF_INDEXES_OFFSET = 0x98;

    /** Offset of the number of documents counted in the index. */
    static final int LAST_INDEX_OFFSET = 0xb0;

    /** Offset of the number of index documents known to the first one. */
    static final int INDEXES_USED_OFFSET = 0xe8;

    /** Offset of the place of the second index document; those of the next ones follow. */
    static final int INDEXES_OFFSET = 0xf0;

    /** Entries in one index document. */
    static final int INDEX_ENTRIES = 4096;

    /** An index document is no longer than this. */
    static final int INDEX_BYTES_MAX = INDEX_ENTRIES * Long.BYTES + 64;

    /** How the first index document begins: a field name. */
    static final byte[] FIRST_INDEX_NAME = HexFormat.of().parseHex("b90b" + "696e64657832696e646578");

    /** How every other index document begins. */
    static final byte[] INDEX_NAME = HexFormat.of().parseHex("b905" + "696e646578");

    /** One byte of padding. */
    static final byte PADDING = (byte) 0x8f;

    /** Padding of a length that stands in the four bytes after it. */
    static final byte LONG_PADDING = (byte) 0x8e;

    /** An array of longs: capacity and used, eight bytes each, then the longs. */
    static final byte LONG_ARRAY = (byte) 0x8d;

    /** Bytes of an array before its first long. */
    static final int ARRAY_HEADER_BYTES = 1 + 2 * Long.BYTES;

    private static final byte[] HEADER = HexFormat.of()
            .parseHex("c1000040b906686561646572b60853435153746f726582aa000000cd77726974"
                    + "65506f736974696f6e8e01000000008d02000000000000000200000000000000"
                    + "00000000000000000000000000000000c8696e646578696e67b60c5343515349"
                    + "6e646578696e67824c000000ca696e646578436f756e74a50010cc696e646578"
                    + "53706163696e67a50001cb696e64657832496e6465788fa70000000000000000"
                    + "c96c617374496e6465788e00000000a70000000000000000ca64617461466f72"
                    + "6d6174a101000000");

    private CycleLayout() {}

    /** A mapping of one block reaches this far into the next one, so that a document may lie across. */
    static long overlapBytes(final int blockBytes) {
        return Math.max(64 << 10, blockBytes / 4);
    }

    /** Length of the header document with its word; the first index document begins here. */
    static int headerBytes() {
        return HEADER.length;
    }

    /** Does the header say what it must? The fields that change as the file grows are left out. */
    static int headerMismatch(final byte[] bytes, final int offset) {
        for (int i = 0; i < HEADER.length; i++) {
            final boolean changes = (i >= WRITE_POSITION_OFFSET && i < WRITE_POSITION_OFFSET + 16)
                    || (i >= INDEX_OF_INDEXES_OFFSET && i < INDEX_OF_INDEXES_OFFSET + 8)
                    || (i >= LAST_INDEX_OFFSET && i < LAST_INDEX_OFFSET + 8);
            if (!changes && bytes[offset + i] != HEADER[i]) {
                return i;
            }
        }
        return -1;
    }
}
