package io.signalbox.kernel.machine;

import io.signalbox.kernel.context.ContextLimits;
import io.signalbox.kernel.signal.SignalLimits;
import io.signalbox.kernel.state.StateLimits;
import io.signalbox.kernel.store.OutcomeCells;
import io.signalbox.kernel.store.SignalTail;
import io.signalbox.kernel.subscription.SubscriptionLimits;
import io.signalbox.kernel.sync.SyncLimits;
import java.util.function.Consumer;

/**
 * Sizes of the machine's tables. They are part of what replay needs: a journal is replayed with limits at least as large.
 *
 * @param namesMax texts with an id.
 * @param nameLengthMax bytes of one text.
 * @param coordinationsMax open at once.
 * @param dependenciesMax declared waits, pending ones and those whose outcome is still readable.
 * @param payloadLengthMax bytes of one payload.
 * @param definitionsMax workflow definitions.
 * @param definitionLengthMax bytes of one definition.
 * @param runsMax runs, unfinished ones and those still readable.
 * @param runDepthMax how deep runs may be nested whose steps start runs, 0 to 1,000.
 * @param uploadsMax open at once; one more drops the one that was begun first.
 * @param clientsMax clients that may repeat commands.
 * @param deferredMax commands that may wait behind the backlog of their coordination.
 * @param tailCapacity signals that late readers still find, a power of two.
 * @param subscriptions sizes of the declared subscriptions.
 * @param signals of the signal room.
 * @param agentsMax registered at once.
 * @param decisionsMax routing decisions that are kept, of all coordinations together.
 * @param routedTasksMax tasks that are being retried or have opinions waiting.
 * @param states how much the state of one scope may hold.
 * @param contexts contexts of agents, and what they share.
 * @param sync what agents meet at, and leases.
 */
public record MachineLimits(
        int namesMax,
        int nameLengthMax,
        int coordinationsMax,
        int dependenciesMax,
        int payloadLengthMax,
        int definitionsMax,
        int definitionLengthMax,
        int runsMax,
        int runDepthMax,
        int uploadsMax,
        int clientsMax,
        int deferredMax,
        int tailCapacity,
        SubscriptionLimits subscriptions,
        SignalLimits signals,
        int agentsMax,
        int decisionsMax,
        int routedTasksMax,
        StateLimits states,
        ContextLimits contexts,
        SyncLimits sync) {
    /** Most runs: a step's timer id has 24 bits for the run's place. */
    public static final int RUNS_MAX = 1 << 24;

    /** Most coordinations: the ring of waits on one target has 27 bits for the scope. */
    public static final int COORDINATIONS_MAX = (1 << 27) - 2;

    public MachineLimits {
        require("namesMax", namesMax, 1, 1 << 30);
        require("nameLengthMax", nameLengthMax, 1, Integer.MAX_VALUE);
        require("coordinationsMax", coordinationsMax, 1, COORDINATIONS_MAX);
        require("dependenciesMax", dependenciesMax, 1, OutcomeCells.CAPACITY_MAX);
        require("payloadLengthMax", payloadLengthMax, 0, 1 << 30);
        require("definitionsMax", definitionsMax, 1, Integer.MAX_VALUE);
        require("definitionLengthMax", definitionLengthMax, 1, 1 << 30);
        require("runsMax", runsMax, 1, RUNS_MAX);
        require("runDepthMax", runDepthMax, 0, 1000);
        require("uploadsMax", uploadsMax, 1, 1 << 20);
        require("clientsMax", clientsMax, 1, Integer.MAX_VALUE);
        require("deferredMax", deferredMax, 0, Integer.MAX_VALUE);
        require("tailCapacity", tailCapacity, 2, SignalTail.CAPACITY_MAX);
        require("agentsMax", agentsMax, 1, 1 << 24);
        require("decisionsMax", decisionsMax, 1, Integer.MAX_VALUE - 8);
        require("routedTasksMax", routedTasksMax, 1, Integer.MAX_VALUE);
        if (Integer.bitCount(tailCapacity) != 1) {
            throw new IllegalArgumentException("tailCapacity must be a power of two: " + tailCapacity);
        }
    }

    /** Sizes that suit a service on a small machine; about 30 MiB when full. */
    public static MachineLimits standard() {
        return new Draft().finished();
    }

    /** Sizes for a tool that runs one thing: a few MiB. */
    public static MachineLimits small() {
        return standard()
                .withNamesMax(65_536)
                .withCoordinationsMax(256)
                .withDependenciesMax(1024)
                .withDefinitionsMax(16)
                .withRunsMax(16)
                .withRunDepthMax(8)
                .withUploadsMax(4)
                .withClientsMax(16)
                .withDeferredMax(4096)
                .withTailCapacity(1024)
                .withSubscriptions(SubscriptionLimits.small())
                .withSignals(SignalLimits.small())
                .withAgentsMax(1024)
                .withDecisionsMax(1024)
                .withRoutedTasksMax(4096)
                .withStates(StateLimits.small())
                .withContexts(ContextLimits.small())
                .withSync(SyncLimits.small());
    }

    public MachineLimits withNamesMax(final int namesMax) {
        return with(draft -> draft.namesMax = namesMax);
    }

    public MachineLimits withNameLengthMax(final int nameLengthMax) {
        return with(draft -> draft.nameLengthMax = nameLengthMax);
    }

    public MachineLimits withCoordinationsMax(final int coordinationsMax) {
        return with(draft -> draft.coordinationsMax = coordinationsMax);
    }

    public MachineLimits withDependenciesMax(final int dependenciesMax) {
        return with(draft -> draft.dependenciesMax = dependenciesMax);
    }

    public MachineLimits withPayloadLengthMax(final int payloadLengthMax) {
        return with(draft -> draft.payloadLengthMax = payloadLengthMax);
    }

    public MachineLimits withDefinitionsMax(final int definitionsMax) {
        return with(draft -> draft.definitionsMax = definitionsMax);
    }

    public MachineLimits withDefinitionLengthMax(final int definitionLengthMax) {
        return with(draft -> draft.definitionLengthMax = definitionLengthMax);
    }

    public MachineLimits withRunDepthMax(final int runDepthMax) {
        return with(draft -> draft.runDepthMax = runDepthMax);
    }

    public MachineLimits withRunsMax(final int runsMax) {
        return with(draft -> draft.runsMax = runsMax);
    }

    public MachineLimits withUploadsMax(final int uploadsMax) {
        return with(draft -> draft.uploadsMax = uploadsMax);
    }

    public MachineLimits withClientsMax(final int clientsMax) {
        return with(draft -> draft.clientsMax = clientsMax);
    }

    public MachineLimits withDeferredMax(final int deferredMax) {
        return with(draft -> draft.deferredMax = deferredMax);
    }

    public MachineLimits withTailCapacity(final int tailCapacity) {
        return with(draft -> draft.tailCapacity = tailCapacity);
    }

    public MachineLimits withSubscriptions(final SubscriptionLimits subscriptions) {
        return with(draft -> draft.subscriptions = subscriptions);
    }

    public MachineLimits withSignals(final SignalLimits signals) {
        return with(draft -> draft.signals = signals);
    }

    public MachineLimits withAgentsMax(final int agentsMax) {
        return with(draft -> draft.agentsMax = agentsMax);
    }

    public MachineLimits withDecisionsMax(final int decisionsMax) {
        return with(draft -> draft.decisionsMax = decisionsMax);
    }

    public MachineLimits withRoutedTasksMax(final int routedTasksMax) {
        return with(draft -> draft.routedTasksMax = routedTasksMax);
    }

    public MachineLimits withStates(final StateLimits states) {
        return with(draft -> draft.states = states);
    }

    public MachineLimits withContexts(final ContextLimits contexts) {
        return with(draft -> draft.contexts = contexts);
    }

    public MachineLimits withSync(final SyncLimits sync) {
        return with(draft -> draft.sync = sync);
    }

    private MachineLimits with(final Consumer<Draft> change) {
        final Draft draft = new Draft(this);
        change.accept(draft);
        return draft.finished();
    }

    private static void require(final String name, final int value, final int min, final int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be in " + min + ".." + max + ": " + value);
        }
    }

    /** All limits by name, while they are still being set; they begin with the standard ones. */
    private static final class Draft {
        int namesMax = 1 << 20;
        int nameLengthMax = 1024;
        int coordinationsMax = 65_536;
        int dependenciesMax = 65_536;
        int payloadLengthMax = 256 << 10;
        int definitionsMax = 1024;
        int definitionLengthMax = 64 << 20;
        int runsMax = 4096;
        int runDepthMax = 32;
        int uploadsMax = 64;
        int clientsMax = 4096;
        int deferredMax = 65_536;
        int tailCapacity = 8192;
        SubscriptionLimits subscriptions = SubscriptionLimits.standard();
        SignalLimits signals = SignalLimits.standard();
        int agentsMax = 131_072;
        int decisionsMax = 8192;
        int routedTasksMax = 65_536;
        StateLimits states = StateLimits.standard();
        ContextLimits contexts = ContextLimits.standard();
        SyncLimits sync = SyncLimits.standard();

        Draft() {}

        Draft(final MachineLimits from) {
            namesMax = from.namesMax;
            nameLengthMax = from.nameLengthMax;
            coordinationsMax = from.coordinationsMax;
            dependenciesMax = from.dependenciesMax;
            payloadLengthMax = from.payloadLengthMax;
            definitionsMax = from.definitionsMax;
            definitionLengthMax = from.definitionLengthMax;
            runsMax = from.runsMax;
            runDepthMax = from.runDepthMax;
            uploadsMax = from.uploadsMax;
            clientsMax = from.clientsMax;
            deferredMax = from.deferredMax;
            tailCapacity = from.tailCapacity;
            subscriptions = from.subscriptions;
            signals = from.signals;
            agentsMax = from.agentsMax;
            decisionsMax = from.decisionsMax;
            routedTasksMax = from.routedTasksMax;
            states = from.states;
            contexts = from.contexts;
            sync = from.sync;
        }

        MachineLimits finished() {
            return new MachineLimits(
                    namesMax,
                    nameLengthMax,
                    coordinationsMax,
                    dependenciesMax,
                    payloadLengthMax,
                    definitionsMax,
                    definitionLengthMax,
                    runsMax,
                    runDepthMax,
                    uploadsMax,
                    clientsMax,
                    deferredMax,
                    tailCapacity,
                    subscriptions,
                    signals,
                    agentsMax,
                    decisionsMax,
                    routedTasksMax,
                    states,
                    contexts,
                    sync);
        }
    }
}
