package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.conformance.Conforms;
import io.signalbox.kernel.context.IntelligenceKind;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Contexts from many threads at once. */
@Timeout(60)
class ContextThreadsTest {
    private static final int THREADS = 8;
    private static final int UPDATES = 50;

    @Test
    @Conforms("GAP-CTX-6")
    void shouldKeepEveryUpdateOfParallelThreads() throws Exception {
        try (Kernel kernel = Kernel.launch(KernelConfig.standard())) {
            final Contexts contexts = kernel.coordination("c").contexts();
            contexts.distribute(
                    ContextDistribution.forSession("s").agent("ann", Map.of()).agent("ben", Map.of()));
            final Thread[] threads = new Thread[THREADS];
            for (int i = 0; i < THREADS; i++) {
                final int number = i;
                threads[i] = new Thread(() -> {
                    for (int j = 0; j < UPDATES; j++) {
                        contexts.updateSharedIntelligence(ContextUpdateRequest.of(
                                IntelligenceKind.TYPE_REGISTRY, Map.of("type-" + number + "-" + j, j)));
                    }
                });
                threads[i].start();
            }
            for (final Thread thread : threads) {
                thread.join();
            }
            final AgentContext context = contexts.get("ann");
            assertThat(context.contextVersion()).isEqualTo(1 + THREADS * UPDATES);
            assertThat(context.sharedIntelligence().typeRegistry()).hasSize(THREADS * UPDATES);
            assertThat(contexts.get("ben").sharedIntelligence()).isSameAs(context.sharedIntelligence());
        }
    }
}
