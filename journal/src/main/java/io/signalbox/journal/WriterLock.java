package io.signalbox.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.signalbox.kernel.port.JournalException;
import io.signalbox.kernel.port.JournalException.Kind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The lock of the one writer: an operating system lock on the file {@code writer.lock}, which falls with its process
 * however that ends, and is therefore never stale. The file holds the process id of its last holder, for messages only.
 *
 * <p>The channel of the lock is used when it is taken and when it is given back, never in between, so no interrupt can
 * close it. Within one process a set of held folders comes first: on POSIX systems closing <em>any</em> descriptor of a
 * file drops every lock of the process on it, so the second opener must not even open the file.
 */
public final class WriterLock implements AutoCloseable {
    /** Name of the file. */
    public static final String FILE_NAME = "writer.lock";

    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();
    private static final long LOCK_OFFSET = Long.MAX_VALUE - 1; // beyond the text: mandatory locks leave that readable

    private final Path key;
    private final RandomAccessFile file;
    private final FileLock lock;
    private boolean closed;

    private WriterLock(final Path key, final RandomAccessFile file, final FileLock lock) {
        this.key = key;
        this.file = file;
        this.lock = lock;
    }

    /**
     * Take the lock of a folder, which must exist.
     *
     * @throws JournalException IN_USE when another journal of this or another process holds it.
     */
    public static WriterLock take(final Path folder) {
        final Path key;
        try {
            key = folder.toRealPath();
        } catch (final IOException e) {
            throw new JournalException(Kind.IO, -1, "Cannot open the journal folder " + folder + ": " + e, e);
        }
        if (!HELD.add(key)) {
            throw inUse(folder, "this process (pid " + ProcessHandle.current().pid() + ")");
        }
        boolean taken = false;
        try {
            final WriterLock lock = lock(folder, key);
            taken = true;
            return lock;
        } catch (final IOException e) {
            throw new JournalException(Kind.IO, -1, "Cannot lock " + folder.resolve(FILE_NAME) + ": " + e, e);
        } finally {
            if (!taken) {
                HELD.remove(key);
            }
        }
    }

    /**
     * Whether a live process holds the lock of a folder. Takes no lock itself, so it never is in a writer's way: it asks the
     * kernel's table of locks where there is one, else whether the process whose pid stands in the file is alive.
     */
    public static boolean isHeld(final Path folder) {
        final Path path = folder.resolve(FILE_NAME);
        try {
            if (!Files.exists(path)) {
                return false;
            }
            if (HELD.contains(folder.toRealPath())) {
                return true;
            }
            final Path table = Path.of("/proc/locks");
            if (Files.isReadable(table)) {
                final String inode = ":" + Files.getAttribute(path, "unix:ino") + " ";
                return Files.readAllLines(table, US_ASCII).stream().anyMatch(line -> line.contains(inode));
            }
            final String pid = Files.readString(path, US_ASCII).trim();
            return !pid.isEmpty()
                    && ProcessHandle.of(Long.parseLong(pid))
                            .map(ProcessHandle::isAlive)
                            .orElse(false);
        } catch (final IOException | NumberFormatException e) {
            throw new JournalException(Kind.IO, -1, "Cannot tell whether " + path + " is locked: " + e, e);
        }
    }

    private static WriterLock lock(final Path folder, final Path key) throws IOException {
        final Path path = folder.resolve(FILE_NAME);
        final RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        boolean taken = false;
        try {
            JournalFolder.restrictFile(path);
            final FileLock lock = tryLock(folder, file);
            if (lock == null) {
                throw inUse(folder, holder(file));
            }
            final byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(US_ASCII);
            file.setLength(0);
            file.write(pid);
            taken = true;
            return new WriterLock(key, file, lock);
        } finally {
            if (!taken) {
                file.close();
            }
        }
    }

    private static FileLock tryLock(final Path folder, final RandomAccessFile file) throws IOException {
        try {
            return file.getChannel().tryLock(LOCK_OFFSET, 1, false);
        } catch (final OverlappingFileLockException e) { // these classes twice in one JVM, under two class loaders
            final JournalException refused = inUse(folder, "this process, through another class loader");
            refused.addSuppressed(e);
            throw refused;
        }
    }

    private static String holder(final RandomAccessFile file) throws IOException {
        final String pid = file.length() > 20 ? null : file.readLine();
        return pid == null || pid.isBlank() ? "another process" : "the process with pid " + pid.trim();
    }

    private static JournalException inUse(final Path folder, final String holder) {
        return new JournalException(
                Kind.IN_USE,
                "The journal in " + folder + " is in use by " + holder
                        + ". A journal has one writer: end that one, open it read-only, or name another folder.");
    }

    /** Give the lock back. Closing twice is harmless. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (file) {
            if (lock.isValid()) {
                lock.release();
            }
        } catch (final IOException e) {
            throw new JournalException(Kind.IO, -1, "Cannot give back the lock of " + key + ": " + e, e);
        } finally {
            HELD.remove(key);
        }
    }
}
