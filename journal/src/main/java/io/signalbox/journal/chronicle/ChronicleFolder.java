package io.signalbox.journal.chronicle;

import io.signalbox.journal.JournalFolder;
import io.signalbox.journal.JournalFormat;
import io.signalbox.kernel.port.JournalException;
import io.signalbox.kernel.port.JournalException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The files of a Chronicle journal besides its data files. A journal is made in this order: {@code format.new}, the first
 * data file with the record of the first opening, all of it on the disk, then the new name {@code format}. So a folder
 * with {@code format} holds a record, and one without never acknowledged a command and may be begun again.
 */
final class ChronicleFolder {
    private static final String CHRONICLE_NOTES = "metadata.cq4t";

    private final Path folder;
    private final String engine;
    private final Path finished;
    private final Path unfinished;

    ChronicleFolder(final Path folder, final String engine) {
        this.folder = folder;
        this.engine = engine;
        this.finished = folder.resolve(JournalFormat.FILE_NAME);
        this.unfinished = folder.resolve(JournalFormat.UNFINISHED_FILE_NAME);
    }

    /** Begin a journal where there is none. True when one was begun, which {@link #finish} ends. Under the lock. */
    boolean prepare(final int blockBytes) {
        if (Files.exists(finished)) {
            return false;
        }
        if (Files.exists(unfinished)) {
            CycleFile.list(folder).forEach(file -> delete(file.path())); // a making that never ended
            delete(unfinished);
        }
        requireNoDataFiles();
        JournalFolder.writeDurably(unfinished, JournalFormat.text(engine, blockBytes));
        return true;
    }

    /** The journal is made. */
    void finish() {
        try {
            Files.move(unfinished, finished, StandardCopyOption.ATOMIC_MOVE);
        } catch (final IOException e) {
            throw new JournalException(Kind.IO, -1, "Cannot rename " + unfinished + " to " + finished + ": " + e, e);
        }
        JournalFolder.syncFolder(folder);
    }

    /** What the folder says that it is, to the one who has just prepared it. */
    JournalFormat format() {
        return JournalFormat.read(Files.exists(finished) ? finished : unfinished, engine);
    }

    /**
     * What the folder says that it is, to a reader.
     *
     * @throws JournalException NOT_FOUND when there is no journal, or one whose making has not ended.
     */
    JournalFormat finishedFormat() {
        if (Files.exists(finished)) {
            return JournalFormat.read(finished, engine);
        }
        if (Files.isDirectory(folder) && !Files.exists(unfinished)) {
            requireNoDataFiles();
        }
        throw new JournalException(
                Kind.NOT_FOUND,
                "There is no journal in " + folder + ": it has no file " + JournalFormat.FILE_NAME + ".");
    }

    private void requireNoDataFiles() {
        if (!CycleFile.list(folder).isEmpty()) {
            throw new JournalException(
                    Kind.CORRUPT,
                    "The folder " + folder + " holds data files but no file " + JournalFormat.FILE_NAME
                            + ". Restore that file from a copy, or name another folder. Nothing was changed.");
        }
    }

    /**
     * Delete Chronicle's notes about the folder. They hold nothing that it cannot find out again, except its write lock, which is
     * a process id: left by a process that was killed in an append, and met by one of the same id, as in every
     * container, it would block for ever. The writer's lock, which is held here, is the one that counts.
     */
    void dropChronicleNotes() {
        delete(folder.resolve(CHRONICLE_NOTES));
    }

    /** Close Chronicle's notes to others. */
    void restrictChronicleNotes() {
        JournalFolder.restrictFile(folder.resolve(CHRONICLE_NOTES));
    }

    private static void delete(final Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (final IOException e) {
            throw new JournalException(Kind.IO, -1, "Cannot delete " + file + ": " + e, e);
        }
    }
}
