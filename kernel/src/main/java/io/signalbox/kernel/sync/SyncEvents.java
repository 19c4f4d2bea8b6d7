package io.signalbox.kernel.sync;

import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.names.NameTable;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The payloads of the signals of this room: a JSON object in UTF-8. A list of names that would make one longer than a payload may be is
 * left out.
 */
public final class SyncEvents {
    private static final int FIRST_PLAIN = 0x20;

    private final NameTable names;
    private final int payloadLengthMax;

    public SyncEvents(final NameTable names, final int payloadLengthMax) {
        this.names = names;
        this.payloadLengthMax = payloadLengthMax;
    }

    /** {@code sync_id, required_count, waiting_task_ids}. */
    byte[] created(final SyncObject object) {
        final ByteArrayOutputStream text = opened(object.name);
        write(text, ",\"required_count\":" + object.required);
        return closed(text, "waiting_task_ids", object.parties);
    }

    /** {@code sync_id, completed_count, required_count, generation}. */
    byte[] ready(final Fact fact) {
        return closed(counted(fact), null, new int[0]);
    }

    /** As {@link #ready}, and {@code missing_task_ids}. */
    byte[] broken(final Fact fact, final SyncObject object) {
        final int[] missing = new int[object.parties.length];
        int count = 0;
        for (int i = 0; i < missing.length; i++) {
            if (object.standings[i] != PartyStanding.ARRIVED) {
                missing[count++] = object.parties[i];
            }
        }
        return closed(counted(fact), "missing_task_ids", java.util.Arrays.copyOf(missing, count));
    }

    private ByteArrayOutputStream counted(final Fact fact) {
        final ByteArrayOutputStream text = opened(SyncFacts.name(fact));
        write(text, ",\"completed_count\":" + (fact.c() >>> 32));
        write(text, ",\"required_count\":" + (int) fact.c());
        write(text, ",\"generation\":" + fact.b());
        return text;
    }

    private ByteArrayOutputStream opened(final int name) {
        final ByteArrayOutputStream text = new ByteArrayOutputStream();
        write(text, "{\"sync_id\":");
        writeName(text, name);
        return text;
    }

    private byte[] closed(final ByteArrayOutputStream text, final String listName, final int[] list) {
        if (listName == null) {
            write(text, "}");
            return text.toByteArray();
        }
        final ByteArrayOutputStream withList = new ByteArrayOutputStream();
        withList.writeBytes(text.toByteArray());
        write(withList, ",\"" + listName + "\":[");
        for (int i = 0; i < list.length && withList.size() < payloadLengthMax; i++) {
            write(withList, i == 0 ? "" : ",");
            writeName(withList, list[i]);
        }
        write(withList, "]}");
        return withList.size() <= payloadLengthMax ? withList.toByteArray() : closed(text, null, list);
    }

    private static void write(final ByteArrayOutputStream text, final String plain) {
        text.writeBytes(plain.getBytes(StandardCharsets.UTF_8));
    }

    private void writeName(final ByteArrayOutputStream text, final int name) {
        text.write('"');
        for (final byte b : names.bytes(name)) {
            if (b == '"' || b == '\\') {
                text.write('\\');
                text.write(b);
            } else if (b >= 0 && b < FIRST_PLAIN) {
                write(text, "\\u00" + (b >>> 4) + Character.forDigit(b & 0xF, 16));
            } else {
                text.write(b);
            }
        }
        text.write('"');
    }
}
