package io.signalbox.kernel.recovery;

import io.signalbox.kernel.workflow.RetryPolicy;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * What is done when a step of a workflow fails, as a description: any worker can ask it, in the process, on a command line, elsewhere, and
 * gets the same answer for the same failure and history. Immutable; knows no clock and runs nobody's code.
 *
 * @param chain names of the strategies for an error that follows no pattern, in turn; none: it fails for good.
 * @param retry pauses between retries, and how many of them when no pattern says.
 * @param alternatives ways to take instead, in the order in which they are tried.
 * @param levels below the ordinary one, from the highest to the lowest.
 * @param approver whose decision counts; empty for anybody's.
 * @param patterns that decide before the chain does; the highest priority first, of equal ones the first.
 */
public record RecoveryPolicy(
        List<String> chain,
        RetryPolicy retry,
        List<String> alternatives,
        List<String> levels,
        String approver,
        List<ErrorPattern> patterns) {
    /** The strategies that a worker knows. */
    public static final Set<String> STRATEGIES = Set.of(
            RecoveryStrategy.RETRY,
            RecoveryStrategy.ALTERNATIVE_PATH,
            RecoveryStrategy.GRACEFUL_DEGRADATION,
            RecoveryStrategy.ERROR_CORRECTION,
            RecoveryStrategy.ESCALATION);

    /** A failed step has failed. */
    public static final RecoveryPolicy NONE =
            new RecoveryPolicy(List.of(), RetryPolicy.NONE, List.of(), List.of(), "", List.of());

    public RecoveryPolicy {
        chain = List.copyOf(chain);
        alternatives = List.copyOf(alternatives);
        levels = List.copyOf(levels);
        patterns = patterns.stream()
                .sorted(Comparator.comparingInt(ErrorPattern::priority).reversed())
                .toList();
        chain.forEach(name -> requireKnown("the chain", name));
        for (final ErrorPattern pattern : patterns) {
            pattern.strategies().forEach(name -> requireKnown("error pattern '" + pattern.patternId() + "'", name));
        }
        Refused.unless(
                chain.stream().distinct().count() == chain.size(), "a strategy stands twice in the chain: " + chain);
    }

    private static void requireKnown(final String who, final String name) {
        Refused.unless(
                STRATEGIES.contains(name),
                who + " names the strategy '" + name + "'; there are "
                        + STRATEGIES.stream().sorted().toList());
    }

    /** Strategies in turn. */
    public static RecoveryPolicy of(final String... chain) {
        return NONE.withChain(chain);
    }

    /** The same with these strategies in turn. */
    public RecoveryPolicy withChain(final String... names) {
        return new RecoveryPolicy(List.of(names), retry, alternatives, levels, approver, patterns);
    }

    /** The same with these retries. */
    public RecoveryPolicy withRetry(final RetryPolicy policy) {
        return new RecoveryPolicy(chain, policy, alternatives, levels, approver, patterns);
    }

    /** The same with these ways to take instead. */
    public RecoveryPolicy withAlternatives(final String... paths) {
        return new RecoveryPolicy(chain, retry, List.of(paths), levels, approver, patterns);
    }

    /** The same with these levels below the ordinary one. */
    public RecoveryPolicy withLevels(final String... fromHighest) {
        return new RecoveryPolicy(chain, retry, alternatives, List.of(fromHighest), approver, patterns);
    }

    /** The same with a person whose decision counts. */
    public RecoveryPolicy withApprover(final String name) {
        return new RecoveryPolicy(chain, retry, alternatives, levels, name, patterns);
    }

    /** The same with these patterns. */
    public RecoveryPolicy withPatterns(final List<ErrorPattern> others) {
        return new RecoveryPolicy(chain, retry, alternatives, levels, approver, others);
    }

    /**
     * What to do now that an attempt has failed. Each strategy is used until it has nothing left: retries, alternatives and levels are
     * counted over the whole history of the step, so that an error that changes does not begin anew, and the decisions always end.
     */
    public RecoveryDecision decide(final ErrorDescription failure, final RecoveryHistory history) {
        final ErrorAnalysis analysis = ErrorPatterns.analyse(failure, patterns);
        final ErrorPattern pattern = analysis.pattern();
        for (final String strategy : pattern == null ? chain : pattern.strategies()) {
            final RecoveryDecision decision = next(strategy, pattern, history);
            if (decision != null) {
                return decision;
            }
        }
        return new RecoveryDecision.GiveUp(
                history.decisions().isEmpty()
                        ? "nothing is to be done about errors of type '"
                                + analysis.errorType().word() + "'"
                        : "nothing is left to try after " + history.decisions().size() + " decisions");
    }

    /** What a strategy still has to offer; null for nothing. */
    private RecoveryDecision next(final String strategy, final ErrorPattern pattern, final RecoveryHistory history) {
        return switch (strategy) {
            case RecoveryStrategy.RETRY -> retry(pattern, history);
            case RecoveryStrategy.ALTERNATIVE_PATH -> {
                final int used = history.count(RecoveryDecision.Alternative.class);
                yield used < alternatives.size()
                        ? new RecoveryDecision.Alternative(used + 1, alternatives.get(used))
                        : null;
            }
            case RecoveryStrategy.GRACEFUL_DEGRADATION -> {
                final int used = history.count(RecoveryDecision.Degrade.class);
                yield used < levels.size() ? new RecoveryDecision.Degrade(levels.get(used)) : null;
            }
            case RecoveryStrategy.ERROR_CORRECTION -> correct(pattern, history);
            case RecoveryStrategy.ESCALATION ->
                history.count(RecoveryDecision.Escalate.class) == 0 ? new RecoveryDecision.Escalate(approver) : null;
            default -> throw new IllegalStateException("unknown strategy: " + strategy);
        };
    }

    private RecoveryDecision retry(final ErrorPattern pattern, final RecoveryHistory history) {
        final int used = history.count(RecoveryDecision.Retry.class);
        final int retriesMax = pattern == null ? retry.retriesMax() : pattern.retriesMax();
        if (used >= retriesMax) {
            return null;
        }
        final long seed = RecoverySeed.of(history.workflowId(), history.stepId(), 0, used + 1);
        return new RecoveryDecision.Retry(used + 1, retry.pauseNs(used + 1, seed));
    }

    /** Each correction has one chance. */
    private static RecoveryDecision correct(final ErrorPattern pattern, final RecoveryHistory history) {
        final String fix = pattern == null ? "" : pattern.metadata().getOrDefault(ErrorPattern.FIX, "");
        if (fix.isEmpty()) {
            return null;
        }
        final RecoveryDecision decision = new RecoveryDecision.Correct(fix, pattern.patternId());
        return history.decisions().contains(decision) ? null : decision;
    }
}
