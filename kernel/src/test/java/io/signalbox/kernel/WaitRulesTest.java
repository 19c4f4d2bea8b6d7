package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.signalbox.kernel.conformance.Conforms;
import io.signalbox.kernel.dependency.DependencyKind;
import io.signalbox.kernel.machine.MachineLimits;
import io.signalbox.kernel.wait.Spinning;
import io.signalbox.kernel.workflow.RunState;
import io.signalbox.kernel.workflow.StepDefinition;
import io.signalbox.kernel.workflow.StepEnding;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for everybody who waits. */
@Timeout(120)
class WaitRulesTest {
    private static final byte[] NOTHING = new byte[0];
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static KernelConfig config(final Threading threading) {
        return KernelConfig.standard().withThreading(threading).withLimits(MachineLimits.small());
    }

    @Test
    void shouldAnswerRetiredForAHandleWhosePlaceHasANewOwner() {
        try (Kernel kernel = Kernel.launch(config(Threading.CALLER))) {
            final Coordination coordination = kernel.coordination("c");
            final Dependency first = coordination.awaitsCompletion("a");
            coordination.complete("a", "done");
            assertThat(first.await()).isInstanceOf(Outcome.Resolved.class);
            for (int i = 0; i < 2 * kernel.config().limits().dependenciesMax(); i++) {
                coordination.awaitsCompletion("a");
            }
            assertThat(first.await()).isInstanceOf(Outcome.Retired.class);
            final Ingress ingress = kernel.newIngress();
            assertThat(ingress.await(first.handle() + (5L << 40), Long.MAX_VALUE))
                    .isEqualTo(Ingress.RETIRED);
            for (final long noHandle : new long[] {0, -1, -300, Long.MAX_VALUE}) {
                assertThatThrownBy(() -> ingress.await(noHandle, Long.MAX_VALUE))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("handle of a wait");
            }
        }
    }

    @Conforms("T-DEP-13")
    @Test
    void shouldAllocateNothingToSeeWhatIsTrueAlready() {
        try (Kernel kernel = Kernel.launch(config(Threading.CALLER))) {
            final Coordination coordination = kernel.coordination("c");
            coordination.complete("a", "done");
            final long handle = coordination.awaitsCompletion("a").handle();
            final Ingress ingress = kernel.newIngress();
            for (int i = 0; i < 20_000; i++) {
                assertThat(ingress.await(handle, Long.MAX_VALUE) == Ingress.RESOLVED)
                        .isTrue();
            }
            final long id = Thread.currentThread().getId();
            THREADS.getThreadAllocatedBytes(id);
            final long before = THREADS.getThreadAllocatedBytes(id);
            int resolved = 0;
            for (int i = 0; i < 100_000; i++) {
                if (ingress.await(handle, Long.MAX_VALUE) == Ingress.RESOLVED) {
                    resolved++;
                }
            }
            final long after = THREADS.getThreadAllocatedBytes(id);
            assertThat(resolved).isEqualTo(100_000);
            assertThat(after - before).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Spinning.Style.class)
    void shouldAllocateNothingFromSignalToWaiter(final Spinning.Style waiting) throws InterruptedException {
        final int rounds = waiting == Spinning.Style.BUSY_SPIN ? 5_000 : 20_000;
        // Small tables: steady is what has used every place once.
        final KernelConfig config =
                config(Threading.CALLER).withWaiting(waiting).withSpinnersMax(2);
        try (Kernel kernel = Kernel.launch(config)) {
            final long scope = kernel.coordination("c").handle();
            final int ping = kernel.nameId("ping");
            final int pong = kernel.nameId("pong");
            final int done = kernel.nameId(Coordination.AGENT_COMPLETED);
            final AtomicLong other = new AtomicLong();
            final Crew crew = new Crew().go();
            final long[] first = new long[1];
            final Ingress mine = kernel.newIngress();
            first[0] = mine.declare(scope, DependencyKind.AGENT_COMPLETION, 1, pong, ping, kernel.position(), 0, 0);
            crew.add("pong", () -> {
                final Ingress ingress = kernel.newIngress();
                other.set(bounce(ingress, scope, done, pong, ping, first[0], rounds));
            });
            final long handle = mine.raise(scope, done, ping, 0, 0, 1, Double.NaN, pong, 0, NOTHING);
            final long allocated = bounce(mine, scope, done, ping, pong, handle, rounds);
            crew.join();
            assertThat((double) allocated / rounds)
                    .as("bytes per round trip of ping")
                    .isLessThan(1);
            assertThat((double) other.get() / rounds)
                    .as("bytes per round trip of pong")
                    .isLessThan(1);
        }
    }

    /** Await and answer; the bytes that the second half of the rounds allocated. The last answer awaits nothing. */
    private static long bounce(
            final Ingress ingress,
            final long scope,
            final int done,
            final int me,
            final int other,
            final long firstHandle,
            final int rounds) {
        final long id = Thread.currentThread().getId();
        long before = 0;
        long handle = firstHandle;
        for (int i = 0; i < 2 * rounds; i++) {
            if (i == rounds) {
                before = THREADS.getThreadAllocatedBytes(id);
            }
            final int end = ingress.await(handle, Long.MAX_VALUE);
            if (end != Ingress.RESOLVED) {
                throw new AssertionError("round " + i + " ended as " + end);
            }
            handle = ingress.raise(scope, done, me, 0, 0, 1, Double.NaN, i == 2 * rounds - 1 ? 0 : other, 0, NOTHING);
            if (handle < 0) {
                throw new AssertionError("round " + i + " was answered " + handle);
            }
        }
        return THREADS.getThreadAllocatedBytes(id) - before;
    }

    @ParameterizedTest
    @EnumSource(Threading.class)
    void shouldEndABusySpinningWaitWhenItsTimeIsUpOrItsThreadIsInterrupted(final Threading threading)
            throws InterruptedException {
        try (Kernel kernel = Kernel.launch(config(threading).withWaiting(Spinning.Style.BUSY_SPIN))) {
            final Dependency never = kernel.coordination("c").awaitsCompletion("never");
            final Subscription signals = kernel.subscribe();
            assertThat(never.await(Duration.ofMillis(2))).isInstanceOf(Outcome.TimedOut.class);
            assertThat(never.poll()).isInstanceOf(Outcome.TimedOut.class);
            assertThat(signals.take(2, TimeUnit.MILLISECONDS)).isNull();
            final AtomicInteger at = new AtomicInteger();
            final Crew crew = new Crew().go();
            final Thread waiter = crew.add("waiter", () -> {
                at.set(1);
                assertThat(never.await()).isInstanceOf(Outcome.Interrupted.class);
                assertThat(Thread.interrupted()).isTrue();
                at.set(2);
                assertThat(signals.take(1, TimeUnit.HOURS)).isNull();
                assertThat(Thread.interrupted()).isTrue();
            });
            Crew.until("it waits", () -> at.get() == 1);
            waiter.interrupt();
            Crew.until("it waits again", () -> at.get() == 2);
            waiter.interrupt();
            crew.join();
        }
    }

    @Test
    void shouldNotMissTheHaltWhenAnotherWaiterOfTheSameWaitLeaves() throws InterruptedException {
        for (int round = 0; round < 100; round++) {
            final Crew crew = new Crew();
            try (Kernel kernel = Kernel.launch(config(Threading.CALLER).withWaiting(Spinning.Style.PARK))) {
                final Dependency never = kernel.coordination("c").awaitsCompletion("never");
                for (int t = 0; t < 3; t++) {
                    crew.add("stays-" + t, () -> assertThat(never.await()).isInstanceOf(Outcome.Halted.class));
                    crew.add("leaves-" + t, () -> {
                        while (kernel.isOpen()) {
                            never.await(Duration.ofNanos(20_000));
                        }
                    });
                }
                crew.go();
            }
            crew.join();
        }
    }

    /** The invoker parks, a deadline comes: it must turn by itself. */
    @Test
    void shouldTurnWhatFallsDueWhileTheInvokerWaits() throws InterruptedException {
        try (Kernel kernel = Kernel.launch(config(Threading.INVOKER))) {
            final Coordination coordination = kernel.coordination("c");
            assertThat(coordination.awaitsCompletion("a", Duration.ofMillis(20)).await())
                    .isInstanceOf(Outcome.Expired.class);
            final Dependency byAnother = coordination.awaitsCompletion("b");
            final Thread invoker = Thread.currentThread();
            final Crew crew = new Crew().go();
            crew.add("other", () -> {
                Crew.untilParked(invoker);
                coordination.complete("b", "done");
            });
            assertThat(byAnother.await()).isInstanceOf(Outcome.Resolved.class);
            crew.join();
            coordination.awaitsCompletion("c", Duration.ofMillis(20));
            final int definition = kernel.deploy(WorkflowDefinition.of("w", List.of(StepDefinition.of("a"))));
            final WorkflowRunHandle run = coordination.start(definition, NOTHING);
            final Crew workers = new Crew().go();
            workers.add("worker", () -> {
                Crew.untilParked(invoker);
                final Tasks.Task task = (Tasks.Task) kernel.tasks().take(20, TimeUnit.SECONDS);
                kernel.tasks().start(task, NOTHING);
                kernel.tasks().finish(task, StepEnding.SUCCEEDED, 0, NOTHING, NOTHING);
            });
            assertThat(run.await(Duration.ofSeconds(20)).isFinal()).isTrue();
            workers.join();
        }
    }

    /** Who waits for a run asks the machine while it waits; a holder must not hand it the baton then. */
    @ParameterizedTest
    @CsvSource({"CALLER", "SHARED"})
    void shouldWaitForRunsWhileOthersHandTheBatonOn(final Threading threading) throws InterruptedException {
        final KernelConfig config = config(threading).withWaiting(Spinning.Style.PARK);
        try (Kernel kernel = Kernel.launch(config)) {
            kernel.nameId("tick");
            final int definition = kernel.deploy(WorkflowDefinition.of("w", List.of(StepDefinition.of("a"))));
            final AtomicInteger waiting = new AtomicInteger(3);
            final Crew crew = new Crew();
            for (int t = 0; t < 3; t++) {
                crew.add("publisher-" + t, () -> {
                    final Ingress ingress = kernel.newIngress();
                    while (waiting.get() > 0) {
                        ingress.offer(0, 1, 0, 0, NOTHING, 0, 0);
                    }
                });
                crew.add("owner-" + t, () -> {
                    try {
                        for (int i = 0; i < 30; i++) {
                            final WorkflowRunHandle run = kernel.global().start(definition, NOTHING);
                            final RunState state = run.await(Duration.ofSeconds(30)); // null: its place has a new owner
                            assertThat(state == null || state.isFinal()).isTrue();
                        }
                    } finally {
                        waiting.decrementAndGet();
                    }
                });
                crew.add("worker-" + t, () -> {
                    while (waiting.get() > 0) {
                        if (kernel.tasks().take(5, TimeUnit.MILLISECONDS) instanceof Tasks.Task task) {
                            kernel.tasks().finish(task, StepEnding.SUCCEEDED, 0, NOTHING, NOTHING);
                        }
                    }
                });
            }
            crew.join();
        }
    }

    @Test
    void shouldGiveOutAsManySpinningPermitsAsItHasAndNoneToAVirtualThread() throws InterruptedException {
        assertThat(KernelConfig.standard().spinnersMax())
                .isEqualTo(Runtime.getRuntime().availableProcessors() - 1);
        final Spinning spinning = new Spinning(Spinning.Style.SPIN_THEN_PARK, 2);
        final List<Integer> turns = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            turns.add(spinning.acquire());
        }
        assertThat(turns).containsExactly(100, 100, 0, 0);
        assertThat(spinning.free()).isZero();
        turns.forEach(spinning::release);
        assertThat(spinning.free()).isEqualTo(2);
        assertThat(new Spinning(Spinning.Style.PARK, 2).acquire()).isZero();
        assertThat(new Spinning(Spinning.Style.BUSY_SPIN, 0).acquire()).isEqualTo(Spinning.ENDLESS);
        for (final Spinning.Style style : Spinning.Style.values()) {
            final AtomicInteger virtual = new AtomicInteger(-1);
            final Spinning asked = new Spinning(style, 2);
            if (VirtualThread.run(() -> virtual.set(asked.acquire()))) {
                assertThat(virtual).as("spins of a virtual thread").hasValue(0);
            }
        }
    }

    @Test
    void shouldKeepAllPermitsAfterEveryKindOfWait() {
        try (Kernel kernel = Kernel.launch(config(Threading.CALLER).withSpinnersMax(3))) {
            final Dependency never = kernel.coordination("c").awaitsCompletion("never");
            never.await(Duration.ofMillis(1));
            kernel.subscribe().take(1, TimeUnit.MILLISECONDS);
            Thread.currentThread().interrupt();
            assertThat(never.await()).isInstanceOf(Outcome.Interrupted.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(kernel.driver().spinning().free()).isEqualTo(3);
        }
    }

    /** A token goes round among virtual threads, many more than carriers, all turning the machine. */
    @Conforms({"T-DEP-15", "GAP-DEP-9"})
    @Test
    void shouldServeVirtualThreads() throws InterruptedException {
        final int agents = 32;
        final int rounds = 50;
        final AtomicInteger passed = new AtomicInteger();
        try (Kernel kernel = Kernel.launch(config(Threading.CALLER), new RecordingJournal())) {
            final long scope = kernel.coordination("c").handle();
            final int done = kernel.nameId(Coordination.AGENT_COMPLETED);
            final int[] names = new int[agents];
            for (int i = 0; i < agents; i++) {
                names[i] = kernel.nameId("agent-" + i);
            }
            final List<Runnable> work = new ArrayList<>();
            for (int i = 0; i < agents; i++) {
                final int me = names[i];
                final int before = names[(i + agents - 1) % agents];
                final long first = kernel.newIngress()
                        .declare(scope, DependencyKind.AGENT_COMPLETION, 1, me, before, kernel.position(), 0, 0);
                work.add(() -> {
                    final Ingress ingress = kernel.newIngress();
                    long handle = first;
                    for (int round = 0; round < rounds; round++) {
                        assertThat(ingress.await(handle, Long.MAX_VALUE)).isEqualTo(Ingress.RESOLVED);
                        passed.incrementAndGet();
                        handle = ingress.raise(scope, done, me, 0, 0, 1, Double.NaN, before, 0, NOTHING);
                        assertThat(handle).isPositive();
                    }
                });
            }
            final List<Thread> threads = VirtualThread.start(work);
            assertThat(kernel.newIngress().raise(scope, done, names[agents - 1], 0, 0, 1, Double.NaN, NOTHING))
                    .isZero();
            for (final Thread thread : threads) {
                thread.join(30_000);
                assertThat(thread.isAlive()).as("still waits").isFalse();
            }
        }
        assertThat(passed).hasValue(agents * rounds);
    }
}
