package io.signalbox.kernel.signal;

import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactType;
import io.signalbox.kernel.event.Recorder;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.names.NameTable;

/** Raising: check, then record. */
public final class SignalRules {
    private final NameTable names;
    private final Recorder recorder;

    public SignalRules(final NameTable names, final Recorder recorder) {
        this.names = names;
        this.recorder = recorder;
    }

    /** Answers 0. */
    public long raise(
            final long coordination,
            final int signalType,
            final int sender,
            final int subject,
            final int recipient,
            final int completion,
            final double quality,
            final long payload) {
        final int namesKnown = names.size();
        if (signalType <= 0 || signalType > namesKnown || !known(sender, namesKnown)) {
            return Rejection.UNKNOWN_NAME.answer();
        }
        if (!known(subject, namesKnown) || !known(recipient, namesKnown)) {
            return Rejection.UNKNOWN_NAME.answer();
        }
        final int about = subject == 0 ? sender : subject;
        if (completion < 0 || completion > SignalView.FAILED || completion != SignalView.NONE && about == 0) {
            return Rejection.INVALID_VALUE.answer();
        }
        if (quality < 0 || quality > 1) {
            return Rejection.INVALID_VALUE.answer();
        }
        recorder.record(
                FactType.SIGNAL_RAISED,
                0,
                coordination,
                Fact.pair(signalType, sender),
                Fact.pair(about, recipient),
                completion,
                Double.doubleToLongBits(quality),
                0,
                payload);
        return 0;
    }

    private static boolean known(final int name, final int namesKnown) {
        return name >= 0 && name <= namesKnown;
    }
}
