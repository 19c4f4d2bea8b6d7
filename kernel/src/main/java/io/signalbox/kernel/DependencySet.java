package io.signalbox.kernel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The declared waits of one {@link DependencyDocument}. Any thread. */
public final class DependencySet {
    private final Kernel kernel;
    private final Map<String, Dependency> waits;
    private final List<String> roots;

    DependencySet(final Kernel kernel, final DependencyDocument document, final Map<String, Dependency> waits) {
        this.kernel = kernel;
        this.waits = new LinkedHashMap<>(waits);
        this.roots = document.entries().stream()
                .map(DependencyDocument.Entry::id)
                .filter(id -> !document.isPart(id))
                .toList();
    }

    /** Ids of the document, in its order. */
    public List<String> ids() {
        return List.copyOf(waits.keySet());
    }

    /**
     * The wait of an entry.
     *
     * @throws IllegalArgumentException when the document has no such id.
     */
    public Dependency wait(final String id) {
        final Dependency known = waits.get(id);
        if (known == null) {
            throw new IllegalArgumentException("no dependency has the id '" + id + "'; there are " + waits.keySet());
        }
        return known;
    }

    /**
     * Wait until everything that is needed is there, or something of it can no longer come. Parts of a composite count through it
     * alone. An empty document is satisfied.
     */
    public boolean await() {
        return await(Duration.ofNanos(Long.MAX_VALUE));
    }

    /** As {@link #await()}, at most so long; the waits go on after that. */
    public boolean await(final Duration patience) {
        final long[] handles =
                roots.stream().mapToLong(root -> waits.get(root).handle()).toArray();
        return new JointWait(kernel.driver(), kernel.machine().cells(), handles).await(Durations.nanos(patience));
    }

    /** How each wait stands, in the document's order. */
    public List<DependencyStatus> status() {
        final List<DependencyStatus> all = new ArrayList<>();
        waits.forEach((id, wait) ->
                all.add(kernel.query(() -> kernel.machine().dependencies().owns(wait.handle())
                        ? new DependencyReader(kernel).status((int) wait.handle())
                        : DependencyStatus.unknown(id))));
        return all;
    }

    /** Give up what still waits. */
    public void cancel() {
        waits.values().stream()
                .filter(wait -> wait.poll() instanceof Outcome.TimedOut)
                .forEach(Dependency::cancel);
    }
}
