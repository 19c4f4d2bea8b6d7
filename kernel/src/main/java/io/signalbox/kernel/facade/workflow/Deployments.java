package io.signalbox.kernel.facade.workflow;

import io.signalbox.kernel.Coordination;
import io.signalbox.kernel.Kernel;
import io.signalbox.kernel.WorkflowRunHandle;
import io.signalbox.kernel.workflow.DefinitionCodec;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The definitions that an engine has deployed: one that is asked for again is not deployed again, and those that nobody has asked for the longest give way. Any thread. */
final class Deployments {
    private static final int KEPT_MAX = 64;

    private final Kernel kernel;
    private final int keptMax;
    private final Map<String, Deployed> byContent = new LinkedHashMap<>(16, 0.75f, true); // guarded by itself

    /** A definition, and how many runs of it are about to start. */
    private static final class Deployed {
        private final int id;
        private int starting;

        Deployed(final int id) {
            this.id = id;
        }
    }

    Deployments(final Kernel kernel) {
        this.kernel = kernel;
        keptMax = Math.max(1, Math.min(KEPT_MAX, kernel.config().definitionsMax() / 4));
    }

    /**
     * Start a run of a definition.
     *
     * @throws io.signalbox.kernel.CommandRefusedException when the kernel has no room for it.
     */
    WorkflowRunHandle start(final Coordination coordination, final WorkflowDefinition definition, final byte[] inputs) {
        final Deployed deployed = deployed(definition);
        try {
            return coordination.start(deployed.id, inputs);
        } finally {
            synchronized (byContent) {
                deployed.starting--;
            }
        }
    }

    private Deployed deployed(final WorkflowDefinition definition) {
        final String content = Fingerprint.of(DefinitionCodec.encode(definition));
        final Deployed known = known(content);
        if (known != null) {
            return known;
        }
        final Deployed made = new Deployed(kernel.deploy(definition));
        final List<Integer> dispensable = new ArrayList<>();
        final Deployed kept = keep(content, made, dispensable);
        dispensable.forEach(kernel.tasks()::release);
        return kept;
    }

    private Deployed known(final String content) {
        synchronized (byContent) {
            final Deployed known = byContent.get(content);
            if (known != null) {
                known.starting++;
            }
            return known;
        }
    }

    /** Two threads may have deployed the same: one of them gives way. */
    private Deployed keep(final String content, final Deployed made, final List<Integer> dispensable) {
        synchronized (byContent) {
            final Deployed other = byContent.putIfAbsent(content, made);
            final Deployed kept = other == null ? made : other;
            kept.starting++;
            if (other != null) {
                dispensable.add(made.id);
            }
            final Iterator<Deployed> eldest = byContent.values().iterator();
            while (byContent.size() > keptMax && eldest.hasNext()) {
                final Deployed next = eldest.next();
                if (next.starting == 0) {
                    dispensable.add(next.id);
                    eldest.remove();
                }
            }
            return kept;
        }
    }

    /** Release them all; runs that there are go on. */
    void release() {
        synchronized (byContent) {
            byContent.values().forEach(deployed -> kernel.tasks().release(deployed.id));
            byContent.clear();
        }
    }
}
