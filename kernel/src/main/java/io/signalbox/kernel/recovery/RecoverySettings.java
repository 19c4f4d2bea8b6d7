package io.signalbox.kernel.recovery;

import io.signalbox.kernel.Coordination;
import io.signalbox.kernel.metrics.Metrics;
import io.signalbox.kernel.workflow.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** How an {@link ErrorRecoveryOrchestrator} differs from the standard one. One thread; used once. */
public final class RecoverySettings {
    /** Three retries after 1, 2 and 4 seconds, each up to a fifth shorter, never more than 30. */
    public static final RetryPolicy RETRY_NORMAL = new RetryPolicy(3, 1_000_000_000L, 2, 30_000_000_000L, 0.2);

    final Map<ErrorType, List<String>> selection = new EnumMap<>(ErrorType.class);
    final List<String> afterwards = new ArrayList<>();
    final List<ErrorPattern> patterns = new ArrayList<>(ErrorPattern.standard());
    Coordination coordination;
    Metrics metrics;
    RecoveryTimer timer = RecoveryTimer.system();
    Duration attemptTimeout = Duration.ZERO;

    private final Map<String, RecoveryStrategy> own = new LinkedHashMap<>();
    private final Map<String, List<String>> alternatives = new LinkedHashMap<>(Map.of(
            "model_template", List.of("template_v2", "template_simple"),
            "validator_template", List.of("validator_strict", "validator_basic"),
            "test_template", List.of("test_comprehensive", "test_basic")));
    private final Map<String, List<String>> levels = new LinkedHashMap<>(Map.of(
            "validation", List.of("full", "basic", "minimal"),
            "quality", List.of("0.9", "0.8", "0.7", "0.6"),
            "quorum", List.of("full", "partial", "single")));
    private final Map<String, CodeFix> fixes = new LinkedHashMap<>();
    private final List<CodeCheck> checks = new ArrayList<>();
    private RetryPolicy retry = RETRY_NORMAL;
    private boolean isDurable;
    private int breakerFailuresMax = CircuitBreaker.FAILURES_NORMAL;
    private Duration breakerOpenTime = CircuitBreaker.OPEN_TIME_NORMAL;
    private String approver = "";
    private Duration decisionTimeout = Duration.ZERO;
    private Consumer<EscalationRecord> onEscalation = record -> {};

    RecoverySettings() {
        for (final CodeFix fix :
                List.of(new AddAsyncKeyword(), new FixImport(), new AddTypeHint(), new RemoveDuplicate())) {
            fixes.put(fix.name(), fix);
        }
    }

    /** Raise {@code error_recovery_completed} in this coordination, and ask people there. */
    public RecoverySettings in(final Coordination where) {
        coordination = where;
        return this;
    }

    /**
     * Keep in the state of that coordination where each recovery is, and how circuits stand: a process that recovers from the same after this one has died goes on where it was.
     * Needs {@link #in}, in a kernel with a journal.
     */
    public RecoverySettings durable() {
        isDurable = true;
        return this;
    }

    /**
     * How long one attempt may take, by the recovery's clock: of the operation, and of a strategy by {@link RecoveryStrategy#of}. Then its thread is interrupted, and it has failed. No limit unless said.
     *
     * @param limit zero for none.
     */
    public RecoverySettings attemptTimeout(final Duration limit) {
        Refused.unless(!limit.isNegative(), "attemptTimeout must not be negative: " + limit);
        attemptTimeout = limit;
        return this;
    }

    /** Measure here. */
    public RecoverySettings metrics(final Metrics recorders) {
        metrics = recorders;
        return this;
    }

    /** How often and after which pauses an operation is tried again when no pattern says how often. */
    public RecoverySettings retry(final RetryPolicy policy) {
        retry = policy;
        return this;
    }

    /** The ways to take instead of a path, in the order in which they are tried. */
    public RecoverySettings alternatives(final String path, final String... others) {
        alternatives.put(path, List.of(others));
        return this;
    }

    /** The levels of a component, from the highest to the lowest. */
    public RecoverySettings levels(final String component, final String... fromHighest) {
        Refused.unless(fromHighest.length > 0, "component '" + component + "' needs a level");
        levels.put(component, List.of(fromHighest));
        return this;
    }

    /** A correction of one's own; it takes the place of one of the same name. */
    public RecoverySettings fix(final CodeFix fix) {
        fixes.put(fix.name(), fix);
        return this;
    }

    /** Judge corrected code with this too. */
    public RecoverySettings check(final CodeCheck check) {
        checks.add(check);
        return this;
    }

    /** A strategy of one's own; it takes the place of one of the same name. */
    public RecoverySettings strategy(final RecoveryStrategy strategy) {
        Refused.unless(!strategy.name().isBlank(), "a recovery strategy needs a name");
        own.put(strategy.name(), strategy);
        return this;
    }

    /** The strategies for errors of a type that follow no pattern, in turn. */
    public RecoverySettings select(final ErrorType type, final String... chain) {
        Refused.unless(chain.length > 0, "errors of type '" + type.word() + "' need a strategy");
        selection.put(type, List.of(chain));
        return this;
    }

    /** The strategies behind every chain: escalation, say. */
    public RecoverySettings afterwards(final String... chain) {
        afterwards.addAll(List.of(chain));
        return this;
    }

    /** When the circuit of a node opens, and for how long; after 5 failures for 60 seconds unless said. */
    public RecoverySettings breaker(final int failuresMax, final Duration openTime) {
        breakerFailuresMax = failuresMax;
        breakerOpenTime = openTime;
        return this;
    }

    /**
     * Whose decision counts, and how long it is waited for.
     *
     * @param name empty for anybody's.
     * @param timeout zero for no limit.
     */
    public RecoverySettings approver(final String name, final Duration timeout) {
        approver = name;
        decisionTimeout = timeout;
        return this;
    }

    /** Told when a person is asked, on the recovery's thread; what it throws is noted in the result. */
    public RecoverySettings onEscalation(final Consumer<EscalationRecord> callback) {
        onEscalation = callback;
        return this;
    }

    /** Another clock. */
    public RecoverySettings timer(final RecoveryTimer other) {
        timer = other;
        return this;
    }

    /** These patterns instead of the standard ones. */
    public RecoverySettings patterns(final ErrorPattern... instead) {
        patterns.clear();
        patterns.addAll(List.of(instead));
        return this;
    }

    /**
     * That is all.
     *
     * @throws IllegalArgumentException when a strategy is named that is not there.
     */
    public ErrorRecoveryOrchestrator build() {
        return new ErrorRecoveryOrchestrator(this);
    }

    RecoveryKeeping keeping() {
        Refused.unless(!isDurable || coordination != null, "a durable recovery needs a coordination: say in(...)");
        return new RecoveryKeeping(isDurable ? coordination : null);
    }

    Map<String, RecoveryStrategy> strategies(final RecoveryKeeping keeping) {
        final Map<String, RecoveryStrategy> all = new LinkedHashMap<>();
        final RetryStrategy again = new RetryStrategy(retry);
        for (final RecoveryStrategy strategy : List.of(
                again,
                new AlternativePathStrategy(new TreeMap<>(alternatives)),
                new DegradationStrategy(new TreeMap<>(levels)),
                new CorrectionStrategy(new TreeMap<>(fixes), List.copyOf(checks), again),
                new EscalationStrategy(coordination, approver, decisionTimeout, onEscalation),
                new CircuitBreakerStrategy(breakerFailuresMax, breakerOpenTime, timer::nowNs, keeping))) {
            all.put(strategy.name(), strategy);
        }
        all.putAll(own);
        return Collections.unmodifiableMap(all);
    }
}
