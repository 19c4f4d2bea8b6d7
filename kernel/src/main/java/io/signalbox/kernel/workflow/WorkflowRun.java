package io.signalbox.kernel.workflow;

import java.util.Arrays;
import java.util.function.IntConsumer;

/** The state of one run: arrays by step index. Changed by {@link Workflows} alone, read by the rules of this room. */
final class WorkflowRun {
    private static final byte[] EMPTY = new byte[0];

    final long handle;
    final long coordination;
    final int definition;
    final WorkflowPlan plan;
    final byte[] inputs;
    final byte[] states;
    final boolean[] needSkipped;
    final boolean[] needFailed;
    final int[] unmetNeeds;
    final int[] attempts;
    final int[] failures;
    final int[] exitCodes;
    final long[] sinceNs;
    final long[] untilNs;
    final byte[][] workers;
    final byte[][] results;
    final byte[][] details;
    final long startedNs;
    final RunReader reader = new RunReader(this);
    private final int[] readyQueue;
    private int readyHead;
    private int readyCount;
    RunState state = RunState.RUNNING;
    long finishedNs;
    int inFlight;
    int open;
    int failed;
    int cancelled;
    int finishes;

    WorkflowRun(
            final long handle,
            final long coordination,
            final int definition,
            final WorkflowPlan plan,
            final byte[] inputs,
            final long startedNs) {
        final int steps = plan.stepCount();
        this.handle = handle;
        this.coordination = coordination;
        this.definition = definition;
        this.plan = plan;
        this.inputs = inputs;
        this.startedNs = startedNs;
        states = new byte[steps];
        needSkipped = new boolean[steps];
        needFailed = new boolean[steps];
        unmetNeeds = new int[steps];
        attempts = new int[steps];
        failures = new int[steps];
        exitCodes = new int[steps];
        sinceNs = new long[steps];
        untilNs = new long[steps];
        workers = new byte[steps][];
        results = new byte[steps][];
        details = new byte[steps][];
        readyQueue = new int[steps];
        open = steps;
        Arrays.fill(sinceNs, startedNs);
        Arrays.fill(untilNs, Long.MAX_VALUE);
        for (int step = 0; step < steps; step++) {
            unmetNeeds[step] = plan.needCount(step);
        }
    }

    StepState state(final int step) {
        return StepState.of(states[step]);
    }

    void move(final int step, final StepState next, final long nowNs) {
        final StepState before = state(step);
        if (before.isInFlight() && !next.isInFlight()) {
            inFlight--;
        }
        if (!before.isInFlight() && next.isInFlight()) {
            inFlight++;
        }
        if (!before.isFinal() && next.isFinal()) {
            open--;
        }
        if (before == StepState.READY && next != StepState.ASSIGNED) {
            unqueue(step);
        }
        if (next == StepState.FAILED) {
            failed++;
        }
        if (next == StepState.CANCELLED) {
            cancelled++;
        }
        states[step] = (byte) next.ordinal();
        sinceNs[step] = nowNs;
        untilNs[step] = Long.MAX_VALUE;
    }

    void enqueue(final int step) {
        readyQueue[(readyHead + readyCount) % readyQueue.length] = step;
        readyCount++;
    }

    /** Steps that wait for a place, in order. For digests. */
    void forEachReady(final IntConsumer consumer) {
        for (int i = 0; i < readyCount; i++) {
            consumer.accept(readyQueue[(readyHead + i) % readyQueue.length]);
        }
    }

    int nextReady() {
        return readyCount == 0 ? -1 : readyQueue[readyHead];
    }

    void dequeue() {
        readyHead = (readyHead + 1) % readyQueue.length;
        readyCount--;
    }

    private void unqueue(final int step) {
        if (nextReady() == step) {
            dequeue();
            return;
        }
        int kept = 0;
        for (int i = 0; i < readyCount; i++) {
            final int queued = readyQueue[(readyHead + i) % readyQueue.length];
            if (queued != step) {
                readyQueue[(readyHead + kept++) % readyQueue.length] = queued;
            }
        }
        readyCount = kept;
    }

    /** A need of these steps has ended. */
    void onNeedEnded(final int step, final boolean skipped, final boolean failedOrCancelled) {
        for (int i = 0; i < plan.dependentCount(step); i++) {
            final int dependent = plan.dependent(step, i);
            unmetNeeds[dependent]--;
            needSkipped[dependent] |= skipped;
            needFailed[dependent] |= failedOrCancelled;
        }
    }

    /** What failed or was cancelled is pending again; what succeeded or was skipped stays. */
    void reopen(final long nowNs) {
        for (int step = 0; step < states.length; step++) {
            final StepState before = state(step);
            if (before == StepState.FAILED || before == StepState.CANCELLED) {
                states[step] = (byte) StepState.PENDING.ordinal();
                sinceNs[step] = nowNs;
                failures[step] = 0;
                open++;
            }
        }
        for (int step = 0; step < states.length; step++) {
            unmetNeeds[step] = 0;
            needSkipped[step] = false;
            needFailed[step] = false;
            for (int i = 0; i < plan.needCount(step); i++) {
                final StepState need = state(plan.need(step, i));
                unmetNeeds[step] += need.isFinal() ? 0 : 1;
                needSkipped[step] |= need == StepState.SKIPPED;
            }
        }
        failed = 0;
        cancelled = 0;
        finishedNs = 0;
        state = RunState.RUNNING;
    }

    static byte[] orEmpty(final byte[] bytes) {
        return bytes == null ? EMPTY : bytes;
    }
}
