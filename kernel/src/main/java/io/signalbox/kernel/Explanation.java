package io.signalbox.kernel;

import io.signalbox.kernel.dependency.Deadlocks;
import io.signalbox.kernel.dependency.Dependencies;
import java.time.Duration;

/** Says in words what a wait waits for. Between two turns. */
final class Explanation {
    private Explanation() {}

    static String of(final Kernel kernel, final long handle) {
        final Dependencies dependencies = kernel.machine().dependencies();
        if (handle < 0 || !dependencies.owns(handle)) {
            return "no wait has this handle any more";
        }
        final int slot = (int) handle;
        final DependencyReader reader = new DependencyReader(kernel);
        final DependencyStatus status = reader.status(slot);
        final String what = reader.what(slot);
        if (!status.isPending()) {
            return status.state() + ": it waited for " + what;
        }
        final StringBuilder text = new StringBuilder("PENDING since position " + status.declaredPosition());
        text.append(": it waits for ").append(what).append(", ");
        text.append(limit(status.left()));
        if (!status.members().isEmpty()) {
            text.append("; missing: ").append(String.join(", ", status.unmet()));
        }
        if (status.retriesMax() > 0) {
            text.append("; declared again ").append(status.retries() + " of " + status.retriesMax() + " times");
        }
        return text.append(ring(kernel, dependencies.deadlocks().last((int) dependencies.coordination(slot)), handle))
                .toString();
    }

    private static String limit(final Duration left) {
        return left == null ? "without a limit of time" : "for another " + left;
    }

    private static String ring(final Kernel kernel, final Deadlocks.Deadlock deadlock, final long handle) {
        boolean isPart = false;
        final StringBuilder ring = new StringBuilder("; deadlock: ");
        for (int i = 0; deadlock != null && i < deadlock.size(); i++) {
            isPart |= deadlock.wait(i) == handle;
            ring.append(kernel.name(deadlock.agent(i))).append(" waits for ");
        }
        return isPart ? ring.append(kernel.name(deadlock.agent(0))).toString() : "";
    }
}
