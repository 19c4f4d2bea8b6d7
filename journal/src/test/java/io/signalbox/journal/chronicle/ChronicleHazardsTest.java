package io.signalbox.journal.chronicle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.signalbox.journal.AppendingChild;
import io.signalbox.journal.ChildJvm;
import io.signalbox.journal.JournalContract;
import io.signalbox.journal.JournalEngine;
import io.signalbox.journal.JournalRecords;
import io.signalbox.journal.RecordFrame;
import io.signalbox.kernel.port.Journal;
import io.signalbox.kernel.port.JournalException;
import io.signalbox.kernel.port.JournalException.Kind;
import io.signalbox.kernel.port.JournalReader;
import io.signalbox.kernel.port.JournalVisitor;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What bites in Chronicle Queue, one test for each bite: here it must not. */
class ChronicleHazardsTest {
    private static final long DAY_MS = TimeUnit.DAYS.toMillis(1);
    private static final ChronicleJournalConfig SMALL = ChronicleJournalConfig.small();

    @TempDir
    Path temp;

    private Path folder() {
        return temp.resolve("journal");
    }

    // ---- the JVM it runs in -----------------------------------------------------------------------------------------

    @Test
    void shouldBeSilentAndLeaveTheHomeFolderAloneOnEveryJdk() throws IOException, InterruptedException {
        for (final Path java : ChildJvm.javas()) {
            final Path home = Files.createTempDirectory(temp, "home");
            final List<String> flags = new ArrayList<>(new ChronicleEngine().jvmFlags());
            flags.remove("-Dchronicle.analytics.disable=true"); // ours must do without
            flags.add("-Duser.home=" + home);
            final ChildJvm.Ended child = ChildJvm.run(temp, child(java, flags, Files.createTempDirectory(temp, "run")));
            assertThat(child.err()).as(java.toString()).isEmpty();
            assertThat(child.out()).startsWith("opened -1").contains("done");
            assertThat(home).isEmptyDirectory();
        }
    }

    @Test
    void shouldHaveNoTelemetryOnTheClassPath() {
        assertThatThrownBy(() -> Class.forName("net.openhft.chronicle.analytics.Analytics"))
                .isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void shouldNameTheMissingFlagsAndReadWithoutAny() throws IOException, InterruptedException {
        final ChildJvm.Ended child = ChildJvm.run(temp, child(ChildJvm.javas().get(0), List.of(), folder()));
        assertThat(child.out())
                .startsWith("IO: ")
                .contains("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED")
                .contains("--add-opens=java.base/java.lang.reflect=ALL-UNNAMED");
        assertThat(folder()).doesNotExist();
        append(SMALL, 3);
        for (final Path java : ChildJvm.javas()) {
            final ChildJvm.Ended reader = ChildJvm.run(
                    temp, ChildJvm.command(List.of(), java, List.of(), ReadingChild.class, folder().toString()));
            assertThat(reader.out()).isEqualToIgnoringNewLines("last 2");
            assertThat(reader.err()).isEmpty();
        }
    }

    @Test
    void shouldRunFromAJarWhoseManifestOpensWhatIsNeeded() throws IOException, InterruptedException {
        final Path jar = temp.resolve("app.jar");
        final Manifest manifest = new Manifest();
        final Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.put(Attributes.Name.MAIN_CLASS, AppendingChild.class.getName());
        main.put(
                Attributes.Name.CLASS_PATH,
                Arrays.stream(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                                .split(File.pathSeparator))
                        .map(path -> Path.of(path).toUri().toString())
                        .collect(Collectors.joining(" ")));
        main.putValue("Add-Opens", "java.base/java.lang.reflect java.base/sun.nio.ch java.base/jdk.internal.ref");
        main.putValue("Enable-Native-Access", "ALL-UNNAMED");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        final ChildJvm.Ended child = ChildJvm.run(
                temp,
                List.of(
                        ChildJvm.javas().get(0).toString(),
                        "-jar",
                        jar.toString(),
                        ChronicleEngine.class.getName(),
                        folder().toString(),
                        "3"));
        assertThat(child.out()).contains("done");
        assertThat(child.err().lines().filter(line -> !line.contains("Unsafe"))).isEmpty();
    }

    // ---- durability -------------------------------------------------------------------------------------------------

    @Test
    void shouldReallySyncTheDataFileAndTheFolder() throws IOException, InterruptedException {
        final Path strace = Path.of("/usr/bin/strace");
        assumeTrue(Files.isExecutable(strace), "strace is not installed");
        final Path trace = temp.resolve("trace");
        final List<String> prefix =
                List.of(strace.toString(), "-f", "-y", "-e", "trace=fsync,fdatasync", "-o", trace.toString());
        final ChildJvm.Ended child = ChildJvm.run(
                temp,
                ChildJvm.command(
                        prefix,
                        ChildJvm.javas().get(0),
                        new ChronicleEngine().jvmFlags(),
                        SyncingChild.class,
                        folder().toString()));
        assumeTrue(!child.err().contains("Operation not permitted"), "strace may not trace here");
        assertThat(child.out()).contains("synced");
        final List<String> calls = Files.readAllLines(trace);
        final Path file = new ChronicleEngine().lastDataFile(folder());
        assertThat(calls.stream().filter(call -> call.contains("fsync") && call.contains(file + ">) = 0")))
                .as("one sync at the making of the journal, three that were asked for")
                .hasSize(4);
        assertThat(calls.stream().filter(call -> call.contains("<" + folder() + ">) = 0")))
                .isNotEmpty();
    }

    @Test
    void shouldSyncFilesThatWereFinishedSinceTheLastSync() {
        final ChronicleJournalConfig config =
                SMALL.withBlockSizeBytes(128 << 10).withFileBytesMax(128 << 10);
        try (Journal journal = ChronicleJournal.open(folder(), config)) {
            fill(journal, 200, 4000);
            journal.sync();
            journal.sync();
            fill(journal, 200, 4000);
            journal.sync();
        }
        assertThat(CycleFile.list(folder())).hasSizeGreaterThan(5);
        assertThat(count(folder())).isEqualTo(400);
    }

    @Test
    void shouldRefuseToSyncForEverAfterAFailedSync() throws IOException {
        final DiskSync disk = new DiskSync(temp);
        final CycleFile missing = CycleFile.of(temp.resolve("gone"), 20_000);
        disk.writingTo(missing);
        assertThatThrownBy(disk::sync).isInstanceOf(JournalException.class).hasMessageContaining("Cannot sync");
        Files.createDirectories(missing.path().getParent());
        assertThatThrownBy(disk::sync).hasMessageContaining("an earlier sync");
    }

    // ---- files, blocks, rolling -------------------------------------------------------------------------------------

    @Test
    void shouldKeepASmallJournalSmall() throws IOException {
        append(SMALL, 10);
        try (var files = Files.list(folder())) {
            assertThat(files.mapToLong(file -> file.toFile().length()).sum()).isLessThan(3 << 20);
        }
        assertThat(SMALL.payloadLengthMax()).isGreaterThanOrEqualTo(256 << 10);
        assertThat(ChronicleJournalConfig.standard().blockSizeBytes()).isEqualTo(16 << 20);
    }

    @Test
    void shouldTakeTheLongestPayloadAtEveryBlockSize() {
        for (int blockSize = 128 << 10; blockSize <= 16 << 20; blockSize <<= 1) {
            final ChronicleJournalConfig config = SMALL.withBlockSizeBytes(blockSize);
            final Path folder = temp.resolve("block " + blockSize);
            try (Journal journal = ChronicleJournal.open(folder, config)) {
                fill(journal, 12, config.payloadLengthMax());
                final int tooLong = config.payloadLengthMax() + 1;
                final long next = journal.lastPosition() + 1;
                assertThatThrownBy(() -> journal.append(next, new byte[tooLong], 0, tooLong))
                        .isInstanceOf(IllegalArgumentException.class);
                fill(journal, 1, 10);
            }
            assertThat(count(folder)).isEqualTo(13);
        }
    }

    @Test
    void shouldKeepTheBlockSizeItWasMadeWith() {
        append(SMALL, 2);
        append(ChronicleJournalConfig.standard(), 2);
        append(SMALL.withBlockSizeBytes(128 << 10), 2);
        assertThat(count(folder())).isEqualTo(6);
        assertThat(new ChronicleEngine().lastDataFile(folder()).toFile().length())
                .isEqualTo((2 << 20) + (512 << 10));
    }

    @Test
    void shouldGoOnWhenTheClockStepsBack() {
        final AtomicLong now = new AtomicLong(20_000 * DAY_MS + 1000);
        try (Journal journal = ChronicleJournal.open(folder(), SMALL, now::get)) {
            for (final int days : new int[] {0, 1, -5, 3, 2, 0, 7}) {
                now.set((20_000 + days) * DAY_MS);
                fill(journal, 3, 100);
            }
        }
        assertThat(CycleFile.list(folder()).stream().map(CycleFile::cycle))
                .containsExactly(20_000, 20_001, 20_003, 20_007);
        now.set(19_000 * DAY_MS); // a restart with the clock behind
        try (Journal journal = ChronicleJournal.open(folder(), SMALL, now::get)) {
            assertThat(journal.lastPosition()).isEqualTo(20);
            fill(journal, 3, 100);
        }
        assertThat(CycleFile.list(folder())).hasSize(4);
        assertThat(count(folder())).isEqualTo(24);
    }

    @Test
    void shouldShowAReaderWhatComesInNewFiles() {
        final AtomicLong now = new AtomicLong(20_000 * DAY_MS);
        try (Journal journal = ChronicleJournal.open(folder(), SMALL, now::get);
                JournalReader reader = journal.newReader()) {
            final List<String> expected = new ArrayList<>();
            final List<String> shown = new ArrayList<>();
            for (int day = 0; day < 5; day++) {
                expected.addAll(JournalRecords.appendEach(journal, 3, 100));
                if (day % 2 == 0) {
                    shown.addAll(JournalRecords.of(reader));
                    assertThat(shown).isEqualTo(expected);
                }
                now.addAndGet(DAY_MS);
            }
            assertThat(CycleFile.list(folder())).hasSize(5);
        }
    }

    @Test
    void shouldGoOnInANewFileWhenTheNewestIsSealed() throws IOException {
        final AtomicLong now = new AtomicLong(20_000 * DAY_MS);
        try (Journal journal = ChronicleJournal.open(folder(), SMALL, now::get)) {
            fill(journal, 3, 100);
            now.addAndGet(DAY_MS);
            fill(journal, 3, 100);
        }
        final Path older = CycleFile.list(folder()).get(0).path();
        Files.delete(new ChronicleEngine().lastDataFile(folder())); // a crash between the end mark and the new file
        assertThat(count(folder())).isEqualTo(3);
        now.set(20_000 * DAY_MS);
        try (Journal journal = ChronicleJournal.open(folder(), SMALL, now::get)) {
            fill(journal, 2, 100);
        }
        assertThat(count(folder())).isEqualTo(5);
        assertThat(CycleFile.list(folder()).get(0).path()).isEqualTo(older);
        assertThat(CycleFile.list(folder())).hasSize(2);
    }

    @Test
    void shouldNameAMissingFileInTheMiddle() throws IOException {
        final ChronicleJournalConfig config =
                SMALL.withBlockSizeBytes(128 << 10).withFileBytesMax(128 << 10);
        try (Journal journal = ChronicleJournal.open(folder(), config)) {
            fill(journal, 200, 4000);
        }
        final List<CycleFile> files = CycleFile.list(folder());
        for (final int missing : new int[] {0, 1, files.size() - 2}) {
            final Path file = files.get(missing).path();
            Files.move(file, temp.resolve("away"));
            assertThat(refused(() -> count(folder())).kind()).isEqualTo(Kind.CORRUPT);
            Files.move(temp.resolve("away"), file);
        }
        assertThat(count(folder())).isEqualTo(200);
    }

    @Test
    void shouldBoundItsFilesAndStayDenseOverThem() throws InterruptedException {
        final ChronicleJournalConfig config =
                SMALL.withBlockSizeBytes(128 << 10).withFileBytesMax(256 << 10);
        for (int round = 0; round < 3; round++) {
            try (Journal journal = ChronicleJournal.open(folder(), config)) {
                for (int i = 0; i < 4; i++) { // rolls happen on several threads
                    final Thread thread = new Thread(() -> fill(journal, 100, 3000));
                    thread.start();
                    thread.join();
                }
            }
        }
        assertThat(CycleFile.list(folder()))
                .hasSizeGreaterThan(10)
                .allSatisfy(file ->
                        assertThat(file.path().toFile().length()).isLessThanOrEqualTo((256 + 128 + 64 + 128) << 10));
        assertThat(count(folder())).isEqualTo(1200);
    }

    @Test
    void shouldReadExactlyWhatChroniclesOwnTailerReads() {
        final AtomicLong now = new AtomicLong(20_000 * DAY_MS);
        final ByteBuffer ours = ByteBuffer.allocate(4 << 20);
        try (Journal journal = ChronicleJournal.open(folder(), SMALL, now::get)) {
            for (int day = 0; day < 3; day++) {
                fill(journal, 700, 200 + day);
                now.addAndGet(DAY_MS);
            }
        }
        try (Journal journal = ChronicleJournal.openReadOnly(folder())) {
            journal.replay(new JournalVisitor() {
                @Override
                public void onCommand(final long position, final byte[] bytes, final int offset, final int length) {
                    ours.put(bytes, offset, length);
                }

                @Override
                public void onMark(final long position, final long[] digests, final int count) {
                    throw new AssertionError("no mark was written");
                }
            });
        }
        final ByteBuffer theirs = ByteBuffer.allocate(4 << 20);
        try (ChronicleQueue queue = SingleChronicleQueueBuilder.binary(folder().toFile())
                        .readOnly(true)
                        .build();
                ExcerptTailer tailer = queue.createTailer()) {
            while (true) {
                try (DocumentContext document = tailer.readingDocument()) {
                    if (!document.isPresent()) {
                        break;
                    }
                    final byte[] bytes = document.wire().bytes().toByteArray();
                    final ByteBuffer frame = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
                    if (frame.get(20) == 2) { // one command in each
                        theirs.put(bytes, RecordFrame.HEADER_BYTES, frame.getInt(16));
                    }
                }
            }
        }
        assertThat(theirs.flip()).isEqualTo(ours.flip());
        assertThat(ours.limit()).isEqualTo(700 * (200 + 201 + 202));
    }

    @Test
    void shouldWalkAFileWithMoreThanOneIndex() {
        final int documents = 4096 * 256 + 1000; // one index document holds that many, less the thousand
        final ChronicleJournalConfig config = SMALL.withBlockSizeBytes(16 << 20).withFileBytesMax(1 << 30);
        try (Journal journal = ChronicleJournal.open(folder(), config)) {
            fill(journal, documents, 8);
        }
        try (CycleWalker walker = new CycleWalker(CycleFile.list(folder()).get(0), 16 << 20)) {
            assertThat(walker.extent(true).indexOffsets()).hasSize(3);
        }
        assertThat(count(folder())).isEqualTo(documents);
        append(config, 10);
        assertThat(count(folder())).isEqualTo(documents + 10);
    }

    // ---- what a dead process or a bad disk leaves
    // ---------------------------------------------------------------------

    @Test
    void shouldOpenUnderTheProcessIdThatWasKilledInAnAppend() throws IOException {
        append(SMALL, 5);
        final Path killed = temp.resolve("killed");
        try (ChronicleQueue queue = SingleChronicleQueueBuilder.binary(folder().toFile())
                        .rollCycle(RollCycles.FAST_DAILY)
                        .blockSize(SMALL.blockSizeBytes())
                        .build();
                var appender = queue.createAppender();
                DocumentContext half = appender.writingDocument()) {
            half.wire().bytes().write(new byte[5000]).writeLong(7);
            Contract.copy(folder(), killed); // metadata says: locked by this process, which is alive
            half.rollbackOnClose();
        }
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            try (Journal journal = ChronicleJournal.open(killed, SMALL)) {
                assertThat(journal.lastPosition()).isEqualTo(4);
                fill(journal, 2, 20);
            }
        });
        assertThat(count(killed)).isEqualTo(7);
    }

    @Test
    void shouldLoseNothingWhenEveryLifeHasTheSameProcessId() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/unshare")), "unshare is not installed");
        final Process probe = new ProcessBuilder("unshare", "--pid", "--fork", "--kill-child", "true")
                .redirectErrorStream(true)
                .start();
        assumeTrue(probe.waitFor() == 0, "this user may not make a PID namespace");
        final Contract contract = new Contract(temp);
        contract.killEach(List.of("unshare", "--pid", "--fork", "--kill-child"), 4);
    }

    @Test
    void shouldCutADocumentThatWasNeverFinished() throws IOException {
        append(SMALL, 5);
        final Path file = new ChronicleEngine().lastDataFile(folder());
        final long end = end(file);
        for (final int word : new int[] {0, CycleLayout.UNFINISHED}) {
            final byte[] leftovers = new byte[20_000];
            Arrays.fill(leftovers, (byte) 0x5a);
            write(file, end, word);
            write(file, end + 4, leftovers);
            assertThat(count(folder())).isEqualTo(5);
        }
        append(SMALL, 1); // shorter than the leftovers
        assertThat(count(folder())).isEqualTo(6);
        append(SMALL, 3);
        assertThat(count(folder())).isEqualTo(9);
    }

    @Test
    void shouldKeepADocumentThatOnlyLacksItsWord() throws IOException {
        try (Journal journal = ChronicleJournal.open(folder(), SMALL)) {
            fill(journal, 5, 104); // the document of one record has 128 bytes: one bit away from 0
            Contract.copy(folder(), temp.resolve("copy"));
        }
        final Path copy = temp.resolve("copy");
        final Path file = new ChronicleEngine().lastDataFile(copy);
        final long last = end(file) - 128 - 4;
        write(file, last, 0);
        assertThat(count(copy)).isEqualTo(5);
        try (Journal journal = ChronicleJournal.open(copy, SMALL)) {
            assertThat(journal.lastPosition()).isEqualTo(4);
            fill(journal, 1, 104);
        }
        assertThat(count(copy)).isEqualTo(6);
        write(file, last - 132, 0); // another document follows this one
        assertThat(refused(() -> count(copy))).hasMessageContaining("another document follows");
    }

    @Test
    void shouldNameAZeroedPageAnywhereBeforeTheLast() throws IOException {
        append(SMALL, 400);
        final Path file = new ChronicleEngine().lastDataFile(folder());
        final byte[] whole = Files.readAllBytes(file);
        final long end = end(file);
        for (long page = 0; page + 4096 + 300 < end; page += 4096) {
            final boolean empty = Arrays.equals(whole, (int) page, (int) page + 4096, new byte[4096], 0, 4096);
            write(file, page, new byte[4096]);
            if (!empty) {
                assertThat(refused(() -> count(folder())).kind()).isEqualTo(Kind.CORRUPT);
                assertThat(refused(() -> append(SMALL, 1)).kind()).isEqualTo(Kind.CORRUPT);
            }
            Files.write(file, whole);
        }
        assertThat(count(folder())).isEqualTo(400);
    }

    @Test
    void shouldGoOnInAFileWhoseMakingNeverEnded() throws IOException {
        final AtomicLong now = new AtomicLong(20_000 * DAY_MS);
        try (Journal journal = ChronicleJournal.open(folder(), SMALL, now::get)) {
            fill(journal, 3, 100);
        }
        int expected = 3;
        for (final long size : new long[] {0, (2 << 20) + (512 << 10)}) {
            for (final int word : new int[] {0, CycleLayout.UNFINISHED}) {
                now.addAndGet(DAY_MS);
                final Path next =
                        CycleFile.of(folder(), (int) (now.get() / DAY_MS)).path();
                try (RandomAccessFile begun = new RandomAccessFile(next.toFile(), "rw")) {
                    begun.setLength(size);
                    if (size > 0) {
                        begun.writeInt(Integer.reverseBytes(word));
                        begun.write(new byte[] {(byte) 0xb9, 6, 'h', 'e', 'a'});
                    }
                }
                assertThat(count(folder())).isEqualTo(expected);
                try (Journal journal = ChronicleJournal.open(folder(), SMALL, now::get)) {
                    fill(journal, 2, 100);
                }
                expected += 2;
                assertThat(count(folder())).isEqualTo(expected);
            }
        }
    }

    @Test
    void shouldMendWhatChronicleNotedAboutItsFile() throws IOException {
        append(SMALL, 600);
        final Path file = new ChronicleEngine().lastDataFile(folder());
        final long end = end(file);
        int expected = 600;
        for (final long place : new long[] {0, 77, end + 4096, Long.MAX_VALUE, 1 << 20, -8}) {
            write(file, CycleLayout.WRITE_POSITION_OFFSET, longBytes(place));
            write(file, CycleLayout.INDEX_OF_INDEXES_OFFSET, longBytes(place));
            write(file, CycleLayout.INDEXES_OFFSET, longBytes(place));
            assertThat(count(folder())).isEqualTo(expected);
            append(SMALL, 1);
            expected++;
        }
        Files.write(folder().resolve("metadata.cq4t"), new byte[] {1, 2, 3});
        append(SMALL, 1);
        Files.delete(folder().resolve("metadata.cq4t"));
        append(SMALL, 1);
        assertThat(count(folder())).isEqualTo(expected + 2);
    }

    @Test
    void shouldNameAFaultOfAMappedPageAndCommitNoHalfDocument() throws IOException {
        final Path file;
        try (Journal journal = ChronicleJournal.open(folder(), SMALL)) {
            fill(journal, 5000, 100);
            file = new ChronicleEngine().lastDataFile(folder());
            try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
                cut.setLength(end(file) / 4096 * 4096); // below the next pages
            }
            final JournalException refused = refused(() -> fill(journal, 5000, 100));
            assertThat(refused.kind()).isEqualTo(Kind.IO);
            assertThat(refused.getCause()).isInstanceOf(InternalError.class);
            assertThat(refused(journal::commit)).hasMessageContaining("An earlier append failed");
        }
        assertThat(refused(() -> count(folder())).kind()).isEqualTo(Kind.CORRUPT);
    }

    @Test
    void shouldStopAtTheWatermarkBeforeTheDiskIsFull() throws IOException, InterruptedException {
        onATmpfs(24, disk -> {
            final ChronicleJournalConfig config = SMALL.withFreeSpaceMinBytes(8 << 20);
            try (Journal journal = ChronicleJournal.open(disk.resolve("j"), config)) {
                final JournalException refused = refused(() -> fill(journal, 1_000_000, 1000));
                assertThat(refused.kind()).isEqualTo(Kind.NO_ROOM);
                assertThat(refused.getCause()).isNull();
                assertThat(disk.toFile().getUsableSpace()).isBetween(5L << 20, 8L << 20);
                final long last = journal.lastPosition();
                assertThat(refused(() -> fill(journal, 1, 1000)).kind()).isEqualTo(Kind.NO_ROOM);
                Files.delete(disk.resolve("ballast"));
                fill(journal, 1, 1000); // there is room again
                assertThat(journal.lastPosition()).isEqualTo(last + 1);
                assertThat(count(disk.resolve("j"))).isEqualTo(last + 2);
            }
        });
    }

    @Test
    void shouldLoseNothingAcknowledgedWhenTheDiskIsFullAllTheSame() throws IOException, InterruptedException {
        onATmpfs(8, disk -> {
            final ChronicleJournalConfig config = SMALL.withFreeSpaceMinBytes(0);
            final long acknowledged;
            try (Journal journal = ChronicleJournal.open(disk.resolve("j"), config)) {
                final AtomicLong committed = new AtomicLong(-1);
                final JournalException refused = refused(() -> {
                    while (true) {
                        fill(journal, 1, 300);
                        committed.set(journal.lastPosition());
                    }
                });
                assertThat(refused.kind()).isEqualTo(Kind.NO_ROOM);
                assertThat(refused.getCause()).isInstanceOf(InternalError.class);
                acknowledged = committed.get();
            }
            assertThat(count(disk.resolve("j"))).isEqualTo(acknowledged + 1);
            Files.delete(disk.resolve("ballast"));
            try (Journal journal = ChronicleJournal.open(disk.resolve("j"), config)) {
                fill(journal, 10, 300);
            }
            assertThat(count(disk.resolve("j"))).isEqualTo(acknowledged + 11);
        });
    }

    private interface OnDisk {
        void run(Path disk) throws IOException;
    }

    private void onATmpfs(final int mebibytes, final OnDisk test) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/mount")), "mount is not installed");
        final Path disk = Files.createDirectory(temp.resolve("disk"));
        final int mounted = new ProcessBuilder(
                        "mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", disk.toString())
                .redirectErrorStream(true)
                .start()
                .waitFor();
        assumeTrue(mounted == 0, "this user may not mount");
        try {
            Files.write(disk.resolve("ballast"), new byte[4 << 20]);
            test.run(disk);
        } finally {
            assertThat(new ProcessBuilder("umount", "-l", disk.toString())
                            .start()
                            .waitFor())
                    .isZero();
        }
    }

    // ---- tools ------------------------------------------------------------------------------------------------------

    /** The contract's tools for child JVMs. */
    private static final class Contract extends JournalContract {
        Contract(final Path temp) {
            this.temp = temp;
        }

        @Override
        protected JournalEngine engine() {
            return new ChronicleEngine();
        }

        void killEach(final List<String> prefix, final int rounds) throws IOException {
            killRounds(prefix, rounds);
        }

        static void copy(final Path from, final Path to) throws IOException {
            copyFolder(from, to);
        }
    }

    private static List<String> child(final Path java, final List<String> flags, final Path folder) {
        return ChildJvm.command(
                List.of(), java, flags, AppendingChild.class, ChronicleEngine.class.getName(), folder.toString(), "3");
    }

    private void append(final ChronicleJournalConfig config, final int count) {
        try (Journal journal = ChronicleJournal.open(folder(), config)) {
            fill(journal, count, 100);
        }
    }

    private static void fill(final Journal journal, final int count, final int length) {
        final byte[] payload = new byte[length];
        for (int i = 0; i < count; i++) {
            final long position = journal.lastPosition() + 1;
            Arrays.fill(payload, (byte) (position + 1));
            journal.append(position, payload, 0, length);
            journal.commit();
        }
    }

    private static long count(final Path folder) {
        try (Journal journal = ChronicleJournal.openReadOnly(folder)) {
            return journal.lastPosition() + 1;
        }
    }

    private static JournalException refused(final ThrowingCallable code) {
        final JournalException refused = catchThrowableOfType(JournalException.class, code);
        assertThat(refused).as("nothing was refused").isNotNull();
        return refused;
    }

    /** Where the documents of a data file end. */
    private static long end(final Path file) {
        try (CycleWalker walker = new CycleWalker(new CycleFile(file, 0), SMALL.blockSizeBytes())) {
            return walker.extent(true).endOffset();
        }
    }

    private static void write(final Path file, final long offset, final int word) throws IOException {
        write(
                file,
                offset,
                ByteBuffer.allocate(4)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(word)
                        .array());
    }

    private static void write(final Path file, final long offset, final byte[] bytes) throws IOException {
        try (RandomAccessFile writable = new RandomAccessFile(file.toFile(), "rw")) {
            writable.seek(offset);
            writable.write(bytes);
        }
    }

    private static byte[] longBytes(final long value) {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
    }
}
