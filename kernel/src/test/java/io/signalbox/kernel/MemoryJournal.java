package io.signalbox.kernel;

import io.signalbox.kernel.port.Journal;
import io.signalbox.kernel.port.JournalReader;
import io.signalbox.kernel.port.JournalVisitor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A journal in memory: copies every byte, keeps only what was committed, gives it back in order. */
public final class MemoryJournal implements Journal {
    private record Entry(long position, byte[] command, long[] digests) {}

    private final List<Entry> committed = new CopyOnWriteArrayList<>(); // read beside the writer
    private final AtomicInteger readers = new AtomicInteger();
    private final List<Entry> pending = new ArrayList<>();
    private long lastPosition = -1;
    private boolean closed;

    /** What another process would find: the committed records, in a journal of their own. */
    public MemoryJournal reopened() {
        return reopened(committed.size());
    }

    /** What another process would find, had this one died when so many records were committed. */
    public MemoryJournal reopened(final int records) {
        final MemoryJournal copy = new MemoryJournal();
        copy.committed.addAll(committed.subList(0, records));
        copy.lastPosition = copy.committed.stream()
                .filter(entry -> entry.command() != null)
                .mapToLong(Entry::position)
                .max()
                .orElse(-1);
        return copy;
    }

    /** Records committed so far. */
    public int size() {
        return committed.size();
    }

    List<byte[]> commands() {
        return committed.stream()
                .filter(entry -> entry.command() != null)
                .map(Entry::command)
                .toList();
    }

    long marks() {
        return committed.stream().filter(entry -> entry.command() == null).count();
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public long lastPosition() {
        return lastPosition;
    }

    @Override
    public void replay(final JournalVisitor visitor) {
        committed.forEach(entry -> show(entry, visitor));
    }

    private static void show(final Entry entry, final JournalVisitor visitor) {
        if (entry.command() != null) {
            visitor.onCommand(entry.position(), entry.command().clone(), 0, entry.command().length);
        } else {
            visitor.onMark(entry.position(), entry.digests().clone(), entry.digests().length);
        }
    }

    @Override
    public JournalReader newReader() {
        readers.incrementAndGet();
        return new JournalReader() {
            private int shown;

            @Override
            public boolean next(final JournalVisitor visitor) {
                if (shown == committed.size()) {
                    return false;
                }
                show(committed.get(shown++), visitor);
                return true;
            }

            @Override
            public void close() {
                readers.decrementAndGet();
            }
        };
    }

    /** Readers that are open. */
    int readers() {
        return readers.get();
    }

    @Override
    public void append(final long position, final byte[] bytes, final int offset, final int length) {
        if (position != lastPosition + 1 || closed) {
            throw new IllegalStateException("expected position " + (lastPosition + 1) + " of an open journal, got "
                    + position + (closed ? ", and it is closed" : ""));
        }
        final byte[] copy = new byte[length];
        System.arraycopy(bytes, offset, copy, 0, length);
        pending.add(new Entry(position, copy, null));
        lastPosition = position;
    }

    @Override
    public void appendMark(final long position, final long[] digests, final int count) {
        final long[] copy = new long[count];
        System.arraycopy(digests, 0, copy, 0, count);
        pending.add(new Entry(position, null, copy));
    }

    @Override
    public void commit() {
        committed.addAll(pending);
        pending.clear();
    }

    @Override
    public void sync() {
        // memory has no power cord; what was committed is all there is
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public void close() {
        if (!closed) {
            commit();
            closed = true;
        }
    }
}
