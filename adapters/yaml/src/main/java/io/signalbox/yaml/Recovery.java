package io.signalbox.yaml;

import io.signalbox.kernel.recovery.ErrorPattern;
import io.signalbox.kernel.recovery.ErrorType;
import io.signalbox.kernel.recovery.RecoveryPolicy;
import io.signalbox.kernel.recovery.RecoveryStrategy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/**
 * What a step tries when an attempt has failed. It is data for the kernel's {@link RecoveryPolicy}, which decides.
 *
 * @param rules what errors look like and what is done about them; the first that fits decides
 * @param alternatives other ways, each tried once, in turn
 * @param levels at which the step may do with less, from the highest to the lowest
 * @param fallback the result with which the step succeeds when nothing else did; for reading only
 * @param escalates whether a person is asked in the end
 */
public record Recovery(
        List<Rule> rules,
        List<Alternative> alternatives,
        List<String> levels,
        Optional<JsonNode> fallback,
        boolean escalates) {
    /** Nothing. */
    public static final Recovery NONE = new Recovery(List.of(), List.of(), List.of(), Optional.empty(), false);

    /** The level at which nothing is executed: the fallback is the result. No name of a level in a file has a blank. */
    public static final String FALLBACK = "its fallback";

    /** How a process that was stopped at its time limit ended, for {@link Rule#ends}. */
    public static final String TIMEOUT = "StepTimeout";

    /** Copies the lists. */
    public Recovery {
        rules = List.copyOf(rules);
        alternatives = List.copyOf(alternatives);
        levels = List.copyOf(levels);
    }

    /** What can be done about a failure, in the order in which it is done when nobody says otherwise. */
    public enum Means {
        /** Something is mended before the next attempt. */
        CORRECT(RecoveryStrategy.ERROR_CORRECTION),
        /** The same again. */
        RETRY(RecoveryStrategy.RETRY),
        /** The next of the other ways. */
        ALTERNATIVES(RecoveryStrategy.ALTERNATIVE_PATH),
        /** The next lower level, in the end the fallback. */
        DEGRADE(RecoveryStrategy.GRACEFUL_DEGRADATION),
        /** A person is asked. */
        ESCALATE(RecoveryStrategy.ESCALATION);

        private final String strategy;

        Means(final String strategy) {
            this.strategy = strategy;
        }

        /** Its word in files. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What is done about errors of one look.
     *
     * @param error an expression that stands in what is known of the failure; empty for any
     * @param ends how the process ended: {@link #exit} or {@link #TIMEOUT}, one of them; none for any
     * @param means what is tried, in turn; nothing: the step fails
     * @param retries how often the same again; empty for what the step's {@code retry} says
     * @param correction what mends it
     */
    public record Rule(
            String error, List<String> ends, List<Means> means, OptionalInt retries, Optional<Correction> correction) {
        /** Copies the lists. */
        public Rule {
            ends = List.copyOf(ends);
            means = List.copyOf(means);
        }
    }

    /**
     * What is executed before the step's own attempt, with its environment. The step is tried only when both have succeeded.
     *
     * @param run mends
     * @param check looks whether it is mended
     */
    public record Correction(Run run, Optional<Run> check) {}

    /**
     * Another way to do what a step does.
     *
     * @param run what is executed instead
     * @param env environment variables, those of the step first
     */
    public record Alternative(Run run, Map<String, Template> env) {
        /** Copies the map and keeps its order. */
        public Alternative {
            env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
        }
    }

    /** How a process that ended with an exit code ended, for {@link Rule#ends}. */
    public static String exit(final int code) {
        return "exit " + code;
    }

    /** What is tried about an error that no rule is for. */
    List<Means> chain() {
        final List<Means> chain = new ArrayList<>(List.of(Means.RETRY));
        if (!alternatives.isEmpty()) {
            chain.add(Means.ALTERNATIVES);
        }
        if (!levels.isEmpty() || fallback.isPresent()) {
            chain.add(Means.DEGRADE);
        }
        if (escalates) {
            chain.add(Means.ESCALATE);
        }
        return chain;
    }

    /**
     * The same as the kernel knows it. A rule is a pattern {@code on-1}, {@code on-2} and so on, its correction has that name too; an alternative is
     * called by its number, from 1.
     *
     * @param retry of the step
     * @throws IllegalArgumentException when an expression of a rule is none, or could take too long
     */
    public RecoveryPolicy policy(final Retry retry) {
        final List<String> ways = new ArrayList<>();
        for (int i = 1; i <= alternatives.size(); i++) {
            ways.add(Integer.toString(i));
        }
        final List<String> below = new ArrayList<>(levels);
        fallback.ifPresent(result -> below.add(FALLBACK));
        final List<ErrorPattern> patterns = new ArrayList<>();
        for (final Rule rule : rules) {
            patterns.add(pattern("on-" + (patterns.size() + 1), rule, retry));
        }
        return new RecoveryPolicy(
                chain().stream().map(means -> means.strategy).toList(),
                retry.policy(retry.max()),
                ways,
                below,
                "",
                patterns);
    }

    /** Where nothing is to be tried it is the same again, not once. */
    private static ErrorPattern pattern(final String id, final Rule rule, final Retry retry) {
        return new ErrorPattern(
                id,
                ErrorType.RUNTIME,
                rule.ends(),
                rule.error(),
                rule.means().isEmpty()
                        ? List.of(RecoveryStrategy.RETRY)
                        : rule.means().stream().map(means -> means.strategy).toList(),
                rule.means().contains(Means.RETRY) ? rule.retries().orElse(retry.max()) : 0,
                ErrorPattern.PRIORITY_NORMAL,
                rule.correction().isPresent() ? Map.of(ErrorPattern.FIX, id) : Map.of(),
                true);
    }

    /** How many attempts may follow the first, at most. */
    public int retriesMax(final Retry retry) {
        int same = retry.max();
        int corrections = 0;
        for (final Rule rule : rules) {
            same = Math.max(same, rule.retries().orElse(0));
            corrections += rule.correction().isPresent() ? 1 : 0;
        }
        return same + corrections + alternatives.size() + levels.size() + (fallback.isPresent() ? 1 : 0);
    }
}
