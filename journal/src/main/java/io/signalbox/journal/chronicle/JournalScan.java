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

    private JournalScan(final JournalFormat format, final List<CycleExtent> extents) {
        this.format = format;
        this.extents = List.copyOf(extents);
    }

    /** Find the end of every data file; no record has been checked yet. */
    static JournalScan of(final Path folder, final JournalFormat format) {
        final List<CycleFile> files = CycleFile.list(folder);
        final List<CycleExtent> extents = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            try (CycleWalker walker = new CycleWalker(files.get(i), format.blockBytes())) {
                extents.add(walker.extent(i == files.size() - 1));
            }
        }
        return new JournalScan(format, extents);
    }

    /** Check all records in their order and show them; {@code visitor} may be null. */
    RecordCheck read(final JournalVisitor visitor) {
        final RecordCheck check = new RecordCheck(format.seed());
        for (final CycleExtent extent : extents) {
            try (CycleWalker walker = new CycleWalker(extent.file(), format.blockBytes())) {
                walker.read(0, extent.endOffset(), check, visitor);
            }
        }
        return check;
    }

    /** Check what this scan has more than {@code before}, which must be a scan of the same folder. */
    void readOnFrom(final JournalScan before, final RecordCheck check) {
        for (int i = Math.max(0, before.extents.size() - 1); i < extents.size(); i++) {
            final long from = i < before.extents.size() ? before.extents.get(i).endOffset() : 0;
            try (CycleWalker walker = new CycleWalker(extents.get(i).file(), format.blockBytes())) {
                walker.read(from, extents.get(i).endOffset(), check, null);
            }
        }
    }

    /** The newest data file, or null when there is none. */
    CycleExtent newest() {
        return extents.isEmpty() ? null : extents.get(extents.size() - 1);
    }
}
