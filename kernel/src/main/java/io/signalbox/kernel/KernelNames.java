package io.signalbox.kernel;

import io.signalbox.kernel.event.Rejection;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;

/** The ids of names, asked of the machine once each. Any thread. */
final class KernelNames {
    private final Kernel kernel;
    private final ConcurrentHashMap<String, Integer> ids = new ConcurrentHashMap<>();

    KernelNames(final Kernel kernel) {
        this.kernel = kernel;
    }

    /** The dense id of a name; interned when it is new. */
    int id(final String name) {
        final Integer known = ids.get(name);
        if (known != null) {
            return known;
        }
        if (name.isEmpty()) {
            throw new CommandRefusedException(
                    Rejection.INVALID_VALUE, Rejection.INVALID_VALUE.reason() + ": a name must not be empty");
        }
        final byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        final int id =
                (int) kernel.answerOrThrow(kernel.ingress().coordinations().intern(bytes));
        ids.put(name, id);
        return id;
    }

    /** The id of a name, or 0 when nobody has ever named it. Interns nothing. */
    int knownId(final String name) {
        final Integer known = ids.get(name);
        if (known != null) {
            return known;
        }
        final int id = kernel.query(() -> kernel.machine().names().find(name));
        if (id != 0) {
            ids.put(name, id);
        }
        return id;
    }
}
