package io.signalbox.kernel.ring;

import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.Sequence;
import io.signalbox.kernel.command.CommandView;
import io.signalbox.kernel.port.Journal;

/** First stage: time and order enter here, once, and the journal has the command before anybody acts on it. */
final class JournalStage implements EventPoller.Handler<CommandSlot> {
    private final Journal journal;
    private final KernelTime time;
    private final long firstPosition;
    private final Sequence journaled;
    private final int batchMax;
    private long lastTimestampNs;
    private int batch;

    JournalStage(
            final Journal journal,
            final KernelTime time,
            final long firstPosition,
            final long lastTimestampNs,
            final Sequence journaled,
            final int batchMax) {
        this.journal = journal;
        this.time = time;
        this.firstPosition = firstPosition;
        this.lastTimestampNs = lastTimestampNs;
        this.journaled = journaled;
        this.batchMax = batchMax;
    }

    @Override
    public boolean onEvent(final CommandSlot slot, final long sequence, final boolean endOfBatch) {
        if (batch == 0) {
            lastTimestampNs = Math.max(lastTimestampNs, time.nowNs());
        }
        final CommandView command = slot.view();
        final long position = firstPosition + sequence;
        command.stamp(position, lastTimestampNs);
        if (journal != null) {
            journal.append(position, slot.bytes(), 0, slot.length());
        }
        batch++;
        if (endOfBatch || batch == batchMax) {
            if (journal != null) {
                journal.commit();
            }
            journaled.set(sequence);
            batch = 0;
            return false;
        }
        return true;
    }
}
