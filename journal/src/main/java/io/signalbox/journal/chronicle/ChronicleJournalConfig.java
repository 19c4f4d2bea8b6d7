package io.signalbox.journal.chronicle;

import io.signalbox.journal.RecordFrame;

/**
 * Sizes of a Chronicle journal.
 *
 * @param blockSizeBytes how much of a file is mapped at a time and by how much files grow (sparsely): a power of two from
 *     128 KiB to 1 GiB. Fixed when the journal is made; a reopened journal keeps its own. 16 MiB gave the fewest and
 *     shortest stalls; larger mappings of sparse files stall for tens of milliseconds.
 * @param fileBytesMax a data file that holds this many bytes is followed by a new one; at least one block. A file may
 *     exceed it by one batch, and its apparent size by one block and a quarter.
 * @param freeSpaceMinBytes appends end with NO_ROOM when the disk has less than this left; 0 switches the watch off, else
 *     at least 1 MiB. Between two looks a quarter of this, at most 4 MiB, is appended.
 */
public record ChronicleJournalConfig(int blockSizeBytes, long fileBytesMax, long freeSpaceMinBytes) {
    private static final int BLOCK_SIZE_MIN_BYTES = 128 << 10;
    private static final int BATCH_BYTES_MAX = 1 << 20;
    private static final int BATCH_MARGIN_BYTES = 1024; // the document's own header, with room to spare

    /** Check the ranges. */
    public ChronicleJournalConfig {
        require(
                Integer.bitCount(blockSizeBytes) == 1
                        && blockSizeBytes >= BLOCK_SIZE_MIN_BYTES
                        && blockSizeBytes <= 1 << 30,
                "blockSizeBytes must be a power of two from 131072 to 1073741824: " + blockSizeBytes);
        require(
                fileBytesMax >= blockSizeBytes,
                "fileBytesMax must be at least one block of " + blockSizeBytes + " bytes: " + fileBytesMax);
        require(
                freeSpaceMinBytes == 0 || freeSpaceMinBytes >= 1 << 20,
                "freeSpaceMinBytes must be 0 or at least 1048576: " + freeSpaceMinBytes);
    }

    /** For a kernel that runs for long: blocks of 16 MiB, files of 1 GiB, 64 MiB stay free. */
    public static ChronicleJournalConfig standard() {
        return new ChronicleJournalConfig(16 << 20, 1L << 30, 64L << 20);
    }

    /** For a run with few steps: blocks of 2 MiB (a file of 2.5 MiB, nearly all of it a hole), payloads up to 256 KiB. */
    public static ChronicleJournalConfig small() {
        return new ChronicleJournalConfig(2 << 20, 64L << 20, 64L << 20);
    }

    /** The same with another watermark. */
    public ChronicleJournalConfig withFreeSpaceMinBytes(final long bytes) {
        return new ChronicleJournalConfig(blockSizeBytes, fileBytesMax, bytes);
    }

    /** The same with another file size. */
    public ChronicleJournalConfig withFileBytesMax(final long bytes) {
        return new ChronicleJournalConfig(blockSizeBytes, bytes, freeSpaceMinBytes);
    }

    /** The same with another block size. */
    public ChronicleJournalConfig withBlockSizeBytes(final int bytes) {
        return new ChronicleJournalConfig(bytes, Math.max(fileBytesMax, bytes), freeSpaceMinBytes);
    }

    /** The longest payload that a record may have, in bytes. */
    public int payloadLengthMax() {
        return batchBytesMax(blockSizeBytes) - RecordFrame.HEADER_BYTES - 8;
    }

    /** Chronicle Queue takes about a quarter of a block in one document. */
    static int batchBytesMax(final int blockSizeBytes) {
        return Math.min(BATCH_BYTES_MAX, blockSizeBytes / 4 - BATCH_MARGIN_BYTES);
    }

    private static void require(final boolean condition, final String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
