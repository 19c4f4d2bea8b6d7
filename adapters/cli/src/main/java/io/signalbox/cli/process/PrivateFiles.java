package io.signalbox.cli.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files and folders that only their owner may read: 0600 and 0700. */
public final class PrivateFiles {
    private static final FileAttribute<Set<PosixFilePermission>> FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private PrivateFiles() {}

    /** Makes the folder and those above it that are missing. */
    public static Path createFolders(final Path folder) throws IOException {
        return Files.createDirectories(folder, FOLDER);
    }

    /** Makes the folder, which must not exist. */
    public static Path createFolder(final Path folder) throws IOException {
        return Files.createDirectory(folder, FOLDER);
    }

    /** Writes a whole file. */
    public static void write(final Path path, final byte[] content) throws IOException {
        try (OutputStream out = newOutputStream(path)) {
            out.write(content);
        }
    }

    /** Opens a new or emptied file, with its folder. */
    public static OutputStream newOutputStream(final Path path) throws IOException {
        createFolders(path.toAbsolutePath().getParent());
        return Channels.newOutputStream(Files.newByteChannel(
                path,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE),
                FILE));
    }
}
