package io.signalbox.kernel.scenario;

import io.signalbox.kernel.dependency.DependencyState;
import io.signalbox.kernel.machine.CoordinationMachine;
import io.signalbox.kernel.state.StateChange;
import io.signalbox.kernel.state.StateValue;
import io.signalbox.kernel.state.ValueType;
import io.signalbox.kernel.store.OutcomeCells;
import io.signalbox.kernel.workflow.RunSnapshot;
import io.signalbox.kernel.workflow.StepSnapshot;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A question to the machine between two turns; takes no position.
 *
 * @param what wait, held, state, changes, run or step.
 * @param handle of the wait, the coordination or the run.
 * @param index name id of the key, or index of the step.
 */
public record Look(String what, long handle, int index) {
    /** The answer in words. */
    public String at(final CoordinationMachine machine) {
        return switch (what) {
            case "wait" -> outcome(machine.cells().outcome((int) handle, (int) (handle >>> 32)));
            case "state" -> value(machine.states().snapshot(handle).get(index));
            case "held" -> "v" + machine.statePredicates().heldVersion(handle);
            case "changes" -> changes(machine.states().history(handle).changesOf(index, 9));
            case "run" -> run(machine.inspector().run(handle));
            default -> step(machine.inspector().step(handle, index));
        };
    }

    private static String outcome(final int outcome) {
        return outcome == OutcomeCells.RETIRED
                ? "RETIRED"
                : outcome == OutcomeCells.NOT_YET
                        ? "NOT_YET"
                        : DependencyState.of(outcome).name();
    }

    private static String value(final StateValue value) {
        if (value == null) {
            return "absent";
        }
        final String text = value.type() == ValueType.LONG ? Long.toString(value.asLong()) : value.text();
        return value.type() + " \"" + text.replace('\n', '|') + "\" v" + value.version();
    }

    private static String changes(final List<StateChange> changes) {
        return changes.stream()
                .map(change -> "v" + change.version() + " " + change.operation() + ": " + value(change.before())
                        + " to " + value(change.after()))
                .collect(Collectors.joining("; "));
    }

    private static String run(final RunSnapshot run) {
        return run == null ? "none" : run.state() + (run.finishedNs() == 0 ? " open" : " ended");
    }

    private static String step(final StepSnapshot step) {
        return step.state() + " attempts " + step.attempts() + " failures " + step.failures() + " exit "
                + step.exitCode() + " worker \"" + new String(step.worker(), StandardCharsets.UTF_8) + "\" result \""
                + new String(step.result(), StandardCharsets.UTF_8) + "\"";
    }
}
