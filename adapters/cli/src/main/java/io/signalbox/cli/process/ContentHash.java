package io.signalbox.cli.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** SHA-256 of bytes, files and directories. Pure functions of the content: no times, owners or permissions. */
public final class ContentHash {
    private static final int BUFFER_LENGTH = 1 << 16;

    private ContentHash() {}

    /** A fresh SHA-256; every Java platform has it. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    /** Lower-case hex. */
    public static String hex(final byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }

    /** The size and hash of what stands at {@code path}. Links inside a directory count by their target's text. */
    public static StoredFile of(final Path path) throws IOException {
        return Files.isDirectory(path) ? directory(path) : file(path);
    }

    private static StoredFile file(final Path path) throws IOException {
        final MessageDigest digest = sha256();
        long sizeBytes = 0;
        try (InputStream in = Files.newInputStream(path)) {
            final byte[] buffer = new byte[BUFFER_LENGTH];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
                sizeBytes += n;
            }
        }
        return new StoredFile(path, sizeBytes, hex(digest.digest()));
    }

    /**
     * The hash of a directory: SHA-256 over one line for each entry below it, sorted by relative path,
     * {@code file|directory|link <path> NUL <hash of the file, or the link's target> LF}.
     */
    static StoredFile directory(final Path root) throws IOException {
        final List<Path> entries;
        try (Stream<Path> walk = Files.walk(root)) {
            entries = walk.filter(path -> !path.equals(root)).toList();
        }
        final TreeMap<String, String> lines = new TreeMap<>();
        long sizeBytes = 0;
        for (final Path entry : entries) {
            final String name = root.relativize(entry).toString();
            if (Files.isSymbolicLink(entry)) {
                lines.put(name, "link " + name + '\0' + Files.readSymbolicLink(entry));
            } else if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                lines.put(name, "directory " + name + '\0');
            } else {
                final StoredFile file = file(entry);
                sizeBytes += file.sizeBytes();
                lines.put(name, "file " + name + '\0' + file.sha256());
            }
        }
        final MessageDigest digest = sha256();
        for (final String line : lines.values()) {
            digest.update((line + '\n').getBytes(UTF_8));
        }
        return new StoredFile(root, sizeBytes, hex(digest.digest()));
    }
}
