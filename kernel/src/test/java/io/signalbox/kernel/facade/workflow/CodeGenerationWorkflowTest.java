package io.signalbox.kernel.facade.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.kernel.Kernel;
import io.signalbox.kernel.KernelConfig;
import io.signalbox.kernel.conformance.Conforms;
import io.signalbox.kernel.plan.PlanSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The six phases, with phases that take their time. Bounds of time are those of the systems before us. */
@Timeout(120)
class CodeGenerationWorkflowTest {
    private final Kernel kernel = Kernel.launch(KernelConfig.standard());
    private final WorkflowEngine engine = new WorkflowEngine(kernel);
    private final StagedParallelExecutor executor = new StagedParallelExecutor(engine);

    @AfterEach
    void close() {
        engine.close();
        kernel.close();
    }

    private static StepExecutor phase(final String name) {
        return phase(name, 60);
    }

    private static StepExecutor phase(final String name, final long ms) {
        return context -> {
            Working.forMs(ms);
            final Object previous = CodeGenerationWorkflow.previous(context);
            return (previous == null ? context.input("contract") : previous) + ">" + name;
        };
    }

    private static CodeGenerationPhases phases() {
        return phases(60);
    }

    private static CodeGenerationPhases phases(final long ms) {
        return new CodeGenerationPhases(
                phase("parse", ms),
                phase("model", ms),
                phase("validator", ms),
                phase("test", ms),
                phase("quality", ms),
                phase("package", ms));
    }

    private static Map<String, Object> contracts(final int count) {
        final Map<String, Object> contracts = new LinkedHashMap<>();
        for (int i = 1; i <= count; i++) {
            contracts.put("c" + i, "contract " + i);
        }
        return contracts;
    }

    @Test
    @Conforms("T-IWF-01")
    void shouldTakeOneContractThroughSixStages() {
        final WorkflowResult result =
                new CodeGenerationWorkflow(executor, phases(200)).generate(WorkflowConfig.of("one"), contracts(1));
        assertThat(result.status()).isEqualTo(WorkflowStatus.COMPLETED);
        assertThat(result.successfulStages()).isEqualTo(6);
        assertThat(result.successfulSteps()).isEqualTo(6);
        assertThat(result.totalDurationMs()).isLessThan(5000);
        assertThat(result.overallSpeedup()).isGreaterThanOrEqualTo(0.9);
        assertThat(result.step("package_c1").result())
                .isEqualTo("contract 1>parse>model>validator>test>quality>package");
    }

    @Test
    @Conforms("T-IWF-02")
    void shouldTakeTenContractsThroughSixStagesSideBySide() {
        final WorkflowResult result =
                new CodeGenerationWorkflow(executor, phases()).generate(WorkflowConfig.of("ten"), contracts(10));
        assertThat(result.successfulSteps()).isEqualTo(60);
        assertThat(result.overallSpeedup()).isGreaterThanOrEqualTo(2.25);
        assertThat(result.stages())
                .extracting(StageResult::stageId)
                .containsExactly("parse", "models", "validators", "tests", "quality", "package");
    }

    @Test
    void shouldLetAContractWaitForNobodyButItselfWithoutBarriers() {
        final CountDownLatch packed = new CountDownLatch(1);
        final CodeGenerationPhases phases = new CodeGenerationPhases(
                context ->
                        context.metadata().get("contract").equals("c1") ? packed.await(60, TimeUnit.SECONDS) : "fast",
                phase("model"),
                phase("validator"),
                phase("test"),
                phase("quality"),
                context -> {
                    packed.countDown();
                    return "packed";
                });
        final WorkflowResult result = new CodeGenerationWorkflow(executor, phases)
                .generate(WorkflowConfig.of("free").withStageBarriers(false), contracts(2));
        assertThat(result.orThrow().step("parse_c1").result()).isEqualTo(true);
    }

    @Test
    void shouldSkipLaterPhasesOfABrokenContractAlone() {
        final CodeGenerationPhases phases = new CodeGenerationPhases(
                phase("parse"),
                context -> {
                    if (context.metadata().get("contract").equals("c1")) {
                        throw new IllegalStateException("no such field");
                    }
                    return "model";
                },
                phase("validator"),
                phase("test"),
                phase("quality"),
                phase("package"));
        final CodeGenerationWorkflow workflow = new CodeGenerationWorkflow(executor, phases);
        final WorkflowConfig config = WorkflowConfig.of("broken").withStepRetry(false);
        final WorkflowResult strict = workflow.generate(config, contracts(2));
        assertThat(strict.stage("validators").status()).isEqualTo(WorkflowStatus.SKIPPED);
        final WorkflowResult free = workflow.generate(config.withStageBarriers(false), contracts(2));
        assertThat(free.step("package_c1").status()).isEqualTo(WorkflowStatus.SKIPPED);
        assertThat(free.step("package_c2").isSuccess()).isTrue();
    }

    @Test
    void shouldBePlannedBeforeItRuns() {
        final CodeGenerationWorkflow workflow = new CodeGenerationWorkflow(executor, phases(300));
        final WorkflowConfig config = WorkflowConfig.of("plan");
        assertThat(StagedParallelExecutor.plan(config, workflow.stages(config, contracts(3)))
                        .plan(PlanSettings.STANDARD)
                        .estimate()
                        .speedUp())
                .isGreaterThan(1.5);
        assertThatThrownBy(() -> workflow.stages(config, Map.of())).hasMessageContaining("no contract");
        assertThat(List.of(WorkflowStepType.values())).hasSize(7);
    }
}
