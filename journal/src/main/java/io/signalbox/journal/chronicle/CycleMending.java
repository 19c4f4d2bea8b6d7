package io.signalbox.journal.chronicle;

import io.signalbox.kernel.port.JournalException;
import io.signalbox.kernel.port.JournalException.Kind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.List;

/**
 * Makes the newest data file fit to be written on, under the writer's lock and before Chronicle Queue maps it. Records are
 * never touched. An unfinished document is overwritten with zeros: its leftovers would otherwise stand behind a shorter
 * document written over it. One whose records are all there gets its word. And what Chronicle notes down about its own file (place of the last document, places of its
 * indexes) is set to what the walk found: a process that died, or a page that the power cut off, may have left it behind, and
 * Chronicle would append wherever it points.
 */
final class CycleMending {
    private CycleMending() {}

    /** Mend the file of this extent; a file that needs nothing is not written to. */
    static void mend(final CycleExtent extent) {
        try (RandomAccessFile file = new RandomAccessFile(extent.file().path().toFile(), "rw")) {
            boolean changed = false;
            if (extent.torn()) {
                file.seek(extent.endOffset());
                file.write(new byte[(int) (extent.tornEndOffset() - extent.endOffset())]);
                changed = true;
            }
            if (extent.unmarkedBytes() > 0) {
                file.seek(extent.lastDocumentOffset());
                file.writeInt(Integer.reverseBytes(extent.unmarkedBytes()));
                changed = true;
            }
            if (extent.endOffset() > 0) {
                changed |= mendNotes(file, extent);
            }
            if (changed) {
                file.getFD().sync();
            }
        } catch (final IOException e) {
            throw new JournalException(
                    Kind.IO, -1, "Cannot mend the end of " + extent.file().path() + ": " + e, e);
        }
    }

    private static boolean mendNotes(final RandomAccessFile file, final CycleExtent extent) throws IOException {
        boolean changed = set(file, CycleLayout.WRITE_POSITION_OFFSET, extent.lastDocumentOffset());
        if (changed) { // the sequence number kept beside it is no longer its own; Chronicle counts anew
            set(file, CycleLayout.WRITE_POSITION_OFFSET + Long.BYTES, 0);
        }
        final List<Long> indexes = extent.indexOffsets();
        changed |= set(file, CycleLayout.INDEX_OF_INDEXES_OFFSET, indexes.isEmpty() ? 0 : indexes.get(0));
        if (!indexes.isEmpty()) {
            changed |= set(file, CycleLayout.INDEXES_USED_OFFSET, indexes.size() - 1);
            for (int i = 0; i < CycleLayout.INDEX_ENTRIES; i++) {
                final long expected = i + 1 < indexes.size() ? indexes.get(i + 1) : 0;
                changed |= set(file, CycleLayout.INDEXES_OFFSET + (long) i * Long.BYTES, expected);
            }
        }
        return changed;
    }

    private static boolean set(final RandomAccessFile file, final long offset, final long value) throws IOException {
        file.seek(offset);
        if (Long.reverseBytes(file.readLong()) == value) {
            return false;
        }
        file.seek(offset);
        file.writeLong(Long.reverseBytes(value));
        return true;
    }
}
