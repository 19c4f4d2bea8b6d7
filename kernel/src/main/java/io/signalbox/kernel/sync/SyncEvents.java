package io.signalbox.kernel.sync;

import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.names.NameTable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The payloads of the signals of this room: a JSON object in UTF-8. A list of names that would make one longer than a payload may be is
 * left out.
 */
public final class SyncEvents {
    private static final char FIRST_PLAIN = ' ';
    private static final String HEX = "0123456789abcdef";

    private final NameTable names;
    private final int payloadLengthMax;

    public SyncEvents(final NameTable names, final int payloadLengthMax) {
        this.names = names;
        this.payloadLengthMax = payloadLengthMax;
    }

    /** {@code sync_id, required_count, waiting_task_ids}. */
    byte[] created(final SyncObject object) {
        final String text = opened(object.name) + ",\"required_count\":" + object.required;
        return closed(text, "waiting_task_ids", object.parties);
    }

    /** {@code sync_id, completed_count, required_count, generation}. */
    byte[] ready(final Fact fact) {
        return (counted(fact) + "}").getBytes(StandardCharsets.UTF_8);
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
        return closed(counted(fact), "missing_task_ids", Arrays.copyOf(missing, count));
    }

    private String counted(final Fact fact) {
        return opened(SyncFacts.name(fact)) + ",\"completed_count\":" + (fact.c() >>> 32) + ",\"required_count\":"
                + (int) fact.c() + ",\"generation\":" + fact.b();
    }

    private String opened(final int name) {
        final StringBuilder text = new StringBuilder("{\"sync_id\":");
        appendName(text, name);
        return text.toString();
    }

    private byte[] closed(final String text, final String listName, final int[] list) {
        final StringBuilder withList =
                new StringBuilder(text).append(",\"").append(listName).append("\":[");
        for (int i = 0; i < list.length && withList.length() < payloadLengthMax; i++) {
            withList.append(i == 0 ? "" : ",");
            appendName(withList, list[i]);
        }
        final byte[] bytes = withList.append("]}").toString().getBytes(StandardCharsets.UTF_8);
        return bytes.length <= payloadLengthMax ? bytes : (text + "}").getBytes(StandardCharsets.UTF_8);
    }

    private void appendName(final StringBuilder text, final int name) {
        final String plain = names.text(name);
        text.append('"');
        for (int i = 0; i < plain.length(); i++) {
            final char c = plain.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < FIRST_PLAIN) {
                text.append("\\u00").append(HEX.charAt(c >>> 4)).append(HEX.charAt(c & 0xF));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }
}
