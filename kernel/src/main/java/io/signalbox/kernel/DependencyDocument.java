package io.signalbox.kernel;

import io.signalbox.kernel.dependency.Composites;
import io.signalbox.kernel.dependency.DependencyKind;
import io.signalbox.kernel.dependency.DependencyRules;
import io.signalbox.kernel.state.StatePredicate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

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
     * @param target agent, resource, gate, signal type, subject, key or sync point; empty for a composite.
     * @param from sender of the signal, approver, event of the completion; empty for any.
     * @param timeout zero for no limit.
     * @param retriesMax how often it is declared again when its time is up, 0 to 254.
     * @param successRequired whether a failed completion fails it.
     * @param threshold of a resource or gate, 0 to 1, inclusive.
     * @param waits false to be answered at once.
     * @param needed of a composite: how many members must resolve.
     * @param members of a composite: ids of earlier entries.
     * @param cancelsRest of a composite: when it ends, members that still wait are given up.
     * @param predicate of a wait for a state: what is asked of the key; else null.
     * @param sort what sort of resource or gate it is, for people to read; empty for nothing.
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
            List<String> members,
            boolean cancelsRest,
            StatePredicate predicate,
            String sort) {
        public Entry {
            members = List.copyOf(members);
            require(!id.isEmpty(), "a dependency needs an id");
            require(isKind(kind), "a " + kind + " cannot stand in a document; there are " + kindNames());
            require(
                    (kind == DependencyKind.STATE_PREDICATE) == (predicate != null),
                    "dependency '" + id + "' must say what it asks of its key if it waits for a state, and only then");
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

        /** One that asks nothing of a key, is of no sort, and lets members go on that it does not need any more. */
        public Entry(
                final String id,
                final DependencyKind kind,
                final String target,
                final String from,
                final Duration timeout,
                final int retriesMax,
                final boolean successRequired,
                final double threshold,
                final boolean waits,
                final int needed,
                final List<String> members) {
            this(
                    id,
                    kind,
                    target,
                    from,
                    timeout,
                    retriesMax,
                    successRequired,
                    threshold,
                    waits,
                    needed,
                    members,
                    false,
                    null,
                    "");
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
     * {@code quality_gate}, {@code signal}, {@code approval}, {@code composite}, {@code state_predicate}, {@code sync_point}.
     *
     * @throws IllegalArgumentException when there is none; the message names them.
     */
    public static DependencyKind kindNamed(final String name) {
        if ("resource_availability".equals(name)) {
            return DependencyKind.RESOURCE;
        }
        return Arrays.stream(DependencyKind.values())
                .filter(kind -> isKind(kind) && name(kind).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "no kind of dependency is called '" + name + "'; there are " + kindNames()));
    }

    /** What {@link #kindNamed} understands. */
    static String name(final DependencyKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static List<String> kindNames() {
        return Arrays.stream(DependencyKind.values())
                .filter(DependencyDocument::isKind)
                .map(DependencyDocument::name)
                .toList();
    }

    private static boolean isKind(final DependencyKind kind) {
        return kind.isPlain() || kind == DependencyKind.COMPOSITE || kind == DependencyKind.STATE_PREDICATE;
    }

    /**
     * A document from maps, as contexts and files carry them: {@code id}, {@code type}, {@code target}, {@code timeout} in seconds or as
     * ISO text, null for no limit, {@code max_retries}, {@code wait}, {@code from}, {@code require_success}, {@code threshold},
     * {@code needed}, {@code members}, {@code cancel_rest}, {@code operator}, {@code operand}; what speaks of one type may also stand in
     * {@code metadata}. The names that the systems before ours used are understood too.
     *
     * @throws IllegalArgumentException when a field is missing, unknown or of a wrong type; the message names entry and field.
     */
    public static DependencyDocument ofMaps(final String owner, final List<? extends Map<String, ?>> maps) {
        return new DependencyDocument(
                owner, maps.stream().map(map -> new DependencyMap(map).entry()).toList());
    }

    /** What a map asks of a key: {@code operator, operand, operand_type}, as {@link #ofMaps} reads them. {@code id} is for messages. */
    public static StatePredicate predicateOf(final String id, final Map<String, ?> asked) {
        return DependencyMap.predicate(id, asked);
    }

    /** What an entry asks of its key, as {@link #predicateOf} reads it; empty when it waits for something else. */
    public static Map<String, Object> asked(final Entry entry) {
        return DependencyMap.asked(entry);
    }

    /** As maps, from which {@link #ofMaps} makes an equal document. What is as it would be anyhow is left out. */
    public List<Map<String, Object>> toMaps() {
        return entries.stream().map(DependencyMap::of).toList();
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
            return add(new Draft(id, DependencyKind.AGENT_COMPLETION, agent));
        }

        /** A resource, wholly available unless {@link #threshold} says otherwise. */
        public Builder resource(final String id, final String resource) {
            return add(new Draft(id, DependencyKind.RESOURCE, resource));
        }

        /** A gate's score at or above a threshold. */
        public Builder gate(final String id, final String gate, final double threshold) {
            return add(new Draft(id, DependencyKind.QUALITY_GATE, gate)).threshold(threshold);
        }

        /** A signal of a type, raised after the declaration; {@link #from} says by whom. */
        public Builder signal(final String id, final String type) {
            return add(new Draft(id, DependencyKind.SIGNAL, type));
        }

        /** A person's approval; {@link #from} says whose. */
        public Builder approval(final String id, final String subject) {
            return add(new Draft(id, DependencyKind.APPROVAL, subject));
        }

        /** A key of the coordination's state that is as a predicate says. */
        public Builder state(final String id, final String key, final StatePredicate predicate) {
            final Draft draft = new Draft(id, DependencyKind.STATE_PREDICATE, key);
            draft.predicate = predicate;
            return add(draft);
        }

        /** A sync point of the coordination. */
        public Builder syncPoint(final String id, final String syncPoint) {
            return add(new Draft(id, DependencyKind.SYNC_POINT, syncPoint));
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
            final Draft draft = new Draft(id, DependencyKind.COMPOSITE, "");
            draft.needed = needed;
            draft.members = List.of(members);
            return add(draft);
        }

        private Builder add(final Draft draft) {
            entries.add(draft.entry());
            return this;
        }

        /** Sender of the signal, approver, or event of the completion. */
        public Builder from(final String name) {
            return with(draft -> draft.from = name);
        }

        /** How long it waits; zero for no limit. */
        public Builder timeout(final Duration timeout) {
            return with(draft -> draft.timeout = timeout);
        }

        /** How often it is declared again when its time is up. */
        public Builder retries(final int retriesMax) {
            return with(draft -> draft.retriesMax = retriesMax);
        }

        /** A failed completion suffices too. */
        public Builder endSuffices() {
            return with(draft -> draft.successRequired = false);
        }

        /** How far a resource must be available. */
        public Builder threshold(final double threshold) {
            return with(draft -> draft.threshold = threshold);
        }

        /** Be answered at once: what is not there now has failed. */
        public Builder atOnce() {
            return with(draft -> draft.waits = false);
        }

        /** When the composite ends, give up those of its members that still wait. */
        public Builder cancelRest() {
            return with(draft -> draft.cancelsRest = true);
        }

        /** What sort of resource or gate it is, for people to read. */
        public Builder sort(final String sort) {
            return with(draft -> draft.sort = sort);
        }

        private Builder with(final Consumer<Draft> change) {
            require(!entries.isEmpty(), "say first what is needed, then how it waits");
            final Draft draft = new Draft(entries.get(entries.size() - 1));
            change.accept(draft);
            entries.set(entries.size() - 1, draft.entry());
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

    /** An entry that is being written. */
    static final class Draft {
        final String id;
        final DependencyKind kind;
        final String target;
        String from = "";
        Duration timeout = TIMEOUT;
        int retriesMax;
        boolean successRequired = true;
        double threshold;
        boolean waits = true;
        int needed;
        List<String> members = List.of();
        boolean cancelsRest;
        StatePredicate predicate;
        String sort = "";

        Draft(final String id, final DependencyKind kind, final String target) {
            this.id = id;
            this.kind = kind;
            this.target = target;
            threshold = kind == DependencyKind.RESOURCE ? 1 : 0;
        }

        Draft(final Entry entry) {
            id = entry.id();
            kind = entry.kind();
            target = entry.target();
            from = entry.from();
            timeout = entry.timeout();
            retriesMax = entry.retriesMax();
            successRequired = entry.successRequired();
            threshold = entry.threshold();
            waits = entry.waits();
            needed = entry.needed();
            members = entry.members();
            cancelsRest = entry.cancelsRest();
            predicate = entry.predicate();
            sort = entry.sort();
        }

        Entry entry() {
            return new Entry(
                    id,
                    kind,
                    target,
                    from,
                    timeout,
                    retriesMax,
                    successRequired,
                    threshold,
                    waits,
                    needed,
                    members,
                    cancelsRest,
                    predicate,
                    sort);
        }
    }
}
