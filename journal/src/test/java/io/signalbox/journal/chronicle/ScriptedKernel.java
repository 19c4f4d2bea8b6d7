package io.signalbox.journal.chronicle;

import io.signalbox.journal.chronicle.FlowScripts.Ending;
import io.signalbox.kernel.Kernel;
import io.signalbox.kernel.KernelConfig;
import io.signalbox.kernel.Tasks;
import io.signalbox.kernel.Threading;
import io.signalbox.kernel.machine.MachineLimits;
import io.signalbox.kernel.port.Journal;
import io.signalbox.kernel.workflow.RunSnapshot;
import io.signalbox.kernel.workflow.StepDefinition;
import io.signalbox.kernel.workflow.StepSnapshot;
import io.signalbox.kernel.workflow.StepState;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A kernel on a journal under a clock that is moved by hand, and workers who do what the steps of {@link FlowScripts} say. */
final class ScriptedKernel implements AutoCloseable {
    static final MachineLimits LIMITS = MachineLimits.small();
    private static final long MS = HandMovedClock.MS;
    private static final byte[] NOTHING = {};

    private final HandMovedClock clock = new HandMovedClock();
    private final Kernel kernel;
    private final Map<Tasks.Task, Long> endsMs = new HashMap<>();

    /** What was in flight when the journal ended is offered again. */
    ScriptedKernel(final Journal journal) {
        final KernelConfig config = KernelConfig.standard()
                .withThreading(Threading.INVOKER)
                .withLimits(LIMITS)
                .withClock(clock);
        kernel = Kernel.launch(config, journal);
        kernel.turn();
    }

    void start(final WorkflowDefinition workflow) {
        final int definition = kernel.deploy(workflow);
        kernel.global().start(definition, NOTHING);
        kernel.tasks().release(definition).orThrow();
    }

    List<RunSnapshot> runs() {
        return kernel.tasks().runs();
    }

    List<RunSnapshot> openRuns() {
        return runs().stream().filter(run -> !run.state().isFinal()).toList();
    }

    /** Go on until every run has ended. */
    void toTheEnd(final Consumer<RunSnapshot> ended) {
        List<RunSnapshot> open = openRuns();
        while (!open.isEmpty()) {
            open.forEach(run -> workOn(run.handle()));
            for (final RunSnapshot run : open) {
                final RunSnapshot now = kernel.tasks().run(run.handle()).snapshot();
                if (now.state().isFinal()) {
                    ended.accept(now);
                }
            }
            clock.move(1);
            kernel.pulse();
            kernel.turn();
            open = openRuns();
        }
    }

    private void workOn(final long handle) {
        RunSnapshot run = kernel.tasks().run(handle).snapshot();
        begin(run);
        while (reportOne(run)) {
            run = kernel.tasks().run(handle).snapshot();
            begin(run);
        }
    }

    private void begin(final RunSnapshot run) {
        for (final StepSnapshot step : run.steps()) {
            if (step.state() == StepState.ASSIGNED) {
                final Tasks.Task task = task(run, step);
                kernel.tasks().start(task, NOTHING).orThrow();
                endsMs.put(
                        task, kernel.nowNs() / MS + Ending.of(task.step(), step).lastsMs());
            }
        }
    }

    /** The first of a run's attempts that ends now; false when none does. */
    private boolean reportOne(final RunSnapshot run) {
        for (final StepSnapshot step :
                kernel.tasks().run(run.handle()).snapshot().steps()) {
            final Tasks.Task task = task(run, step);
            if (step.state() == StepState.STARTED && endsMs.get(task) <= kernel.nowNs() / MS) {
                final Ending ending = Ending.of(task.step(), step);
                final byte[] result = ("of " + step.id()).getBytes(StandardCharsets.UTF_8);
                kernel.tasks()
                        .finish(task, ending.ending(), 0, ending.quality(), result, NOTHING)
                        .orThrow();
                return true;
            }
        }
        return false;
    }

    private static Tasks.Task task(final RunSnapshot run, final StepSnapshot step) {
        final StepDefinition definition = run.definition().steps().get(step.index());
        return new Tasks.Task(run.handle(), step.index(), step.attempts(), definition);
    }

    /** What a run has come to: its state and each step's, with results, winners and qualities. */
    static String results(final RunSnapshot run) {
        final StringBuilder text = new StringBuilder(run.state().name());
        for (final StepSnapshot step : run.steps()) {
            text.append('\n').append(step.id()).append(' ').append(step.state());
            text.append(' ').append(new String(step.result(), StandardCharsets.UTF_8));
            text.append(' ').append(step.winner()).append(' ').append(step.quality());
        }
        return text.toString();
    }

    @Override
    public void close() {
        kernel.close();
    }
}
