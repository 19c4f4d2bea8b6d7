package io.signalbox.kernel;

import io.signalbox.kernel.machine.CoordinationMachine;
import io.signalbox.kernel.machine.MachineLimits;
import io.signalbox.kernel.port.Journal;
import io.signalbox.kernel.port.JournalException;
import io.signalbox.kernel.port.JournalReader;
import io.signalbox.kernel.port.JournalVisitor;
import io.signalbox.kernel.ring.ReplayDriver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;

/** A journal in memory that remembers who appended what, and does what a test asks before an append or a sync. */
final class RecordingJournal implements Journal {
    /** One record: a command, or a mark when {@code bytes} is null. */
    record Entry(long position, byte[] bytes, long[] digests, Thread thread, boolean wasInterrupted) {}

    private final List<Entry> entries = new ArrayList<>();
    final AtomicInteger commits = new AtomicInteger();
    final AtomicInteger syncs = new AtomicInteger();
    volatile LongConsumer beforeAppend = position -> {};
    volatile Runnable beforeSync = () -> {};
    volatile Runnable beforeMark = () -> {};
    volatile boolean closed;
    private volatile long committed = -1;

    RecordingJournal() {}

    /** A copy of what another one was left with. */
    RecordingJournal(final RecordingJournal left) {
        entries.addAll(left.entries());
    }

    @Override
    public long lastPosition() {
        final List<Entry> commands = commands();
        return commands.isEmpty() ? -1 : commands.get(commands.size() - 1).position;
    }

    @Override
    public void replay(final JournalVisitor visitor) {
        entries().forEach(entry -> show(entry, visitor));
    }

    private static void show(final Entry entry, final JournalVisitor visitor) {
        if (entry.bytes == null) {
            visitor.onMark(entry.position, entry.digests, entry.digests.length);
        } else {
            visitor.onCommand(entry.position, entry.bytes, 0, entry.bytes.length);
        }
    }

    @Override
    public JournalReader newReader() {
        return new JournalReader() {
            private int shown;

            @Override
            public boolean next(final JournalVisitor visitor) {
                final Entry entry;
                synchronized (entries) {
                    if (shown == entries.size()) {
                        return false;
                    }
                    entry = entries.get(shown++);
                }
                show(entry, visitor);
                return true;
            }

            @Override
            public void close() {
                // nothing is held
            }
        };
    }

    @Override
    public void append(final long position, final byte[] bytes, final int offset, final int length) {
        requireOpen();
        beforeAppend.accept(position);
        final byte[] copy = new byte[length];
        System.arraycopy(bytes, offset, copy, 0, length);
        synchronized (entries) {
            final Thread me = Thread.currentThread();
            entries.add(new Entry(position, copy, null, me, me.isInterrupted()));
        }
    }

    @Override
    public void appendMark(final long position, final long[] digests, final int count) {
        requireOpen();
        beforeMark.run();
        synchronized (entries) {
            entries.add(new Entry(position, null, digests.clone(), Thread.currentThread(), false));
        }
    }

    @Override
    public void commit() {
        requireOpen();
        commits.incrementAndGet();
        synchronized (entries) {
            committed = entries.isEmpty() ? -1 : entries.get(entries.size() - 1).position;
        }
    }

    @Override
    public void sync() {
        requireOpen();
        syncs.incrementAndGet();
        beforeSync.run();
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public void close() {
        closed = true;
    }

    private void requireOpen() {
        if (closed) {
            throw new JournalException(JournalException.Kind.IO, "used after close");
        }
    }

    long committed() {
        return committed;
    }

    List<Entry> entries() {
        synchronized (entries) {
            return new ArrayList<>(entries);
        }
    }

    List<Entry> commands() {
        return entries().stream().filter(entry -> entry.bytes != null).toList();
    }

    /** What a fresh machine comes to from these records. */
    long replayedDigest(final MachineLimits limits) {
        final CoordinationMachine machine = new CoordinationMachine(limits);
        replay(new ReplayDriver(machine, name()));
        return machine.stateDigest();
    }
}
