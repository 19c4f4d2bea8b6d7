package io.signalbox.kernel;

import io.signalbox.kernel.reader.BoundedRegex;
import io.signalbox.kernel.reader.Glob;
import io.signalbox.kernel.signal.SignalRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Which signals a reader wants: those that pass every condition. It is evaluated on the reader's thread, never in a turn. Immutable;
 * each method gives a new filter. Names are compared as they are, upper and lower case differ; a name that nobody has
 * used yet may be asked for.
 *
 * <pre>{@code
 * SignalFilter.everything().typesLike("agent_*").recipient("reviewer").matching(Field.PAYLOAD, "severity=(high|fatal)")
 * }</pre>
 */
public final class SignalFilter {
    /** What a regular expression looks at. */
    public enum Field {
        TYPE,
        SENDER,
        /** The agent that it is about. */
        SUBJECT,
        /** As text, fields as JSON; of a payload that is longer than {@link BoundedRegex#TEXT_LENGTH_MAX} characters its beginning. */
        PAYLOAD
    }

    /** A condition on a name, which is the same for every signal with that name. */
    record NameCondition(Field field, Predicate<String> predicate) {
        String unmet() {
            return field + " is not " + predicate;
        }
    }

    /** One of some names. */
    private record OneOf(Set<String> names) implements Predicate<String> {
        @Override
        public boolean test(final String name) {
            return names.contains(name);
        }

        @Override
        public String toString() {
            return String.join(" or ", new TreeSet<>(names));
        }
    }

    /** Everybody's signals. */
    private static final long ANY_COORDINATION = -1;

    private static final SignalFilter EVERYTHING =
            new SignalFilter(ANY_COORDINATION, null, 0, List.of(), List.of(), List.of());

    private final long coordination;
    private final String recipient;
    private final int priorityMin;
    private final List<NameCondition> names;
    private final List<Predicate<String>> payloads;
    private final List<Predicate<Subscription.Signal>> predicates;

    private SignalFilter(
            final long coordination,
            final String recipient,
            final int priorityMin,
            final List<NameCondition> names,
            final List<Predicate<String>> payloads,
            final List<Predicate<Subscription.Signal>> predicates) {
        this.coordination = coordination;
        this.recipient = recipient;
        this.priorityMin = priorityMin;
        this.names = names;
        this.payloads = payloads;
        this.predicates = predicates;
    }

    /** Every signal of every coordination. */
    public static SignalFilter everything() {
        return EVERYTHING;
    }

    /** Only signals of one of these types. */
    public SignalFilter types(final String... types) {
        return named(Field.TYPE, oneOf("types", types));
    }

    /** Only signals whose type fits a wildcard pattern; see {@link Glob}. */
    public SignalFilter typesLike(final String glob) {
        return named(Field.TYPE, new Glob(glob));
    }

    /** Only signals of one of these senders. */
    public SignalFilter senders(final String... senders) {
        return named(Field.SENDER, oneOf("senders", senders));
    }

    /** Only signals whose sender fits a wildcard pattern; see {@link Glob}. */
    public SignalFilter sendersLike(final String glob) {
        return named(Field.SENDER, new Glob(glob));
    }

    /** Only what this agent is to receive: what is addressed to it, and what is addressed to nobody in particular. */
    public SignalFilter recipient(final String agent) {
        if (recipient != null) {
            throw new IllegalStateException("this filter has a recipient already: " + recipient);
        }
        return new SignalFilter(
                coordination, requireText("recipient", agent), priorityMin, names, payloads, predicates);
    }

    /**
     * Only signals that are at least so urgent.
     *
     * @param priority 0 to 9; the latest call holds.
     */
    public SignalFilter priorityAtLeast(final int priority) {
        if (priority < 0 || priority > SignalRules.PRIORITY_MAX) {
            throw new IllegalArgumentException("priority must be 0 to " + SignalRules.PRIORITY_MAX + ": " + priority);
        }
        return new SignalFilter(coordination, recipient, priority, names, payloads, predicates);
    }

    /**
     * Only signals in which a regular expression is found.
     *
     * @throws IllegalArgumentException when it is wrong or larger than {@link BoundedRegex} allows.
     */
    public SignalFilter matching(final Field field, final String regex) {
        final BoundedRegex bounded = new BoundedRegex(regex);
        return field == Field.PAYLOAD
                ? new SignalFilter(coordination, recipient, priorityMin, names, and(payloads, bounded), predicates)
                : named(field, bounded);
    }

    /** Only signals that satisfy a predicate of the user's, which may be called by one thread at a time. */
    public SignalFilter where(final Predicate<Subscription.Signal> predicate) {
        return new SignalFilter(coordination, recipient, priorityMin, names, payloads, and(predicates, predicate));
    }

    SignalFilter within(final long scope) {
        return new SignalFilter(scope, recipient, priorityMin, names, payloads, predicates);
    }

    private SignalFilter named(final Field field, final Predicate<String> predicate) {
        return new SignalFilter(
                coordination,
                recipient,
                priorityMin,
                and(names, new NameCondition(field, predicate)),
                payloads,
                predicates);
    }

    private static Predicate<String> oneOf(final String what, final String... names) {
        if (names.length == 0) {
            throw new IllegalArgumentException(what + " must name at least one");
        }
        for (final String name : names) {
            requireText(what, name);
        }
        return new OneOf(new HashSet<>(Arrays.asList(names)));
    }

    private static String requireText(final String what, final String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException(what + " must not be empty");
        }
        return text;
    }

    private static <T> List<T> and(final List<T> present, final T further) {
        final List<T> all = new ArrayList<>(present);
        all.add(further);
        return List.copyOf(all);
    }

    boolean isOfScope(final long scope) {
        return coordination == ANY_COORDINATION || coordination == scope;
    }

    String recipient() {
        return recipient;
    }

    int priorityMin() {
        return priorityMin;
    }

    /** The first condition that a signal addressed to the recipient does not meet, for people; null when only predicates are left. */
    String stoppedBy(final long scope, final PastSignal signal) {
        if (!isOfScope(scope)) {
            return "it is of another coordination";
        }
        if (signal.priority() < priorityMin) {
            return "its priority is below " + priorityMin;
        }
        for (final NameCondition condition : names) {
            if (!isMet(condition, signal)) {
                return condition.unmet();
            }
        }
        for (final Predicate<String> condition : payloads) {
            if (!condition.test(signal.shown())) {
                return Field.PAYLOAD + " is not " + condition;
            }
        }
        return null;
    }

    private static boolean isMet(final NameCondition condition, final PastSignal signal) {
        return switch (condition.field) {
            case TYPE -> condition.predicate.test(signal.type());
            case SENDER ->
                condition.predicate.test(signal.sender())
                        || signal.sender().equals(PastSignal.SYSTEM) && condition.predicate.test("");
            case SUBJECT -> condition.predicate.test(signal.subject());
            case PAYLOAD -> throw new IllegalStateException("a payload is no name");
        };
    }

    List<NameCondition> names() {
        return names;
    }

    List<Predicate<String>> payloads() {
        return payloads;
    }

    List<Predicate<Subscription.Signal>> predicates() {
        return predicates;
    }
}
