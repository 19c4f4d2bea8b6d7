package io.signalbox.kernel;

import io.signalbox.kernel.dependency.Composites;
import io.signalbox.kernel.dependency.DependencyKind;
import io.signalbox.kernel.dependency.DependencyRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What an agent needs before it can start, as one value: contexts carry it, a coordination declares it
 * ({@link CoordinationWaits#declare}), a scheduler reads it. All entries are waited for at the same time.
 *
 * @param owner the agent that waits; empty for nobody.
 * @param entries in the order in which they are declared.
 */
public record DependencyDocument(String owner, List<Entry> entries) {
    /** Time of an entry for which no other is given: two minutes. */
    public static final Duration TIMEOUT = Duration.ofMinutes(2);

    /**
     * One thing that is needed.
     *
     * @param id unique in the document, and among the pending waits of a coordination.
     * @param kind what it waits for.
     * @param target agent, resource, gate, signal type, subject or sync point; empty for a composite.
     * @param from sender of the signal, approver, event of the completion; empty for any.
     * @param timeout zero for no limit.
     * @param retriesMax how often it is declared again when its time is up, 0 to 254.
     * @param successRequired whether a failed completion fails it.
     * @param threshold of a resource or gate, 0 to 1, inclusive.
     * @param waits false to be answered at once.
     * @param needed of a composite: how many members must resolve.
     * @param members of a composite: ids of earlier entries.
     */
    public record Entry(
            String id,
            DependencyKind kind,
            String target,
            String from,
            Duration timeout,
            int retriesMax,
            boolean successRequired,
            double threshold,
            boolean waits,
            int needed,
            List<String> members) {
        public Entry {
            members = List.copyOf(members);
            require(!id.isEmpty(), "a dependency needs an id");
            require(kind == DependencyKind.COMPOSITE || !target.isEmpty(), "dependency '" + id + "' needs a target");
            require(!timeout.isNegative(), "timeout of dependency '" + id + "' must not be negative: " + timeout);
            require(
                    retriesMax >= 0 && retriesMax <= DependencyRules.RETRIES_MAX,
                    "retriesMax of dependency '" + id + "' must be in 0.." + DependencyRules.RETRIES_MAX + ": "
                            + retriesMax);
            require(
                    threshold >= 0 && threshold <= 1,
                    "threshold of dependency '" + id + "' must be in 0..1: " + threshold);
            if (kind == DependencyKind.COMPOSITE) {
                require(
                        members.size() <= Composites.MEMBERS_MAX,
                        "dependency '" + id + "' has more than " + Composites.MEMBERS_MAX + " members");
                require(
                        needed >= 1 && needed <= members.size(),
                        "dependency '" + id + "' needs " + needed + " of " + members.size() + " members");
            }
        }
    }

    public DependencyDocument {
        entries = List.copyOf(entries);
        final Map<String, Entry> known = new LinkedHashMap<>();
        for (final Entry entry : entries) {
            for (final String member : entry.members()) {
                require(
                        known.containsKey(member),
                        "dependency '" + entry.id() + "' names '" + member
                                + "', which does not stand before it; there are " + known.keySet());
            }
            require(known.put(entry.id(), entry) == null, "two dependencies have the id '" + entry.id() + "'");
        }
    }

    private static void require(final boolean holds, final String text) {
        if (!holds) {
            throw new IllegalArgumentException(text);
        }
    }

    /** A document to be written for an agent; empty for nobody. */
    public static Builder of(final String owner) {
        return new Builder(owner);
    }

    /**
     * The kind with a name as documents write it: {@code agent_completion}, {@code resource} or {@code resource_availability},
     * {@code quality_gate}, {@code signal}, {@code approval}, {@code composite}, {@code sync_point}.
     *
     * @throws IllegalArgumentException when there is none; the message names them.
     */
    public static DependencyKind kindNamed(final String name) {
        if ("resource_availability".equals(name)) {
            return DependencyKind.RESOURCE;
        }
        final List<String> known = new ArrayList<>();
        for (final DependencyKind kind : DependencyKind.values()) {
            known.add(kind.name().toLowerCase(Locale.ROOT));
            if (known.get(known.size() - 1).equals(name)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no kind of dependency is called '" + name + "'; there are " + known);
    }

    /** Whether a composite of this document is made of an entry. */
    boolean isPart(final String id) {
        return entries.stream().anyMatch(entry -> entry.members().contains(id));
    }

    /** Adds entries; what says how an entry waits speaks of the one added last. */
    public static final class Builder {
        private final String owner;
        private final List<Entry> entries = new ArrayList<>();

        private Builder(final String owner) {
            this.owner = owner;
        }

        /** An agent's success. */
        public Builder completion(final String id, final String agent) {
            return add(id, DependencyKind.AGENT_COMPLETION, agent, 0, 0, List.of());
        }

        /** A resource, wholly available unless {@link #threshold} says otherwise. */
        public Builder resource(final String id, final String resource) {
            return add(id, DependencyKind.RESOURCE, resource, 1, 0, List.of());
        }

        /** A gate's score at or above a threshold. */
        public Builder gate(final String id, final String gate, final double threshold) {
            return add(id, DependencyKind.QUALITY_GATE, gate, threshold, 0, List.of());
        }

        /** A signal of a type, raised after the declaration; {@link #from} says by whom. */
        public Builder signal(final String id, final String type) {
            return add(id, DependencyKind.SIGNAL, type, 0, 0, List.of());
        }

        /** A person's approval; {@link #from} says whose. */
        public Builder approval(final String id, final String subject) {
            return add(id, DependencyKind.APPROVAL, subject, 0, 0, List.of());
        }

        /** A sync point of the coordination. */
        public Builder syncPoint(final String id, final String syncPoint) {
            return add(id, DependencyKind.SYNC_POINT, syncPoint, 0, 0, List.of());
        }

        /** All of some earlier entries. */
        public Builder allOf(final String id, final String... members) {
            return atLeast(id, members.length, members);
        }

        /** Any of some earlier entries. */
        public Builder anyOf(final String id, final String... members) {
            return atLeast(id, 1, members);
        }

        /** At least {@code needed} of some earlier entries. */
        public Builder atLeast(final String id, final int needed, final String... members) {
            return add(id, DependencyKind.COMPOSITE, "", 0, needed, List.of(members));
        }

        private Builder add(
                final String id,
                final DependencyKind kind,
                final String target,
                final double threshold,
                final int needed,
                final List<String> members) {
            entries.add(new Entry(id, kind, target, "", TIMEOUT, 0, true, threshold, true, needed, members));
            return this;
        }

        /** Sender of the signal, approver, or event of the completion. */
        public Builder from(final String name) {
            final Entry e = last();
            return replace(e, name, e.timeout(), e.retriesMax(), e.successRequired(), e.threshold(), e.waits());
        }

        /** How long it waits; zero for no limit. */
        public Builder timeout(final Duration timeout) {
            final Entry e = last();
            return replace(e, e.from(), timeout, e.retriesMax(), e.successRequired(), e.threshold(), e.waits());
        }

        /** How often it is declared again when its time is up. */
        public Builder retries(final int retriesMax) {
            final Entry e = last();
            return replace(e, e.from(), e.timeout(), retriesMax, e.successRequired(), e.threshold(), e.waits());
        }

        /** A failed completion suffices too. */
        public Builder endSuffices() {
            final Entry e = last();
            return replace(e, e.from(), e.timeout(), e.retriesMax(), false, e.threshold(), e.waits());
        }

        /** How far a resource must be available. */
        public Builder threshold(final double threshold) {
            final Entry e = last();
            return replace(e, e.from(), e.timeout(), e.retriesMax(), e.successRequired(), threshold, e.waits());
        }

        /** Be answered at once: what is not there now has failed. */
        public Builder atOnce() {
            final Entry e = last();
            return replace(e, e.from(), e.timeout(), e.retriesMax(), e.successRequired(), e.threshold(), false);
        }

        private Entry last() {
            require(!entries.isEmpty(), "say first what is needed, then how it waits");
            return entries.get(entries.size() - 1);
        }

        private Builder replace(
                final Entry entry,
                final String from,
                final Duration timeout,
                final int retriesMax,
                final boolean successRequired,
                final double threshold,
                final boolean waits) {
            entries.set(
                    entries.size() - 1,
                    new Entry(
                            entry.id(),
                            entry.kind(),
                            entry.target(),
                            from,
                            timeout,
                            retriesMax,
                            successRequired,
                            threshold,
                            waits,
                            entry.needed(),
                            entry.members()));
            return this;
        }

        /**
         * The document.
         *
         * @throws IllegalArgumentException when an id stands twice, or a composite names an entry that does not stand before it.
         */
        public DependencyDocument build() {
            return new DependencyDocument(owner, entries);
        }
    }
}
