package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.lmax.disruptor.RingBuffer;
import io.signalbox.kernel.dependency.DependencyState;
import io.signalbox.kernel.metrics.Measurement;
import io.signalbox.kernel.metrics.MetricNames;
import io.signalbox.kernel.metrics.MetricsConfig;
import io.signalbox.kernel.metrics.MetricsSnapshot;
import io.signalbox.kernel.workflow.RunState;
import io.signalbox.kernel.workflow.StepDefinition;
import io.signalbox.kernel.workflow.StepEnding;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.agrona.DirectBuffer;
import org.jctools.queues.MessagePassingQueue;
import org.jctools.queues.varhandle.SpscUnboundedVarHandleArrayQueue;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A JVM of its own embeds the kernel with no flag: nothing on stderr, no Unsafe behind it. On the JDK that runs the tests. */
class EmbedTest {
    private static final String LOW_LATENCY_WARNING =
            "WARNING: kernel lowLatency: a dedicated writer that spins wants a core of its own";

    private static final Map<String, KernelConfig> CONFIGS = Map.of(
            "standard", KernelConfig.standard(),
            "frugal", KernelConfig.frugal(),
            "lowLatency", KernelConfig.lowLatency(),
            "invoker", KernelConfig.standard().withThreading(Threading.INVOKER),
            "measured", KernelConfig.standard().withMetrics(MetricsConfig.on().withFeedCapacity(4)));

    @ParameterizedTest
    @ValueSource(strings = {"standard", "frugal", "lowLatency", "invoker", "measured"})
    void shouldEmbedWithoutAFlagOrAWarning(final String preset, @TempDir final Path directory) throws Exception {
        final Path loaded = directory.resolve("loaded.txt");
        final Path output = directory.resolve("output.txt");
        final Path errors = directory.resolve("errors.txt");
        final String classPath = Stream.of(
                        Kernel.class,
                        EmbedTest.class,
                        DirectBuffer.class,
                        RingBuffer.class,
                        MessagePassingQueue.class,
                        SpscUnboundedVarHandleArrayQueue.class,
                        Histogram.class)
                .map(EmbedTest::origin)
                .collect(Collectors.joining(File.pathSeparator));
        final ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+load:file=" + loaded,
                        "-cp",
                        classPath,
                        Embedded.class.getName(),
                        preset)
                .redirectError(errors.toFile())
                .redirectOutput(output.toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.endsWith("JAVA_OPTIONS") || name.endsWith("_TOOL_OPTIONS"));
        final Process child = builder.start();

        assertThat(child.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(unexpected(Files.readAllLines(errors), preset)).isEmpty();
        assertThat(Files.readString(output)).isEqualTo("embedded " + preset + System.lineSeparator());
        assertThat(child.exitValue()).isZero();
        final List<String> classes = Files.readAllLines(loaded);
        assertThat(classes).anyMatch(line -> line.contains(" " + Kernel.class.getName() + " "));
        assertThat(classes)
                .noneMatch(line -> line.contains(" sun.misc.Unsafe ")
                        || line.contains(" org.agrona.UnsafeA")
                        || line.contains(" org.jctools.util.UnsafeA")
                        || line.contains(" com.lmax.disruptor.util.Util$"));
    }

    /** The one line that a preset may say, and the head that java.util.logging puts above it. */
    private static List<String> unexpected(final List<String> lines, final String preset) {
        final boolean mayWarn =
                "lowLatency".equals(preset) && Runtime.getRuntime().availableProcessors() <= 2;
        if (!mayWarn) {
            return lines;
        }
        assertThat(lines)
                .filteredOn(line -> line.startsWith(LOW_LATENCY_WARNING))
                .hasSize(1);
        return lines.stream()
                .filter(line -> !line.startsWith(LOW_LATENCY_WARNING))
                .filter(line -> !line.contains(" " + LaunchWarning.class.getName() + " "))
                .toList();
    }

    private static String origin(final Class<?> type) {
        return new File(type.getProtectionDomain().getCodeSource().getLocation().getPath()).getPath();
    }

    /** What the child runs. */
    static final class Embedded {
        private static final byte[] NOTHING = new byte[0];

        private Embedded() {}

        public static void main(final String[] args) throws Exception {
            final KernelConfig config = CONFIGS.get(args[0]).withName(args[0]);
            try (Kernel kernel = Kernel.launch(config)) {
                final Coordination build = kernel.coordination("build");
                waits(kernel, build);
                expect(build.set("phase", "done").isAccepted(), "set");
                expect("done".equals(build.get("phase").text()), "get");
                runs(kernel, build);
                measures(kernel);
            }
            System.out.println("embedded " + args[0]);
        }

        private static void waits(final Kernel kernel, final Coordination build) throws InterruptedException {
            final Dependency ready = build.awaitsCompletion("ann");
            final Dependency never = build.awaitsCompletion("ben", Duration.ofMillis(20));
            final Subscription subscription = kernel.subscribe();
            if (kernel.config().threading() == Threading.INVOKER) {
                build.complete("ann", "ok");
            } else {
                final Thread ann = new Thread(() -> build.complete("ann", "ok"));
                ann.start();
                ann.join();
            }
            expect(ready.await(Duration.ofSeconds(30)).isResolved(), "resolved");
            while (never.poll() instanceof Outcome.TimedOut) {
                kernel.pulse();
                Thread.onSpinWait();
            }
            expect(never.await() instanceof Outcome.Expired, DependencyState.EXPIRED.name());
            expect(subscription.take(30, TimeUnit.SECONDS) instanceof Subscription.Signal, "signal");
        }

        private static void runs(final Kernel kernel, final Coordination build) {
            final int definition = kernel.deploy(WorkflowDefinition.of(
                    "w", List.of(StepDefinition.of("a"), StepDefinition.of("b", "a"), StepDefinition.of("c", "a"))));
            final WorkflowRunHandle run = build.start(definition, NOTHING);
            Tasks.Notice notice = kernel.tasks().take(30, TimeUnit.SECONDS);
            while (notice instanceof Tasks.Task task) {
                final byte[] result = task.step().id().getBytes(StandardCharsets.UTF_8);
                expect(kernel.tasks().start(task, NOTHING).isAccepted(), "start");
                expect(
                        kernel.tasks()
                                .finish(task, StepEnding.SUCCEEDED, 0, result, NOTHING)
                                .isAccepted(),
                        "finish");
                notice = kernel.tasks().take(30, TimeUnit.SECONDS);
            }
            expect(notice instanceof Tasks.RunEnded, "ended");
            expect(run.await(Duration.ofSeconds(30)) == RunState.SUCCEEDED, "succeeded");
            expect(Arrays.equals(run.snapshot().step("b").result(), new byte[] {'b'}), "result");
        }

        private static void measures(final Kernel kernel) {
            final MetricsConfig config = kernel.config().metrics();
            kernel.metrics().timing("own").record(Duration.ofMillis(3));
            for (int i = 0; i < 5; i++) {
                kernel.metrics().rate("hits").hit(true);
                kernel.metrics().gauge("drift", "ms").set(-i);
            }
            final List<Measurement> fed = kernel.metrics().feed().drain(100);
            expect(fed.size() == config.feedCapacity(), "fed");
            final MetricsSnapshot snapshot = kernel.metrics().snapshot();
            expect(snapshot.timing("own").orElseThrow().count() == 1, "timed");
            expect(snapshot.gauge("drift").orElseThrow().min() == -4, "gauged");
            expect(snapshot.counter(MetricNames.SIGNALS_SENT) > 0 == config.measuresKernel(), "measured");
            expect(snapshot.table().contains("raise_signal") == config.measuresKernel(), "table");
        }

        private static void expect(final boolean held, final String what) {
            if (!held) {
                throw new IllegalStateException("not as expected: " + what);
            }
        }
    }
}
