package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.conformance.Conforms;
import io.signalbox.kernel.machine.MachineLimits;
import io.signalbox.kernel.routing.Consolidation;
import io.signalbox.kernel.routing.Opinion;
import io.signalbox.kernel.routing.RoutingDecision;
import io.signalbox.kernel.routing.RoutingSettings;
import io.signalbox.kernel.routing.router.ConditionalRouter;
import io.signalbox.kernel.routing.router.ConditionalRule;
import io.signalbox.kernel.routing.router.Router;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the routers before ours left untested: every operator, every pair of decisions, ties. */
class RoutingGapsTest {
    /** The most severe first. */
    private static final List<RoutingDecision> SEVERITY = List.of(
            RoutingDecision.ERROR,
            RoutingDecision.END,
            RoutingDecision.RETRY,
            RoutingDecision.PARALLEL,
            RoutingDecision.CONDITIONAL,
            RoutingDecision.BRANCH,
            RoutingDecision.SKIP,
            RoutingDecision.CONTINUE);

    private final Kernel kernel = Kernel.launch(KernelConfig.standard().withLimits(MachineLimits.small()));
    private final Coordination session = kernel.coordination("session");
    private int tasks;

    @AfterEach
    void close() {
        kernel.close();
    }

    private static Router saying(
            final String name, final int weight, final RoutingDecision decision, final double sure) {
        return Router.of(name, weight, (context, state) -> Opinion.of(decision, sure, name));
    }

    /** The routers decide about a task of its own, so that no retries are counted. */
    private RoutingResult route(final Consolidation policy, final Router one, final Router two) {
        final Routing routing = Routing.empty()
                .with(RoutingSettings.standard().withConsolidation(policy))
                .with(one)
                .with(two);
        return session.routing(routing).route(Map.of(), "task " + tasks++);
    }

    @ParameterizedTest
    @CsvSource({
        "==, 3, true", "==, 4, false",
        "!=, 4, true", "!=, 3, false",
        ">, 2, true", ">, 3, false",
        "<, 4, true", "<, 3, false",
        ">=, 3, true", ">=, 4, false",
        "<=, 3, true", "<=, 2, false"
    })
    @Conforms("GAP-ROUTE-1")
    void shouldDecideByEachComparison(final String operator, final int expected, final boolean holds) {
        assertThat(decides(3, operator, expected)).isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource({"in, b, true", "in, z, false", "not_in, z, true", "not_in, b, false"})
    @Conforms("GAP-ROUTE-1")
    void shouldDecideByMembership(final String operator, final String actual, final boolean holds) {
        assertThat(decides(actual, operator, List.of("a", "b"))).isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource({"contains, b, true", "contains, z, false", "not_contains, z, true", "not_contains, b, false"})
    @Conforms("GAP-ROUTE-1")
    void shouldDecideByContents(final String operator, final String expected, final boolean holds) {
        assertThat(decides(List.of("a", "b"), operator, expected)).isEqualTo(holds);
        assertThat(decides("abc", operator, expected)).isEqualTo(holds);
    }

    private boolean decides(final Object actual, final String operator, final Object expected) {
        final Router rules =
                ConditionalRouter.of(ConditionalRule.of("r", "r", "x", operator, expected, RoutingDecision.END));
        return session.routing(Routing.empty().with(rules))
                        .route(Map.of("x", actual), "task " + tasks++)
                        .decision()
                == RoutingDecision.END;
    }

    @Test
    @Conforms("GAP-ROUTE-10")
    void shouldTakeTheMoreSevereOfEveryPairHoweverSureTheOtherIs() {
        for (int i = 0; i < SEVERITY.size(); i++) {
            for (int j = i; j < SEVERITY.size(); j++) {
                final Router severe = saying("severe", 1, SEVERITY.get(i), 0.1);
                final Router sure = saying("sure", 100, SEVERITY.get(j), 1);
                assertThat(route(Consolidation.SEVERITY, severe, sure).decision())
                        .isEqualTo(SEVERITY.get(i));
                assertThat(route(Consolidation.SEVERITY, sure, severe).decision())
                        .isEqualTo(SEVERITY.get(i));
            }
        }
    }

    @Test
    @Conforms("GAP-ROUTE-10")
    void shouldTakeTheWeightierOfEveryPairHoweverSevereTheOtherIs() {
        for (final RoutingDecision light : SEVERITY) {
            for (final RoutingDecision heavy : SEVERITY) {
                final Router sure = saying("sure", 50, light, 1);
                final Router weighty = saying("weighty", 80, heavy, 0.7);
                assertThat(route(Consolidation.WEIGHTED, sure, weighty).decision())
                        .isEqualTo(heavy);
                assertThat(route(Consolidation.WEIGHTED, weighty, sure).decision())
                        .isEqualTo(heavy);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Consolidation.class)
    @Conforms("GAP-ROUTE-6")
    void shouldLetTheRouterDeclaredFirstSpeakWhenTwoAreEquallySure(final Consolidation policy) {
        final Router one = saying("one", 50, RoutingDecision.BRANCH, 0.5);
        final Router two = saying("two", 50, RoutingDecision.BRANCH, 0.5);
        assertThat(route(policy, one, two).decidedBy().router()).isEqualTo("one");
        assertThat(route(policy, two, one).decidedBy().router()).isEqualTo("two");
    }

    @Test
    @Conforms("GAP-ROUTE-6")
    void shouldDecideATieOfWeightsByOrder() {
        final Router half = saying("half as sure", 100, RoutingDecision.SKIP, 0.5);
        final Router sure = saying("sure", 50, RoutingDecision.END, 1);
        assertThat(route(Consolidation.WEIGHTED, half, sure).decision()).isEqualTo(RoutingDecision.SKIP);
        assertThat(route(Consolidation.WEIGHTED, sure, half).decision()).isEqualTo(RoutingDecision.END);
    }
}
