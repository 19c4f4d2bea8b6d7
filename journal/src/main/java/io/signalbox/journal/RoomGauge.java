package io.signalbox.journal;

import io.signalbox.kernel.port.JournalException;
import io.signalbox.kernel.port.JournalException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Watches the free space of a journal's disk. A full disk under a mapped page is a fault, so appends end at a watermark
 * before that. The file system is asked at open and then once for every {@link #intervalBytes} appended, which is at
 * most a quarter of the watermark; while there is too little, it is asked for each append. One thread at a time.
 */
public final class RoomGauge {
    private static final long INTERVAL_BYTES_MAX = 4L << 20;

    private final Path folder;
    private final long freeSpaceMinBytes;
    private final long intervalBytes;
    private long sinceLookBytes;

    /** @param freeSpaceMinBytes the watermark; 0 switches the watch off. */
    public RoomGauge(final Path folder, final long freeSpaceMinBytes) {
        this.folder = folder;
        this.freeSpaceMinBytes = freeSpaceMinBytes;
        this.intervalBytes = Math.min(INTERVAL_BYTES_MAX, freeSpaceMinBytes / 4);
        this.sinceLookBytes = intervalBytes; // the first claim looks
    }

    /** How many bytes may be appended between two looks. */
    public long intervalBytes() {
        return intervalBytes;
    }

    /**
     * Claim room for the next bytes.
     *
     * @throws JournalException NO_ROOM when the disk has less than the watermark left. Nothing was claimed then.
     */
    public void claim(final int bytes) {
        if (freeSpaceMinBytes == 0) {
            return;
        }
        if (sinceLookBytes + bytes > intervalBytes) {
            look(bytes);
            sinceLookBytes = 0;
        }
        sinceLookBytes += bytes;
    }

    private void look(final int bytes) {
        final long free;
        try {
            free = Files.getFileStore(folder).getUsableSpace();
        } catch (final IOException e) {
            throw new JournalException(Kind.IO, -1, "Cannot ask for the free space of " + folder + ": " + e, e);
        }
        if (free - bytes < freeSpaceMinBytes) {
            throw new JournalException(
                    Kind.NO_ROOM,
                    "The disk of the journal " + folder + " has " + free + " bytes left, " + freeSpaceMinBytes
                            + " must stay free. Nothing was appended. Make room, then go on.");
        }
    }
}
