package io.signalbox.kernel.workflow;

import java.util.List;

/**
 * One step of a run at one moment.
 *
 * @param index in the definition.
 * @param id of the step.
 * @param state where it stands.
 * @param attempts attempts so far.
 * @param failures failed attempts since the run was started or reopened.
 * @param exitCode of the last attempt that ended.
 * @param sinceNs kernel time at which it came into this state.
 * @param untilNs deadline of the attempt or end of the pause, {@link Long#MAX_VALUE} for none.
 * @param openNeeds ids of the steps it waits for.
 * @param winner index of the member that won, of a gate that succeeded by {@link GateRule#FIRST} or {@link GateRule#COMPETITIVE}; else -1.
 * @param quality of a success, 0 to 1; 0 before.
 * @param blockedBy name of the limit whose units a ready step waits for, or empty.
 * @param worker how the worker of the last started attempt said it is found again; empty when none started.
 * @param result of the last attempt that ended.
 * @param detail of the last attempt that ended.
 */
public record StepSnapshot(
        int index,
        String id,
        StepState state,
        int attempts,
        int failures,
        int exitCode,
        long sinceNs,
        long untilNs,
        List<String> openNeeds,
        int winner,
        double quality,
        String blockedBy,
        byte[] worker,
        byte[] result,
        byte[] detail) {}
