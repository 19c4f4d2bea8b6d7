package io.signalbox.journal.chronicle;

import io.signalbox.journal.JournalFormat;
import io.signalbox.journal.RecordCheck;
import io.signalbox.kernel.port.JournalVisitor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a folder held when it was looked at: how far each data file goes, every record checked. Immutable. */
final class JournalScan {
    private final JournalFormat format;
    private final List<CycleExtent> extents;
    private final RecordCheck check;

    private JournalScan(final JournalFormat format, final List<CycleExtent> extents, final RecordCheck check) {
        this.format = format;
        this.extents = List.copyOf(extents);
        this.check = check;
    }

    /** Find the end of every data file, and check every record up to there. */
    static JournalScan of(final Path folder, final JournalFormat format) {
        final List<CycleExtent> extents = extents(folder, format);
        final RecordCheck check = new RecordCheck(format.seed());
        for (int i = 0; i < extents.size(); i++) {
            final CycleExtent extent = extents.get(i);
            try (CycleWalker walker = new CycleWalker(extent.file(), format.blockBytes())) {
                walker.read(extent, 0, check, null);
                if (extent.torn()) {
                    final CycleExtent judged = walker.judge(extent, check);
                    walker.read(judged, extent.endOffset(), check, null);
                    extents.set(i, judged);
                }
            }
        }
        return new JournalScan(format, extents, check);
    }

    private static List<CycleExtent> extents(final Path folder, final JournalFormat format) {
        final List<CycleFile> files = CycleFile.list(folder);
        final List<CycleExtent> extents = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            try (CycleWalker walker = new CycleWalker(files.get(i), format.blockBytes())) {
                extents.add(walker.extent(i == files.size() - 1));
            }
        }
        return extents;
    }

    /** Show all records in their order, each checked again. */
    void replay(final JournalVisitor visitor) {
        final RecordCheck again = new RecordCheck(format.seed());
        for (final CycleExtent extent : extents) {
            try (CycleWalker walker = new CycleWalker(extent.file(), format.blockBytes())) {
                walker.read(extent, 0, again, visitor);
            }
        }
    }

    /** How many records the folder holds by now beyond those of this scan; they are checked. */
    long grownBy(final Path folder) {
        final RecordCheck grown = new RecordCheck(check.lastCrc(), check.lastPosition());
        final List<CycleExtent> now = extents(folder, format);
        for (int i = Math.max(0, extents.size() - 1); i < now.size(); i++) {
            final long from = i < extents.size() ? extents.get(i).endOffset() : 0;
            try (CycleWalker walker = new CycleWalker(now.get(i).file(), format.blockBytes())) {
                walker.read(now.get(i), from, grown, null);
            }
        }
        return grown.records();
    }

    /** How the folder's records are written. */
    JournalFormat format() {
        return format;
    }

    /** The newest data file, or null when there is none. */
    CycleExtent newest() {
        return extents.isEmpty() ? null : extents.get(extents.size() - 1);
    }

    /** Position of the last command, or -1. */
    long lastPosition() {
        return check.lastPosition();
    }

    /** CRC32C of the last record of any kind. */
    int lastCrc() {
        return check.lastCrc();
    }

    /** Records of any kind. */
    long records() {
        return check.records();
    }
}
