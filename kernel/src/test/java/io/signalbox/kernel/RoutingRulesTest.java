package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.routing.Opinion;
import io.signalbox.kernel.routing.RoutingDecision;
import io.signalbox.kernel.routing.router.ConditionalRouter;
import io.signalbox.kernel.routing.router.ConditionalRule;
import io.signalbox.kernel.routing.router.Router;
import io.signalbox.kernel.routing.router.RoutingContext;
import io.signalbox.kernel.state.ValueType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Routing with several threads, in one another, over a restart, and from a coordination's own state. */
class RoutingRulesTest {
    @Test
    void shouldNumberTheDecisionsOfManyThreadsDensely() throws InterruptedException {
        try (Kernel kernel = Kernel.launch(KernelConfig.standard())) {
            final SmartRoutingOrchestrator routing = kernel.coordination("c").routing(Routing.standard());
            final long[][] seen = new long[4][250];
            final Thread[] threads = new Thread[seen.length];
            for (int t = 0; t < threads.length; t++) {
                final long[] mine = seen[t];
                final String task = "task-" + t;
                threads[t] = new Thread(() -> {
                    for (int i = 0; i < mine.length; i++) {
                        mine[i] = routing.route(Map.of("error_count", i % 3), task)
                                .routingId();
                    }
                });
                threads[t].start();
            }
            for (final Thread thread : threads) {
                thread.join();
            }
            final long[] all = LongStream.concat(
                            LongStream.concat(LongStream.of(seen[0]), LongStream.of(seen[1])),
                            LongStream.concat(LongStream.of(seen[2]), LongStream.of(seen[3])))
                    .sorted()
                    .toArray();
            assertThat(all).isEqualTo(LongStream.rangeClosed(1, 1000).toArray());
            assertThat(routing.getStats().totalRoutings()).isEqualTo(1000);
            assertThat(routing.getStats().opinions()).isEqualTo(4000);
        }
    }

    @Test
    void shouldLetARouterAskOtherRouters() {
        try (Kernel kernel = Kernel.launch(KernelConfig.standard())) {
            final Coordination session = kernel.coordination("c");
            final SmartRoutingOrchestrator inner = session.routing(Routing.standard());
            final Router asking = Router.of("asking", (context, state) -> {
                final RoutingResult result = inner.route(state, RoutingContext.of("inner"));
                return Opinion.of(RoutingDecision.BRANCH, result.confidence(), "inner says " + result.decision());
            });
            final RoutingResult outer =
                    session.routing(Routing.standard().with(asking)).route(Map.of(), "outer");
            assertThat(outer.reasoning()).isEqualTo("inner says CONTINUE");
            assertThat(inner.getHistory(9))
                    .extracting(record -> record.result().currentTask())
                    .containsExactly("outer", "inner");
        }
    }

    @Test
    void shouldKnowDecisionsAndRetriesAfterARestart() {
        final MemoryJournal journal = new MemoryJournal();
        final List<RoutingHistoryRecord> before;
        try (Kernel kernel = Kernel.launch(KernelConfig.standard(), journal)) {
            final SmartRoutingOrchestrator routing = kernel.coordination("c").routing(Routing.standard());
            routing.route(Map.of("error_count", 1), "build");
            routing.route(Map.of("error_count", 2), "build");
            routing.giveOpinion(
                    "build", Router.of("far", (context, state) -> null), Opinion.of(RoutingDecision.END, 1, "far"));
            before = routing.getHistory(9);
        }
        try (Kernel kernel = Kernel.launch(KernelConfig.standard(), journal.reopened())) {
            final SmartRoutingOrchestrator routing = kernel.coordination("c").routing(Routing.standard());
            assertThat(routing.getHistory(9))
                    .extracting(RoutingHistoryRecord::factId)
                    .isEqualTo(before.stream().map(RoutingHistoryRecord::factId).toList());
            assertThat(routing.getHistory(1).get(0).result().reasoning())
                    .isEqualTo(before.get(0).result().reasoning());
            assertThat(routing.retries("build")).isEqualTo(2);
            assertThat(routing.route(Map.of("error_count", 3), "build").decision())
                    .isEqualTo(RoutingDecision.END);
        }
    }

    @Test
    void shouldFailTheRouterThatReadsADocumentThatIsNone() {
        try (Kernel kernel = Kernel.launch(KernelConfig.standard())) {
            final Coordination session = kernel.coordination("c");
            session.set("plan", ValueType.JSON, "{broken".getBytes(StandardCharsets.UTF_8), -1);
            session.set("error", "");
            session.setNull("required");
            final Router rules =
                    ConditionalRouter.of(ConditionalRule.of("r", "r", "plan.next", "==", "x", RoutingDecision.END));
            final RoutingResult result =
                    session.routing(Routing.standard().with(rules)).route("build");
            assertThat(result.decision()).isEqualTo(RoutingDecision.ERROR);
            assertThat(result.decidedBy().router()).isEqualTo("conditional");
            assertThat(result.reasoning()).contains("the value of 'plan'").contains("at character 1");
            assertThat(result.agreeing()).hasSize(1);
        }
    }
}
