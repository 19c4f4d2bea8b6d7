package io.signalbox.journal.chronicle;

import io.signalbox.journal.JournalFolder;
import io.signalbox.kernel.port.JournalException;
import io.signalbox.kernel.port.JournalException.Kind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Brings what was committed to the disk. Chronicle Queue stores into shared mappings; {@code fsync} on any descriptor of
 * the file writes its dirty pages, whoever dirtied them through whichever mapping, waits for the device, and, unlike
 * {@code msync} of a range, also the file's size. Chronicle's own {@code sync()} is not used: by default it only starts
 * writing, and without its native library it does nothing at all.
 *
 * <p>The appending thread announces files; {@link #sync} may run beside it on any thread, one at a time. Files are opened
 * as {@link RandomAccessFile}: no interrupt can close them.
 */
final class DiskSync {
    private final Path folder;
    private final ConcurrentLinkedQueue<CycleFile> finished = new ConcurrentLinkedQueue<>();
    private volatile CycleFile current;
    private CycleFile named; // the newest file whose name is known to be on the disk; syncing thread only
    private RandomAccessFile open;
    private CycleFile openFile;
    private JournalException failure;
    private boolean closed;

    DiskSync(final Path folder) {
        this.folder = folder;
    }

    /** Batches go to this file from now on. Appending thread. */
    void writingTo(final CycleFile file) {
        final CycleFile before = current;
        if (before != null) {
            finished.add(before); // first, so that no sync misses both
        }
        current = file;
    }

    /**
     * Have on the disk what was committed before the call. After a failure the kernel may have dropped the dirty pages, and a
     * second fsync would wrongly succeed, so a failure is for ever.
     */
    synchronized void sync() {
        if (closed) {
            throw new IllegalStateException("The journal in " + folder + " is closed");
        }
        if (failure != null) {
            throw new JournalException(Kind.IO, -1, failure.getMessage() + " (an earlier sync)", failure);
        }
        try {
            final CycleFile newest = current;
            CycleFile file;
            while ((file = finished.poll()) != null) {
                force(file);
            }
            if (newest == null) {
                return;
            }
            force(newest);
            if (!newest.equals(named)) {
                JournalFolder.syncFolder(folder);
                named = newest;
            }
        } catch (final JournalException e) {
            failure = e;
            throw e;
        }
    }

    private void force(final CycleFile file) {
        try {
            if (!file.equals(openFile)) {
                closeFile();
                open = new RandomAccessFile(file.path().toFile(), "rw");
                openFile = file;
            }
            open.getFD().sync();
        } catch (final IOException e) {
            throw new JournalException(
                    Kind.IO,
                    -1,
                    "Cannot sync the data file " + file.path() + ": " + e
                            + ". What was committed since the last sync may be lost with the power; nothing more is acknowledged",
                    e);
        }
    }

    /** Give back the descriptor; no sync from now on. Waits for one that is under way. */
    synchronized void close() throws IOException {
        closed = true;
        closeFile();
    }

    private void closeFile() throws IOException {
        openFile = null;
        if (open != null) {
            final RandomAccessFile closing = open;
            open = null;
            closing.close();
        }
    }
}
