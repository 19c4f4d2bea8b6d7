package io.signalbox.kernel.context;

import io.signalbox.kernel.coordination.CoordinationView;
import io.signalbox.kernel.deadline.DeadlineQueue;
import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactLog;
import io.signalbox.kernel.names.NameTable;
import io.signalbox.kernel.store.DigestSink;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The contexts of all coordinations. Turn only; what it gives away is immutable. */
public final class AgentContexts implements ContextView {
    private static final int NAME_BITS = 30;
    private static final int[] NOBODY = {};

    private final ContextScope[] scopes;
    private final ContextLimits limits;
    private final DeadlineQueue deadlines;
    private final NameTable names;
    private final int[] topics = new int[ContextTopics.ALL.length];
    private int contexts;

    /** An empty store for so many scopes. */
    public AgentContexts(
            final int slotsMax, final ContextLimits limits, final DeadlineQueue deadlines, final NameTable names) {
        scopes = new ContextScope[slotsMax];
        this.limits = limits;
        this.deadlines = deadlines;
        this.names = names;
    }

    // ------------------------------------------------------------------ for the rules

    /** The contexts of a coordination, or null when it has none. */
    ContextScope scope(final long coordination) {
        final ContextScope scope = scopes[CoordinationView.slotOf(coordination)];
        return scope == null || scope.coordination != coordination ? null : scope;
    }

    /** The context of an agent, or null. */
    ContextEntry entry(final long coordination, final int agent) {
        final ContextScope scope = scope(coordination);
        return scope == null ? null : scope.entries.get(agent);
    }

    /** The first coordination from a slot on in which an agent has an attempt that nothing ends yet, or null. */
    ContextScope busy(final int agent, final int fromSlot) {
        for (int slot = contexts == 0 ? scopes.length : fromSlot; slot < scopes.length; slot++) {
            final ContextEntry entry = scopes[slot] == null ? null : scopes[slot].entries.get(agent);
            if (entry != null && entry.active.size() > entry.judged) {
                return scopes[slot];
            }
        }
        return null;
    }

    ContextEntry entry(final long coordination, final String agent) {
        final int id = names.find(agent);
        return id == 0 ? null : entry(coordination, id);
    }

    /** How many contexts there are, in all coordinations. */
    int contexts() {
        return contexts;
    }

    boolean wantsNames() {
        return topics[0] == 0;
    }

    /** Whether there is room for the names of all our signals, at worst. */
    boolean hasRoomForNames() {
        return names.namesMax() - names.size() >= topics.length
                && names.nameLengthMax() >= ContextTopics.DISTRIBUTED.length();
    }

    /** Name id of one of our signals. */
    int topic(final String type) {
        return topics[List.of(ContextTopics.ALL).indexOf(type)];
    }

    /** Handle of the coordination that a timer of this room belongs to. */
    long coordination(final long timer) {
        return scopes[(int) ((timer ^ TIMER_TAG) >>> NAME_BITS)].coordination;
    }

    /** Name id of the agent whose attempt's time is up. */
    static int agent(final long timer) {
        return (int) (timer & (1 << NAME_BITS) - 1);
    }

    private void schedule(final long coordination, final ContextEntry entry) {
        final long timer = TIMER_TAG | (long) CoordinationView.slotOf(coordination) << NAME_BITS | entry.agent;
        final ContextEntry.Attempt first = entry.first();
        if (first == null) {
            deadlines.cancel(timer);
        } else {
            deadlines.schedule(timer, first.deadlineNs());
        }
    }

    // ------------------------------------------------------------------ one mutator per fact

    /** CONTEXT_NAMES_RESERVED. */
    public void onNamesReserved() {
        for (int i = 0; i < topics.length; i++) {
            final byte[] bytes = ContextTopics.ALL[i].getBytes(StandardCharsets.UTF_8);
            topics[i] = names.intern(bytes, 0, bytes.length);
        }
    }

    /** CONTEXTS_DISTRIBUTED: a agents; b number of the distribution; payload: the document. */
    public void onDistributed(final Fact fact, final FactLog log) {
        final Distribution distribution = Distribution.of(document(fact, log));
        final ContextScope scope = open(fact.coordination());
        final SharedChange change = change(distribution);
        scope.common = change.of(scope.common);
        scope.distributions = fact.b();
        for (final ContextEntry entry : scope.entries.values()) {
            final SharedIntelligence after = change.of(entry.intelligence);
            if (!isNamed(distribution, entry) && !after.equals(entry.intelligence)) {
                entry.advance(after, limits.versionsMax());
            }
        }
        for (final Distribution.Part part : distribution.agents()) {
            final int agent = names.find(part.agent());
            final ContextEntry known = scope.entries.get(agent);
            final ContextEntry entry = known == null ? new ContextEntry(agent) : known;
            if (known == null) {
                scope.entries.put(agent, entry);
                contexts++;
            }
            give(entry, part, distribution, fact, known == null ? scope.common : change.of(entry.intelligence));
        }
    }

    /** What a distribution does to what is shared. */
    static SharedChange change(final Distribution distribution) {
        return new SharedChange(before -> before.withAll(distribution.sharedIntelligence()));
    }

    private boolean isNamed(final Distribution distribution, final ContextEntry entry) {
        final String name = names.text(entry.agent);
        return distribution.agents().stream().anyMatch(part -> part.agent().equals(name));
    }

    private void give(
            final ContextEntry entry,
            final Distribution.Part part,
            final Distribution distribution,
            final Fact fact,
            final SharedIntelligence intelligence) {
        entry.part = part;
        entry.distribution = distribution;
        entry.number = fact.b();
        entry.createdNs = fact.timestampNs();
        entry.factId = fact.factId();
        entry.standing = entry.active.isEmpty() ? AssignmentStanding.ASSIGNED : AssignmentStanding.RUNNING;
        entry.failures = 0;
        entry.unmet = DocumentValue.EMPTY_LIST;
        entry.advance(intelligence, limits.versionsMax());
    }

    /** INTELLIGENCE_UPDATED: extra kind, mode and increment; a agents reached; payload: the update. */
    public void onUpdated(final Fact fact, final FactLog log) {
        final IntelligenceUpdate update = IntelligenceUpdate.of(ContextFacts.kind(fact), document(fact, log));
        final ContextScope scope = scope(fact.coordination());
        final SharedChange change = new SharedChange(before -> update.applyTo(before, ContextFacts.isDeep(fact)));
        if (update.targets().isEmpty()) {
            scope.common = change.of(scope.common);
            scope.entries.values().forEach(entry -> update(entry, change, ContextFacts.increments(fact)));
        } else {
            for (final String target : update.targets()) {
                update(entry(fact.coordination(), target), change, ContextFacts.increments(fact));
            }
        }
    }

    private void update(final ContextEntry entry, final SharedChange change, final boolean increments) {
        final SharedIntelligence after = change.of(entry.intelligence);
        if (increments) {
            entry.advance(after, limits.versionsMax());
        } else {
            entry.intelligence = after;
        }
    }

    /** CONTEXTS_CLEARED. */
    public void onCleared(final Fact fact) {
        drop(CoordinationView.slotOf(fact.coordination()));
    }

    /** ATTEMPT_BEGUN: a agent; b number; c deadline. */
    public void onBegun(final Fact fact) {
        final ContextEntry entry = entry(fact.coordination(), (int) fact.a());
        entry.attempts = fact.b();
        entry.active.add(new ContextEntry.Attempt(fact.b(), fact.c()));
        entry.standing = AssignmentStanding.RUNNING;
        schedule(fact.coordination(), entry);
    }

    /** ATTEMPT_ENDED: a agent; b number, 0 when none was under way; c how, an {@link AttemptEnd}. */
    public void onEnded(final Fact fact) {
        final ContextEntry entry = entry(fact.coordination(), (int) fact.a());
        entry.active.removeIf(attempt -> attempt.number() == fact.b());
        final AttemptEnd end = AttemptEnd.of((int) fact.c());
        switch (end) {
            case SUCCEEDED -> {
                entry.standing = AssignmentStanding.COMPLETED;
                entry.failures = 0;
            }
            case FAILED -> {
                entry.standing = AssignmentStanding.FAILED;
                entry.failures++;
            }
            case RELEASED ->
                entry.standing = entry.active.isEmpty() ? AssignmentStanding.ASSIGNED : AssignmentStanding.RUNNING;
        }
        if (end != AttemptEnd.RELEASED && entry.judged == 0) {
            entry.unmet = DocumentValue.EMPTY_LIST;
        }
        entry.judged = Math.max(0, entry.judged - 1);
        schedule(fact.coordination(), entry);
    }

    /** COMPLETION_JUDGED: a agent; payload: what it leaves unmet, a list. */
    public void onJudged(final Fact fact, final FactLog log) {
        final ContextEntry entry = entry(fact.coordination(), (int) fact.a());
        entry.unmet = document(fact, log);
        entry.judged++;
    }

    /** COORDINATION_CLOSED. */
    public void onCoordinationClosed(final Fact fact) {
        drop(CoordinationView.slotOf(fact.coordination()));
    }

    private void drop(final int slot) {
        final ContextScope scope = scopes[slot];
        if (scope == null) {
            return;
        }
        for (final ContextEntry entry : scope.entries.values()) {
            entry.active.clear();
            schedule(scope.coordination, entry);
        }
        contexts -= scope.entries.size();
        scopes[slot] = null;
    }

    private ContextScope open(final long coordination) {
        final int slot = CoordinationView.slotOf(coordination);
        if (scopes[slot] == null) {
            scopes[slot] = new ContextScope(coordination);
        }
        return scopes[slot];
    }

    /** The document that a fact of this turn brings. */
    static DocumentValue document(final Fact fact, final FactLog log) {
        final long payload = fact.payload();
        return DocumentJson.parse(log.source(payload), log.sourceIndex(payload), (int) payload);
    }

    // ------------------------------------------------------------------ for readers

    @Override
    public ContextSnapshot snapshot(final long coordination, final int agent) {
        final ContextEntry entry = entry(coordination, agent);
        return entry == null ? null : entry.snapshot();
    }

    @Override
    public int[] agents(final long coordination) {
        final ContextScope scope = scope(coordination);
        return scope == null
                ? NOBODY
                : scope.entries.keySet().stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public SharedIntelligence intelligence(final long coordination, final int agent, final long version) {
        final ContextEntry entry = entry(coordination, agent);
        return entry == null ? null : entry.at(version);
    }

    /** Walk everything in canonical order. */
    public void digestInto(final DigestSink sink) {
        sink.add(contexts);
        for (final int topic : topics) {
            sink.add(topic);
        }
        for (final ContextScope scope : scopes) {
            if (scope != null) {
                sink.add(scope.coordination);
                sink.add(scope.distributions);
                sink.add(DocumentJson.bytes(scope.common.toDocument()));
                scope.entries.values().forEach(entry -> entry.digestInto(sink));
            }
        }
    }
}
