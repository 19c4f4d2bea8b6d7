package io.signalbox.cli.crash;

import io.signalbox.cli.engine.CommandException;
import io.signalbox.cli.engine.Inspection;
import io.signalbox.cli.engine.KernelEngine;
import io.signalbox.cli.engine.RunFolder;
import io.signalbox.cli.view.StepState;
import io.signalbox.journal.RecordFrame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/** Journals of runs, read and damaged as {@code docs/journal-format.md} describes them. */
final class Journals {
    /** OPENED, COMMAND, MARK, CLOSED. */
    static final int COMMAND = 2;

    private static final int KIND_OFFSET = 20;
    private static final int POSITION_OFFSET = 8;
    private static final int LENGTH_OFFSET = 16;
    private static final int MAGIC_OFFSET = 22;

    private Journals() {}

    /** A whole record in a data file. */
    record Found(Path file, int offset, int kind, long position, int payloadLength) {
        int payloadOffset() {
            return offset + RecordFrame.HEADER_BYTES;
        }
    }

    /** All records, in their order: every frame whose CRC32C holds. */
    static List<Found> records(final Path journal) throws IOException {
        final List<Found> records = new ArrayList<>();
        final List<Path> files;
        try (Stream<Path> all = Files.list(journal)) {
            files = all.filter(path -> path.toString().endsWith(".cq4"))
                    .sorted()
                    .toList();
        }
        for (final Path file : files) {
            final ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            for (int at = 0; at + RecordFrame.HEADER_BYTES <= bytes.limit(); ) {
                final int length = frameLength(bytes, at);
                if (length > 0) {
                    records.add(new Found(
                            file,
                            at,
                            bytes.get(at + KIND_OFFSET),
                            bytes.getLong(at + POSITION_OFFSET),
                            bytes.getInt(at + LENGTH_OFFSET)));
                }
                at += Math.max(4, length);
            }
        }
        return records;
    }

    private static int frameLength(final ByteBuffer bytes, final int at) {
        final int payloadLength = bytes.getInt(at + LENGTH_OFFSET);
        if (bytes.getShort(at + MAGIC_OFFSET) != 0x4253
                || payloadLength < 0
                || payloadLength > bytes.limit() - at - RecordFrame.HEADER_BYTES) {
            return 0;
        }
        final int length = RecordFrame.frameBytes(payloadLength);
        return at + length <= bytes.limit() && crc(bytes, at, length) == bytes.getInt(at) ? length : 0;
    }

    private static int crc(final ByteBuffer bytes, final int at, final int length) {
        final CRC32C crc = new CRC32C();
        crc.update(bytes.slice(at + 4, length - 4));
        return (int) crc.getValue();
    }

    /** Change one byte of a record; with {@code mends} its CRC32C is made to fit again. */
    static void damage(final Found record, final int at, final boolean mends) throws IOException {
        final byte[] bytes = Files.readAllBytes(record.file());
        bytes[at] ^= 0x01;
        if (mends) {
            final int length = RecordFrame.frameBytes(record.payloadLength());
            final ByteBuffer view = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            view.putInt(record.offset(), crc(view, record.offset(), length));
        }
        Files.write(record.file(), bytes);
    }

    /** A copy of a run's folder, in a data folder of its own. */
    static RunFolder copy(final RunFolder run, final Path data) throws IOException {
        final Path target = Files.createDirectories(data.resolve("runs")).resolve(run.id());
        try (Stream<Path> paths = Files.walk(run.root())) {
            for (final Path path : paths.toList()) {
                Files.copy(path, target.resolve(run.root().relativize(path).toString()));
            }
        }
        return new RunFolder(run.id(), target);
    }

    /** State of each step, from the journal. */
    static Map<String, StepState> states(final RunFolder run) throws CommandException {
        final Map<String, StepState> states = new HashMap<>();
        for (final Inspection.Step step : new KernelEngine().inspect(run).steps()) {
            states.put(step.id(), step.state());
        }
        return states;
    }
}
