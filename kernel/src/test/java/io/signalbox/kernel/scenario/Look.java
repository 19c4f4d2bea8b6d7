package io.signalbox.kernel.scenario;

import io.signalbox.kernel.agent.AgentSnapshot;
import io.signalbox.kernel.dependency.DependencyState;
import io.signalbox.kernel.machine.CoordinationMachine;
import io.signalbox.kernel.state.StateValue;
import io.signalbox.kernel.state.ValueType;
import io.signalbox.kernel.store.OutcomeCells;
import io.signalbox.kernel.workflow.RunSnapshot;
import io.signalbox.kernel.workflow.StepSnapshot;
import java.nio.charset.StandardCharsets;

/**
 * A question to the machine between two turns; takes no position.
 *
 * @param what wait, state, agent, run or step.
 * @param handle of the wait, the coordination or the run.
 * @param index name id of the key or the agent, or index of the step.
 */
public record Look(String what, long handle, int index) {
    /** The answer in words. */
    public String at(final CoordinationMachine machine) {
        return switch (what) {
            case "wait" -> outcome(machine.cells().outcome((int) handle, (int) (handle >>> 32)));
            case "state" -> value(machine.states().snapshot(handle).get(index));
            case "agent" -> agent(machine.agentInspector().agent(machine.names().text(index)));
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
        return value.type() + " \"" + text + "\" v" + value.version();
    }

    private static String agent(final AgentSnapshot agent) {
        return agent == null
                ? "none"
                : agent.status() + " tasks " + agent.activeTasks() + "/"
                        + agent.profile().tasksMax() + " succeeded "
                        + agent.succeeded() + " failed " + agent.failed() + " quality " + agent.meanQuality() + " can "
                        + agent.profile().capabilities() + " r" + agent.revision();
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
