package io.signalbox.kernel.recovery;

import io.signalbox.kernel.Coordination;
import io.signalbox.kernel.Sending;
import io.signalbox.kernel.SignalReceipt;
import io.signalbox.kernel.metrics.Metrics;
import io.signalbox.kernel.signal.Payload;
import io.signalbox.kernel.signal.SignalKind;

/** Tells of recoveries: in metrics and by a signal, each where there is somebody to tell. */
final class RecoveryTelling {
    /** Who raises the signals. */
    static final String SENDER = "error_recovery_orchestrator";

    private final Coordination coordination;
    private final Metrics metrics;

    RecoveryTelling(final Coordination coordination, final Metrics metrics) {
        this.coordination = coordination;
        this.metrics = metrics;
    }

    boolean isIn(final Coordination other) {
        return coordination != null && coordination.name().equals(other.name());
    }

    void began() {
        count("error_recovery_attempts");
    }

    void analysed(final long durationNs) {
        time("error_recovery_analysis_time_ms", durationNs);
    }

    void decided(final long durationNs) {
        time("error_recovery_decision_time_ms", durationNs);
    }

    /** The recovery itself broke, not the work. */
    void broke() {
        count("error_recovery_orchestration_failures");
    }

    private void count(final String name) {
        if (metrics != null) {
            metrics.counter(name).increment();
        }
    }

    private void time(final String name, final long durationNs) {
        if (metrics != null) {
            metrics.timing(name).record(Math.max(0, durationNs));
        }
    }

    /** A recovery has ended; the result with what could not be told. */
    RecoveryResult ended(final RecoveryContext context, final RecoveryResult result) {
        time("error_recovery_total_time_ms", result.durationNs());
        if (coordination == null) {
            return result;
        }
        try {
            final SignalReceipt receipt = coordination
                    .signals()
                    .send(
                            SignalKind.ERROR_RECOVERY_COMPLETED.signalType(),
                            payload(context, result),
                            context.correlationId().isEmpty()
                                    ? Sending.by(SENDER)
                                    : Sending.by(SENDER).correlation(context.correlationId()));
            return receipt.isAccepted() ? result : result.with("signal_refused", receipt.message());
        } catch (final RuntimeException e) { // the kernel has closed or halted
            return result.with("signal_refused", e.toString());
        }
    }

    private static Payload payload(final RecoveryContext context, final RecoveryResult result) {
        return Payload.of()
                .text("strategy", result.strategyUsed())
                .flag("success", result.isSuccess())
                .number("attempts", result.retryCount() + 1.0)
                .number("execution_time_ms", result.durationMs())
                .fields(
                        "detail",
                        Payload.of()
                                .text("workflow_id", context.workflowId())
                                .text("node_name", context.nodeName())
                                .text("error_type", result.errorType().word())
                                .text("pattern", result.patternMatched() == null ? "" : result.patternMatched())
                                .integer("retry_count", result.retryCount())
                                .flag("error_fixed", result.isErrorFixed())
                                .flag("fallback_used", result.isFallbackUsed()));
    }
}
