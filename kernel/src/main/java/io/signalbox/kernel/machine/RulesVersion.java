package io.signalbox.kernel.machine;

import io.signalbox.kernel.event.Fact;

/** Which rules the machine follows. An old journal goes on under its version until an {@code UpgradeRules} is journaled. */
final class RulesVersion {
    /** What every journal starts under. */
    static final int FIRST = 1;

    /** The newest this kernel knows. */
    static final int NEWEST = 1;

    private int current;

    RulesVersion(final int current) {
        this.current = current;
    }

    int current() {
        return current;
    }

    /** RULES_UPGRADED: a version. */
    void onUpgraded(final Fact fact) {
        current = (int) fact.a();
    }
}
