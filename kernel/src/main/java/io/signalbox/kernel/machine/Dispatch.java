package io.signalbox.kernel.machine;

import io.signalbox.kernel.command.CommandType;
import io.signalbox.kernel.command.CommandView;
import io.signalbox.kernel.coordination.Coordinations;
import io.signalbox.kernel.event.Rejection;

/**
 * One command to the room that decides it. Each room reads its own commands, with decoders that are made once, checks lengths and
 * asks its rules.
 */
final class Dispatch {
    private final Coordinations coordinations;

    private final MachineDispatch machine;
    private final CoordinationDispatch coordination;
    private final StateDispatch state;
    private final SignalDispatch signal;
    private final DependencyDispatch dependency;
    private final ContextDispatch context;
    private final SyncDispatch sync;
    private final AgentDispatch agent;
    private final RoutingDispatch routing;
    private final WorkflowDispatch workflow;

    Dispatch(final Rules rules, final Stores stores, final Facts facts, final MachineLimits limits) {
        coordinations = stores.coordinations;

        machine = new MachineDispatch(stores, facts, limits);
        coordination = new CoordinationDispatch(rules.coordinations, limits.nameLengthMax());
        state = new StateDispatch(rules.states, rules.stateWaits, limits);
        signal = new SignalDispatch(rules, stores, facts, limits);
        dependency = new DependencyDispatch(rules, stores.dependencies, limits.payloadLengthMax());
        context = new ContextDispatch(rules);
        sync = new SyncDispatch(rules, limits);
        agent = new AgentDispatch(rules, limits);
        routing = new RoutingDispatch(rules.routings);
        workflow = new WorkflowDispatch(rules.workflows, rules.tasks, stores.workflows, limits);
    }

    /**
     * Slot of the scope in whose order a command stands, -1 when its coordination is not open. What is said about a run or a
     * wait stands in the order of the coordination that these belong to, whichever the command names.
     */
    int scope(final CommandType type, final CommandView command) {
        final int named = coordinations.slot(command.coordination());
        if (named < 0) {
            return named;
        }
        return switch (type.room()) {
            case DEPENDENCY -> dependency.scope(type, command, named);
            case WORKFLOW -> workflow.scope(type, command, named);
            case MACHINE, COORDINATION, STATE, SIGNAL, AGENT, CONTEXT, SYNC, ROUTING -> named;
        };
    }

    /** Decide one command; not negative is its answer, negative its refusal. */
    long decide(final CommandType type, final CommandView command) {
        final long scope = command.coordination();
        if (coordinations.slot(scope) < 0) {
            return Rejection.UNKNOWN_COORDINATION.answer();
        }
        return switch (type.room()) {
            case MACHINE -> machine.decide(type, command);
            case COORDINATION -> coordination.decide(type, command, scope);
            case STATE -> state.decide(type, command, scope);
            case SIGNAL -> signal.decide(type, command, scope);
            case DEPENDENCY -> dependency.decide(type, command, scope);
            case WORKFLOW -> workflow.decide(type, command, scope);
            case AGENT -> agent.decide(type, command, scope);
            case CONTEXT -> context.decide(type, command, scope);
            case SYNC -> sync.decide(type, command, scope);
            case ROUTING -> routing.decide(type, command, scope);
        };
    }
}
