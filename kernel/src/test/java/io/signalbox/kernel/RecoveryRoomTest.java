package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.conformance.Conforms;
import io.signalbox.kernel.context.DocumentValue;
import io.signalbox.kernel.machine.MachineLimits;
import io.signalbox.kernel.metrics.MetricsSnapshot;
import io.signalbox.kernel.recovery.ErrorPattern;
import io.signalbox.kernel.recovery.ErrorRecoveryOrchestrator;
import io.signalbox.kernel.recovery.ErrorType;
import io.signalbox.kernel.recovery.EscalationRecord;
import io.signalbox.kernel.recovery.RecoveryContext;
import io.signalbox.kernel.recovery.RecoveryResult;
import io.signalbox.kernel.recovery.RecoverySettings;
import io.signalbox.kernel.signal.SenderValidation;
import io.signalbox.kernel.signal.SignalKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Recovery and the kernel: signals, metrics, and people who decide. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RecoveryRoomTest {
    private static final KernelConfig CONFIG = KernelConfig.standard().withLimits(MachineLimits.small());
    private static final String SUBJECT = "recovery:build-42:deploy:7";
    private static final RecoveryContext.Draft BROKEN = RecoveryContext.of("build-42", "deploy")
            .stepCount(7)
            .exception(new IllegalStateException("no space left"))
            .correlationId("c-1")
            .state("a", 1);

    private final Kernel kernel = Kernel.launch(CONFIG);
    private final Coordination session = kernel.coordination("session");

    @AfterEach
    void close() {
        kernel.close();
    }

    private static RecoverySettings asking(final Coordination where) {
        return ErrorRecoveryOrchestrator.with()
                .in(where)
                .patterns(ErrorPattern.ofText("full", ErrorType.RESOURCE, "no space", "escalation"));
    }

    @Test
    @Conforms("T-REC-29")
    void shouldRaiseASignalAndMeasure() {
        final ErrorRecoveryOrchestrator recovery = ErrorRecoveryOrchestrator.with()
                .in(session)
                .metrics(kernel.metrics())
                .build();
        final RecoveryResult result = recovery.handleError(BROKEN.build(), context -> "done");
        assertThat(result.metadata()).isEmpty();
        final List<PastSignal> raised =
                session.signals().history(HistoryFilter.all().type(SignalKind.ERROR_RECOVERY_COMPLETED.signalType()));
        assertThat(raised).singleElement().satisfies(signal -> {
            assertThat(signal.sender()).isEqualTo("error_recovery_orchestrator");
            assertThat(signal.payload().textOr("strategy", "")).isEqualTo("retry");
            assertThat(signal.payload().fieldsOf("detail").textOr("node_name", ""))
                    .isEqualTo("deploy");
        });
        final MetricsSnapshot measured = kernel.metrics().snapshot();
        assertThat(measured.counter("error_recovery_attempts")).isEqualTo(1);
        assertThat(measured.counter("error_recovery_orchestration_failures")).isZero();
        assertThat(List.of("analysis", "decision", "total"))
                .allSatisfy(what -> assertThat(measured.timing("error_recovery_" + what + "_time_ms"))
                        .isPresent());
    }

    @Test
    void shouldSayWhenItsSignalWasRefused() {
        session.signals().validateSenders(SenderValidation.REFUSE).orThrow();
        final ErrorRecoveryOrchestrator recovery =
                ErrorRecoveryOrchestrator.with().in(session).build();
        assertThat(recovery.handleError(BROKEN.build(), context -> 1).metadata())
                .containsKey("signal_refused");
        kernel.close();
        final RecoveryResult closed = recovery.handleError(BROKEN.build(), context -> 1);
        assertThat(closed.isSuccess()).isTrue();
        assertThat(closed.metadata()).containsKey("signal_refused");
    }

    @Test
    void shouldLetAPersonDecide() {
        final AtomicReference<EscalationRecord> told = new AtomicReference<>();
        final ErrorRecoveryOrchestrator recovery = asking(session)
                .approver("dora", Duration.ofHours(1))
                .onEscalation(told::set)
                .build();
        final RecoveryContext context = BROKEN.build();
        final CompletableFuture<RecoveryResult> result = recovery.handleErrorAsync(context, null, Runnable::run);
        assertThat(result).isNotDone();
        assertThat(session.waits().status(SUBJECT).unmet()).containsExactly("'dora' to approve '" + SUBJECT + "'");
        assertThat(context.state()).containsEntry("requires_human_intervention", true);
        assertThat(session.waits().approve(SUBJECT, "eve", "not mine to say").isAccepted())
                .isFalse();
        assertThat(session.waits().pendingCount()).isEqualTo(1);
        session.waits().approve(SUBJECT, "dora", "cleaned up").orThrow();
        assertThat(result.join().isSuccess()).isTrue();
        assertThat(result.join().errorMessage()).isEqualTo("Approved by dora: cleaned up");
        assertThat(result.join().metadata()).containsEntry("decided_by", "dora").containsEntry("subject", SUBJECT);
        assertThat(context.state()).containsEntry("requires_human_intervention", false);
        assertThat(told.get().errorType()).isEqualTo(ErrorType.RESOURCE);
    }

    @Test
    void shouldWriteARecordWithoutACycle() {
        final RecoveryContext context = BROKEN.build();
        final RecoveryResult result = ErrorRecoveryOrchestrator.with()
                .afterwards("escalation")
                .build()
                .handleError(context, null);
        assertThat(result.errorMessage()).isEqualTo("No coordination in which a person could be asked");
        assertThat(context.state()).containsEntry("requires_human_intervention", true);
        assertThat(DocumentValue.of(context.checkpoint()).toString())
                .contains("\"escalation\":{", "\"tried\":\"retry\"", "\"step_count\":\"7\"");
    }

    @Test
    void shouldFailWhenAPersonDeniesOrNobodyDecides() {
        final ErrorRecoveryOrchestrator recovery = asking(session)
                .onEscalation(record -> {
                    throw new IllegalStateException("no mail");
                })
                .build();
        final RecoveryContext context = BROKEN.build();
        final CompletableFuture<RecoveryResult> result = recovery.handleErrorAsync(context, null, Runnable::run);
        session.waits().deny(SUBJECT, "eve", "too risky").orThrow();
        assertThat(result.join().isSuccess()).isFalse();
        assertThat(result.join().errorMessage()).isEqualTo("Denied by eve: too risky");
        assertThat(result.join().metadata())
                .containsEntry("callback_failed", "java.lang.IllegalStateException: no mail");
        assertThat(context.state().get("escalation")).isInstanceOf(Map.class);
        assertThat(context.state()).containsEntry("a", 1);
        assertThat(recovery.handleError(BROKEN.build(), null).errorMessage())
                .as("the same question has the same answer")
                .isEqualTo("Denied by eve: too risky");
    }

    @Test
    void shouldNotWaitLongerThanItWasTold() {
        final ManualClock clock = new ManualClock(0);
        try (Kernel timed = Kernel.launch(CONFIG.withClock(clock).withThreading(Threading.INVOKER))) {
            final ErrorRecoveryOrchestrator recovery = asking(timed.coordination("session"))
                    .approver("dora", Duration.ofMinutes(5))
                    .build();
            final CompletableFuture<RecoveryResult> result =
                    recovery.handleErrorAsync(BROKEN.build(), null, Runnable::run);
            clock.moveTo(Duration.ofMinutes(6).toNanos());
            while (!result.isDone()) {
                timed.pulse();
                timed.turn(); // whoever waits there needs turns of this thread
            }
            assertThat(result.join().errorMessage()).isEqualTo("Nobody decided within PT5M");
        }
    }

    @Test
    void shouldEndWhenTheKernelCloses() {
        final CompletableFuture<RecoveryResult> result =
                asking(session).build().handleErrorAsync(BROKEN.build(), null, Runnable::run);
        kernel.close();
        assertThat(result.join().isSuccess()).isFalse();
        assertThat(result.join().metadata()).containsKey("signal_refused");
    }

    @Test
    @Conforms("FUTURE-33")
    void shouldGoOnWithTheSameQuestionAfterARestart() {
        final MemoryJournal journal = new MemoryJournal();
        try (Kernel first = Kernel.launch(CONFIG, journal)) {
            assertThat(asking(first.coordination("session"))
                            .build()
                            .handleErrorAsync(BROKEN.build(), null, Runnable::run))
                    .isNotDone();
        }
        try (Kernel second = Kernel.launch(CONFIG, journal.reopened())) {
            final Coordination again = second.coordination("session");
            assertThat(again.waits().pendingCount()).isEqualTo(1);
            final CompletableFuture<RecoveryResult> result =
                    asking(again).build().handleErrorAsync(BROKEN.build(), null, Runnable::run);
            assertThat(again.waits().pendingCount()).isEqualTo(1);
            again.waits().approve(SUBJECT, "dora", "fine now").orThrow();
            assertThat(result.join().isSuccess()).isTrue();
        }
    }
}
