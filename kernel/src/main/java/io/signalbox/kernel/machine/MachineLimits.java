package io.signalbox.kernel.machine;

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
 * @param uploadsMax open at once.
 * @param clientsMax clients that may repeat commands.
 * @param deferredMax commands that may wait behind the backlog of their coordination.
 * @param tailCapacity signals that late readers still find, a power of two.
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
        int tailCapacity) {
    /** Sizes that suit a service on a small machine; about 30 MiB when full. */
    public static MachineLimits standard() {
        return new MachineLimits(
                1 << 20, 1024, 65_536, 65_536, 256 << 10, 1024, 64 << 20, 4096, 64, 4096, 65_536, 8192);
    }

    /** Sizes for a tool that runs one thing: a few MiB. */
    public static MachineLimits small() {
        return new MachineLimits(65_536, 1024, 256, 1024, 256 << 10, 16, 64 << 20, 16, 4, 16, 4096, 1024);
    }
}
