package io.signalbox.journal.chronicle;

import io.signalbox.journal.JournalFormat;
import io.signalbox.journal.RecordCheck;
import io.signalbox.kernel.port.JournalReader;
import io.signalbox.kernel.port.JournalVisitor;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Reads the data files record by record while they grow, with plain reads of its own. One thread at a time. */
final class ChronicleReader implements JournalReader {
    private final Path folder;
    private final JournalFormat format;
    private final RecordCheck check;
    private final Showing showing = new Showing();
    private CycleFile file;
    private CycleWalker walker;
    private long at;
    private int bytes; // of the document at hand; 0 before it is known
    private int done;

    /** Passes records on and knows whether there was one. */
    private static final class Showing implements JournalVisitor {
        private JournalVisitor visitor;
        private boolean shown;

        void begin(final JournalVisitor next) {
            visitor = next;
            shown = false;
        }

        @Override
        public void onCommand(final long position, final byte[] bytes, final int offset, final int length) {
            shown = true;
            visitor.onCommand(position, bytes, offset, length);
        }

        @Override
        public void onMark(final long position, final long[] digests, final int count) {
            shown = true;
            visitor.onMark(position, digests, count);
        }
    }

    ChronicleReader(final Path folder, final JournalFormat format) {
        this.folder = folder;
        this.format = format;
        this.check = new RecordCheck(format.seed());
    }

    @Override
    public boolean next(final JournalVisitor visitor) {
        Objects.requireNonNull(visitor, "visitor");
        showing.begin(visitor);
        while (!showing.shown) { // a file's first record is for us alone
            if (bytes == 0 && !findDocument()) {
                return false;
            }
            if (walker.isBatch(at) && done < bytes) {
                done += walker.readOne(at + CycleLayout.WORD_BYTES, done, bytes, check, showing);
            }
            if (done == bytes || !walker.isBatch(at)) {
                at = CycleWalker.after(at, bytes);
                bytes = 0;
                done = 0;
            }
        }
        return true;
    }

    private boolean findDocument() {
        while (walker != null || openAfter(file)) {
            final int found = walker.finishedBytes(at);
            if (found > 0) {
                bytes = found;
                return true;
            }
            if (newer(file) == null) {
                return false;
            }
            // A newer file is there, so nothing more comes here; but the last of it may have come since the look.
            if (found == CycleWalker.SEALED || walker.finishedBytes(at) <= 0) {
                closeWalker();
            }
        }
        return false;
    }

    private boolean openAfter(final CycleFile last) {
        final CycleFile newer = newer(last);
        if (newer == null) {
            return false;
        }
        walker = new CycleWalker(newer, format.blockBytes());
        file = newer;
        at = 0;
        return true;
    }

    private CycleFile newer(final CycleFile last) {
        final List<CycleFile> files = CycleFile.list(folder);
        for (final CycleFile candidate : files) {
            if (last == null || candidate.cycle() > last.cycle()) {
                return candidate;
            }
        }
        return null;
    }

    private void closeWalker() {
        if (walker != null) {
            walker.close();
            walker = null;
        }
    }

    @Override
    public void close() {
        closeWalker();
    }
}
