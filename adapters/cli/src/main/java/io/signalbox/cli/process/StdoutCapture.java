package io.signalbox.cli.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;

/** Takes the masked standard output of one attempt. One thread at a time. Never refuses: a fault is kept for the end. */
public final class StdoutCapture {
    /** The longest result that stands in the journal itself, in bytes of UTF-8. */
    public static final int INLINE_LENGTH_MAX = 64 << 10;

    private final Path path;
    private final MessageDigest digest = ContentHash.sha256();
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private OutputStream file;
    private long lengthBytes;
    private IOException fault;

    StdoutCapture(final Path path) {
        this.path = path;
    }

    void write(final byte[] bytes, final int offset, final int length) {
        digest.update(bytes, offset, length);
        lengthBytes += length;
        if (file == null && fault == null && head.size() + length <= INLINE_LENGTH_MAX + 1) {
            head.write(bytes, offset, length);
            return;
        }
        head.write(bytes, offset, Math.max(0, Math.min(length, INLINE_LENGTH_MAX + 1 - head.size())));
        toFile(bytes, offset, length);
    }

    private void toFile(final byte[] bytes, final int offset, final int length) {
        if (fault != null) {
            return;
        }
        try {
            if (file == null) {
                file = PrivateFiles.newOutputStream(path);
                final int before = (int) (lengthBytes - length);
                file.write(head.toByteArray(), 0, before);
            }
            file.write(bytes, offset, length);
        } catch (final IOException e) {
            fault = e;
        }
    }

    /**
     * What has come.
     *
     * @throws IOException when it could not be kept whole
     */
    StepOutput end() throws IOException {
        byte[] bytes = head.toByteArray();
        boolean isWhole = lengthBytes == bytes.length;
        int length = bytes.length;
        if (isWhole && length > 0 && bytes[length - 1] == '\n') {
            length--;
        }
        isWhole &= length <= INLINE_LENGTH_MAX && isUtf8(bytes, length);
        if (!isWhole && file == null && fault == null) {
            final byte[] all = bytes;
            file = PrivateFiles.newOutputStream(path);
            file.write(all);
        }
        if (file != null) {
            file.close();
        }
        if (fault != null) {
            throw new IOException("cannot keep its standard output in " + path + ": " + fault.getMessage(), fault);
        }
        final Optional<StoredFile> stored = isWhole
                ? Optional.empty()
                : Optional.of(new StoredFile(path, lengthBytes, ContentHash.hex(digest.digest())));
        return new StepOutput(new String(bytes, 0, cut(bytes, length), UTF_8), isWhole, stored);
    }

    private static boolean isUtf8(final byte[] bytes, final int length) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
            return true;
        } catch (final CharacterCodingException e) {
            return false;
        }
    }

    /** The longest beginning of at most {@link #INLINE_LENGTH_MAX} bytes that does not end inside a character. */
    private static int cut(final byte[] bytes, final int length) {
        if (length <= INLINE_LENGTH_MAX) {
            return length;
        }
        int end = INLINE_LENGTH_MAX;
        for (int back = 0; back < 3 && (bytes[end] & 0xc0) == 0x80; back++) {
            end--;
        }
        return end;
    }
}
