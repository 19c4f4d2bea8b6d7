package io.signalbox.kernel.dependency;

/** How many waits are pending, in all scopes. */
final class PendingCounts {
    private final NameCounts byOwner = new NameCounts();
    private final NameCounts byAgent = new NameCounts();
    private int all;
    private int signals;

    void add(final int kind, final int owner, final int target, final int change) {
        all += change;
        byOwner.add(owner, change);
        if (kind == DependencyKind.AGENT_COMPLETION.code()) {
            byAgent.add(target, change);
        } else if (kind == DependencyKind.SIGNAL.code()) {
            signals += change;
        }
    }

    int all() {
        return all;
    }

    /** For a signal. */
    int signals() {
        return signals;
    }

    /** Of an agent. */
    int of(final int owner) {
        return byOwner.of(owner);
    }

    /** For an agent to complete. */
    int forAgent(final int agent) {
        return byAgent.of(agent);
    }
}
