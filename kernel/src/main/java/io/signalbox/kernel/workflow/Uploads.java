package io.signalbox.kernel.workflow;

import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactLog;
import io.signalbox.kernel.store.DigestSink;
import java.util.zip.CRC32C;

/**
 * Large things on their way in: announced with length and CRC32C, then chunk by chunk, in order. Whoever announces one may die
 * before its end, so nobody can hold a place for ever: when all are taken, the upload that was begun first gives way.
 */
public final class Uploads {
    private final byte[][] contents;
    private final int[] filled;
    private final long[] crcs;
    private final int[] generations;
    private final long[] begun;

    public Uploads(final int uploadsMax) {
        contents = new byte[uploadsMax][];
        filled = new int[uploadsMax];
        crcs = new long[uploadsMax];
        generations = new int[uploadsMax];
        begun = new long[uploadsMax];
    }

    /** Handle of the next upload, or -1 when every place is taken. */
    public long nextHandle() {
        for (int slot = 0; slot < contents.length; slot++) {
            if (contents[slot] == null) {
                return Fact.pair(generations[slot] + 1, slot);
            }
        }
        return -1;
    }

    /** Handle of the open upload that was begun first, or -1 when there is none. */
    public long oldest() {
        int oldest = -1;
        for (int slot = 0; slot < contents.length; slot++) {
            if (contents[slot] != null && (oldest < 0 || begun[slot] < begun[oldest])) {
                oldest = slot;
            }
        }
        return oldest < 0 ? -1 : handle(oldest);
    }

    /** Whether the next chunk of this upload may stand here. */
    public boolean accepts(final long upload, final int chunkOffset, final int length) {
        final int slot = slot(upload);
        return slot >= 0 && chunkOffset == filled[slot] && length <= contents[slot].length - chunkOffset;
    }

    /** The whole content when it is complete and meets its CRC32C, else null. */
    public byte[] complete(final long upload) {
        final int slot = slot(upload);
        if (slot < 0 || filled[slot] != contents[slot].length) {
            return null;
        }
        final CRC32C crc = new CRC32C();
        crc.update(contents[slot], 0, contents[slot].length);
        return crc.getValue() == crcs[slot] ? contents[slot] : null;
    }

    /** UPLOAD_BEGUN: a handle, b length, c CRC32C. */
    public void onBegun(final Fact fact) {
        final int slot = (int) fact.a();
        generations[slot] = (int) (fact.a() >>> 32);
        contents[slot] = new byte[(int) fact.b()];
        filled[slot] = 0;
        crcs[slot] = fact.c();
        begun[slot] = fact.factId();
    }

    /** CHUNK_APPENDED: a handle, b offset; payload. */
    public void onAppended(final Fact fact, final FactLog log) {
        final int slot = (int) fact.a();
        final int length = (int) fact.payload();
        System.arraycopy(log.source(), log.sourceIndex(fact.payload()), contents[slot], (int) fact.b(), length);
        filled[slot] += length;
    }

    /** WORKFLOW_DEPLOYED: the content has gone where it belongs; UPLOAD_DROPPED: it will never come. */
    public void release(final long upload) {
        contents[(int) upload] = null;
    }

    private int slot(final long upload) {
        final int slot = (int) upload;
        return slot >= 0
                        && slot < contents.length
                        && contents[slot] != null
                        && generations[slot] == (int) (upload >>> 32)
                ? slot
                : -1;
    }

    /** What is on its way, by slot. */
    public void digestInto(final DigestSink sink) {
        for (int slot = 0; slot < contents.length; slot++) {
            if (contents[slot] != null) {
                sink.add(handle(slot));
                sink.add(crcs[slot]);
                sink.add(filled[slot]);
                sink.add(begun[slot]);
                sink.add(contents[slot]);
            }
        }
    }

    private long handle(final int slot) {
        return Fact.pair(generations[slot], slot);
    }
}
