package io.signalbox.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.command.codec.RaiseSignalDecoder;
import io.signalbox.kernel.command.codec.RaiseSignalEncoder;
import io.signalbox.kernel.deadline.DeadlineQueue;
import io.signalbox.kernel.names.NameTable;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JVM of its own uses all of this memory, with no flag, and lists the classes it loads. */
class NoUnsafeTest {
    @Test
    void shouldLoadNoUnsafeAndSayNothing(@TempDir final Path directory) throws Exception {
        final Path loaded = directory.resolve("loaded.txt");
        final Path output = directory.resolve("output.txt");
        final String classPath = Stream.of(SlotBuffer.class, NoUnsafeTest.class, DirectBuffer.class)
                .map(NoUnsafeTest::origin)
                .collect(Collectors.joining(File.pathSeparator));
        final Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:disable",
                        "-Xlog:all=warning:stderr",
                        "-Xlog:class+load:file=" + loaded,
                        "-cp",
                        classPath,
                        Use.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();

        assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(output)).isEqualTo("used" + System.lineSeparator());
        assertThat(child.exitValue()).isZero();
        final List<String> classes = Files.readAllLines(loaded);
        assertThat(classes).anyMatch(line -> line.contains(" org.agrona.collections.Long2LongHashMap "));
        assertThat(classes).anyMatch(line -> line.contains(" " + SignalTail.class.getName() + " "));
        assertThat(classes)
                .noneMatch(line -> line.contains(" sun.misc.Unsafe ")
                        || line.contains(" org.agrona.UnsafeA")
                        || line.contains(" org.agrona.MemoryAccess ")
                        || line.contains(" org.agrona.concurrent."));
    }

    private static String origin(final Class<?> type) {
        return new File(type.getProtectionDomain().getCodeSource().getLocation().getPath()).getPath();
    }

    /** What the child runs. */
    static final class Use {
        private Use() {}

        public static void main(final String[] args) {
            final byte[] payload = "done".getBytes(StandardCharsets.UTF_8);
            final SlotBuffer buffer = new SlotBuffer(512);
            final RaiseSignalEncoder encoder = new RaiseSignalEncoder().wrap(buffer, 0);
            encoder.signalType(7).quality(0.5);
            encoder.putPayload(payload, 0, payload.length);
            final RaiseSignalDecoder decoder = new RaiseSignalDecoder()
                    .wrap(buffer, 0, RaiseSignalEncoder.BLOCK_LENGTH, RaiseSignalEncoder.SCHEMA_VERSION);
            final SlotBuffer window = new SlotBuffer(0);
            expect(decoder.signalType() == 7 && Double.compare(decoder.quality(), 0.5) == 0);
            decoder.wrapPayload(window);
            expect(window.capacity() == payload.length && window.getByte(0) == 'd');

            expect("x".equals(PersistentIntMap.<String>empty().with(40, "x").get(40)));
            final NameTable names = new NameTable(10, 64);
            expect(names.intern(payload, 0, payload.length) == 1 && "done".equals(names.text(1)));
            final DeadlineQueue deadlines = new DeadlineQueue();
            deadlines.schedule(3, 10);
            deadlines.forEachOrdered((id, deadlineNs) -> expect(id == 3));
            expect(deadlines.pollDue(10) == 3);
            final OutcomeCells cells = new OutcomeCells(4);
            cells.arm(0, 1);
            cells.conclude(0, 1, 1, 5);
            expect(cells.outcome(0, 1) == 1 && cells.position(0, 1) == 5);
            final SignalTail tail = new SignalTail(4);
            tail.begin(1, 2, 3).names(4, 5, 6, 7).quality(0.5).end(1, 5, 0, payload, 0, payload.length);
            tail.publish();
            expect(tail.newCursor(0).poll() == SignalTail.Cursor.READ);
            System.out.println("used");
        }

        private static void expect(final boolean held) {
            if (!held) {
                throw new IllegalStateException("the memory did not give back what was put in");
            }
        }
    }
}
