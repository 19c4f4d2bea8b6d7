package io.signalbox.journal.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.journal.ChildJvm;
import io.signalbox.journal.chronicle.ChronicleJournal;
import io.signalbox.journal.chronicle.ChronicleJournalConfig;
import io.signalbox.kernel.Coordination;
import io.signalbox.kernel.Dependency;
import io.signalbox.kernel.Durability;
import io.signalbox.kernel.Ingress;
import io.signalbox.kernel.Kernel;
import io.signalbox.kernel.KernelConfig;
import io.signalbox.kernel.SignalFilter;
import io.signalbox.kernel.Start;
import io.signalbox.kernel.Subscription;
import io.signalbox.kernel.Tasks;
import io.signalbox.kernel.Threading;
import io.signalbox.kernel.WorkflowRunHandle;
import io.signalbox.kernel.machine.MachineLimits;
import io.signalbox.kernel.port.Journal;
import io.signalbox.kernel.port.JournalException;
import io.signalbox.kernel.workflow.OnError;
import io.signalbox.kernel.workflow.RetryPolicy;
import io.signalbox.kernel.workflow.RunState;
import io.signalbox.kernel.workflow.StepDefinition;
import io.signalbox.kernel.workflow.StepEnding;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole kernel on a real journal: closed, reopened, replayed on this JDK and on every other one that is installed. */
class KernelOnJournalTest {
    private static final MachineLimits LIMITS = MachineLimits.small();

    @TempDir
    private Path folder;

    @TempDir
    private Path scratch;

    @ParameterizedTest
    @EnumSource(Threading.class)
    void shouldComeBackAsItWas(final Threading threading) {
        final long stateDigest;
        final long position;
        try (Kernel kernel = launch(threading, Durability.JOURNALED)) {
            work(kernel, 1);
            stateDigest = kernel.stateDigest();
            position = kernel.position();
        }
        final Replayer replay = replay();
        assertThat(replay.machine().stateDigest()).isEqualTo(stateDigest);
        assertThat(replay.machine().appliedPosition()).isEqualTo(position);
        assertThat(replay.marks()).as("the mark of the close").isEqualTo(1);

        try (Kernel kernel = launch(threading, Durability.JOURNALED)) {
            assertThat(kernel.stateDigest()).isEqualTo(stateDigest);
            assertThat(kernel.position()).isEqualTo(position);
            assertThat(kernel.coordination("build-1").get("phase").text()).isEqualTo("done");
            work(kernel, 2);
        }
        assertThat(replay().marks()).as("close, open, close").isEqualTo(3);
    }

    @Test
    void shouldReplayToTheSameDigestOnEveryInstalledJdk() throws Exception {
        final String expected;
        try (Kernel kernel = launch(Threading.CALLER, Durability.JOURNALED)) {
            for (int round = 1; round <= 12; round++) {
                work(kernel, round);
            }
            expected = Long.toHexString(kernel.stateDigest());
        }
        for (final Path java : ChildJvm.javas()) {
            final ChildJvm.Ended child = ChildJvm.run(
                    scratch, ChildJvm.command(List.of(), java, List.of(), ReplayingChild.class, folder.toString()));
            assertThat(child.exitCode()).as("%s said %s", java, child.err()).isZero();
            assertThat(child.out().strip()).as("state digest by %s", java).isEqualTo(expected);
        }
    }

    /** Replays a journal with its marks and prints the state digest. */
    static final class ReplayingChild {
        private ReplayingChild() {}

        public static void main(final String[] args) {
            try (Journal journal = ChronicleJournal.openReadOnly(Path.of(args[0]))) {
                System.out.println(Long.toHexString(
                        Replayer.replay(journal, LIMITS, true).machine().stateDigest()));
            }
        }
    }

    @Test
    void shouldAcknowledgeASyncedCommandOnlyWhenItIsOnTheDisk() throws Exception {
        try (Kernel kernel = launch(Threading.CALLER, Durability.SYNCED)) {
            final List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                final String agent = "agent-" + t;
                final Thread thread = new Thread(() -> {
                    final Coordination coordination = kernel.coordination("synced");
                    for (int i = 0; i < 50; i++) {
                        assertThat(coordination.set(agent, i).durability()).isEqualTo(Durability.SYNCED);
                    }
                });
                threads.add(thread);
                thread.start();
            }
            for (final Thread thread : threads) {
                thread.join();
            }
            assertThat(kernel.coordination("synced").get("agent-3").asLong()).isEqualTo(49);
        }
        assertThat(replay().machine().appliedPosition()).isGreaterThanOrEqualTo(200);
    }

    @Test
    void shouldRaiseOneCommandToSynced() {
        try (Kernel kernel = launch(Threading.CALLER, Durability.JOURNALED)) {
            final long position = kernel.coordination("c").set("k", "v").position();
            assertThat(kernel.awaitSynced(position)).isTrue();
        }
    }

    @Test
    void shouldOfferTasksAgainThatWereInFlight() {
        final WorkflowDefinition definition = WorkflowDefinition.of("w", List.of(StepDefinition.of("only")));
        final long run;
        try (Kernel kernel = launch(Threading.CALLER, Durability.JOURNALED)) {
            run = kernel.coordination("c")
                    .start(kernel.deploy(definition), new byte[0])
                    .handle();
            final Tasks.Task task = (Tasks.Task) kernel.tasks().poll();
            kernel.tasks()
                    .start(task, "worker-1".getBytes(StandardCharsets.UTF_8))
                    .orThrow();
        }
        try (Kernel kernel = launch(Threading.CALLER, Durability.JOURNALED)) {
            final Tasks.Task again = (Tasks.Task) kernel.tasks().poll();
            assertThat(again.attempt()).isEqualTo(2);
            kernel.tasks()
                    .finish(again, StepEnding.SUCCEEDED, 0, new byte[0], new byte[0])
                    .orThrow();
            assertThat(kernel.tasks().run(run).state()).isEqualTo(RunState.SUCCEEDED);
        }
    }

    @Test
    void shouldRefuseASecondKernel() {
        try (Kernel first = launch(Threading.CALLER, Durability.JOURNALED)) {
            assertThat(first.isOpen()).isTrue();
            assertThatThrownBy(() -> launch(Threading.CALLER, Durability.JOURNALED))
                    .isInstanceOfSatisfying(
                            JournalException.class, e -> assertThat(e.kind()).isEqualTo(JournalException.Kind.IN_USE));
        }
    }

    /** A reader that has read nothing finds every signal, in the tail, behind it in the files, and while more are raised. */
    @ParameterizedTest
    @EnumSource(
            value = Durability.class,
            names = {"JOURNALED", "SYNCED"})
    void shouldLetAReaderThatFellBehindReadOnFromTheFiles(final Durability durability) throws InterruptedException {
        final int signals = durability == Durability.SYNCED ? 3_000 : 30_000;
        try (Kernel kernel = launch(Threading.CALLER, durability)) {
            final Coordination session = kernel.coordination("session-1");
            final Subscription slow = session.subscribe(SignalFilter.everything(), Start.latest());
            final Thread producer = new Thread(() -> {
                for (int i = 0; i < signals; i++) {
                    session.raise("tick", "clock", Integer.toString(i));
                }
            });
            producer.start();
            long next = 0;
            while (next < signals) {
                if (next == 0) {
                    producer.join(); // all of it lies behind the tail at first
                }
                final Subscription.Signal signal = (Subscription.Signal) slow.take(30, TimeUnit.SECONDS);
                assertThat(signal.sequence()).isEqualTo(next);
                assertThat(signal.payload()).isEqualTo(Long.toString(next));
                next++;
            }
            producer.join();
            assertThat(slow.fellBehind()).isPositive();
            assertThat(slow.missed()).isZero();
        }
        try (Kernel kernel = launch(Threading.CALLER, durability)) {
            final Subscription again = kernel.subscribe(SignalFilter.everything(), Start.sequence(signals / 2));
            assertThat(((Subscription.Signal) again.poll()).payload()).isEqualTo(Integer.toString(signals / 2));
        }
    }

    private Kernel launch(final Threading threading, final Durability durability) {
        final KernelConfig config = KernelConfig.standard()
                .withThreading(threading)
                .withDurability(durability)
                .withLimits(LIMITS);
        return Kernel.launch(config, ChronicleJournal.open(folder, ChronicleJournalConfig.small()));
    }

    private Replayer replay() {
        try (Journal journal = ChronicleJournal.openReadOnly(folder)) {
            return Replayer.replay(journal, LIMITS, true);
        }
    }

    /** A little of everything: names, signals, state, waits of all kinds, a run with retries, a failing run, large payloads. */
    private static void work(final Kernel kernel, final int round) {
        final Coordination build = kernel.coordination("build-" + round);
        final Dependency model = build.awaitsCompletion("model");
        final Dependency late = build.awaitsCompletion("nobody", Duration.ofHours(1));
        final Dependency gate = build.awaitsGate("coverage", 0.8, Duration.ZERO);
        build.raise("stage_completed", "model", "x".repeat(100_000));
        build.complete("model", 0.95, "ünïcode");
        build.scoreGate("coverage", 0.8);
        build.markResource("gpu", round % 2 == 0);
        assertThat(model.poll().isResolved()).isTrue();
        assertThat(gate.poll().isResolved()).isTrue();
        late.cancel();
        build.set("phase", "begun");
        build.compareAndSet("phase", 1, "done");
        build.set("count", round);
        build.setNull("nothing");
        build.delete("nothing");
        final Ingress ingress = kernel.newIngress();
        final int key = kernel.nameId("count");
        final long first = ingress.numbered(7, round).states().set(build.handle(), key, 4, -1, 0, new byte[] {1});
        final long again = ingress.numbered(7, round).states().set(build.handle(), key, 4, -1, 0, new byte[] {1});
        assertThat(again).as("a repeated command gets the first answer").isEqualTo(first);
        runSteps(kernel, build);
        if (round % 3 == 0) {
            build.close();
        }
    }

    private static void runSteps(final Kernel kernel, final Coordination build) {
        final RetryPolicy retry = new RetryPolicy(1, 0, 2, 1_000_000, 0.5);
        final WorkflowDefinition definition = WorkflowDefinition.of(
                        "w",
                        List.of(
                                StepDefinition.of("a").withRetry(retry),
                                StepDefinition.of("b", "a"),
                                StepDefinition.of("c", "a"),
                                StepDefinition.of("d", "b")))
                .withConcurrencyMax(1)
                .withOnError(OnError.COLLECT_ALL)
                .withPayload("payload".getBytes(StandardCharsets.UTF_8));
        final WorkflowRunHandle run = build.start(kernel.deploy(definition), "{}".getBytes(StandardCharsets.UTF_8));
        boolean ended = false;
        while (!ended) {
            kernel.turn();
            final Tasks.Notice notice = kernel.tasks().take(10, TimeUnit.MILLISECONDS);
            if (notice instanceof Tasks.Task task) {
                final boolean fails =
                        task.step().id().equals("b") || task.step().id().equals("a") && task.attempt() == 1;
                final byte[] result = task.step().id().getBytes(StandardCharsets.UTF_8);
                kernel.tasks().start(task, new byte[] {1});
                kernel.tasks()
                        .finish(
                                task,
                                fails ? StepEnding.FAILED : StepEnding.SUCCEEDED,
                                fails ? 1 : 0,
                                result,
                                new byte[0])
                        .orThrow();
            }
            ended = notice instanceof Tasks.RunEnded;
        }
        assertThat(run.state()).isEqualTo(RunState.PARTLY_FAILED);
    }
}
