package io.signalbox.kernel.machine;

import io.signalbox.kernel.event.Rejection;
import java.util.HashMap;
import java.util.Map;

final class NaiveCoordinations {
    private final NaiveKernel kernel;
    private final Map<String, Long> handles = new HashMap<>();

    NaiveCoordinations(final NaiveKernel kernel) {
        this.kernel = kernel;
    }

    int open() {
        return handles.size();
    }

    long open(final String name) {
        if (name.isEmpty()) {
            return NaiveKernel.refuse(Rejection.INVALID_VALUE);
        }
        if (handles.containsKey(name)) {
            return handles.get(name);
        }
        if (handles.size() == kernel.sized(NaiveKernel.SCOPES_MAX)) {
            return NaiveKernel.refuse(Rejection.CAPACITY_EXHAUSTED);
        }
        return kernel.choose(handle -> {
            handles.put(name, handle);
            kernel.scopes.add(handle);
        });
    }

    long close(final long coordination) {
        if (!handles.containsValue(coordination)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_COORDINATION);
        }
        handles.values().remove(coordination);
        kernel.closed(coordination);
        return 0;
    }
}
