package io.signalbox.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.Set;

/**
 * Standard output that remembers why something could not be written, which a {@link java.io.PrintStream} does not say. A reader that has
 * gone away, as {@code head} does, is no failure. One thread at a time, as its {@code PrintStream} sees to.
 */
final class StandardOutput extends OutputStream {
    /** What Linux says when the reader has gone, and when there never was one. */
    private static final Set<String> NOBODY_READS = Set.of("Broken pipe", "Bad file descriptor");

    private final OutputStream descriptor;
    private volatile IOException failure;

    StandardOutput() {
        this(new FileOutputStream(FileDescriptor.out));
    }

    StandardOutput(final OutputStream descriptor) {
        this.descriptor = descriptor;
    }

    /** Why something is missing there; empty when nothing is, or nobody reads it. */
    Optional<String> failure() {
        return Optional.ofNullable(failure).map(IOException::getMessage).filter(why -> !NOBODY_READS.contains(why));
    }

    @Override
    public void write(final int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(final byte[] bytes, final int from, final int count) throws IOException {
        try {
            descriptor.write(bytes, from, count);
        } catch (final IOException e) {
            failure = e;
            throw e;
        }
    }
}
