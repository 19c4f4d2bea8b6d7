package io.signalbox.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.signalbox.kernel.port.JournalException;
import io.signalbox.kernel.port.JournalException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * The file {@code format}: a few lines of text that say what the folder is. It is written once, when the journal is
 * made, and never again; the chain of records begins with its CRC32C, so data files of another journal do not fit.
 *
 * @param engine the name of the engine that wrote the data files.
 * @param blockBytes the engine's unit of allocation, in bytes; data files grow by it.
 * @param id of this journal, chosen at random.
 * @param seed CRC32C of the whole file.
 */
public record JournalFormat(String engine, int blockBytes, String id, int seed) {
    /** The newest format this version reads and the only one it writes. */
    public static final int VERSION = 1;

    /** Name of the file. */
    public static final String FILE_NAME = "format";

    /** Name of the file while the journal is being made; it is renamed when the first record is in place. */
    public static final String UNFINISHED_FILE_NAME = "format.new";

    private static final String TITLE = "signalbox-journal ";
    private static final String CRC_KEY = "crc32c ";
    private static final int FILE_BYTES_MAX = 4096;

    /** Make the text of a new format file and read it back. */
    public static byte[] text(final String engine, final int blockBytes) {
        final String body = TITLE + VERSION + "\nengine " + engine + "\nblock-bytes " + blockBytes + "\nid "
                + UUID.randomUUID() + "\n";
        final byte[] bytes = body.getBytes(UTF_8);
        return (body + CRC_KEY + String.format("%08x", crc(bytes, bytes.length)) + "\n").getBytes(UTF_8);
    }

    /**
     * Read and check a format file.
     *
     * @throws JournalException NEWER_FORMAT, CORRUPT when it is of no known form, IO when it cannot be read.
     */
    public static JournalFormat read(final Path file, final String engine) {
        final byte[] bytes;
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw unknown(file, "a file of " + Files.size(file) + " bytes");
            }
            bytes = Files.readAllBytes(file);
        } catch (final IOException e) {
            throw new JournalException(Kind.IO, -1, "Cannot read the journal's format file " + file + ": " + e, e);
        }
        final String text = new String(bytes, UTF_8);
        final List<String> lines = Arrays.asList(text.split("\n", -1));
        requireKnownVersion(file, lines.get(0));
        final int crcAt = text.lastIndexOf(CRC_KEY);
        if (lines.size() != 6
                || crcAt < 0
                || !lines.get(4)
                        .equals(CRC_KEY
                                + String.format(
                                        "%08x",
                                        crc(bytes, text.substring(0, crcAt).getBytes(UTF_8).length)))
                || !lines.get(5).isEmpty()) {
            throw unknown(file, "text whose checksum does not fit");
        }
        final String foundEngine = value(file, lines.get(1), "engine ");
        if (!foundEngine.equals(engine)) {
            throw unknown(file, "a journal of the engine " + foundEngine + ", where " + engine + " was expected");
        }
        return new JournalFormat(
                foundEngine,
                Integer.parseInt(value(file, lines.get(2), "block-bytes ")),
                value(file, lines.get(3), "id "),
                crc(bytes, bytes.length));
    }

    private static void requireKnownVersion(final Path file, final String title) {
        if (!title.matches(TITLE + "[1-9][0-9]{0,8}")) {
            throw unknown(file, '"' + title.substring(0, Math.min(60, title.length())) + '"');
        }
        final int version = Integer.parseInt(title.substring(TITLE.length()));
        if (version > VERSION) {
            throw new JournalException(
                    Kind.NEWER_FORMAT,
                    "The journal in " + file.getParent() + " has format " + version + "; this version knows format "
                            + VERSION + ". Open it with a newer version. Nothing was changed.");
        }
    }

    private static String value(final Path file, final String line, final String key) {
        if (!line.startsWith(key)) {
            throw unknown(file, "the line \"" + line + "\" where \"" + key + "...\" was expected");
        }
        return line.substring(key.length());
    }

    private static JournalException unknown(final Path file, final String found) {
        return new JournalException(
                Kind.CORRUPT,
                "Not a journal that this version knows: " + file + " should begin with \"" + TITLE + VERSION
                        + "\", found " + found
                        + ". Restore the file from a copy, or name another folder. Nothing was changed.");
    }

    private static int crc(final byte[] bytes, final int length) {
        final CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
