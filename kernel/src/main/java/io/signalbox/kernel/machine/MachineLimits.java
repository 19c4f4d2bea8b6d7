package io.signalbox.kernel.machine;

import io.signalbox.kernel.store.OutcomeCells;
import io.signalbox.kernel.store.SignalTail;
import io.signalbox.kernel.subscription.SubscriptionLimits;

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
 * @param uploadsMax open at once; one more drops the one that was begun first.
 * @param clientsMax clients that may repeat commands.
 * @param deferredMax commands that may wait behind the backlog of their coordination.
 * @param tailCapacity signals that late readers still find, a power of two.
 * @param subscriptions sizes of the declared subscriptions.
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
        int uploadsMax,
        int clientsMax,
        int deferredMax,
        int tailCapacity,
        SubscriptionLimits subscriptions) {
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
        require("uploadsMax", uploadsMax, 1, 1 << 20);
        require("clientsMax", clientsMax, 1, Integer.MAX_VALUE);
        require("deferredMax", deferredMax, 0, Integer.MAX_VALUE);
        require("tailCapacity", tailCapacity, 2, SignalTail.CAPACITY_MAX);
        if (Integer.bitCount(tailCapacity) != 1) {
            throw new IllegalArgumentException("tailCapacity must be a power of two: " + tailCapacity);
        }
    }

    /** These, with a tail of another length. */
    public MachineLimits withTailCapacity(final int tailCapacity) {
        return new MachineLimits(
                namesMax,
                nameLengthMax,
                coordinationsMax,
                dependenciesMax,
                payloadLengthMax,
                definitionsMax,
                definitionLengthMax,
                runsMax,
                uploadsMax,
                clientsMax,
                deferredMax,
                tailCapacity,
                subscriptions);
    }

    private static void require(final String name, final int value, final int min, final int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be in " + min + ".." + max + ": " + value);
        }
    }

    /** Sizes that suit a service on a small machine; about 30 MiB when full. */
    public static MachineLimits standard() {
        return new MachineLimits(
                1 << 20,
                1024,
                65_536,
                65_536,
                256 << 10,
                1024,
                64 << 20,
                4096,
                64,
                4096,
                65_536,
                8192,
                SubscriptionLimits.standard());
    }

    /** Sizes for a tool that runs one thing: a few MiB. */
    public static MachineLimits small() {
        return new MachineLimits(
                65_536, 1024, 256, 1024, 256 << 10, 16, 64 << 20, 16, 4, 16, 4096, 1024, SubscriptionLimits.small());
    }
}
