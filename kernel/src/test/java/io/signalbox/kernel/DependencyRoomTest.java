package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.kernel.conformance.Conforms;
import io.signalbox.kernel.dependency.DependencyKind;
import io.signalbox.kernel.dependency.DependencyState;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.machine.MachineLimits;
import io.signalbox.kernel.state.StateOperator;
import io.signalbox.kernel.state.StatePredicate;
import io.signalbox.kernel.state.StateRules;
import io.signalbox.kernel.state.ValueType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The dependency room through the front door, on a clock that is moved by hand. */
@Timeout(60)
class DependencyRoomTest {
    private static final long ORIGIN_NS = 1_000_000_000L;
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualClock clock = new ManualClock(ORIGIN_NS);
    private Kernel kernel;
    private Coordination build;
    private CoordinationWaits waits;

    @BeforeEach
    void launch() {
        kernel = Kernel.launch(config());
        open();
    }

    private KernelConfig config() {
        return KernelConfig.standard()
                .withThreading(Threading.INVOKER)
                .withLimits(MachineLimits.small())
                .withClock(clock);
    }

    private void open() {
        build = kernel.coordination("build");
        waits = build.waits();
    }

    @AfterEach
    void close() {
        kernel.close();
    }

    private void moveTo(final Duration sinceStart) {
        clock.moveTo(ORIGIN_NS + sinceStart.toNanos());
        kernel.pulse();
    }

    private DependencySet declare(final DependencyDocument.Builder document) {
        return waits.declare(document.build());
    }

    private static DependencyDocument.Builder of(final String owner) {
        return DependencyDocument.of(owner);
    }

    @Conforms("T-DEP-02")
    @Test
    void shouldKnowAKindByItsName() {
        assertThat(DependencyDocument.kindNamed("agent_completion")).isEqualTo(DependencyKind.AGENT_COMPLETION);
        assertThat(DependencyDocument.kindNamed("resource_availability")).isEqualTo(DependencyKind.RESOURCE);
        assertThat(DependencyDocument.kindNamed("quality_gate")).isEqualTo(DependencyKind.QUALITY_GATE);
        assertThatThrownBy(() -> DependencyDocument.kindNamed("quality_gates"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'quality_gates'")
                .hasMessageContaining("quality_gate");
    }

    @Conforms("T-DEP-03")
    @Test
    void shouldRefuseAValueOutsideItsRange() {
        final DependencyDocument.Builder document = of("ann").completion("model", "ben");
        assertThatThrownBy(() -> document.timeout(Duration.ofSeconds(-1)))
                .hasMessage("timeout of dependency 'model' must not be negative: PT-1S");
        assertThatThrownBy(() -> document.retries(-1))
                .hasMessage("retriesMax of dependency 'model' must be in 0..254: -1");
        assertThatThrownBy(() -> document.threshold(1.5))
                .hasMessage("threshold of dependency 'model' must be in 0..1: 1.5");
        assertThatThrownBy(() -> of("").completion("", "ben")).hasMessage("a dependency needs an id");
        assertThatThrownBy(() -> of("").completion("a", "")).hasMessage("dependency 'a' needs a target");
        assertThatThrownBy(() -> of("").completion("a", "b").atLeast("c", 2, "a"))
                .hasMessage("dependency 'c' needs 2 of 1 members");
        assertThatThrownBy(() -> of("").completion("a", "b").anyOf("c", "x").build())
                .hasMessage("dependency 'c' names 'x', which does not stand before it; there are [a]");
        assertThatThrownBy(
                        () -> of("").completion("a", "b").completion("a", "c").build())
                .hasMessage("two dependencies have the id 'a'");
    }

    @Conforms({"T-DEP-04", "T-DEP-13", "T-DEP-25"})
    @Test
    void shouldBeResolvedByACompletionInThePast() {
        build.complete("ben", "5 records");
        final DependencySet set = declare(of("ann").completion("model", "ben").timeout(Duration.ofSeconds(5)));
        assertThat(set.await()).isTrue();
        final DependencyStatus status = waits.status("model");
        assertThat(status.isResolved()).isTrue();
        assertThat(status.state()).isEqualTo(DependencyState.RESOLVED);
        assertThat(status.kind()).isEqualTo(DependencyKind.AGENT_COMPLETION);
        assertThat(status.ended()).isEqualTo(Instant.ofEpochSecond(0, ORIGIN_NS));
        assertThat(((Outcome.Resolved) set.wait("model").poll()).position()).isEqualTo(status.declaredPosition());
    }

    @Conforms({"T-DEP-07", "GAP-DEP-7", "DIFF-14"})
    @Test
    void shouldBeDeclaredAgainAsOftenAsSaid() {
        final DependencySet set =
                declare(of("ann").completion("model", "ben").timeout(SECOND).retries(3));
        final List<Integer> counts = new ArrayList<>();
        for (int second = 1; second <= 4; second++) {
            moveTo(SECOND.multipliedBy(second));
            counts.add(waits.status("model").retries());
        }
        assertThat(counts).containsExactly(1, 2, 3, 3);
        assertThat(set.wait("model").poll()).isInstanceOf(Outcome.Expired.class);
    }

    @Conforms({"T-DEP-08", "FUTURE-25"})
    @Test
    void shouldBeFoundByItsIdAfterARestart() {
        final MemoryJournal journal = new MemoryJournal();
        kernel.close();
        kernel = Kernel.launch(config(), journal);
        open();
        build.complete("ben", "done");
        declare(of("ann").completion("model", "ben").resource("db", "database").timeout(Duration.ZERO));
        final DependencyStatus before = waits.status("model");
        kernel.close();
        kernel = Kernel.launch(config(), journal.reopened());
        open();
        assertThat(waits.status("model"))
                .usingRecursiveComparison()
                .ignoringFields("waiting")
                .isEqualTo(before);
        assertThat(waits.find("db").poll()).isInstanceOf(Outcome.TimedOut.class);
        build.markResource("database", true);
        assertThat(waits.find("db").poll()).isInstanceOf(Outcome.Resolved.class);
    }

    @Conforms("T-DEP-09")
    @Test
    void shouldSayInADocumentWhatEachKindNeeds() {
        final DependencyDocument document = of("ann")
                .completion("model", "ben")
                .from("model_generated")
                .resource("db", "database")
                .threshold(1.0)
                .gate("covered", "coverage", 0.8)
                .build();
        assertThat(document.entries())
                .extracting(DependencyDocument.Entry::target)
                .containsExactly("ben", "database", "coverage");
        assertThat(document.entries().get(0).from()).isEqualTo("model_generated");
        assertThat(document.entries().get(0).successRequired()).isTrue();
        assertThat(document.entries().get(1).threshold()).isEqualTo(1.0);
        assertThat(document.entries().get(2).threshold()).isEqualTo(0.8);
        assertThat(document.entries()).allMatch(entry -> entry.timeout().equals(DependencyDocument.TIMEOUT));
    }

    @Conforms("T-DEP-12")
    @Test
    void shouldStartWithoutWaits() {
        assertThat(waits.pending()).isEmpty();
        assertThat(waits.pendingCount()).isZero();
        assertThat(waits.graph()).isEqualTo(new WaitGraph(List.of(), 0, List.of()));
        assertThat(waits.decision("deploy")).isNull();
    }

    @Conforms({"T-DEP-14", "T-DEP-24", "T-DEP-20"})
    @Test
    void shouldExpireWithoutASignalOrBelowTheThreshold() {
        build.scoreGate("coverage", 0.7);
        final DependencySet set = declare(of("ann")
                .completion("model", "ben")
                .timeout(SECOND)
                .gate("covered", "coverage", 0.8)
                .timeout(SECOND));
        moveTo(SECOND);
        assertThat(set.await()).isFalse();
        assertThat(set.status()).extracting(DependencyStatus::state).containsOnly(DependencyState.EXPIRED);
        assertThat(set.status()).extracting(DependencyStatus::id).containsExactly("model", "covered");
        assertThat(set.status()).extracting(DependencyStatus::waiting).containsOnly(SECOND);
        assertThat(set.wait("model").explain()).isEqualTo("EXPIRED: it waited for agent 'ben' to succeed");
    }

    @Conforms({"T-DEP-15", "T-DEP-21", "GAP-DEP-8", "REQ-4"})
    @Test
    void shouldBeResolvedInTheTurnThatSatisfiesIt() {
        final DependencySet set = declare(of("ann").completion("model", "ben").gate("covered", "coverage", 0.8));
        moveTo(Duration.ofMillis(500));
        final long completed = build.complete("ben", "done").position();
        final long scored = build.scoreGate("coverage", 0.9).position();
        assertThat(set.wait("model").poll()).isEqualTo(new Outcome.Resolved(completed));
        assertThat(set.wait("covered").poll()).isEqualTo(new Outcome.Resolved(scored));
    }

    @Conforms({"T-DEP-16", "T-DEP-19", "GAP-DEP-3"})
    @Test
    void shouldBeResolvedByWhatIsThereAlready() {
        build.markResource("database", true);
        build.scoreGate("coverage", 0.9);
        build.scoreGate("lint", 0.8);
        final DependencySet set = declare(of("ann")
                .resource("db", "database")
                .gate("covered", "coverage", 0.8)
                .gate("linted", "lint", 0.8));
        assertThat(set.await(Duration.ZERO)).isTrue();
    }

    @Conforms({"T-DEP-22", "T-DEP-29", "FUTURE-24", "FUTURE-29"})
    @Test
    void shouldResolveOneOfEachKind() {
        final DependencySet set = declare(of("ann")
                .completion("model", "ben")
                .resource("db", "database")
                .gate("covered", "coverage", 0.8)
                .signal("go", "ready")
                .approval("ok", "deploy")
                .state("phase", "phase", StatePredicate.is(StateOperator.EQUAL, "built"))
                .syncPoint("met", "review"));
        assertThat(waits.pendingCount()).isEqualTo(7);
        assertThat(waits.status("met").unmet()).containsExactly("sync point 'review' to have enough");
        build.sync().createSyncPoint("review", List.of("eve"), 1, SECOND);
        assertThat(waits.status("met").satisfiers()).containsExactly("eve");
        build.complete("eve", "read it");
        build.set("phase", "built");
        build.complete("ben", "done");
        build.markResource("database", true);
        build.scoreGate("coverage", 0.8);
        build.raise("ready", "cho", "");
        assertThat(waits.pendingCount()).isEqualTo(1);
        assertThat(waits.approve("deploy", "dora", "fine").isAccepted()).isTrue();
        assertThat(waits.pendingCount()).isZero();
        assertThat(set.await()).isTrue();
        assertThat(set.status()).hasSize(7).allMatch(DependencyStatus::isResolved);
    }

    @Conforms("T-DEP-23")
    @Test
    void shouldBeSatisfiedByNothingWhenNothingIsNeeded() {
        assertThat(declare(of("ann")).await()).isTrue();
    }

    @Conforms("T-DEP-26")
    @Test
    void shouldSayThatAnIdIsUnknown() {
        final DependencyStatus status = waits.status("nobody");
        assertThat(status.isKnown()).isFalse();
        assertThat(status.isResolved()).isFalse();
        assertThat(waits.find("nobody")).isNull();
        assertThatThrownBy(() -> declare(of("").completion("a", "b")).wait("c"))
                .hasMessage("no dependency has the id 'c'; there are [a]");
    }

    @Conforms("T-DEP-27")
    @Test
    void shouldForgetWhatWasCleared() {
        final DependencySet set = declare(of("ann").completion("a", "x").completion("b", "y"));
        declare(of("ben").completion("c", "z"));
        assertThat(waits.clear("ann").value()).isEqualTo(2);
        assertThat(waits.status("a").isKnown()).isFalse();
        assertThat(waits.status("c").isPending()).isTrue();
        assertThat(set.wait("a").poll()).isInstanceOf(Outcome.Cancelled.class);
        assertThat(waits.clear().value()).isEqualTo(1);
        assertThat(waits.pendingCount()).isZero();
    }

    @Conforms("T-DEP-32")
    @Test
    void shouldResolveAHundredAtOnce() {
        final DependencyDocument.Builder document = of("ann");
        IntStream.range(0, 100).forEach(i -> {
            build.complete("agent" + i, "done");
            document.completion("d" + i, "agent" + i);
        });
        final DependencySet set = declare(document);
        assertThat(set.await(Duration.ZERO)).isTrue();
        assertThat(set.status()).hasSize(100).allMatch(DependencyStatus::isResolved);
    }

    @Conforms({"T-DEP-30", "T-DEP-31"})
    @Test
    void shouldBeQuickWhereEverythingIsThere() {
        final DependencyDocument.Builder document = of("ann");
        IntStream.range(0, 10).forEach(i -> {
            build.complete("agent" + i, "done");
            document.completion("d" + i, "agent" + i);
        });
        final long bestNs = IntStream.range(0, 20)
                .mapToLong(i -> {
                    final long beforeNs = System.nanoTime();
                    assertThat(declare(document).await(Duration.ZERO)).isTrue();
                    return System.nanoTime() - beforeNs;
                })
                .min()
                .orElseThrow();
        assertThat(bestNs).isLessThan(Duration.ofMillis(100).toNanos());
    }

    @Conforms({"T-ODEP-01", "T-ODEP-03", "T-ODEP-04", "FUTURE-26"})
    @Test
    void shouldSayWhoIsBlockedByWhom() {
        declare(of("task2").completion("task2 needs task1", "task1"));
        declare(of("task3").completion("task3 needs task1", "task1"));
        assertThat(waits.graph().edges())
                .extracting(edge -> edge.agent() + " -> " + edge.awaited())
                .containsExactly("task2 -> task1", "task3 -> task1");
        assertThat(waits.graph().toDot()).contains("\"task2\" -> \"task1\";");
        build.complete("task1", "done");
        assertThat(waits.graph().edges()).isEmpty();
        assertThat(waits.status("task2 needs task1").isResolved()).isTrue();
    }

    @Conforms({"T-ODEP-05", "GAP-DEP-11"})
    @Test
    void shouldNameADeadlockWhenItForms() {
        final Subscription told = kernel.subscribe();
        declare(of("one").completion("a", "two"));
        declare(of("two").completion("b", "three"));
        assertThat(waits.graph().lastDeadlock()).isEmpty();
        final DependencySet last = declare(of("three").completion("c", "one"));
        assertThat(waits.graph().lastDeadlock()).containsExactly("three", "one", "two");
        assertThat(waits.graph().deadlocks()).isEqualTo(1);
        assertThat(last.wait("c").explain()).endsWith("; deadlock: three waits for one waits for two waits for three");
        assertThat(((Subscription.Signal) told.poll()).type()).isEqualTo(CoordinationWaits.DEADLOCK_DETECTED);
    }

    @Test
    void shouldSeeNoDeadlockThatSomebodyOutsideCanEnd() {
        declare(of("one").completion("a", "two").resource("b", "database").anyOf("either", "a", "b"));
        declare(of("two").completion("c", "one"));
        assertThat(waits.graph().deadlocks()).isZero();
        waits.withdrawResource("database");
        assertThat(waits.graph().lastDeadlock()).containsExactly("one", "two");
    }

    @Test
    void shouldNameADeadlockThroughNestedComposites() {
        declare(of("two").completion("two needs one", "one"));
        declare(of("three").completion("three needs one", "one"));
        final DependencySet set = declare(of("one")
                .completion("a", "two")
                .completion("b", "three")
                .signal("c", "go")
                .timeout(SECOND)
                .anyOf("either", "a", "b", "c")
                .resource("db", "database")
                .allOf("both", "either", "db"));
        assertThat(waits.graph().deadlocks()).isZero();
        moveTo(SECOND);
        assertThat(waits.graph().lastDeadlock()).containsExactly("one", "two");
        assertThat(set.wait("both").explain()).endsWith("; deadlock: one waits for two waits for one");
        assertThat(waits.graph().edges())
                .filteredOn(edge -> edge.agent().equals("one"))
                .extracting(WaitGraph.Edge::isRequired)
                .containsOnly(false);
    }

    @Conforms({"GAP-DEP-1", "REQ-3", "DIFF-14"})
    @Test
    void shouldFailEarlyWhenTheAgentFailed() {
        final DependencySet set = declare(of("ann")
                .completion("strict", "ben")
                .completion("lenient", "ben")
                .endSuffices());
        final long position = build.fail("ben", "no model").position();
        assertThat(set.wait("strict").poll()).isEqualTo(new Outcome.Failed(position));
        assertThat(set.wait("lenient").poll()).isEqualTo(new Outcome.Resolved(position));
    }

    @Conforms("GAP-DEP-2")
    @Test
    void shouldWaitForACompletionOfItsEvent() {
        final DependencySet set = declare(of("ann").completion("model", "ben").from("model_generated"));
        build.complete("ben", "another thing");
        assertThat(waits.status("model").isPending()).isTrue();
        assertThat(set.wait("model").explain()).contains("agent 'ben' to succeed with 'model_generated'");
        final Dependency any = build.awaitsCompletion("cho");
        waits.complete("ben", "model_generated", "5 records");
        waits.complete("cho", "tests_written", "12 tests");
        assertThat(waits.status("model").isResolved()).isTrue();
        assertThat(any.poll().isResolved()).isTrue();
        final DependencySet again = declare(of("ann").completion("again", "ben").from("model_generated"));
        waits.fail("ben", "model_generated", "no records");
        assertThat(again.wait("again").poll()).isInstanceOf(Outcome.Failed.class);
    }

    @Conforms({"GAP-DEP-4", "DIFF-14"})
    @Test
    void shouldWaitUntilEnoughOfAResourceIsAvailable() {
        final DependencySet set =
                declare(of("ann").resource("half", "disk").threshold(0.5).resource("all", "disk"));
        waits.markResource("disk", 0.49);
        assertThat(waits.pendingCount()).isEqualTo(2);
        waits.markResource("disk", 0.5);
        assertThat(set.wait("half").poll().isResolved()).isTrue();
        assertThat(waits.status("all").isPending()).isTrue();
        assertThat(waits.markResource("disk", 1.1).rejection()).isEqualTo(Rejection.INVALID_VALUE);
    }

    @Conforms({"NAME-6", "NAME-7"})
    @Test
    void shouldBeResolvedByTheKeyOfAResourceAndOfAGate() {
        final DependencySet set = declare(of("ann").resource("db", "database").gate("covered", "coverage", 0.8));
        build.set("resource_database_available", ValueType.BOOLEAN, new byte[] {1}, StateRules.ANY_VERSION);
        assertThat(waits.status("db").isResolved()).isTrue();
        final byte[] score = ByteBuffer.allocate(Double.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putDouble(0.8)
                .array();
        build.set("quality_gate_coverage_score", ValueType.DOUBLE, score, StateRules.ANY_VERSION);
        assertThat(set.await(Duration.ZERO)).isTrue();
    }

    @Conforms("GAP-DEP-5")
    @Test
    void shouldFailEarlyWhenTheResourceIsWithdrawn() {
        final DependencySet set = declare(of("ann").resource("db", "database"));
        build.markResource("database", false);
        assertThat(waits.status("db").isPending()).isTrue();
        waits.withdrawResource("database");
        assertThat(set.wait("db").poll()).isInstanceOf(Outcome.Failed.class);
    }

    @Conforms("GAP-DEP-6")
    @Test
    void shouldKeepTheResourcesOfTwoCoordinationsApart() {
        final Coordination other = kernel.coordination("other");
        final Dependency here = build.awaitsResource("database", Duration.ZERO);
        final Dependency there = other.awaitsResource("database", Duration.ZERO);
        build.markResource("database", true);
        assertThat(here.poll().isResolved()).isTrue();
        assertThat(there.poll()).isInstanceOf(Outcome.TimedOut.class);
        kernel.global().markResource("database", true);
        assertThat(there.poll().isResolved()).isTrue();
    }

    @Conforms({"GAP-DEP-9", "FUTURE-24"})
    @Test
    void shouldHoldUpNobodyAndWaitForAllAtOnce() {
        final DependencyDocument.Builder hopeless = of("ann");
        IntStream.range(0, 50)
                .forEach(i -> hopeless.completion("h" + i, "nobody" + i).timeout(SECOND));
        final DependencySet set = declare(hopeless);
        build.markResource("database", true);
        assertThat(declare(of("ben").resource("db", "database")).await(Duration.ZERO))
                .isTrue();
        moveTo(SECOND);
        assertThat(set.status()).extracting(DependencyStatus::state).containsOnly(DependencyState.EXPIRED);
    }

    @Conforms("GAP-DEP-10")
    @Test
    void shouldHaveOneTimeForAllOfThem() {
        final DependencySet set = declare(of("ann")
                .completion("a", "x")
                .timeout(Duration.ZERO)
                .completion("b", "y")
                .timeout(Duration.ZERO)
                .allOf("all", "a", "b")
                .timeout(SECOND)
                .cancelRest());
        moveTo(SECOND.multipliedBy(2).dividedBy(3));
        build.complete("x", "done");
        assertThat(waits.status("all").left())
                .isEqualTo(SECOND.minus(SECOND.multipliedBy(2).dividedBy(3)));
        moveTo(SECOND);
        assertThat(set.status())
                .extracting(DependencyStatus::state)
                .containsExactly(DependencyState.RESOLVED, DependencyState.CANCELLED, DependencyState.EXPIRED);
        assertThat(set.await()).isFalse();
    }

    @Conforms("DIFF-13")
    @Test
    void shouldAnswerAtOnceWhereWaitingIsNotWished() {
        final DependencySet set = declare(of("ann")
                .resource("db", "database")
                .atOnce()
                .gate("covered", "coverage", 0.8)
                .atOnce()
                .state("phase", "phase", StatePredicate.exists())
                .atOnce()
                .syncPoint("met", "review")
                .atOnce());
        assertThat(set.status()).extracting(DependencyStatus::state).containsOnly(DependencyState.FAILED);
        build.markResource("database", true);
        assertThat(build.checksResource("database").poll().isResolved()).isTrue();
    }

    @Conforms("FUTURE-27")
    @Test
    void shouldNeedMoreWhileItWaits() {
        final DependencySet first = declare(of("ann").completion("model", "ben"));
        final DependencySet more = declare(of("ann").resource("db", "database"));
        final Dependency both = waits.allOf(first.wait("model"), more.wait("db"));
        build.complete("ben", "done");
        assertThat(first.await(Duration.ZERO)).isTrue();
        assertThat(both.poll()).isInstanceOf(Outcome.TimedOut.class);
        build.markResource("database", true);
        assertThat(both.poll().isResolved()).isTrue();
    }

    @Test
    void shouldComposeWaitsOfOtherRooms() {
        build.sync().createEvent("started");
        final Dependency all = waits.allOf(
                build.state().awaits("phase", StatePredicate.exists()).dependency(),
                build.sync().waitForEvent("started"));
        assertThat(all.status().unmet()).containsExactly("key 'phase' to be EXISTS", "event 'started' to be signalled");
        build.sync().signalEvent("started");
        build.set("phase", "built");
        assertThat(all.poll().isResolved()).isTrue();
    }

    @Test
    void shouldLetAPersonDecide() {
        final Dependency wait = waits.awaitsApproval("deploy", "dora", Duration.ZERO);
        assertThat(wait.status().satisfiers()).containsExactly("dora");
        assertThat(wait.explain()).contains("'dora' to approve 'deploy'");
        assertThat(waits.approve("deploy", "eve", "").rejection()).isEqualTo(Rejection.NOT_THE_APPROVER);
        assertThat(waits.approve("budget", "eve", "").rejection()).isEqualTo(Rejection.NOTHING_TO_DECIDE);
        final Receipt denied = waits.deny("deploy", "dora", "not on a Friday");
        assertThat(wait.poll()).isEqualTo(new Outcome.Failed(denied.position()));
        assertThat(waits.decision("deploy"))
                .isEqualTo(
                        new CoordinationWaits.Decision("deploy", false, "dora", "not on a Friday", denied.position()));
    }

    @Test
    void shouldComposeWaits() {
        final Dependency ann = build.awaitsCompletion("ann");
        final Dependency go = waits.awaitsSignal("go", "cho", SECOND);
        final Dependency any = waits.anyOf(ann, go);
        final Dependency all = waits.allOf(ann, go);
        assertThat(all.status().unmet()).containsExactly("agent 'ann' to succeed", "signal 'go' from 'cho'");
        assertThat(all.status().satisfiers()).containsExactly("ann", "cho");
        build.complete("ann", "done");
        assertThat(any.poll().isResolved()).isTrue();
        assertThat(all.explain()).contains("2 of 2 waits, of which 1 have resolved and 0 were lost");
        moveTo(SECOND);
        assertThat(all.poll()).isInstanceOf(Outcome.Failed.class);
        assertThat(waits.atLeast(3, ann, go).poll()).isEqualTo(new Outcome.Rejected(Rejection.INVALID_VALUE));
    }

    @Test
    void shouldRefuseAnIdThatStillWaitsAndLeaveNothingBehind() {
        declare(of("ann").completion("model", "ben"));
        assertThatThrownBy(() -> declare(of("cho").resource("db", "database").completion("model", "ben")))
                .isInstanceOf(CommandRefusedException.class)
                .hasMessageContaining("DUPLICATE_DEPENDENCY");
        assertThat(waits.pendingCount()).isEqualTo(1);
    }

    @Test
    void shouldSayWhatIsLeftOfItsTime() {
        final Dependency wait = waits.awaitsCompletion("ann", "ben", Duration.ofSeconds(5));
        moveTo(Duration.ofSeconds(2));
        final DependencyStatus status = wait.status();
        assertThat(status.left()).isEqualTo(Duration.ofSeconds(3));
        assertThat(status.waiting()).isEqualTo(Duration.ofSeconds(2));
        assertThat(status.owner()).isEqualTo("ann");
        assertThat(status.unmet()).containsExactly("agent 'ben' to succeed");
        assertThat(status.satisfiers()).containsExactly("ben");
    }

    @Test
    void shouldKnowNothingOfAClosedCoordination() {
        final DependencySet set = declare(of("ann").completion("model", "ben"));
        build.closeCoordination();
        assertThat(set.wait("model").poll()).isInstanceOf(Outcome.Cancelled.class);
        assertThat(waits.status("model").isKnown()).isFalse();
        assertThat(waits.pending()).isEmpty();
        assertThat(waits.graph().edges()).isEmpty();
        assertThat(waits.clear().rejection()).isEqualTo(Rejection.UNKNOWN_COORDINATION);
    }
}
