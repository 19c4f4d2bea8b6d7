package io.signalbox.journal;

import io.signalbox.kernel.port.JournalException;
import io.signalbox.kernel.port.JournalException.Kind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The folder of a journal: only its owner may look into it (folder 0700, files 0600, whatever the umask says), where
 * the file system knows such rights. Any thread.
 */
public final class JournalFolder {
    private static final Set<PosixFilePermission> FOLDER_RIGHTS = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE_RIGHTS = PosixFilePermissions.fromString("rw-------");

    private JournalFolder() {}

    /** Make the folder and what is above it, and close it to others. */
    public static void create(final Path folder) {
        try {
            Files.createDirectories(folder);
            restrict(folder, FOLDER_RIGHTS);
        } catch (final IOException e) {
            throw new JournalException(Kind.IO, -1, "Cannot make the journal folder " + folder + ": " + e, e);
        }
    }

    /** Close one file to others; a file that is not there (any more) is left alone. */
    public static void restrictFile(final Path file) {
        try {
            restrict(file, FILE_RIGHTS);
        } catch (final NoSuchFileException e) {
            return; // nothing there that could be read by others
        } catch (final IOException e) {
            throw new JournalException(Kind.IO, -1, "Cannot set the rights 0600 of " + file + ": " + e, e);
        }
    }

    private static void restrict(final Path path, final Set<PosixFilePermission> rights) throws IOException {
        final PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        if (view != null) {
            view.setPermissions(rights);
        }
    }

    /** Write a new file and have it on the disk when this returns; its name is not, see {@link #syncFolder}. */
    public static void writeDurably(final Path file, final byte[] bytes) {
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            restrict(file, FILE_RIGHTS);
            out.setLength(0);
            out.write(bytes);
            out.getFD().sync();
        } catch (final IOException e) {
            throw new JournalException(Kind.IO, -1, "Cannot write " + file + ": " + e, e);
        }
    }

    /**
     * Have the names in the folder on the disk: POSIX lets a synced file of an unsynced name vanish with the power.
     * Java offers only an interruptible channel for a folder; this one is opened for the purpose, an interrupt may close
     * it, and then the next one is tried. The caller's interrupt flag is as before.
     */
    public static void syncFolder(final Path folder) {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                    channel.force(true);
                    return;
                } catch (final ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted();
                }
            }
        } catch (final IOException e) {
            throw new JournalException(Kind.IO, -1, "Cannot sync the folder " + folder + ": " + e, e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
