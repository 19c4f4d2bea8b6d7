package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.kernel.dependency.DependencyKind;
import io.signalbox.kernel.machine.MachineLimits;
import io.signalbox.kernel.port.JournalException;
import io.signalbox.kernel.ring.Driver;
import io.signalbox.kernel.wait.Spinning;
import io.signalbox.kernel.workflow.StepDefinition;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rules of the baton, one by one. */
@Timeout(120)
class BatonRulesTest {
    private static final byte[] NOTHING = new byte[0];

    private static KernelConfig config(final Threading threading) {
        return KernelConfig.standard()
                .withThreading(threading)
                .withLimits(MachineLimits.small())
                .withWaiting(Spinning.Style.PARK);
    }

    private static long raise(final Ingress ingress) {
        return ingress.raise(0, 1, 0, 0, 0, 0, Double.NaN, NOTHING);
    }

    private static long offer(final Ingress ingress) {
        return ingress.offer(0, 1, 0, 0, NOTHING, 0, 0);
    }

    private static Kernel launch(final KernelConfig config, final RecordingJournal journal) {
        final Kernel kernel = Kernel.launch(config, journal);
        kernel.nameId("tick"); // id 1
        return kernel;
    }

    // ------------------------------------------------------------------ nothing is left behind

    @Test
    void shouldLeaveNothingInTheRingWhenAllWhoFiredAndForgotHaveReturned() throws InterruptedException {
        for (int round = 0; round < 50; round++) {
            try (Kernel kernel = Kernel.launch(config(Threading.CALLER))) {
                kernel.nameId("tick");
                final long before = kernel.applied();
                final Crew crew = new Crew();
                for (int t = 0; t < 4; t++) {
                    crew.add("publisher-" + t, () -> {
                        final Ingress ingress = kernel.newIngress();
                        for (int i = 0; i < 100; i++) {
                            assertThat(offer(ingress)).isNotNegative();
                        }
                    });
                }
                crew.join();
                // A holder that stopped early has handed the rest to the helper, which needs its moment; nobody
                // publishes any more.
                Crew.until("all is applied", () -> kernel.applied() == before + 400);
                assertThat(kernel.sequencesTaken()).isEqualTo(kernel.applied());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Threading.class,
            names = {"SHARED", "DEDICATED"})
    void shouldApplyAllThatWasFiredAndForgottenWithAThreadOfItsOwn(final Threading threading)
            throws InterruptedException {
        for (int round = 0; round < 10; round++) {
            try (Kernel kernel = Kernel.launch(config(threading))) {
                kernel.nameId("tick");
                final long before = kernel.applied();
                final Crew crew = new Crew();
                for (int t = 0; t < 4; t++) {
                    crew.add("publisher-" + t, () -> {
                        final Ingress ingress = kernel.newIngress();
                        for (int i = 0; i < 100; i++) {
                            assertThat(offer(ingress)).isNotNegative();
                        }
                    });
                }
                crew.join();
                Crew.until("all is applied", () -> kernel.applied() == before + 400);
            }
        }
    }

    /** A command comes between the last look of a waiter that keeps the baton and its putting down. */
    @Test
    void shouldLookAgainWhenAWaiterThatKeptTheBatonPutsItDownToWake() throws InterruptedException {
        final int marked = 4096; // commands between two marks; a mark is written when everything has been looked at
        final RecordingJournal journal = new RecordingJournal();
        final KernelConfig config = config(Threading.CALLER).withWaiting(Spinning.Style.BUSY_SPIN);
        try (Kernel kernel = launch(config, journal)) {
            final Coordination coordination = kernel.coordination("c");
            final int agent = kernel.nameId("a");
            final int done = kernel.nameId(Coordination.AGENT_COMPLETED);
            final Dependency completion = coordination.awaitsCompletion("a");
            final Subscription signals = kernel.subscribe();
            final Crew crew = new Crew().go();
            final Ingress ingress = kernel.newIngress();
            while (kernel.applied() < marked - 1) {
                assertThat(ingress.dependencies().markResource(0, 1, true)).isZero();
            }
            final Thread reader = crew.add("reader", () -> {
                kernel.driver().subscribers().register(Thread.currentThread());
                assertThat(signals.raised()).isZero();
            });
            reader.join();
            crew.add("keeper", () -> assertThat(completion.await()).isInstanceOf(Outcome.Resolved.class));
            Crew.until("the waiter keeps the baton", () -> kernel.driver().isKept());
            final AtomicReference<Thread> late = new AtomicReference<>();
            journal.beforeMark = () -> {
                late.set(crew.add(
                        "late", () -> assertThat(offer(kernel.newIngress())).isNotNegative()));
                Crew.until("the late command is published", () -> !late.get().isAlive());
            };
            assertThat(ingress.raise(coordination.handle(), done, agent, 0, 0, 1, Double.NaN, NOTHING))
                    .isZero();
            Crew.until("the late command comes", () -> late.get() != null);
            crew.join();
            journal.beforeMark = () -> {};
            Crew.until("the late command is applied", () -> kernel.applied() == kernel.sequencesTaken());
        }
    }

    // ------------------------------------------------------------------ handing on

    @Test
    void shouldStopAfterItsShareAndHandTheBatonToAWaiterElseToTheHelper() throws InterruptedException {
        final RecordingJournal journal = new RecordingJournal();
        final CountDownLatch held = new CountDownLatch(1);
        final CountDownLatch goOn = new CountDownLatch(1);
        final Crew crew = new Crew().go();
        try (Kernel kernel = launch(config(Threading.CALLER), journal)) {
            final Coordination coordination = kernel.coordination("c");
            final Dependency never = coordination.awaitsCompletion("never");
            final AtomicReference<Thread> blocked = new AtomicReference<>();
            final Thread waiter =
                    crew.add("waiter", () -> assertThat(never.await()).isInstanceOf(Outcome.Halted.class));
            Crew.untilParked(waiter);
            final long first = kernel.position() + 1;
            journal.beforeAppend = position -> {
                if (blocked.compareAndSet(null, Thread.currentThread())) {
                    held.countDown();
                    await(goOn);
                }
            };
            final Thread holder = crew.add(
                    "holder", () -> assertThat(offer(kernel.newIngress())).isNotNegative());
            held.await();
            final Ingress mine = kernel.newIngress();
            final int others = 5 * Driver.TURN_COMMANDS_MAX;
            for (int i = 0; i < others; i++) {
                assertThat(offer(mine)).isNotNegative();
            }
            goOn.countDown();
            Crew.until("all is applied", () -> kernel.applied() == kernel.sequencesTaken());
            holder.join();

            final List<RecordingJournal.Entry> records = journal.commands().stream()
                    .filter(record -> record.position() >= first)
                    .toList();
            assertThat(records).hasSize(others + 1);
            final List<Thread> turned = records.stream()
                    .map(RecordingJournal.Entry::thread)
                    .distinct()
                    .toList();
            assertThat(turned).hasSizeGreaterThanOrEqualTo(3).startsWith(holder, waiter);
            assertThat(turned.get(2).getName()).isEqualTo("signalbox");
            // A holder may have journaled a turn more than it has applied.
            for (int i = 2 * Driver.TURN_COMMANDS_MAX; i < records.size(); i++) {
                assertThat(records.get(i).thread()).isNotSameAs(holder);
            }
        }
        crew.join();
    }

    @Test
    void shouldNotServeOthersWithoutEndThoughItNeverFindsAFullTurnAtOnce() throws InterruptedException {
        final RecordingJournal journal = new RecordingJournal();
        try (Kernel kernel = launch(config(Threading.CALLER), journal)) {
            // Each append of the holder is followed by a new command of somebody else: the ring never holds more than
            // two.
            final AtomicInteger fed = new AtomicInteger();
            final SynchronousQueue<Integer> demand = new SynchronousQueue<>();
            final SynchronousQueue<Integer> supply = new SynchronousQueue<>();
            final Crew crew = new Crew().go();
            crew.add("feeder", () -> {
                final Ingress ingress = kernel.newIngress();
                while (demand.take() >= 0) {
                    assertThat(offer(ingress)).isNotNegative();
                    supply.put(0);
                }
            });
            final Thread me = Thread.currentThread();
            journal.beforeAppend = position -> {
                if (Thread.currentThread() == me && fed.incrementAndGet() <= 3 * Driver.TURN_COMMANDS_MAX) {
                    put(demand, 1);
                    take(supply);
                }
            };
            assertThat(offer(kernel.newIngress())).isNotNegative();
            journal.beforeAppend = position -> {};
            assertThat(fed.get()).as("appends of one holder").isLessThanOrEqualTo(Driver.TURN_COMMANDS_MAX + 1);
            put(demand, -1);
            crew.join();
        }
    }

    // ------------------------------------------------------------------ the helper

    @ParameterizedTest
    @EnumSource(Threading.class)
    void shouldHaveOneDaemonHelperInEveryModeButInvoker(final Threading threading) throws InterruptedException {
        final List<Thread> helpers;
        try (Kernel kernel = Kernel.launch(config(threading).withName("helper-of-" + threading))) {
            helpers = threadsNamed("helper-of-" + threading);
            if (threading == Threading.INVOKER) {
                assertThat(helpers).isEmpty();
            } else {
                assertThat(helpers).hasSize(1).allMatch(Thread::isDaemon);
            }
            assertThat(kernel.isOpen()).isTrue();
        }
        assertThat(threadsNamed("helper-of-" + threading)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Threading.class,
            names = {"CALLER", "SHARED"})
    void shouldParkTheHelperUntilTheEarliestDeadlineAndUseNoProcessorMeanwhile(final Threading threading) {
        try (Kernel kernel = Kernel.launch(config(threading).withName("idle-" + threading))) {
            final Coordination coordination = kernel.coordination("c");
            final Dependency soon = coordination.awaitsCompletion("a", Duration.ofMillis(700));
            final Thread helper = threadsNamed("idle-" + threading).get(0);
            Crew.until("the helper is parked", () -> helper.getState() == Thread.State.TIMED_WAITING);
            final java.lang.management.ThreadMXBean threads = java.lang.management.ManagementFactory.getThreadMXBean();
            final long applied = kernel.applied();
            final long beforeNs = threads.getThreadCpuTime(helper.getId());
            assertThat(soon.await(Duration.ofMillis(300))).isInstanceOf(Outcome.TimedOut.class);
            final long usedNs = threads.getThreadCpuTime(helper.getId()) - beforeNs;
            assertThat(usedNs).as("processor time in 300 idle ms").isLessThan(20_000_000);
            assertThat(kernel.applied()).isEqualTo(applied);
            assertThat(soon.await(Duration.ofSeconds(20))).isInstanceOf(Outcome.Expired.class);
        }
    }

    @Test
    void shouldPublishOnePulseForADeadlineAndHaveAtMostOneInFlight() throws InterruptedException {
        final ManualClock clock = new ManualClock(1_000_000_000L);
        final RecordingJournal journal = new RecordingJournal();
        final CountDownLatch held = new CountDownLatch(1);
        final CountDownLatch goOn = new CountDownLatch(1);
        try (Kernel kernel = launch(config(Threading.CALLER).withClock(clock), journal)) {
            final Coordination coordination = kernel.coordination("c");
            final Dependency wait = coordination.awaitsCompletion("a", Duration.ofHours(1));
            final AtomicReference<Thread> blocked = new AtomicReference<>();
            journal.beforeAppend = position -> {
                if (blocked.compareAndSet(null, Thread.currentThread())) {
                    held.countDown();
                    await(goOn);
                }
            };
            final Crew crew = new Crew().go();
            crew.add("holder", () -> offer(kernel.newIngress()));
            held.await();
            final long before = kernel.sequencesTaken();
            clock.moveTo(1_000_000_000L + Duration.ofHours(2).toNanos());
            for (int t = 0; t < 4; t++) {
                crew.add("pulser-" + t, () -> {
                    for (int i = 0; i < 100; i++) {
                        kernel.pulse();
                    }
                });
            }
            Crew.until("a pulse is in flight", () -> kernel.sequencesTaken() > before);
            goOn.countDown();
            assertThat(wait.await(Duration.ofSeconds(20))).isInstanceOf(Outcome.Expired.class);
            crew.join();
            assertThat(kernel.sequencesTaken()).isEqualTo(before + 1);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Threading.class,
            names = {"CALLER", "SHARED", "DEDICATED"})
    void shouldExpireWaitsThoughPublishersNeverPause(final Threading threading) throws InterruptedException {
        try (Kernel kernel = Kernel.launch(config(threading))) {
            kernel.nameId("tick");
            final Coordination coordination = kernel.coordination("c");
            final Crew crew = new Crew();
            final AtomicInteger stop = new AtomicInteger();
            for (int t = 0; t < 3; t++) {
                crew.add("publisher-" + t, () -> {
                    final Ingress ingress = kernel.newIngress();
                    while (stop.get() == 0) {
                        offer(ingress);
                    }
                });
            }
            crew.go();
            final Dependency wait = coordination.awaitsCompletion("a", Duration.ofMillis(20));
            final Outcome outcome = wait.await(Duration.ofSeconds(20));
            stop.set(1);
            crew.join();
            assertThat(outcome).isInstanceOf(Outcome.Expired.class);
        }
    }

    // ------------------------------------------------------------------ what a turn does not do

    @Test
    void shouldDeliverTasksAndSignalsOnTheReadersThreads() throws InterruptedException {
        final RecordingJournal journal = new RecordingJournal();
        try (Kernel kernel = launch(config(Threading.SHARED), journal)) {
            final Coordination coordination = kernel.coordination("c");
            final int definition = kernel.deploy(WorkflowDefinition.of("w", List.of(StepDefinition.of("a"))));
            final Crew crew = new Crew().go();
            final Subscription signals = kernel.subscribe();
            final ConcurrentLinkedQueue<Object> told = new ConcurrentLinkedQueue<>();
            final Thread worker =
                    crew.add("worker", () -> told.add(kernel.tasks().take(20, TimeUnit.SECONDS)));
            final Thread reader = crew.add("reader", () -> told.add(signals.take(20, TimeUnit.SECONDS)));
            Crew.untilParked(worker);
            Crew.untilParked(reader);
            coordination.start(definition, NOTHING);
            coordination.raise("news", "me", "x");
            crew.join();
            assertThat(told)
                    .hasSize(2)
                    .anyMatch(Tasks.Task.class::isInstance)
                    .anyMatch(Subscription.Signal.class::isInstance);
            assertThat(journal.commands())
                    .as("who turned")
                    .noneMatch(record -> record.thread() == worker || record.thread() == reader)
                    .allMatch(record -> record.thread().getName().equals("signalbox"));
        }
    }

    // ------------------------------------------------------------------ a full ring

    @Test
    void shouldDrainAFullRingOnTheThreadThatMetIt() {
        final RecordingJournal journal = new RecordingJournal();
        final Kernel kernel = launch(config(Threading.INVOKER).withRingCapacity(4), journal);
        final Ingress ingress = kernel.newIngress();
        final Crew crew = new Crew().go();
        try {
            final Thread other = crew.add("other", () -> {
                final Ingress mine = kernel.newIngress();
                for (int i = 0; i < 4; i++) {
                    assertThat(offer(mine)).isNotNegative();
                }
                assertThat(offer(mine)).isEqualTo(Ingress.BACK_PRESSURED);
            });
            other.join();
            assertThat(offer(ingress)).isNotNegative();
            assertThat(kernel.driver().backPressured()).isEqualTo(1);
            kernel.turn();
            assertThat(kernel.applied()).isEqualTo(kernel.sequencesTaken());
            crew.join();
        } catch (final InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            kernel.close();
        }
    }

    @Test
    void shouldBackPressureWhoFiresIntoAFullRingThatAnotherDrainsAndLoseNothing() throws InterruptedException {
        final RecordingJournal journal = new RecordingJournal();
        final CountDownLatch held = new CountDownLatch(1);
        final CountDownLatch goOn = new CountDownLatch(1);
        final AtomicReference<Thread> blocked = new AtomicReference<>();
        try (Kernel kernel = launch(config(Threading.CALLER).withRingCapacity(8), journal)) {
            final long before = kernel.applied();
            journal.beforeAppend = position -> {
                if (blocked.compareAndSet(null, Thread.currentThread())) {
                    held.countDown();
                    await(goOn);
                }
            };
            final Crew crew = new Crew().go();
            crew.add("holder", () -> assertThat(offer(kernel.newIngress())).isNotNegative());
            held.await();
            final Ingress mine = kernel.newIngress();
            int accepted = 1;
            int refused = 0;
            for (int i = 0; i < 20; i++) {
                final long answer = offer(mine);
                if (answer >= 0) {
                    accepted++;
                } else {
                    assertThat(answer).isEqualTo(Ingress.BACK_PRESSURED);
                    refused++;
                }
            }
            assertThat(accepted).isEqualTo(8);
            assertThat(kernel.driver().backPressured()).isEqualTo(refused).isEqualTo(13);
            // A patient caller waits for room instead.
            final Thread patient = crew.add(
                    "patient", () -> assertThat(raise(kernel.newIngress())).isZero());
            goOn.countDown();
            patient.join();
            crew.join();
            Crew.until("all is applied", () -> kernel.applied() == kernel.sequencesTaken());
            assertThat(kernel.applied()).isEqualTo(before + accepted + 1);
        }
    }

    // ------------------------------------------------------------------ waking

    @Test
    void shouldWakeOnlyWhenTheBatonIsDown() throws InterruptedException {
        try (Kernel kernel = Kernel.launch(config(Threading.CALLER))) {
            final Coordination coordination = kernel.coordination("c");
            final int agent = kernel.nameId("a");
            final int done = kernel.nameId(Coordination.AGENT_COMPLETED);
            final AtomicInteger round = new AtomicInteger();
            final int rounds = 300;
            final Thread waker = Thread.currentThread();
            final Crew crew = new Crew().go();
            final Thread waiter = crew.add("waiter", () -> {
                final Ingress ingress = kernel.newIngress();
                for (int i = 1; i <= rounds; i++) {
                    final long handle = ingress.declare(
                            coordination.handle(),
                            DependencyKind.AGENT_COMPLETION,
                            0,
                            0,
                            agent,
                            kernel.position(),
                            0,
                            0);
                    round.set(i);
                    assertThat(ingress.await(handle, Long.MAX_VALUE)).isEqualTo(Ingress.RESOLVED);
                    assertThat(kernel.driver().isHeldBy(waker))
                            .as("woken under the baton")
                            .isFalse();
                }
            });
            final Ingress ingress = kernel.newIngress();
            for (int i = 1; i <= rounds; i++) {
                final int now = i;
                Crew.until("the waiter has declared", () -> round.get() == now);
                Crew.untilParked(waiter);
                assertThat(ingress.raise(coordination.handle(), done, agent, 0, 0, 1, Double.NaN, NOTHING))
                        .isZero();
            }
            crew.join();
        }
    }

    // ------------------------------------------------------------------ batches

    @Test
    void shouldCommitAnUncontendedCommandAsABatchOfOneAndManyAsFewUnderLoad() throws InterruptedException {
        final RecordingJournal journal = new RecordingJournal();
        final CountDownLatch held = new CountDownLatch(1);
        final CountDownLatch goOn = new CountDownLatch(1);
        final AtomicReference<Thread> blocked = new AtomicReference<>();
        try (Kernel kernel = launch(config(Threading.CALLER), journal)) {
            final Ingress ingress = kernel.newIngress();
            final int before = journal.commits.get();
            for (int i = 1; i <= 10; i++) {
                assertThat(raise(ingress)).isZero();
                assertThat(journal.commits).hasValue(before + i);
            }
            journal.beforeAppend = position -> {
                if (blocked.compareAndSet(null, Thread.currentThread())) {
                    held.countDown();
                    await(goOn);
                }
            };
            final Crew crew = new Crew().go();
            crew.add("holder", () -> assertThat(offer(kernel.newIngress())).isNotNegative());
            held.await();
            for (int i = 0; i < 200; i++) {
                assertThat(offer(ingress)).isNotNegative();
            }
            final int commits = journal.commits.get();
            goOn.countDown();
            crew.join();
            Crew.until("all is applied", () -> kernel.applied() == kernel.sequencesTaken());
            assertThat(journal.commits.get() - commits).isLessThanOrEqualTo(3);
        }
    }

    // ------------------------------------------------------------------ interrupts, errors, ends

    @ParameterizedTest
    @EnumSource(Threading.class)
    void shouldApplyTheCommandOfAnInterruptedCallerAndKeepItsFlag(final Threading threading) {
        final RecordingJournal journal = new RecordingJournal();
        try (Kernel kernel = launch(config(threading), journal)) {
            final Ingress ingress = kernel.newIngress();
            for (int i = 0; i < 100; i++) {
                Thread.currentThread().interrupt();
                assertThat(raise(ingress)).isZero();
                assertThat(Thread.interrupted()).isTrue();
            }
            assertThat(kernel.isOpen()).isTrue();
            assertThat(kernel.haltCause()).isNull();
            assertThat(journal.closed).isFalse();
            assertThat(journal.commands()).hasSize((int) kernel.position() + 1);
        } finally {
            assertThat(Thread.interrupted()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(Threading.class)
    void shouldHaltByNameWhenTheJournalHasNoRoomAndNotApplyTheCommand(final Threading threading)
            throws InterruptedException {
        shouldHaltOn(
                threading,
                new JournalException(JournalException.Kind.NO_ROOM, 7, "no room for position 7", null),
                true);
    }

    @ParameterizedTest
    @EnumSource(Threading.class)
    void shouldHaltAndLeaveNoBatonBehindWhenACallerIsOutOfMemory(final Threading threading)
            throws InterruptedException {
        shouldHaltOn(threading, new OutOfMemoryError("a test's own"), false);
    }

    private static void shouldHaltOn(final Threading threading, final Throwable cause, final boolean named)
            throws InterruptedException {
        final RecordingJournal journal = new RecordingJournal();
        final Kernel kernel = launch(config(threading), journal);
        final Coordination coordination = kernel.coordination("c");
        final Dependency never = coordination.awaitsCompletion("never");
        final int definition = kernel.deploy(WorkflowDefinition.of("w", List.of(StepDefinition.of("a"))));
        final WorkflowRunHandle run = coordination.start(definition, NOTHING);
        assertThat(kernel.tasks().poll()).isInstanceOf(Tasks.Task.class);
        final Subscription signals = kernel.subscribe();
        final Crew crew = new Crew().go();
        if (threading != Threading.INVOKER) {
            final List<Thread> waiters = new ArrayList<>();
            waiters.add(crew.add("waiter", () -> assertThat(never.await()).isInstanceOf(Outcome.Halted.class)));
            waiters.add(crew.add(
                    "reader", () -> assertThat(signals.take(1, TimeUnit.HOURS)).isNull()));
            waiters.add(crew.add(
                    "worker",
                    () -> assertThat(kernel.tasks().take(1, TimeUnit.HOURS)).isNull()));
            waiters.add(crew.add(
                    "owner",
                    () -> assertThat(run.await(Duration.ofHours(1)).isFinal()).isFalse()));
            waiters.forEach(Crew::untilParked);
        }
        final long position = kernel.position();
        final long applied = kernel.applied();
        journal.beforeAppend = at -> fail(cause);
        assertThat(raise(kernel.newIngress())).isEqualTo(Ingress.HALTED);
        assertThat(offer(kernel.newIngress())).isEqualTo(Ingress.HALTED);
        crew.join();
        assertThat(kernel.haltCause()).isSameAs(cause);
        assertThat(kernel.isOpen()).isFalse();
        assertThat(kernel.position()).isEqualTo(position);
        assertThat(kernel.applied()).isEqualTo(applied);
        assertThat(never.await()).isInstanceOf(Outcome.Halted.class);
        if (named) {
            assertThat(kernel.haltCause()).hasMessageContaining("no room");
        }
        kernel.close();
        assertThat(journal.replayedDigest(kernel.config().limits())).isEqualTo(kernel.stateDigest());
    }

    @Test
    void shouldHaltAndWakeEverybodyWhenAnErrorComesOutOfApplying() throws InterruptedException {
        // A payload that the slot says is there and is not: the machine reads behind the end of the command.
        final RecordingJournal journal = new RecordingJournal();
        final Kernel kernel = launch(config(Threading.CALLER), journal);
        final Dependency never = kernel.coordination("c").awaitsCompletion("never");
        final Crew crew = new Crew().go();
        final Thread waiter = crew.add("waiter", () -> assertThat(never.await()).isInstanceOf(Outcome.Halted.class));
        Crew.untilParked(waiter);
        final Driver driver = kernel.driver();
        final long sequence = driver.claim(true);
        driver.ring().prepare(sequence, 24, null, null).putInt(0, -1);
        driver.ring().publish(sequence);
        driver.onPublished();
        if (kernel.haltCause() == null) {
            // Unknown commands are refused by name, which is as good; then the error has to come from the journal's
            // mark.
            journal.beforeAppend = at -> {
                throw new StackOverflowError("a test's own");
            };
            assertThat(raise(kernel.newIngress())).isEqualTo(Ingress.HALTED);
        }
        crew.join();
        assertThat(kernel.haltCause()).isNotNull();
        kernel.close();
    }

    @Test
    void shouldTurnACommandWhoseEncodingFailsIntoOneThatDoesNothing() {
        try (Kernel kernel = Kernel.launch(config(Threading.CALLER))) {
            kernel.nameId("tick");
            final Ingress ingress = kernel.newIngress();
            assertThatThrownBy(() -> ingress.declare(0, null, 0, 0, 1, -1, 0, 0))
                    .isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> ingress.offer(0, 1, 0, 0, NOTHING, 0, 10)).isInstanceOf(RuntimeException.class);
            assertThat(raise(ingress)).isZero();
            assertThat(kernel.applied()).isEqualTo(kernel.sequencesTaken());
        }
    }

    @ParameterizedTest
    @EnumSource(Threading.class)
    void shouldAnswerEveryPublisherThoughTheKernelClosesUnderThem(final Threading threading)
            throws InterruptedException {
        for (int round = 0; round < 20; round++) {
            final RecordingJournal journal = new RecordingJournal();
            final Kernel kernel = launch(config(threading).withRingCapacity(64), journal);
            final ConcurrentLinkedQueue<Long> accepted = new ConcurrentLinkedQueue<>();
            final Crew crew = new Crew();
            final AtomicInteger published = new AtomicInteger();
            for (int t = 0; t < 4; t++) {
                final boolean patient = t % 2 == 0 && threading != Threading.INVOKER;
                crew.add("publisher-" + t, () -> {
                    final Ingress ingress = kernel.newIngress();
                    while (true) {
                        final long answer = patient ? raise(ingress) : offer(ingress);
                        if (answer >= 0) {
                            accepted.add(ingress.position());
                        } else if (answer == Ingress.HALTED) {
                            return;
                        }
                        published.incrementAndGet();
                    }
                });
            }
            crew.go();
            final int target = 10 + round * 50;
            Crew.until("publishers publish", () -> {
                kernel.turn();
                return published.get() >= target;
            });
            kernel.close();
            crew.join();
            final List<Long> positions = journal.commands().stream()
                    .map(RecordingJournal.Entry::position)
                    .toList();
            assertThat(positions)
                    .isEqualTo(LongStream.range(0, positions.size()).boxed().toList());
            assertThat(new HashSet<>(positions)).as("accepted and lost").containsAll(accepted);
            assertThat(kernel.haltCause()).isNull();
            assertThat(journal.replayedDigest(kernel.config().limits())).isEqualTo(kernel.stateDigest());
        }
    }

    @ParameterizedTest
    @EnumSource(Threading.class)
    void shouldLetGoOfAClosedKernelThoughTheThreadsThatUsedItLiveOn(final Threading threading) {
        final WeakReference<Driver> closed = new WeakReference<>(useAndClose(threading));
        Crew.until("the closed kernel is collected", () -> {
            System.gc();
            return closed.get() == null;
        });
        assertThat(closed.get()).isNull();
    }

    private static Driver useAndClose(final Threading threading) {
        try (Kernel kernel = Kernel.launch(config(threading))) {
            kernel.coordination("c").raise("news", "me", "x");
            return kernel.driver();
        }
    }

    // ------------------------------------------------------------------

    static List<Thread> threadsNamed(final String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .toList();
    }

    private static void fail(final Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) cause;
    }

    private static void await(final CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (final InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static <T> void put(final SynchronousQueue<T> queue, final T item) {
        try {
            assertThat(queue.offer(item, 30, TimeUnit.SECONDS)).isTrue();
        } catch (final InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static <T> void take(final SynchronousQueue<T> queue) {
        try {
            assertThat(queue.poll(30, TimeUnit.SECONDS)).isNotNull();
        } catch (final InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
