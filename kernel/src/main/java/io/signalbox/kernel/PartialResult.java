package io.signalbox.kernel;

import io.signalbox.kernel.sync.SyncSnapshot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What an agent has brought to a barrier.
 *
 * @param bytes as they were given; a copy.
 */
public record PartialResult(String agent, byte[] bytes) {
    /** The bytes as UTF-8. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** What was brought to a generation of a barrier, by those who brought something. Between two turns. */
    static List<PartialResult> of(
            final Kernel kernel, final long coordination, final int barrier, final long generation) {
        final byte[][] results = kernel.machine().syncs().results(coordination, barrier, generation);
        final SyncSnapshot now = kernel.machine().syncs().snapshot(coordination, barrier);
        final List<PartialResult> brought = new ArrayList<>();
        for (int i = 0; results != null && i < results.length; i++) {
            if (results[i] != null) {
                final String agent = kernel.name(now.parties().get(i).name());
                brought.add(new PartialResult(agent, results[i].clone()));
            }
        }
        return List.copyOf(brought);
    }
}
