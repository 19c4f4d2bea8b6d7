package io.signalbox.kernel.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.names.NameTable;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Names and their ids. The rooms make names for themselves too, so it is told the id of a new one. */
final class NaiveNames {
    private final Map<String, Long> ids = new HashMap<>();
    private final NaiveKernel kernel;

    NaiveNames(final NaiveKernel kernel) {
        this.kernel = kernel;
    }

    long intern(final String name) {
        if (name.isEmpty()) {
            return NaiveKernel.refuse(Rejection.INVALID_VALUE);
        }
        if (name.length() > NaiveKernel.NAME_LENGTH_MAX) {
            return NaiveKernel.refuse(Rejection.TOO_LONG);
        }
        final Long known = ids.get(name);
        return known == null ? kernel.choose(id -> ids.put(name, id)) : known;
    }

    void compare(final String what, final NameTable names) {
        assertThat(ids.values()).as(what).doesNotHaveDuplicates();
        ids.forEach((name, id) ->
                assertThat(names.bytes(id.intValue())).as(what).isEqualTo(name.getBytes(StandardCharsets.UTF_8)));
    }
}
