package io.signalbox.kernel.recovery;

/** What takes the place of chance: the same work has the same pauses on every machine, other work has others. */
final class RecoverySeed {
    private static final long FNV_OFFSET = 0xCBF29CE484222325L;
    private static final long FNV_PRIME = 0x100000001B3L;

    private RecoverySeed() {}

    /** FNV-1a (Fowler, Noll, Vo) over what names an attempt. */
    static long of(final String workflowId, final String nodeName, final int stepCount, final int attempt) {
        long hash = FNV_OFFSET;
        for (final String name : new String[] {workflowId, nodeName}) {
            for (int i = 0; i < name.length(); i++) {
                hash = (hash ^ name.charAt(i)) * FNV_PRIME;
            }
            hash = (hash ^ -1) * FNV_PRIME; // where a name ends
        }
        return ((hash ^ stepCount) * FNV_PRIME ^ attempt) * FNV_PRIME;
    }
}
