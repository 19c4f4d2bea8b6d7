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
    private final FinishedRuns finished;
    private final Uploads uploads;
    private final RunTimers timers;
    private final Handouts handouts = new Handouts();
    private final int definitionsMax;
    private int used;
    private int released;
    private WorkflowPlan compiled;
    private long compiledUpload;

    public Workflows(
            final int definitionsMax, final int runsMax, final Uploads uploads, final DeadlineQueue deadlines) {
        this.definitionsMax = definitionsMax;
        this.runs = new WorkflowRun[runsMax];
        this.generations = new int[runsMax];
        this.finished = new FinishedRuns(runs);
        this.uploads = uploads;
        this.timers = new RunTimers(deadlines);
    }

    /** Id that the next definition gets, or -1 when the table is full. */
    int nextDefinition() {
        if (released > 0) {
            return definitions.indexOf(null) + 1;
        }
        return definitions.size() < definitionsMax ? definitions.size() + 1 : -1;
    }

    /** What an upload was found to mean when it was checked, so that it is not worked out once more when it is kept. */
    void expect(final long upload, final WorkflowPlan plan) {
        compiledUpload = upload;
        compiled = plan;
    }

    /** The plan of a definition, or null. */
    public WorkflowPlan definition(final int id) {
        return id > 0 && id <= definitions.size() ? definitions.get(id - 1) : null;
    }

    /** Ids given so far are 1 to this; some of them may have been released. */
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
        final WorkflowRun oldest = finished.oldest();
        return oldest == null ? -1 : Fact.pair(generations[(int) oldest.handle] + 1, (int) oldest.handle);
    }

    /** What the workers have to be told after this turn. */
    public Handouts handouts() {
        return handouts;
    }

    /** WORKFLOW_DEPLOYED: a upload, b id. */
    public void onDeployed(final Fact fact) {
        final WorkflowPlan plan = compiled != null && compiledUpload == fact.a()
                ? compiled
                : WorkflowCompiler.compile(DefinitionCodec.decode(uploads.complete(fact.a())));
        compiled = null;
        final int id = (int) fact.b();
        if (id <= definitions.size()) {
            definitions.set(id - 1, plan);
            released--;
        } else {
            definitions.add(plan);
        }
        uploads.release(fact.a());
    }

    /** DEFINITION_RELEASED: b id. */
    public void onDefinitionReleased(final Fact fact) {
        definitions.set((int) fact.b() - 1, null);
        released++;
    }

    /** RUN_STARTED: a run, b definition, c run whose step goes on as this one or 0, d that step and its attempt; payload: inputs. */
    public void onRunStarted(final Fact fact, final FactLog log) {
        final int slot = (int) fact.run();
        if (slot == used) {
            used++;
        } else {
            finished.remove(slot);
        }
        generations[slot] = (int) (fact.run() >>> 32);
        final int id = (int) fact.b();
        runs[slot] = new WorkflowRun(
                fact.run(),
                fact.coordination(),
                id,
                definition(id),
                log.copyOf(fact.payload()),
                fact.timestampNs(),
                run(fact.c()),
                fact.d());
        timers.arm(runs[slot], fact.timestampNs());
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
        finished.add(run);
        handouts.add(Handouts.RUN_FINISHED, run.handle, 0, 0);
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

    /** TASK_ASSIGNED: c agent that it is given to or 0, d deadline of the attempt. */
    public void onTaskAssigned(final Fact fact) {
        final WorkflowRun run = run(fact.run());
        run.move(fact.step(), StepState.ASSIGNED, fact.timestampNs());
        run.attempts[fact.step()] = fact.attempt();
        if (run.workers[fact.step()] != null) { // a reference store has its price with some collectors
            run.workers[fact.step()] = null;
        }
        if (fact.c() != 0) {
            run.holds.place(fact.step(), (int) fact.c());
        }
        timers.schedule(run, fact.step(), fact.d());
        timers.tend(run, fact.step(), fact.timestampNs());
        handouts.add(Handouts.OFFER, run.handle, fact.step(), fact.attempt());
    }

    /** STEP_STARTED: extra the worker or 0, c its lease or 0, d when the attempt or the lease is over; payload: how to find the worker again. */
    public void onStepStarted(final Fact fact, final FactLog log) {
        final WorkflowRun run = run(fact.run());
        timers.cancel(run, fact.step());
        run.move(fact.step(), StepState.STARTED, fact.timestampNs());
        run.workers[fact.step()] = log.copyOf(fact.payload());
        run.holds.start(fact.step(), fact.c(), fact.extra());
        timers.schedule(run, fact.step(), fact.d());
    }

    /** STEP_HEARD: d when the attempt or its lease is over. */
    public void onStepHeard(final Fact fact) {
        timers.schedule(run(fact.run()), fact.step(), fact.d());
    }

    /** CHILD_STARTED: c run that the attempt goes on as, d deadline of the attempt. */
    public void onChildStarted(final Fact fact) {
        final WorkflowRun run = run(fact.run());
        timers.cancel(run, fact.step());
        run.move(fact.step(), StepState.WAITING, fact.timestampNs());
        run.holds.goOnAs(fact.step(), fact.c());
        timers.schedule(run, fact.step(), fact.d());
    }

    /** STEP_UNPLACED. */
    public void onStepUnplaced(final Fact fact) {
        final WorkflowRun run = run(fact.run());
        run.ready.remove(fact.step());
        run.holds.unplace(fact.step());
    }

    /** STEP_PLACEABLE. */
    public void onStepPlaceable(final Fact fact) {
        final WorkflowRun run = run(fact.run());
        run.holds.unplaced().remove(fact.step());
        run.enqueue(fact.step());
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

    /** STEP_RELEASED: the worker is gone; extra 1 when it has not said so itself. */
    public void onStepReleased(final Fact fact) {
        final WorkflowRun run = run(fact.run());
        if (fact.extra() == 1) {
            stopIfInFlight(run, fact.step());
        }
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
            run.reader.disturb();
            handouts.add(Handouts.STOP, run.handle, step, run.attempts[step]);
        }
    }

    /** Walk everything in canonical order, for the state digest. */
    public void digestInto(final DigestSink sink) {
        for (final WorkflowPlan plan : definitions) {
            sink.add(plan == null ? null : DefinitionCodec.encode(plan.definition()));
        }
        for (int slot = 0; slot < used; slot++) {
            RunDigest.digestInto(sink, runs[slot]);
        }
    }
}
