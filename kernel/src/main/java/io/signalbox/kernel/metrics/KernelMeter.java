package io.signalbox.kernel.metrics;

import io.signalbox.kernel.command.CommandType;
import io.signalbox.kernel.event.FactLog;
import java.util.function.LongSupplier;

/**
 * What the drivers tell while they work. This one listens to nothing: it is what a kernel has that does not measure itself, and a
 * call of it is compiled away. Nothing here may be called from inside the machine, which has no clock.
 */
public class KernelMeter {
    /** Listens to nothing. */
    public static final KernelMeter OFF = new KernelMeter();

    KernelMeter() {}

    /**
     * A meter for one kernel.
     *
     * @param nowNs kernel time.
     * @param ringCapacity of its ring, a power of two.
     * @param firstPosition of the first command of this launch.
     * @param waitsMax slots of its declared waits.
     * @param waitsOpen declared waits that an earlier launch left open.
     */
    public static KernelMeter of(
            final MetricsConfig config,
            final LongSupplier nowNs,
            final int ringCapacity,
            final long firstPosition,
            final int waitsMax,
            final int waitsOpen) {
        return config.measuresKernel()
                ? new RecordingMeter(nowNs, ringCapacity, firstPosition, waitsMax, waitsOpen)
                : OFF;
    }

    /** Somebody begins to submit a command: when. Any thread. */
    public long startNs() {
        return 0;
    }

    /** The claimed command is about to be published. Its thread only. */
    public void published(final long sequence, final long startedNs) {}

    /** The submitter has the answer. Any thread. */
    public void answered(final CommandType type, final long startedNs) {}

    /** A command was not taken, or nobody will answer it any more: the answer of the ingress. Any thread. */
    public void notTaken(final long answer) {}

    /** A command was applied; nobody has been told of it yet. Turn only. */
    public void applied(final CommandType type, final long sequence, final FactLog facts) {}

    /** A turn has ended that applied so many commands. Turn only. */
    public void turned(final int commands) {}

    /**
     * A reader has a signal in hand. Any thread.
     *
     * @param factId of the signal.
     * @param timestampNs kernel time of the signal.
     */
    public void delivered(final long factId, final long timestampNs) {}

    /** A reader was too slow for so many signals. Any thread. */
    public void missed(final long signals) {}

    /** Add what was measured. */
    void addTo(final SnapshotDraft draft) {}
}
