package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.signalbox.kernel.agent.AgentDuty;
import io.signalbox.kernel.agent.AgentMatch;
import io.signalbox.kernel.agent.AgentMatch.Reason;
import io.signalbox.kernel.agent.AgentProfile;
import io.signalbox.kernel.agent.AgentQuery;
import io.signalbox.kernel.agent.AgentScore;
import io.signalbox.kernel.agent.AgentStatus;
import io.signalbox.kernel.agent.AgentTask;
import io.signalbox.kernel.agent.MatchPart;
import io.signalbox.kernel.agent.MatchWeights;
import io.signalbox.kernel.conformance.Conforms;
import io.signalbox.kernel.event.Rejection;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who suits a task, and why: through the front door. */
class AgentMatchTest {
    private Kernel kernel;
    private AgentRegistry agents;
    private Coordination build;

    @BeforeEach
    void launch() {
        kernel = Kernel.launch(KernelConfig.standard());
        agents = kernel.agents();
        build = kernel.coordination("build");
    }

    @AfterEach
    void close() {
        kernel.close();
    }

    private void employ(final String agent, final int tasks) {
        for (int i = 0; i < tasks; i++) {
            agents.assign(build, agent).orThrow();
        }
    }

    private void complete(final String agent, final int succeeded, final int failed) {
        for (int i = 0; i < succeeded; i++) {
            build.complete(agent, "done");
        }
        for (int i = 0; i < failed; i++) {
            build.fail(agent, "broken");
        }
    }

    private double value(final String agent, final AgentTask task, final MatchPart part) {
        return agents.score(agent, task).value(part);
    }

    // ------------------------------------------------------------------ the parts of a score

    @Test
    @Conforms({"T-RMATCH-03", "T-RMATCH-04", "GAP-AGENT-5"})
    void shouldScoreHowManyCapabilitiesAreCovered() {
        agents.register("ann", "validation", "testing").orThrow();
        final AgentTask other = AgentTask.needing("contract_inference", "yaml_parsing");
        assertThat(value("ann", other, MatchPart.CAPABILITY)).isZero();
        assertThat(agents.score("ann", other).missing()).containsExactly("contract_inference", "yaml_parsing");
        assertThat(agents.match(other).reason()).isEqualTo(Reason.NOBODY_CAPABLE);
        assertThat(agents.match(other.bestEffort()).isFound()).isFalse();
        assertThat(agents.match(AgentTask.needing("testing", "yaml_parsing").bestEffort())
                        .isFound())
                .isFalse();
        assertThat(value("ann", AgentTask.needing(), MatchPart.CAPABILITY)).isEqualTo(1);
        assertThat(value("ann", AgentTask.needing("testing", "x"), MatchPart.CAPABILITY))
                .isEqualTo(0.5);
        final AgentTask preferring = AgentTask.needing("testing").preferring("validation", "x", "y");
        assertThat(value("ann", preferring, MatchPart.CAPABILITY)).isEqualTo(0.5);
        assertThat(agents.match(preferring).isFound()).isTrue();
    }

    /** A versatile agent is no worse at the one thing that is needed. */
    @Test
    void shouldNotPunishAnAgentForWhatElseItCanDo() {
        agents.register("one", "yaml").orThrow();
        agents.register("ten", "yaml", "a", "b", "c", "d", "e", "f", "g", "h", "i")
                .orThrow();
        final AgentTask task = AgentTask.needing("yaml");
        assertThat(agents.score("ten", task).total())
                .isEqualTo(agents.score("one", task).total());
    }

    @Test
    @Conforms({"T-RMATCH-05", "T-RMATCH-06", "T-RMATCH-07", "GAP-AGENT-3"})
    void shouldScoreHowMuchIsFree() {
        final AgentProfile ann = AgentProfile.of("ann", "yaml").withTasksMax(10);
        agents.register(ann).orThrow();
        final AgentTask task = AgentTask.needing("yaml");
        assertThat(value("ann", task, MatchPart.LOAD)).isEqualTo(1);
        employ("ann", 5);
        assertThat(value("ann", task, MatchPart.LOAD)).isEqualTo(0.5);
        employ("ann", 5);
        assertThat(value("ann", task, MatchPart.LOAD)).isZero();
        assertThat(agents.get("ann").status()).isEqualTo(AgentStatus.BUSY);
        assertThat(agents.assign(build, "ann").rejection()).isEqualTo(Rejection.AGENT_BUSY);
        assertThat(agents.match(task).reason()).isEqualTo(Reason.ALL_BUSY);
        agents.update(ann.withTasksMax(5)).orThrow();
        assertThat(agents.get("ann").activeTasks()).isEqualTo(10);
        assertThat(agents.get("ann").status()).isEqualTo(AgentStatus.BUSY);
        assertThat(value("ann", task, MatchPart.LOAD)).isZero();
    }

    @Test
    @Conforms("T-RMATCH-09")
    void shouldScoreThePriority() {
        agents.register(AgentProfile.of("ann", "yaml").withPriority(0)).orThrow();
        agents.register(AgentProfile.of("ben", "yaml").withPriority(90)).orThrow();
        assertThat(value("ann", AgentTask.needing("yaml"), MatchPart.PRIORITY)).isZero();
        assertThat(value("ben", AgentTask.needing("yaml"), MatchPart.PRIORITY)).isEqualTo(0.9);
        assertThat(agents.match(AgentTask.needing("yaml")).best().agent().id()).isEqualTo("ben");
    }

    @Test
    @Conforms({"T-RMATCH-10", "T-RMATCH-11", "GAP-AGENT-4"})
    void shouldScoreHowManyCompletionsSucceeded() {
        agents.register("ann", "yaml").orThrow();
        final AgentTask task = AgentTask.needing("yaml");
        assertThat(value("ann", task, MatchPart.SUCCESS)).isEqualTo(0.5);
        complete("ann", 0, 2);
        assertThat(value("ann", task, MatchPart.SUCCESS)).isZero();
        complete("ann", 2, 0);
        assertThat(value("ann", task, MatchPart.SUCCESS)).isEqualTo(0.5);
        agents.register("ben", "yaml").orThrow();
        complete("ben", 3, 0);
        assertThat(value("ben", task, MatchPart.SUCCESS)).isEqualTo(1);
        assertThat(agents.get("ben").successRate()).isEqualTo(1);
    }

    @Test
    void shouldScoreTheMeanQualityOnlyWhereItCounts() {
        agents.register("ann", "yaml").orThrow();
        agents.register("ben", "yaml").orThrow();
        build.complete("ann", 0.5, "so so");
        build.complete("ann", 0.7, "better");
        build.complete("ben", 1, "well");
        build.complete("ben", 1, "well");
        final AgentTask task = AgentTask.needing("yaml");
        assertThat(agents.get("ann").meanQuality()).isEqualTo(0.6, within(1e-9));
        assertThat(agents.score("ann", task).total())
                .isEqualTo(agents.score("ben", task).total());
        final AgentTask choosy = task.weights(new MatchWeights(0, 0, 0, 0, 0, 1));
        assertThat(agents.score("ann", choosy).total()).isEqualTo(0.6, within(1e-9));
        assertThat(agents.match(choosy).best().agent().id()).isEqualTo("ben");
    }

    @Test
    void shouldCountTagsForATaskThatNamesSome() {
        agents.register(AgentProfile.of("ann", "yaml").withTags("fast", "cheap"))
                .orThrow();
        agents.register(AgentProfile.of("ben", "yaml")).orThrow();
        final AgentTask task = AgentTask.needing("yaml");
        assertThat(agents.score("ann", task).total())
                .isEqualTo(agents.score("ben", task).total());
        final AgentTask tagged = task.tagged("fast", "new");
        assertThat(value("ann", tagged, MatchPart.TAGS)).isEqualTo(0.5);
        assertThat(value("ben", tagged, MatchPart.TAGS)).isZero();
        assertThat(agents.match(tagged).best().agent().id()).isEqualTo("ann");
        assertThat(agents.match(tagged).ranking()).hasSize(2);
    }

    @Test
    @Conforms({"T-RMATCH-12", "T-RMATCH-15"})
    void shouldStayInRangeWhateverTheWeights() {
        agents.register("ann", "yaml", "json").orThrow();
        complete("ann", 3, 1);
        final AgentTask task = AgentTask.needing("yaml").tagged("fast");
        for (final MatchWeights weights : List.of(
                MatchWeights.standard(),
                new MatchWeights(0.5, 0, 0.2, 0.2, 0.1, 0),
                new MatchWeights(50, 10, 20, 20, 10, 7),
                new MatchWeights(0, 0, 0, 0, 0.001, 0))) {
            final AgentScore score = agents.score("ann", task.weights(weights));
            assertThat(score.total()).isBetween(0.0, 1.0);
            assertThat(score.parts()).allMatch(part -> part.value() >= 0 && part.value() <= 1);
            assertThat(score.parts().stream()
                            .mapToDouble(AgentScore.Part::weight)
                            .sum())
                    .isEqualTo(1, within(1e-9));
        }
        assertThatThrownBy(() -> new MatchWeights(-1, 0, 0, 0, 1, 0)).hasMessageContaining("weight of capability");
        assertThatThrownBy(() -> new MatchWeights(0, 1, 0, 0, 0, 0)).hasMessageContaining("above 0");
        assertThatThrownBy(() -> new MatchWeights(Double.NaN, 0, 0, 0, 1, 0)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> task.scoreMin(1.5)).hasMessage("scoreMin must be in 0..1: 1.5");
        assertThatThrownBy(() -> task.ranked(0)).hasMessage("ranked must be in 1..100: 0");
    }

    @Test
    @Conforms({"T-RMATCH-13", "T-RMATCH-14"})
    void shouldExplainEveryPartOfAScore() {
        agents.register(AgentProfile.of("ann", "yaml").withPriority(90)).orThrow();
        employ("ann", 5);
        complete("ann", 3, 1);
        final AgentScore score =
                agents.match(AgentTask.needing("yaml").preferring("json")).best();
        assertThat(score.explain())
                .startsWith("ann: 0.710 = ")
                .contains("capability 0.500 x 0.400 (1 of 1 required, 0 of 1 preferred)")
                .contains("load 0.900 x 0.200 (1/10 tasks)")
                .contains("priority 0.900 x 0.200 (90 of 100)")
                .contains("success rate 0.750 x 0.200 (3 succeeded, 1 failed)")
                .contains("quality 0.500 x 0.000 (0 judged)");
        agents.declare("ann", AgentDuty.MAINTENANCE).orThrow();
        assertThat(agents.score("ann", AgentTask.needing("toml")).explain())
                .endsWith("; cannot do it without [toml]; is MAINTENANCE");
    }

    @Test
    @Conforms("T-RMATCH-16")
    void shouldRankTheBetterAgentHigher() {
        agents.register(AgentProfile.of("weak", "yaml").withPriority(10)).orThrow();
        agents.register(AgentProfile.of("strong", "yaml", "json").withPriority(90))
                .orThrow();
        complete("weak", 1, 1);
        complete("strong", 19, 1);
        employ("weak", 5);
        final AgentTask both = AgentTask.needing("yaml", "json");
        assertThat(agents.score("strong", both).total())
                .isGreaterThan(agents.score("weak", both).total());
        assertThat(agents.match(both).ranking())
                .extracting(score -> score.agent().id())
                .containsExactly("strong");
        assertThat(agents.match(AgentTask.needing("yaml").bestEffort()).ranking())
                .extracting(score -> score.agent().id())
                .containsExactly("strong", "weak");
    }

    // ------------------------------------------------------------------ the match

    @Test
    @Conforms({"T-REG-09", "T-REG-13", "T-RCACHE-01", "GAP-AGENT-1", "T-REG-23"})
    void shouldMatchTheAgentThatFits() {
        agents.register("ann", "contract_inference", "yaml_parsing").orThrow();
        final AgentMatch match = agents.match(AgentTask.needing("contract_inference"));
        assertThat(match.best().agent().id()).isEqualTo("ann");
        assertThat(match.best().total()).isBetween(0.3, 1.0);
        assertThat(match.reason()).isEqualTo(Reason.FOUND);
        for (int i = 0; i < 10; i++) {
            final AgentMatch again = agents.match(AgentTask.needing("contract_inference"));
            assertThat(again).isEqualTo(match);
            assertThat(List.of(again.registered(), again.active(), again.capable(), again.available()))
                    .containsExactly(1, 1, 1, 1);
        }
    }

    @Test
    @Conforms({"T-REG-11", "GAP-AGENT-6"})
    void shouldSayWhyNobodyMatches() {
        final AgentTask task = AgentTask.needing("yaml");
        final AgentMatch none = agents.match(task);
        assertThat(none.reason()).isEqualTo(Reason.NO_ACTIVE_AGENT);
        assertThat(none.message()).contains("no active agents");
        assertThatThrownBy(none::best).isInstanceOf(IllegalStateException.class).hasMessage(none.message());
        agents.register(AgentProfile.of("ann", "yaml").withTasksMax(1).withPriority(0))
                .orThrow();
        for (final AgentDuty duty : List.of(AgentDuty.INACTIVE, AgentDuty.MAINTENANCE, AgentDuty.ERROR)) {
            agents.declare("ann", duty).orThrow();
            assertThat(agents.match(task).reason()).isEqualTo(Reason.NO_ACTIVE_AGENT);
        }
        agents.declare("ann", AgentDuty.ACTIVE).orThrow();
        assertThat(agents.match(AgentTask.needing("json")).message())
                .contains("none of the 1 active")
                .contains("json");
        assertThat(agents.match(task.ofType("reader")).reason()).isEqualTo(Reason.NOBODY_CAPABLE);
        assertThat(agents.match(task).isFound()).isTrue();
        employ("ann", 1);
        assertThat(agents.match(task).reason()).isEqualTo(Reason.ALL_BUSY);
    }

    @Test
    @Conforms("FUTURE-14")
    void shouldFailOrTakeTheBestBelowTheLeastScore() {
        agents.register(AgentProfile.of("ann", "yaml").withPriority(0)).orThrow();
        complete("ann", 0, 1);
        final AgentTask task = AgentTask.needing("yaml").scoreMin(0.9);
        final AgentMatch low = agents.match(task);
        assertThat(low.reason()).isEqualTo(Reason.SCORE_TOO_LOW);
        assertThat(low.message()).contains("0.900");
        assertThat(agents.match(task.bestEffort()).best().agent().id()).isEqualTo("ann");
    }

    @Test
    void shouldMatchByWhatIsAlikeAndCountHowMuch() {
        agents.register("ann", "yaml_parser").orThrow();
        agents.register("ben", "yaml_parsing").orThrow();
        final AgentTask task = AgentTask.needing("yaml_parsing");
        assertThat(agents.match(task).ranking()).hasSize(1);
        final AgentMatch alike = agents.match(task.alike(AgentQuery.ALIKE));
        assertThat(alike.ranking()).extracting(score -> score.agent().id()).containsExactly("ben", "ann");
        assertThat(alike.ranking().get(1).value(MatchPart.CAPABILITY)).isBetween(0.7, 0.99);
    }

    @Test
    void shouldPreferTheOneThatRegisteredFirstWhenAllElseIsEqual() {
        for (final String id : List.of("zoe", "ann", "mia", "ben")) {
            agents.register(id, "yaml").orThrow();
        }
        assertThat(agents.match(AgentTask.needing("yaml")).ranking())
                .extracting(score -> score.agent().id())
                .containsExactly("zoe", "ann", "mia");
        agents.unregister("zoe").orThrow();
        agents.register("zoe", "yaml").orThrow();
        assertThat(agents.match(AgentTask.needing("yaml").ranked(9)).ranking())
                .extracting(score -> score.agent().id())
                .containsExactly("ann", "mia", "ben", "zoe");
    }

    // ------------------------------------------------------------------ always the present

    @Test
    @Conforms({"GAP-AGENT-2", "T-REG-31", "DIFF-8"})
    void shouldNeverAnswerWithWhatHasChangedSince() {
        agents.register(AgentProfile.of("agent_1", "yaml").withTasksMax(1)).orThrow();
        agents.register(AgentProfile.of("agent_2", "yaml").withTasksMax(2)).orThrow();
        final AgentTask task = AgentTask.needing("yaml");
        assertThat(agents.match(task).best().agent().id()).isEqualTo("agent_1");
        employ("agent_1", 1);
        assertThat(agents.match(task).best().agent().id()).isEqualTo("agent_2");
        build.complete("agent_1", "done");
        assertThat(agents.match(task).best().agent().id()).isEqualTo("agent_1");
        agents.declare("agent_1", AgentDuty.INACTIVE).orThrow();
        assertThat(agents.match(task).best().agent().id()).isEqualTo("agent_2");
        agents.declare("agent_1", AgentDuty.ACTIVE).orThrow();
        agents.unregister("agent_1").orThrow();
        assertThat(agents.match(task).best().agent().id()).isEqualTo("agent_2");
    }

    @Test
    @Conforms({"FUTURE-18", "REQ-9"})
    void shouldCountTasksAndOutcomesByItself() {
        agents.register(AgentProfile.of("ann", "yaml").withTasksMax(2)).orThrow();
        final Coordination other = kernel.coordination("other");
        assertThat(agents.assign(build, "ann").value()).isEqualTo(1);
        assertThat(agents.assign(other, "ann").value()).isEqualTo(2);
        other.complete("ann", 0.8, "done");
        assertThat(agents.get("ann").activeTasks()).isEqualTo(1);
        assertThat(agents.get("ann").succeeded()).isEqualTo(1);
        assertThat(agents.get("ann").meanQuality()).isEqualTo(0.8);
        assertThat(agents.release(other, "ann").rejection()).isEqualTo(Rejection.NO_TASK_ASSIGNED);
        build.closeCoordination().orThrow();
        assertThat(agents.get("ann").activeTasks()).isZero();
        assertThat(agents.assign(build, "ann").rejection()).isEqualTo(Rejection.UNKNOWN_COORDINATION);
    }

    @Test
    void shouldGiveATaskToTheBestAgentUntilAllAreBusy() {
        agents.register(AgentProfile.of("ann", "yaml").withTasksMax(1).withPriority(90))
                .orThrow();
        agents.register(AgentProfile.of("ben", "yaml").withTasksMax(1)).orThrow();
        final AgentTask task = AgentTask.needing("yaml");
        assertThat(agents.assignBest(build, task).best().agent().id()).isEqualTo("ann");
        assertThat(agents.assignBest(build, task).best().agent().id()).isEqualTo("ben");
        assertThat(agents.assignBest(build, task).reason()).isEqualTo(Reason.ALL_BUSY);
        build.complete("ben", "done");
        assertThat(agents.assignBest(build, task).best().agent().id()).isEqualTo("ben");
        build.complete("ben", "done");
        build.closeCoordination().orThrow();
        assertThatThrownBy(() -> agents.assignBest(build, task))
                .isInstanceOf(CommandRefusedException.class)
                .hasMessageContaining("UNKNOWN_COORDINATION");
    }
}
