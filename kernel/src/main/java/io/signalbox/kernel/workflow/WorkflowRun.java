package io.signalbox.kernel.workflow;

import io.signalbox.kernel.event.Fact;
import java.util.Arrays;

/** The state of one run: arrays by step index. Changed by {@link Workflows} alone, read by the rules of this room. */
final class WorkflowRun {
    /** The best quality; qualities are counted in millionths. */
    static final int QUALITY_MAX = 1_000_000;

    private static final byte[] EMPTY = new byte[0];

    final long handle;
    final long coordination;
    final int definition;
    final WorkflowPlan plan;
    final byte[] inputs;
    final byte[] states;
    /** Bits of {@link StepMeaning}: how needs have ended. */
    final byte[] needs;

    final int[] unmetNeeds;
    final int[] attempts;
    final int[] failures;
    final int[] exitCodes;
    final int[] qualities;
    /** Number of a step's end among the ends of the run, from 1. */
    final int[] endOrders;
    /** Winner of a gate and 1, 0 for none. */
    final int[] winners;

    final boolean[] superfluous;
    /** How many steps that need a step were not cancelled as superfluous. */
    final int[] wanted;

    final long[] sinceNs;
    final long[] untilNs;
    final byte[][] workers;
    final byte[][] results;
    final byte[][] details;
    final long startedNs;
    final Holds holds;
    /** Handle of the run whose step went on as this one, 0 for none; the step, its attempt, and how many runs stand above. */
    final long parent;

    final int parentStep;
    final int parentAttempt;
    final int depth;
    final RunReader reader = new RunReader(this);
    final RunLimits limits;
    final ReadySteps ready;
    final GateTally tally;
    final Undoing undoing = new Undoing();
    RunState state = RunState.RUNNING;
    boolean compensates;
    long finishedNs;
    int inFlight;
    int open;
    int ends;
    int failed;
    int cancelled;
    int finishes;

    WorkflowRun(
            final long handle,
            final long coordination,
            final int definition,
            final WorkflowPlan plan,
            final byte[] inputs,
            final long startedNs,
            final WorkflowRun parent,
            final long parentAttempt) {
        final int steps = plan.stepCount();
        this.handle = handle;
        this.coordination = coordination;
        this.definition = definition;
        this.plan = plan;
        this.inputs = inputs;
        this.startedNs = startedNs;
        this.parent = parent == null ? 0 : parent.handle;
        this.parentStep = (int) (parentAttempt >>> 32);
        this.parentAttempt = (int) parentAttempt;
        this.depth = parent == null ? 0 : parent.depth + 1;
        holds = new Holds(plan.stepCount());
        states = new byte[steps];
        needs = new byte[steps];
        unmetNeeds = new int[steps];
        attempts = new int[steps];
        failures = new int[steps];
        exitCodes = new int[steps];
        qualities = new int[steps];
        endOrders = new int[steps];
        winners = new int[steps];
        superfluous = new boolean[steps];
        wanted = new int[steps];
        sinceNs = new long[steps];
        untilNs = new long[steps];
        workers = new byte[steps][];
        results = new byte[steps][];
        details = new byte[steps][];
        limits = new RunLimits(plan, startedNs);
        ready = new ReadySteps(plan, limits);
        tally = new GateTally(plan.hasGates() ? steps : 0);
        Arrays.fill(sinceNs, startedNs);
        Arrays.fill(untilNs, Long.MAX_VALUE);
        for (int step = 0; step < steps; step++) {
            unmetNeeds[step] = plan.needCount(step);
            wanted[step] = plan.dependentCount(step);
            if (plan.undoes(step) >= 0) {
                states[step] = (byte) StepState.DORMANT.ordinal();
            } else {
                open++;
            }
        }
    }

    StepState state(final int step) {
        return StepState.of(states[step]);
    }

    void move(final int step, final StepState next, final long nowNs) {
        final StepState before = state(step);
        if (before.isInFlight() && !next.isInFlight()) {
            inFlight--;
            limits.giveBack(step);
            ready.givenBack(step);
            holds.leave(step);
        }
        if (!before.isInFlight() && next.isInFlight()) {
            inFlight++;
            limits.take(step, nowNs);
        }
        if (before == StepState.READY) {
            leaveLine(step);
        }
        states[step] = (byte) next.ordinal();
        sinceNs[step] = nowNs;
        untilNs[step] = Long.MAX_VALUE;
        if (!before.isFinal() && next.isFinal()) {
            end(step, next);
        }
    }

    private void leaveLine(final int step) {
        if (holds.isUnplaced(step)) {
            holds.unplaced().remove(step);
        } else {
            ready.remove(step);
        }
    }

    /** The agent that has a step, and an exit code, as one word of a fact. */
    long holder(final int step, final int exitCode) {
        final int agent = holds.agent(step);
        return agent == 0 ? exitCode : Fact.pair(agent, exitCode);
    }

    /** Whether an attempt of a step of another run went on as this one. */
    boolean isChildOf(final WorkflowRun run, final int step, final int attempt) {
        return parent == run.handle && parentStep == step && parentAttempt == attempt;
    }

    private void end(final int step, final StepState how) {
        endOrders[step] = ++ends;
        if (plan.undoes(step) >= 0) {
            undoing.onEnded(how == StepState.SUCCEEDED || how == StepState.SKIPPED);
            return;
        }
        open--;
        if (how == StepState.FAILED && !isHarmless(step)) {
            failed++;
        }
        if (how == StepState.CANCELLED && !isHarmless(step)) {
            cancelled++;
        }
    }

    /** Whether the bad end of a step says nothing about the run: it did not matter, or was for others to judge. */
    boolean isHarmless(final int step) {
        return superfluous[step] || (state(step) == StepState.FAILED ? plan.absorbsFailure(step) : plan.isJudged(step));
    }

    /** A step waits for a place from now on. */
    void enqueue(final int step) {
        ready.add(step);
    }

    /** What the end of a step means for those that need it. */
    private StepMeaning meaning(final int step) {
        return switch (state(step)) {
            case SKIPPED -> StepMeaning.SKIPPED;
            case FAILED ->
                plan.step(step).onFailure() == OnFailure.RUN_DEPENDENTS ? StepMeaning.TOLERATED : StepMeaning.HARMFUL;
            case CANCELLED -> superfluous[step] ? StepMeaning.SUPERFLUOUS : StepMeaning.HARMFUL;
            case SUCCEEDED, PENDING, READY, ASSIGNED, STARTED, BACKING_OFF, WAITING, DORMANT -> StepMeaning.DONE;
        };
    }

    /** A step has ended: one need less for its dependents. */
    void onNeedEnded(final int step) {
        final StepMeaning meaning = meaning(step);
        for (int i = 0; i < plan.dependentCount(step); i++) {
            account(plan.dependent(step, i), meaning);
        }
        for (int i = 0; superfluous[step] && i < plan.needCount(step); i++) {
            wanted[plan.need(step, i)]--;
        }
    }

    private void account(final int dependent, final StepMeaning meaning) {
        unmetNeeds[dependent]--;
        needs[dependent] |= (byte) meaning.bit();
        if (plan.isGate(dependent)) {
            tally.add(dependent, meaning);
        }
    }

    /** What has to be done again is pending again, see {@link Reopening}; compensations are dormant again. */
    void reopen(final long nowNs) {
        final boolean[] isAgain = Reopening.of(this);
        for (int step = 0; step < states.length; step++) {
            if (plan.undoes(step) >= 0 && state(step) != StepState.DORMANT) {
                reset(step, StepState.DORMANT, nowNs);
            } else if (isAgain[step]) {
                reset(step, StepState.PENDING, nowNs);
                open++;
            }
        }
        recount();
        failed = 0;
        cancelled = 0;
        finishedNs = 0;
        compensates = false;
        undoing.forget();
        state = RunState.RUNNING;
    }

    private void reset(final int step, final StepState next, final long nowNs) {
        states[step] = (byte) next.ordinal();
        sinceNs[step] = nowNs;
        failures[step] = 0;
        winners[step] = 0;
        superfluous[step] = false;
    }

    private void recount() {
        for (int step = 0; step < states.length; step++) {
            unmetNeeds[step] = plan.needCount(step);
            needs[step] = 0;
            wanted[step] = plan.dependentCount(step);
            if (plan.isGate(step)) {
                tally.clear(step);
            }
        }
        for (int step = 0; step < states.length; step++) {
            if (state(step).isFinal()) {
                onNeedEnded(step);
            }
        }
    }

    static byte[] orEmpty(final byte[] bytes) {
        return bytes == null ? EMPTY : bytes;
    }
}
