package io.signalbox.kernel;

import io.signalbox.kernel.metrics.KernelMeter;
import io.signalbox.kernel.reader.SignalCursor;
import io.signalbox.kernel.store.SignalRecord;
import java.util.concurrent.atomic.AtomicLong;

/** What one subscription has got and missed, told to whoever counts. Written by who reads, the numbers are read by any thread. */
final class SubscriptionCounts {
    private final Kernel kernel;
    private final Deliveries.Meter deliveries;
    private final KernelMeter meter;
    private final AgentReading reading; // null unless it reads in an agent's name
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong missed = new AtomicLong();

    SubscriptionCounts(final Kernel kernel, final AgentReading reading) {
        this.kernel = kernel;
        this.reading = reading;
        deliveries = kernel.signalDesk().deliveries().newMeter();
        meter = kernel.driver().meter();
        if (reading != null) {
            kernel.signalDesk().agentReadings().add(reading);
        }
    }

    /** The reader has come to this signal, whether it wants it or not. */
    void lookedAt(final SignalRecord signal) {
        if (reading != null) {
            reading.lookedAt(signal.factId());
        }
    }

    /** The reader gets this signal. */
    void receive(final SignalRecord signal) {
        received.lazySet(received.getPlain() + 1);
        deliveries.received(signal.coordination(), signal.signalType());
        meter.delivered(signal.factId(), signal.timestampNs());
        if (reading != null) {
            reading.delivered(signal.factId(), kernel.nowNs());
        }
    }

    /** The signal that was received last is handed out, after so long a way. */
    void handedOut(final long timestampNs) {
        deliveries.propagated(Math.max(0, kernel.nowNs() - timestampNs));
    }

    /** The reader is told of a gap. */
    void miss(final SignalCursor cursor) {
        final long signals = cursor.gapTo() - Math.max(0, cursor.gapFrom()) + 1;
        missed.lazySet(missed.getPlain() + signals);
        meter.missed(signals);
        if (reading != null) {
            reading.missed();
        }
    }

    long received() {
        return received.get();
    }

    long missed() {
        return missed.get();
    }

    /** The reader reads no more. */
    void close() {
        if (reading != null) {
            kernel.signalDesk().agentReadings().remove(reading);
        }
    }
}
