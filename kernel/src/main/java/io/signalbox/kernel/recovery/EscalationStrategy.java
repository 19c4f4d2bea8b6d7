package io.signalbox.kernel.recovery;

import io.signalbox.kernel.Coordination;
import io.signalbox.kernel.CoordinationWaits;
import io.signalbox.kernel.Dependency;
import io.signalbox.kernel.DependencyDocument;
import io.signalbox.kernel.Outcome;
import io.signalbox.kernel.wait.FutureEnds;
import io.signalbox.kernel.wait.LightThreads;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Asks a person and waits for the decision, which is what comes of the recovery. The wait is the coordination's: it is journaled, ends
 * with its own time, and is found again by who asks the same question after a restart; a decision that was made meanwhile counts. The
 * same workflow, node and step ask the same question.
 */
final class EscalationStrategy implements RecoveryStrategy {
    /** Value of the state: the record, as a map of texts. */
    static final String ESCALATION_RECORD = "escalation";
    /** Value of the state: whether a person has to look at it. */
    static final String NEEDS_HUMAN = "requires_human_intervention";

    private final Coordination coordination;
    private final String approver;
    private final Duration timeout;
    private final Consumer<EscalationRecord> callback;

    EscalationStrategy(
            final Coordination coordination,
            final String approver,
            final Duration timeout,
            final Consumer<EscalationRecord> callback) {
        this.coordination = coordination;
        this.approver = approver;
        this.timeout = timeout;
        this.callback = callback;
    }

    @Override
    public String name() {
        return ESCALATION;
    }

    @Override
    public CompletionStage<StrategyResult> recover(final RecoveryAttempt attempt) {
        final EscalationRecord record = record(attempt);
        final String trouble = told(record);
        if (coordination == null) {
            return CompletableFuture.completedFuture(remembering(
                    noted(StrategyResult.failed("No coordination in which a person could be asked"), trouble),
                    record,
                    true));
        }
        final CoordinationWaits.Decision known = coordination.waits().decision(record.subject());
        if (known != null && (approver.isEmpty() || approver.equals(known.by()))) {
            return CompletableFuture.completedFuture(noted(decided(record, known), trouble));
        }
        attempt.context().state().put(ESCALATION_RECORD, record.toMap());
        attempt.context().state().put(NEEDS_HUMAN, true);
        final Dependency wait = asked(record);
        final CompletableFuture<Outcome> decided = attempt.stoppable();
        final Thread waiter = LightThreads.start("escalation " + record.subject(), () -> {
            try {
                decided.complete(wait.await());
            } catch (final RuntimeException e) { // the kernel has closed
                decided.completeExceptionally(e);
            }
        });
        FutureEnds.whenEnded(decided, (outcome, failure) -> {
            if (failure != null) {
                waiter.interrupt();
            }
        });
        return decided.thenCompose(outcome -> attempt.call(() -> result(record, outcome)))
                .handle((result, failure) -> failure == null
                        ? noted(result, trouble)
                        : remembering(
                                noted(
                                        StrategyResult.failed("Nobody waits for the decision any more: " + failure),
                                        trouble),
                                record,
                                true));
    }

    private EscalationRecord record(final RecoveryAttempt attempt) {
        final RecoveryContext context = attempt.context();
        return new EscalationRecord(
                "recovery:" + context.workflowId() + ":" + context.nodeName() + ":" + context.stepCount(),
                approver,
                context.workflowId(),
                context.nodeName(),
                context.stepCount(),
                attempt.errorType(),
                context.errorMessage(),
                attempt.pattern() == null ? "" : attempt.pattern().patternId(),
                context.correlationId(),
                attempt.tried());
    }

    /** What went wrong when the record was told; empty when nothing did. */
    private String told(final EscalationRecord record) {
        try {
            callback.accept(record);
            return "";
        } catch (final RuntimeException e) { // the question stands all the same
            return e.toString();
        }
    }

    private static StrategyResult noted(final StrategyResult result, final String trouble) {
        return trouble.isEmpty() ? result : result.with("callback_failed", trouble);
    }

    /** The wait for this decision: the one that is there already, else a new one. */
    private Dependency asked(final EscalationRecord record) {
        final CoordinationWaits waits = coordination.waits();
        final Dependency known = waits.find(record.subject());
        if (known != null && known.poll() instanceof Outcome.TimedOut) {
            return known;
        }
        waits.declare(DependencyDocument.of("")
                .approval(record.subject(), record.subject())
                .from(approver)
                .timeout(timeout)
                .build());
        return waits.find(record.subject());
    }

    private StrategyResult result(final EscalationRecord record, final Outcome outcome) {
        if (outcome instanceof Outcome.Resolved || outcome instanceof Outcome.Failed) {
            return decided(record, coordination.waits().decision(record.subject()));
        }
        final String problem = outcome instanceof Outcome.Expired
                ? "Nobody decided within " + timeout
                : "The question was not decided: " + outcome;
        return remembering(StrategyResult.failed(problem), record, true);
    }

    private static StrategyResult decided(final EscalationRecord record, final CoordinationWaits.Decision decision) {
        final String words = decision.by() + ": " + decision.reason();
        final StrategyResult result = decision.isApproved()
                ? StrategyResult.passed("Approved by " + words)
                : StrategyResult.failed("Denied by " + words);
        return remembering(result.with("decided_by", decision.by()), record, false);
    }

    private static StrategyResult remembering(
            final StrategyResult result, final EscalationRecord record, final boolean needsHuman) {
        final Map<String, String> map = record.toMap();
        return result.with("subject", record.subject())
                .remembering(ESCALATION_RECORD, map)
                .remembering(NEEDS_HUMAN, needsHuman);
    }
}
