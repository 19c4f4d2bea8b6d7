package io.signalbox.kernel.workflow;

import io.signalbox.kernel.deadline.DeadlineQueue;
import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactLog;
import io.signalbox.kernel.store.DigestSink;
import java.util.ArrayList;
import java.util.List;

/** Definitions by id and runs by slot; one mutator for each fact. A finished run's slot is used again when all are taken. */
public final class Workflows {
    /** Timer id of a step: run slot and step index under this tag. */
    public static final long TIMER_TAG = 2L << 56;

    private final List<WorkflowPlan> definitions = new ArrayList<>();
    private final WorkflowRun[] runs;
    private final int[] generations;
    private final long[] finished;
    private final Uploads uploads;
    private final RunTimers timers;
    private final Handouts handouts = new Handouts();
    private final int definitionsMax;
    private int used;
    private int finishedHead;
    private int finishedCount;

    public Workflows(
            final int definitionsMax, final int runsMax, final Uploads uploads, final DeadlineQueue deadlines) {
        this.definitionsMax = definitionsMax;
        this.runs = new WorkflowRun[runsMax];
        this.generations = new int[runsMax];
        this.finished = new long[runsMax * 2];
        this.uploads = uploads;
        this.timers = new RunTimers(deadlines);
    }

    /** Id that the next definition gets, or -1 when the table is full. */
    int nextDefinition() {
        return definitions.size() < definitionsMax ? definitions.size() + 1 : -1;
    }

    /** The plan of a definition, or null. */
    public WorkflowPlan definition(final int id) {
        return id > 0 && id <= definitions.size() ? definitions.get(id - 1) : null;
    }

    /** Definitions so far; their ids are 1 to this. */
    public int definitionCount() {
        return definitions.size();
    }

    /** The run with this handle, or null when there is none or its slot has a new owner. */
    WorkflowRun run(final long handle) {
        final int slot = (int) handle;
        return slot >= 0 && slot < used && generations[slot] == (int) (handle >>> 32) ? runs[slot] : null;
    }

    /** Whether this handle's run is the one its slot holds now. */
    public boolean owns(final long handle) {
        return run(handle) != null;
    }

    /** Coordination of a run that {@link #owns} its slot. */
    public long coordination(final long handle) {
        return run(handle).coordination;
    }

    /** What workers may read of a run, or null when there is none with this handle. */
    public RunReader reader(final long handle) {
        final WorkflowRun run = run(handle);
        return run == null ? null : run.reader;
    }

    /** The run in a slot. */
    WorkflowRun runAt(final int slot) {
        return runs[slot];
    }

    /** Slots in use. */
    int used() {
        return used;
    }

    /** Handle that the next run gets, or -1 when every slot holds a run that has not finished. */
    long nextHandle() {
        if (used < runs.length) {
            return Fact.pair(generations[used] + 1, used);
        }
        for (int i = 0; i < finishedCount; i++) {
            final WorkflowRun run = runs[finishedSlot(i)];
            if (isLastFinish(i, run)) {
                return Fact.pair(generations[(int) run.handle] + 1, (int) run.handle);
            }
        }
        return -1;
    }

    private int finishedSlot(final int index) {
        return (int) finished[(finishedHead + index) % finished.length];
    }

    /** A reopened run stands in the list more than once; only its last entry counts, and only while it is finished. */
    private boolean isLastFinish(final int index, final WorkflowRun run) {
        final int finishes = (int) (finished[(finishedHead + index) % finished.length] >>> 32);
        return run.state.isFinal() && run.finishes == finishes;
    }

    /** What the workers have to be told after this turn. */
    public Handouts handouts() {
        return handouts;
    }

    /** WORKFLOW_DEPLOYED: a upload, b id. */
    public void onDeployed(final Fact fact) {
        definitions.add(WorkflowCompiler.compile(DefinitionCodec.decode(uploads.complete(fact.a()))));
        uploads.release(fact.a());
    }

    /** RUN_STARTED: a run, b definition; payload: inputs. */
    public void onRunStarted(final Fact fact, final FactLog log) {
        final int slot = (int) fact.run();
        if (slot == used) {
            used++;
        } else {
            while (finishedSlot(0) != slot || !isLastFinish(0, runs[slot])) {
                dropFinished();
            }
            dropFinished();
        }
        generations[slot] = (int) (fact.run() >>> 32);
        final int id = (int) fact.b();
        runs[slot] = new WorkflowRun(
                fact.run(), fact.coordination(), id, definition(id), log.copyOf(fact.payload()), fact.timestampNs());
        timers.arm(runs[slot], fact.timestampNs());
    }

    private void dropFinished() {
        finishedHead = (finishedHead + 1) % finished.length;
        finishedCount--;
    }

    /** RUN_REOPENED. */
    public void onRunReopened(final Fact fact) {
        final WorkflowRun run = run(fact.run());
        run.reopen(fact.timestampNs());
        timers.arm(run, fact.timestampNs());
    }

    /** RUN_CANCELLING: extra the state, FAILING, CANCELLING or EXPIRING; b 1 when what has succeeded is to be undone. */
    public void onRunCancelling(final Fact fact) {
        final WorkflowRun run = run(fact.run());
        run.state = RunState.of(fact.extra());
        run.compensates = fact.b() == 1;
        timers.disarm(run);
    }

    /** RUN_COMPENSATING. */
    public void onRunCompensating(final Fact fact) {
        final WorkflowRun run = run(fact.run());
        run.state = RunState.COMPENSATING;
        run.undoing.begin(run);
    }

    /** RUN_FINISHED: extra the state. */
    public void onRunFinished(final Fact fact) {
        final WorkflowRun run = run(fact.run());
        timers.disarm(run);
        run.state = RunState.of(fact.extra());
        run.finishedNs = fact.timestampNs();
        run.finishes++;
        if (finishedCount == finished.length) {
            compactFinished();
        }
        finished[(finishedHead + finishedCount) % finished.length] = Fact.pair(run.finishes, (int) run.handle);
        finishedCount++;
        handouts.add(Handouts.RUN_FINISHED, run.handle, 0, 0);
    }

    private void compactFinished() {
        int kept = 0;
        for (int i = 0; i < finishedCount; i++) {
            final long entry = finished[(finishedHead + i) % finished.length];
            if (isLastFinish(i, runs[(int) entry])) {
                finished[(finishedHead + kept++) % finished.length] = entry;
            }
        }
        finishedCount = kept;
    }

    /** STEP_READY. */
    public void onStepReady(final Fact fact) {
        final WorkflowRun run = run(fact.run());
        timers.cancel(run, fact.step());
        run.move(fact.step(), StepState.READY, fact.timestampNs());
        run.enqueue(fact.step());
    }

    /** STEP_BLOCKED: c index of the limit that it waits for. */
    public void onStepBlocked(final Fact fact) {
        final WorkflowRun run = run(fact.run());
        run.ready.block(fact.step(), (int) fact.c());
        timers.tend(run, fact.step(), fact.timestampNs());
    }

    /** LIMIT_REFILLED: b index of the limit. */
    public void onLimitRefilled(final Fact fact) {
        final WorkflowRun run = run(fact.run());
        run.limits.refill((int) fact.b(), fact.timestampNs());
        timers.tendLimit(run, (int) fact.b(), fact.timestampNs());
    }

    /** STEP_WAITING: d deadline of the answer from outside. */
    public void onStepWaiting(final Fact fact) {
        final WorkflowRun run = run(fact.run());
        run.move(fact.step(), StepState.WAITING, fact.timestampNs());
        run.attempts[fact.step()] = fact.attempt();
        timers.schedule(run, fact.step(), fact.d());
    }

    /** TASK_ASSIGNED: d deadline of the attempt. */
    public void onTaskAssigned(final Fact fact) {
        final WorkflowRun run = run(fact.run());
        run.move(fact.step(), StepState.ASSIGNED, fact.timestampNs());
        run.attempts[fact.step()] = fact.attempt();
        if (run.workers[fact.step()] != null) { // a reference store has its price with some collectors
            run.workers[fact.step()] = null;
        }
        timers.schedule(run, fact.step(), fact.d());
        timers.tend(run, fact.step(), fact.timestampNs());
        handouts.add(Handouts.OFFER, run.handle, fact.step(), fact.attempt());
    }

    /** STEP_STARTED: d deadline of the attempt, counted from here; payload: how to find the worker again. */
    public void onStepStarted(final Fact fact, final FactLog log) {
        final WorkflowRun run = run(fact.run());
        timers.cancel(run, fact.step());
        run.move(fact.step(), StepState.STARTED, fact.timestampNs());
        run.workers[fact.step()] = log.copyOf(fact.payload());
        timers.schedule(run, fact.step(), fact.d());
    }

    /** STEP_SUCCEEDED: extra the winner of a gate and 1, c exit code, d quality in millionths; payloads: result, detail. */
    public void onStepSucceeded(final Fact fact, final FactLog log) {
        final WorkflowRun run = leave(fact, log, StepState.SUCCEEDED);
        run.qualities[fact.step()] = (int) fact.d();
        run.winners[fact.step()] = fact.extra();
        ended(run, fact);
    }

    /** STEP_SKIPPED. */
    public void onStepSkipped(final Fact fact, final FactLog log) {
        ended(leave(fact, log, StepState.SKIPPED), fact);
    }

    /** STEP_FAILED: c exit code; payloads: result, detail. */
    public void onStepFailed(final Fact fact, final FactLog log) {
        ended(leave(fact, log, StepState.FAILED), fact);
    }

    /** STEP_CANCELLED: extra 1 when it no longer matters. */
    public void onStepCancelled(final Fact fact) {
        final WorkflowRun run = run(fact.run());
        stopIfInFlight(run, fact.step());
        timers.cancel(run, fact.step());
        run.superfluous[fact.step()] = fact.extra() == 1;
        run.move(fact.step(), StepState.CANCELLED, fact.timestampNs());
        timers.tend(run, fact.step(), fact.timestampNs());
        ended(run, fact);
    }

    private void ended(final WorkflowRun run, final Fact fact) {
        run.onNeedEnded(fact.step());
        timers.armGates(run, fact.step(), fact.timestampNs());
    }

    /** STEP_RETRIED: c exit code, d end of the pause; payloads: result, detail. */
    public void onStepRetried(final Fact fact, final FactLog log) {
        final WorkflowRun run = leave(fact, log, StepState.BACKING_OFF);
        run.failures[fact.step()]++;
        timers.schedule(run, fact.step(), fact.d());
    }

    /** STEP_RELEASED: the worker is gone. */
    public void onStepReleased(final Fact fact) {
        final WorkflowRun run = run(fact.run());
        timers.cancel(run, fact.step());
        run.move(fact.step(), StepState.PENDING, fact.timestampNs());
    }

    private WorkflowRun leave(final Fact fact, final FactLog log, final StepState state) {
        final WorkflowRun run = run(fact.run());
        if (fact.payload() == 0) {
            stopIfInFlight(run, fact.step());
        }
        timers.cancel(run, fact.step());
        run.move(fact.step(), state, fact.timestampNs());
        run.exitCodes[fact.step()] = (int) fact.c();
        keep(run.results, fact.step(), fact.payload(), log);
        keep(run.details, fact.step(), fact.secondPayload(), log);
        return run;
    }

    private static void keep(final byte[][] kept, final int step, final long payload, final FactLog log) {
        if (payload != 0) {
            kept[step] = log.copyOf(payload);
        } else if (kept[step] != null) {
            kept[step] = null;
        }
    }

    /** An attempt that ends without its worker's word (expired, cancelled) has a worker who has to be told. */
    private void stopIfInFlight(final WorkflowRun run, final int step) {
        if (run.state(step).isInFlight()) {
            handouts.add(Handouts.STOP, run.handle, step, run.attempts[step]);
        }
    }

    /** Walk everything in canonical order, for the state digest. */
    public void digestInto(final DigestSink sink) {
        for (final WorkflowPlan plan : definitions) {
            sink.add(DefinitionCodec.encode(plan.definition()));
        }
        for (int slot = 0; slot < used; slot++) {
            RunDigest.digestInto(sink, runs[slot]);
        }
    }
}
