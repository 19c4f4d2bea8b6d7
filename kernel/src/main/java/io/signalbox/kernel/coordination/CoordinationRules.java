package io.signalbox.kernel.coordination;

import io.signalbox.kernel.event.FactType;
import io.signalbox.kernel.event.Recorder;
import io.signalbox.kernel.event.Rejection;
import java.nio.charset.StandardCharsets;
import java.util.function.IntPredicate;

/** Opening, keeping, closing and forgetting: check, then record. */
public final class CoordinationRules {
    /** A time to live that stays as it is. */
    public static final long AS_BEFORE = -1;
    /** Type of the signal that tells of a coordination that was forgotten; its text is the name. */
    public static final String SIGNAL_TYPE = "coordination_forgotten";

    /** COORDINATION_CLOSED by the kernel itself, because nobody had named it for so long. */
    public static final int FORGOTTEN = 1;

    private final Coordinations coordinations;
    private final Recorder recorder;
    private final int nameLengthMax;

    public CoordinationRules(final Coordinations coordinations, final Recorder recorder, final int nameLengthMax) {
        this.coordinations = coordinations;
        this.recorder = recorder;
        this.nameLengthMax = nameLengthMax;
    }

    /** Answers the handle; one that is open already is answered again. */
    public long open(final byte[] bytes, final int index, final int length, final long payload) {
        if (length > nameLengthMax || length == 0) {
            return length == 0 ? Rejection.INVALID_VALUE.answer() : Rejection.TOO_LONG.answer();
        }
        final long known = coordinations.find(new String(bytes, index, length, StandardCharsets.UTF_8));
        if (known != 0) {
            return known;
        }
        final long handle = coordinations.nextHandle();
        if (handle < 0) {
            return Rejection.CAPACITY_EXHAUSTED.answer();
        }
        recorder.record(FactType.COORDINATION_OPENED, 0, handle, 0, 0, 0, 0, 0, payload);
        return handle;
    }

    /**
     * Answers the handle of a new coordination.
     *
     * @param timeToLiveNs 0 for ever.
     * @param terms range of its session, correlation and parent run, each behind its length.
     */
    public long begin(
            final byte[] bytes,
            final int index,
            final int length,
            final long name,
            final long timeToLiveNs,
            final long terms) {
        if (length > nameLengthMax) {
            return Rejection.TOO_LONG.answer();
        }
        if (isBlank(bytes, index, length)) {
            return Rejection.BLANK_NAME.answer();
        }
        if (timeToLiveNs < 0) {
            return Rejection.INVALID_TIME_TO_LIVE.answer();
        }
        if (coordinations.find(new String(bytes, index, length, StandardCharsets.UTF_8)) != 0) {
            return Rejection.DUPLICATE_COORDINATION.answer();
        }
        final long handle = coordinations.nextHandle();
        if (handle < 0) {
            return Rejection.CAPACITY_EXHAUSTED.answer();
        }
        recorder.record(FactType.COORDINATION_OPENED, 0, handle, 0, 0, 0, 0, 0, name);
        recorder.record(FactType.COORDINATION_BEGUN, 0, handle, timeToLiveNs, 0, 0, 0, 0, terms);
        return handle;
    }

    private static boolean isBlank(final byte[] bytes, final int index, final int length) {
        for (int i = index; i < index + length; i++) {
            if (bytes[i] < 0 || bytes[i] > ' ') {
                return false;
            }
        }
        return true;
    }

    /** Answers 0. */
    public long keep(final long handle, final long timeToLiveNs) {
        if (handle == 0) {
            return Rejection.UNKNOWN_COORDINATION.answer();
        }
        if (timeToLiveNs < AS_BEFORE) {
            return Rejection.INVALID_TIME_TO_LIVE.answer();
        }
        if (timeToLiveNs != AS_BEFORE) {
            recorder.record(FactType.COORDINATION_KEPT, 0, handle, timeToLiveNs, 0, 0, 0);
        }
        return 0;
    }

    /** A command that names an open coordination, or the kernel-wide scope, was accepted. */
    public void heard(final long handle) {
        if (coordinations.isToBeHeard(handle, recorder.timestampNs())) {
            recorder.record(FactType.COORDINATION_HEARD, 0, handle, 0, 0, 0, 0);
        }
    }

    /**
     * Close the coordination whose time to live was over first, if one is. One for which something is left to be done is heard instead.
     *
     * @param isBusy of a slot: whether a backlog holds something of it.
     */
    public void forget(final long nowNs, final IntPredicate isBusy) {
        final long handle = coordinations.firstForgotten(nowNs);
        if (handle == 0) {
            return;
        }
        if (isBusy.test((int) handle)) {
            recorder.record(FactType.COORDINATION_HEARD, 0, handle, 0, 0, 0, 0);
        } else {
            final byte[] name = coordinations.name((int) handle).getBytes(StandardCharsets.UTF_8);
            recorder.record(FactType.COORDINATION_CLOSED, 0, handle, FORGOTTEN, 0, 0, 0, 0, recorder.keep(name));
        }
    }

    /** Answers 0. What waits inside is cancelled as a consequence. */
    public long close(final long handle) {
        if (handle == 0 || coordinations.slot(handle) < 0) {
            return Rejection.UNKNOWN_COORDINATION.answer();
        }
        recorder.record(FactType.COORDINATION_CLOSED, 0, handle, 0, 0, 0, 0);
        return 0;
    }
}
