package io.signalbox.kernel;

import io.signalbox.kernel.reader.BoundedRegex;
import io.signalbox.kernel.reader.Glob;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
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
        /** As text; of a payload that is longer than {@link BoundedRegex#TEXT_LENGTH_MAX} characters its beginning. */
        PAYLOAD
    }

    /** A condition on a name, which is the same for every signal with that name. */
    record NameCondition(Field field, Predicate<String> predicate) {}

    /** Everybody's signals. */
    private static final long ANY_COORDINATION = -1;

    private static final SignalFilter EVERYTHING =
            new SignalFilter(ANY_COORDINATION, null, List.of(), List.of(), List.of());

    private final long coordination;
    private final String recipient;
    private final List<NameCondition> names;
    private final List<Predicate<String>> payloads;
    private final List<Predicate<Subscription.Signal>> predicates;

    private SignalFilter(
            final long coordination,
            final String recipient,
            final List<NameCondition> names,
            final List<Predicate<String>> payloads,
            final List<Predicate<Subscription.Signal>> predicates) {
        this.coordination = coordination;
        this.recipient = recipient;
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
        return new SignalFilter(coordination, requireText("recipient", agent), names, payloads, predicates);
    }

    /**
     * Only signals in which a regular expression is found.
     *
     * @throws IllegalArgumentException when it is wrong or larger than {@link BoundedRegex} allows.
     */
    public SignalFilter matching(final Field field, final String regex) {
        final BoundedRegex bounded = new BoundedRegex(regex);
        return field == Field.PAYLOAD
                ? new SignalFilter(coordination, recipient, names, and(payloads, bounded), predicates)
                : named(field, bounded);
    }

    /** Only signals that satisfy a predicate of the user's, which may be called by one thread at a time. */
    public SignalFilter where(final Predicate<Subscription.Signal> predicate) {
        return new SignalFilter(coordination, recipient, names, payloads, and(predicates, predicate));
    }

    SignalFilter within(final long scope) {
        return new SignalFilter(scope, recipient, names, payloads, predicates);
    }

    private SignalFilter named(final Field field, final Predicate<String> predicate) {
        return new SignalFilter(
                coordination, recipient, and(names, new NameCondition(field, predicate)), payloads, predicates);
    }

    private static Predicate<String> oneOf(final String what, final String... names) {
        if (names.length == 0) {
            throw new IllegalArgumentException(what + " must name at least one");
        }
        for (final String name : names) {
            requireText(what, name);
        }
        return new HashSet<>(Arrays.asList(names))::contains;
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
