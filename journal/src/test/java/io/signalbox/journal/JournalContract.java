package io.signalbox.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.signalbox.kernel.port.Journal;
import io.signalbox.kernel.port.JournalException;
import io.signalbox.kernel.port.JournalException.Kind;
import io.signalbox.kernel.port.JournalReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.CRC32C;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every engine behind the journal port must do. An engine's test extends this and hands in the engine. */
public abstract class JournalContract {
    @TempDir
    protected Path temp;

    /** The engine under test. */
    protected abstract JournalEngine engine();

    /** A folder for one journal. */
    protected Path folder() {
        return temp.resolve("journal");
    }

    private Journal open() {
        return engine().open(folder());
    }

    private List<String> read() {
        try (Journal journal = engine().readOnly(folder())) {
            return JournalRecords.of(journal);
        }
    }

    // ---- what was committed comes back ------------------------------------------------------------------------------

    @Test
    void shouldBeEmptyAtFirst() {
        try (Journal journal = open()) {
            assertThat(journal.lastPosition()).isEqualTo(-1);
            assertThat(JournalRecords.of(journal)).isEmpty();
            assertThat(journal.name()).contains("journal");
        }
        assertThat(read()).isEmpty();
    }

    @Test
    void shouldReplayWhatWasCommittedInItsOrder() {
        final List<String> expected = new ArrayList<>();
        try (Journal journal = open()) {
            long position = 0;
            for (final int length : new int[] {0, 1, 7, 8, 9, 100, 4095, 4096, 4097, 70_000, 256 << 10}) {
                final byte[] payload = JournalRecords.payload(position, length + 20);
                journal.append(position, payload, 5, length);
                expected.add(JournalRecords.command(position, Arrays.copyOfRange(payload, 5, 5 + length)));
                journal.appendMark(position, new long[] {position, -1, Long.MIN_VALUE, 99}, 3);
                expected.add(JournalRecords.mark(position, position, -1, Long.MIN_VALUE));
                position++;
            }
            journal.commit();
        }
        assertThat(read()).isEqualTo(expected);
        try (Journal journal = open()) {
            assertThat(JournalRecords.of(journal)).isEqualTo(expected);
        }
    }

    @Test
    void shouldShowAReaderBesideTheWriterWhatIsCommittedAndOnlyThat() {
        final List<String> expected = new ArrayList<>();
        try (Journal journal = open();
                JournalReader first = journal.newReader()) {
            assertThat(JournalRecords.of(first)).isEmpty();
            for (int round = 0; round < 5; round++) {
                final List<String> added = JournalRecords.appendEach(journal, 20, 3_000);
                assertThat(JournalRecords.of(first)).isEqualTo(added);
                expected.addAll(added);
                final byte[] payload = JournalRecords.payload(expected.size(), 70_000);
                journal.append(expected.size(), payload, 0, payload.length);
                assertThat(JournalRecords.of(first)).as("not committed yet").isEmpty();
                journal.commit();
                expected.add(JournalRecords.command(expected.size(), payload));
                assertThat(JournalRecords.of(first)).containsExactly(expected.get(expected.size() - 1));
                try (JournalReader late = journal.newReader()) {
                    assertThat(JournalRecords.of(late)).isEqualTo(expected);
                }
            }
        }
        try (Journal journal = open();
                JournalReader reader = journal.newReader()) {
            expected.addAll(JournalRecords.appendEach(journal, 3, 10));
            assertThat(JournalRecords.of(reader)).isEqualTo(expected);
        }
    }

    @Test
    void shouldShowAReaderEachRecordOfABatchForItself() {
        try (Journal journal = open();
                JournalReader reader = journal.newReader()) {
            for (int position = 0; position < 100; position++) {
                journal.append(position, JournalRecords.payload(position, 50), 0, 50);
            }
            journal.commit();
            for (int position = 0; position < 100; position++) {
                assertThat(JournalRecords.next(reader))
                        .isEqualTo(JournalRecords.command(position, JournalRecords.payload(position, 50)));
            }
            assertThat(JournalRecords.next(reader)).isNull();
        }
    }

    @Test
    void shouldLetReadersFollowAWriterThatDoesNotWait() throws InterruptedException {
        final int commands = 20_000;
        try (Journal journal = open();
                JournalReader reader = journal.newReader()) {
            final Thread writer = new Thread(() -> {
                for (int position = 0; position < commands; position++) {
                    journal.append(position, JournalRecords.payload(position, position % 200), 0, position % 200);
                    if (position % 7 == 6) {
                        journal.commit();
                    }
                }
                journal.commit();
            });
            writer.start();
            final List<String> shown = new ArrayList<>();
            while (shown.size() < commands) {
                shown.addAll(JournalRecords.of(reader));
                Thread.onSpinWait();
            }
            writer.join();
            for (int position = 0; position < commands; position++) {
                final String expected =
                        JournalRecords.command(position, JournalRecords.payload(position, position % 200));
                assertThat(shown.get(position)).isEqualTo(expected);
            }
        }
    }

    @Test
    void shouldGoOnWhereItEnded() {
        final List<String> expected = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            try (Journal journal = open()) {
                assertThat(journal.lastPosition()).isEqualTo(expected.size() - 1L);
                assertThat(JournalRecords.of(journal)).isEqualTo(expected);
                expected.addAll(JournalRecords.appendEach(journal, 20, 300));
                assertThat(journal.lastPosition()).isEqualTo(expected.size() - 1L);
            }
        }
        assertThat(read()).isEqualTo(expected);
    }

    @Test
    void shouldSplitABatchThatIsLargerThanOneWrite() {
        final List<String> expected = new ArrayList<>();
        try (Journal journal = open()) {
            for (int position = 0; position < 40; position++) {
                final byte[] payload = JournalRecords.payload(position, 100_000);
                journal.append(position, payload, 0, payload.length);
                expected.add(JournalRecords.command(position, payload));
            }
            journal.commit();
            assertThat(read()).isEqualTo(expected);
        }
    }

    @Test
    void shouldDoNothingOnACommitWithNothingAppended() throws IOException {
        try (Journal journal = open()) {
            JournalRecords.appendEach(journal, 3, 100);
            final byte[] before = Files.readAllBytes(engine().lastDataFile(folder()));
            journal.commit();
            journal.commit();
            assertThat(Files.readAllBytes(engine().lastDataFile(folder()))).isEqualTo(before);
        }
    }

    @Test
    void shouldTakeTheLongestPayloadAndRefuseALongerOne() {
        final int lengthMax = engine().payloadLengthMax();
        assertThat(lengthMax).isGreaterThanOrEqualTo(256 << 10);
        final byte[] longest = JournalRecords.payload(0, lengthMax);
        try (Journal journal = open()) {
            assertThatThrownBy(() -> journal.append(0, new byte[lengthMax + 1], 0, lengthMax + 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(Integer.toString(lengthMax));
            journal.append(0, longest, 0, lengthMax);
            journal.commit();
        }
        assertThat(read()).containsExactly(JournalRecords.command(0, longest));
    }

    @Test
    void shouldRefusePositionsThatAreNotDense() {
        try (Journal journal = open()) {
            assertThatThrownBy(() -> journal.append(1, new byte[8], 0, 8))
                    .hasMessageContaining("0 was expected, 1 came");
            journal.append(0, new byte[8], 0, 8);
            assertThatThrownBy(() -> journal.append(0, new byte[8], 0, 8)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> journal.append(1, new byte[8], 4, 5))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> journal.appendMark(1, new long[1], 1))
                    .isInstanceOf(IllegalArgumentException.class);
            journal.append(1, new byte[8], 0, 8);
            journal.commit();
            assertThat(journal.lastPosition()).isEqualTo(1);
        }
        assertThat(read()).hasSize(2);
    }

    @Test
    void shouldCommitAtClose() {
        try (Journal journal = open()) {
            journal.append(0, new byte[8], 0, 8);
        }
        assertThat(read()).hasSize(1);
    }

    @Test
    void shouldCloseTwiceAndRefuseAppendsAfterThat() {
        final Journal journal = open();
        journal.close();
        journal.close();
        assertThatThrownBy(() -> journal.append(0, new byte[8], 0, 8)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(journal::commit).isInstanceOf(IllegalStateException.class);
    }

    // ---- readers ----------------------------------------------------------------------------------------------------

    @Test
    void shouldShowAReaderWhatIsCommittedAndNothingElse() {
        try (Journal journal = open()) {
            final List<String> expected = JournalRecords.appendEach(journal, 5, 100);
            journal.append(5, new byte[100], 0, 100);
            try (Journal reader = engine().readOnly(folder())) {
                assertThat(reader.lastPosition()).isEqualTo(4);
                journal.commit();
                assertThat(JournalRecords.of(reader)).isEqualTo(expected);
            }
            assertThat(read()).hasSize(6);
        }
    }

    @Test
    void shouldReadWhileAnotherProcessAppends() throws IOException {
        final Process child = startChild(List.of(), -1);
        try (BufferedReader out = child.inputReader(StandardCharsets.US_ASCII)) {
            long acknowledged = -1;
            for (int look = 0; look < 40; look++) {
                for (int i = 0; i < 25; i++) {
                    acknowledged = position(out.readLine());
                }
                requireChildRecords(acknowledged);
            }
        } finally {
            child.destroyForcibly().onExit().join();
        }
    }

    @Test
    void shouldChangeNothingWhenReadOnly() throws IOException {
        try (Journal journal = open()) {
            JournalRecords.appendEach(journal, 5, 100);
        }
        final Path copy = temp.resolve("a copy");
        copyFolder(folder(), copy);
        final Map<String, Object> before = look(copy);
        final boolean posix = Files.getFileAttributeView(copy, PosixFileAttributeView.class) != null;
        if (posix) {
            Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("r-x------"));
        }
        try (Journal reader = engine().readOnly(copy)) {
            assertThat(JournalRecords.of(reader)).hasSize(5);
            assertThatThrownBy(() -> reader.append(5, new byte[8], 0, 8)).hasMessageContaining("read-only");
            assertThatThrownBy(() -> reader.appendMark(4, new long[1], 1)).hasMessageContaining("read-only");
            assertThatThrownBy(reader::commit).hasMessageContaining("read-only");
            assertThatThrownBy(reader::sync).hasMessageContaining("read-only");
        }
        assertThat(look(copy)).isEqualTo(before);
        if (posix) {
            Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void shouldSayThatThereIsNoJournal() throws IOException {
        requireKind(Kind.NOT_FOUND, () -> engine().readOnly(temp.resolve("missing")));
        assertThat(temp.resolve("missing")).doesNotExist();
        Files.createDirectory(folder());
        requireKind(Kind.NOT_FOUND, this::read);
        assertThat(folder()).isEmptyDirectory();
    }

    // ---- the folder -------------------------------------------------------------------------------------------------

    @Test
    void shouldHaveOneWriterInAProcess() {
        try (Journal journal = open()) {
            final JournalException refused = requireKind(Kind.IN_USE, this::open);
            assertThat(refused)
                    .hasMessageContaining(Long.toString(ProcessHandle.current().pid()));
            requireKind(Kind.IN_USE, this::open);
            JournalRecords.appendEach(journal, 1, 8);
        }
        open().close();
    }

    @Test
    void shouldHaveOneWriterOfAllProcesses() throws IOException, InterruptedException {
        try (Journal journal = open()) {
            requireKind(Kind.IN_USE, this::open); // must not loosen the lock of this process
            final ChildJvm.Ended child = ChildJvm.run(temp, childCommand(List.of(), 1));
            assertThat(child.out())
                    .startsWith("IN_USE")
                    .contains(Long.toString(ProcessHandle.current().pid()));
            JournalRecords.appendEach(journal, 1, 8);
        }
        assertThat(ChildJvm.run(temp, childCommand(List.of(), 1)).out()).contains("done");
    }

    @Test
    void shouldRefuseANewerFormat() throws IOException {
        open().close();
        final Path format = folder().resolve(JournalFormat.FILE_NAME);
        Files.writeString(format, Files.readString(format).replace("signalbox-journal 1", "signalbox-journal 2"));
        assertThat(requireKind(Kind.NEWER_FORMAT, this::open)).hasMessageContaining("format 2");
        assertThat(requireKind(Kind.NEWER_FORMAT, this::read)).hasMessageContaining("format 1");
    }

    @Test
    void shouldRefuseWhatIsNoJournal() throws IOException {
        open().close();
        final Path format = folder().resolve(JournalFormat.FILE_NAME);
        final String text = Files.readString(format);
        for (final String other :
                List.of("", "PK\3\4", text + "more\n", text.replace("engine ", "engine x"), text.substring(0, 60))) {
            Files.writeString(format, other);
            requireKind(Kind.CORRUPT, this::open);
            assertThat(requireKind(Kind.CORRUPT, this::read)).hasMessageContaining(format.toString());
        }
        Files.delete(format);
        requireKind(Kind.CORRUPT, this::open);
        requireKind(Kind.CORRUPT, this::read);
        Files.writeString(format, text);
        Files.delete(engine().lastDataFile(folder()));
        requireKind(Kind.CORRUPT, this::open);
        requireKind(Kind.CORRUPT, this::read);
    }

    @Test
    void shouldRefuseDataFilesOfAnotherJournal() throws IOException {
        open().close();
        final Path other = temp.resolve("other");
        engine().open(other).close();
        Files.copy(engine().lastDataFile(other), engine().lastDataFile(folder()), StandardCopyOption.REPLACE_EXISTING);
        requireKind(Kind.CORRUPT, this::open);
    }

    @Test
    void shouldBeginAgainWhenItsMakingNeverEnded() throws IOException {
        open().close();
        final Path format = folder().resolve(JournalFormat.FILE_NAME);
        Files.move(format, folder().resolve(JournalFormat.UNFINISHED_FILE_NAME));
        requireKind(Kind.NOT_FOUND, this::read);
        try (Journal journal = open()) {
            JournalRecords.appendEach(journal, 2, 10);
        }
        assertThat(read()).hasSize(2);
    }

    @Test
    void shouldLetOnlyTheOwnerLook() throws IOException {
        assumeTrue(Files.getFileAttributeView(temp, PosixFileAttributeView.class) != null, "no POSIX rights here");
        try (Journal journal = open()) {
            JournalRecords.appendEach(journal, 2, 10);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
                    .isEqualTo("rwx------");
            try (var files = Files.list(folder())) {
                assertThat(files)
                        .isNotEmpty()
                        .allSatisfy(
                                file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                                        .as(file.toString())
                                        .isEqualTo("rw-------"));
            }
        }
    }

    // ---- threads and interrupts -------------------------------------------------------------------------------------

    @Test
    void shouldGoFromThreadToThread() throws InterruptedException {
        final List<String> expected = new ArrayList<>();
        try (Journal journal = open()) {
            for (int i = 0; i < 20; i++) {
                final AtomicReference<Throwable> failure = new AtomicReference<>();
                final Thread thread = new Thread(() -> expected.addAll(JournalRecords.appendEach(journal, 50, 200)));
                thread.setUncaughtExceptionHandler((t, e) -> failure.set(e));
                thread.start();
                thread.join();
                assertThat(failure.get()).isNull();
            }
        }
        assertThat(read()).isEqualTo(expected);
    }

    @Test
    void shouldAppendAndSyncForAnInterruptedCallerAndLeaveTheFlag() {
        final List<String> expected = new ArrayList<>();
        Thread.currentThread().interrupt();
        try (Journal journal = open()) {
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
            for (int i = 0; i < 100; i++) { // 10 MB: over many blocks
                expected.addAll(JournalRecords.appendEach(journal, 1, 100_000));
                assertThat(Thread.currentThread().isInterrupted()).isTrue();
            }
            journal.sync();
        }
        assertThat(Thread.interrupted()).isTrue();
        assertThat(read()).isEqualTo(expected);
    }

    @Test
    void shouldNotBeClosedByInterruptsThatComeAtAnyMoment() throws InterruptedException {
        final List<String> expected = new ArrayList<>();
        final AtomicBoolean stop = new AtomicBoolean();
        final Thread appending = Thread.currentThread();
        final Thread interrupter = new Thread(() -> {
            while (!stop.get()) {
                appending.interrupt();
                Thread.onSpinWait();
            }
        });
        try (Journal journal = open()) {
            interrupter.start();
            for (int i = 0; i < 200; i++) {
                expected.addAll(JournalRecords.appendEach(journal, 1, 100_000));
                if (i % 20 == 0) {
                    journal.sync();
                }
                Thread.interrupted();
            }
            stop.set(true);
            while (interrupter.isAlive()) {
                Thread.onSpinWait();
            }
            Thread.interrupted();
        }
        assertThat(read()).isEqualTo(expected);
    }

    @Test
    void shouldSyncBesideAnAppender() throws InterruptedException {
        final AtomicReference<Throwable> failure = new AtomicReference<>();
        final AtomicBoolean stop = new AtomicBoolean();
        try (Journal journal = open()) {
            final Thread syncing = new Thread(() -> {
                while (!stop.get()) {
                    journal.sync();
                }
            });
            syncing.setUncaughtExceptionHandler((t, e) -> failure.set(e));
            syncing.start();
            JournalRecords.appendEach(journal, 3000, 2000);
            stop.set(true);
            syncing.join();
        }
        assertThat(failure.get()).isNull();
        assertThat(read()).hasSize(3000);
    }

    // ---- crashes and damage -----------------------------------------------------------------------------------------

    @Test
    void shouldLoseNothingAcknowledgedToAKill() throws IOException {
        killRounds(List.of(), 8);
    }

    /** Kill a child at random moments; all it acknowledged is there, in order, and the next child goes on. */
    protected final void killRounds(final List<String> prefix, final int rounds) throws IOException {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        long acknowledged = -1;
        for (int round = 0; round < rounds; round++) {
            final Process child = startChild(prefix, -1);
            try (BufferedReader out = child.inputReader(StandardCharsets.US_ASCII)) {
                final String opened = out.readLine();
                assertThat(opened).as("seed %s, round %s", seed, round).startsWith("opened ");
                assertThat(Long.parseLong(opened.substring(7))).isGreaterThanOrEqualTo(acknowledged);
                final int lines = 1 + random.nextInt(400);
                for (int i = 0; i < lines; i++) {
                    acknowledged = position(out.readLine());
                }
                child.toHandle().destroyForcibly(); // the handle leaves the pipe open, what was said can still be read
                String line;
                while ((line = out.readLine()) != null) {
                    acknowledged = line.isEmpty() ? acknowledged : Math.max(acknowledged, position(line));
                }
            }
            child.onExit().join();
            requireChildRecords(acknowledged);
        }
        try (Journal journal = open()) {
            JournalRecords.appendEach(journal, 3, 50);
        }
    }

    private static long position(final String line) {
        return line.startsWith("opened ") ? Long.parseLong(line.substring(7)) : Long.parseLong(line);
    }

    private void requireChildRecords(final long acknowledged) {
        try (Journal journal = engine().readOnly(folder())) {
            assertThat(journal.lastPosition()).isGreaterThanOrEqualTo(acknowledged);
            long position = 0;
            for (final String line : JournalRecords.of(journal)) {
                if (line.startsWith("command")) {
                    assertThat(line)
                            .isEqualTo(JournalRecords.command(
                                    position, JournalRecords.payload(position, AppendingChild.length(position))));
                    position++;
                } else {
                    assertThat(line).isEqualTo(JournalRecords.mark(position - 1, position, ~position));
                }
            }
        }
    }

    @Test
    void shouldNeverShowOtherContentAfterTruncation() throws IOException {
        final List<String> expected = smallJournal();
        final Path file = engine().lastDataFile(folder());
        final byte[] whole = Files.readAllBytes(file);
        final int end = lastNonZero(whole) + 1;
        final Random random = new Random(4711);
        for (int sample = 0; sample < 150; sample++) {
            final int cut = sample < 75 ? end - 1 - sample * 3 : random.nextInt(whole.length);
            try (RandomAccessFile writable = new RandomAccessFile(file.toFile(), "rw")) {
                writable.setLength(cut);
            }
            requireDetectedOrIdentical(expected, "cut at " + cut);
            Files.write(file, whole);
        }
        assertThat(read()).isEqualTo(expected);
    }

    @Test
    void shouldNameEveryFlippedBitOrShowTheSameContent() throws IOException {
        final List<String> expected = smallJournal();
        final Path file = engine().lastDataFile(folder());
        final byte[] whole = Files.readAllBytes(file);
        final int begin = firstRecord(whole);
        final int end = lastNonZero(whole) + 1;
        final Random random = new Random(815);
        int detected = 0;
        for (int sample = 0; sample < 900; sample++) {
            // first every sort of byte near the records, then the engine's own bytes, then anywhere
            final int at = sample < 500
                    ? begin + random.nextInt(end - begin)
                    : sample < 700
                            ? random.nextInt(begin)
                            : sample < 800 ? end - 1 - sample % 100 : random.nextInt(whole.length);
            final int bit = 1 << random.nextInt(8);
            flip(file, at, bit);
            detected += requireDetectedOrIdentical(expected, "bit " + bit + " at " + at) ? 1 : 0;
            flip(file, at, bit);
        }
        assertThat(detected).isGreaterThan(500);
        assertThat(read()).isEqualTo(expected);
    }

    @Test
    void shouldNameEveryFlippedBitToAWriterToo() throws IOException {
        final List<String> expected = smallJournal();
        final Path pristine = temp.resolve("pristine");
        copyFolder(folder(), pristine);
        final byte[] whole = Files.readAllBytes(engine().lastDataFile(pristine));
        final int begin = firstRecord(whole);
        final int end = lastNonZero(whole) + 1;
        final Random random = new Random(42);
        for (int sample = 0; sample < 120; sample++) {
            final Path damaged = temp.resolve("damaged " + sample);
            copyFolder(pristine, damaged);
            final int at = sample % 2 == 0 ? random.nextInt(begin) : begin + random.nextInt(end - begin);
            flip(engine().lastDataFile(damaged), at, 1 << random.nextInt(8));
            try (Journal journal = engine().open(damaged)) {
                assertThat(JournalRecords.of(journal)).isEqualTo(expected);
                JournalRecords.appendEach(journal, 1, 100);
            } catch (final JournalException e) {
                assertThat(e.kind()).as("flipped at " + at + ": " + e).isEqualTo(Kind.CORRUPT);
                continue;
            }
            try (Journal journal = engine().readOnly(damaged)) {
                assertThat(JournalRecords.of(journal))
                        .hasSize(expected.size() + 1)
                        .containsAll(expected);
            }
        }
    }

    @Test
    void shouldNameARecordThatWasChangedAndItsCrcMended() throws IOException {
        try (Journal journal = open()) {
            for (int position = 0; position < 5; position++) {
                final byte[] text = JournalRecords.text("the command at position " + position);
                journal.append(position, text, 0, text.length);
                journal.commit();
            }
        }
        final Path file = engine().lastDataFile(folder());
        for (final int position : new int[] {2, 4}) {
            final byte[] whole = Files.readAllBytes(file);
            final byte[] changed = whole.clone();
            final int payload = indexOf(changed, JournalRecords.text("the command at position " + position));
            changed[payload] = 'T';
            final int frame = payload - RecordFrame.HEADER_BYTES;
            final int length = (int) RecordFrame.INT.get(changed, frame + RecordFrame.LENGTH_OFFSET);
            final CRC32C crc = new CRC32C();
            crc.update(changed, frame + 4, RecordFrame.frameBytes(length) - 4);
            RecordFrame.INT.set(changed, frame + RecordFrame.CRC_OFFSET, (int) crc.getValue());
            Files.write(file, changed);
            assertThat(requireKind(Kind.CORRUPT, this::read))
                    .hasMessageContaining("position " + position)
                    .hasMessageContaining(file.getFileName().toString())
                    .hasMessageContaining("changed after it was written");
            requireKind(Kind.CORRUPT, this::open);
            Files.write(file, whole);
        }
    }

    @Test
    void shouldNameACompleteRecordWithABadCrcEvenTheLast() throws IOException {
        final Path copy = temp.resolve("killed");
        try (Journal journal = open()) {
            JournalRecords.appendEach(journal, 3, 64);
            final byte[] text = JournalRecords.text("the last one");
            journal.append(3, text, 0, text.length);
            journal.commit();
            copyFolder(folder(), copy); // as a kill would leave it: nothing behind the last command
        }
        final Path file = engine().lastDataFile(copy);
        final byte[] whole = Files.readAllBytes(file);
        whole[indexOf(whole, JournalRecords.text("the last one"))]++;
        Files.write(file, whole);
        final JournalException refused = requireKind(Kind.CORRUPT, () -> engine().open(copy));
        assertThat(refused).hasMessageContaining("CRC32C").hasMessageContaining(file.toString());
        assertThat(refused.position()).isEqualTo(3);
    }

    // ---- price ------------------------------------------------------------------------------------------------------

    @Test
    void shouldAllocateNothingInSteadyState() {
        final com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        final byte[] payload = JournalRecords.payload(0, 128);
        final long[] digests = {1, 2, 3};
        try (Journal journal = open()) {
            long position = 0;
            long fewest = Long.MAX_VALUE;
            for (int round = 0; round < 30; round++) {
                final long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < 1000; i++, position++) {
                    journal.append(position, payload, 0, payload.length);
                    if (i % 100 == 0) {
                        journal.appendMark(position, digests, 3);
                    }
                    journal.commit();
                }
                fewest = Math.min(fewest, threads.getCurrentThreadAllocatedBytes() - before);
            }
            assertThat(fewest)
                    .as("bytes allocated by 1,000 appends and commits")
                    .isZero();
        }
    }

    // ---- tools ------------------------------------------------------------------------------------------------------

    private List<String> smallJournal() {
        final List<String> lines = new ArrayList<>();
        try (Journal journal = open()) {
            for (int position = 0; position < 12; position++) {
                final byte[] payload = JournalRecords.payload(position, 10 + position * 17);
                journal.append(position, payload, 0, payload.length);
                lines.add(JournalRecords.command(position, payload));
                if (position % 4 == 3) {
                    journal.appendMark(position, new long[] {position, 5}, 2);
                    lines.add(JournalRecords.mark(position, position, 5));
                }
                if (position % 3 != 1) {
                    journal.commit();
                }
            }
        }
        return lines;
    }

    private boolean requireDetectedOrIdentical(final List<String> expected, final String what) {
        try {
            assertThat(read()).as(what).isEqualTo(expected);
            return false;
        } catch (final JournalException e) {
            assertThat(e.kind()).as(what + ": " + e).isEqualTo(Kind.CORRUPT);
            assertThat(e).as(what).hasMessageContaining(folder().toString());
            return true;
        }
    }

    /** Run it, and check that it is refused with this kind. */
    protected static JournalException requireKind(final Kind kind, final ThrowingCallable code) {
        final JournalException refused = catchThrowableOfType(JournalException.class, code);
        assertThat(refused).as("nothing was refused").isNotNull();
        assertThat(refused.kind()).as(refused.toString()).isEqualTo(kind);
        return refused;
    }

    private List<String> childCommand(final List<String> prefix, final int count) {
        return ChildJvm.command(
                prefix,
                ChildJvm.javas().get(0),
                engine().jvmFlags(),
                AppendingChild.class,
                engine().getClass().getName(),
                folder().toString(),
                Integer.toString(count));
    }

    private Process startChild(final List<String> prefix, final int count) throws IOException {
        return new ProcessBuilder(childCommand(prefix, count))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Copy the files of a folder. The lock file is left out: closing a copy's source would drop this process's lock. */
    protected static void copyFolder(final Path from, final Path to) throws IOException {
        Files.createDirectories(to);
        try (var files = Files.list(from)) {
            for (final Path file : (Iterable<Path>) files::iterator) {
                if (!file.endsWith(WriterLock.FILE_NAME)) {
                    Files.copy(file, to.resolve(file.getFileName()));
                }
            }
        }
    }

    private static Map<String, Object> look(final Path folder) throws IOException {
        final Map<String, Object> seen = new HashMap<>();
        try (var files = Files.list(folder)) {
            for (final Path file : (Iterable<Path>) files::iterator) {
                seen.put(
                        file.getFileName().toString(),
                        Files.getLastModifiedTime(file) + " " + Arrays.hashCode(Files.readAllBytes(file)));
            }
        }
        return seen;
    }

    private static void flip(final Path file, final int at, final int bit) throws IOException {
        try (var channel = Files.newByteChannel(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            final ByteBuffer one = ByteBuffer.allocate(1);
            channel.position(at).read(one);
            one.put(0, (byte) (one.get(0) ^ bit)).flip();
            channel.position(at).write(one);
        }
    }

    private static int firstRecord(final byte[] whole) {
        final byte[] magic = {'S', 'B'};
        return indexOf(whole, magic) - RecordFrame.MAGIC_OFFSET;
    }

    private static int lastNonZero(final byte[] whole) {
        int at = whole.length - 1;
        while (whole[at] == 0) {
            at--;
        }
        return at;
    }

    /** Where {@code wanted} begins in {@code bytes}. */
    protected static int indexOf(final byte[] bytes, final byte[] wanted) {
        for (int at = 0; at <= bytes.length - wanted.length; at++) {
            if (Arrays.mismatch(bytes, at, at + wanted.length, wanted, 0, wanted.length) < 0) {
                return at;
            }
        }
        throw new AssertionError("not found");
    }
}
