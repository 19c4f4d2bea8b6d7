package io.signalbox.kernel.coordination;

import io.signalbox.kernel.event.FactType;
import io.signalbox.kernel.event.Recorder;
import io.signalbox.kernel.event.Rejection;
import java.nio.charset.StandardCharsets;

/** Opening and closing: check, then record. */
public final class CoordinationRules {
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

    /** Answers 0. What waits inside is cancelled as a consequence. */
    public long close(final long handle) {
        if (handle == 0 || coordinations.slot(handle) < 0) {
            return Rejection.UNKNOWN_COORDINATION.answer();
        }
        recorder.record(FactType.COORDINATION_CLOSED, 0, handle, 0, 0, 0, 0);
        return 0;
    }
}
