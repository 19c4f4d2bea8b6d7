package io.signalbox.kernel.dependency;

import io.signalbox.kernel.event.Fact;

/** What other rooms and the front door see of the dependencies. Turn only. */
public interface DependencyView {
    /** The state of a declared wait, or null when a later one owns its place. */
    DependencyState state(long dependency);

    /** Waits that are pending in all scopes. */
    int pending();

    /** What the wait of a DEPENDENCY_DECLARED waits for. */
    static DependencyKind declaredKind(final Fact fact) {
        return DependencyKind.of((int) (fact.b() >>> 32) & (1 << DependencyKind.CODE_BITS) - 1);
    }

    /** The flags of a DEPENDENCY_DECLARED. */
    static int declaredFlags(final Fact fact) {
        return (int) (fact.b() >>> 40) & 0xFF;
    }

    /** Timer id of a dependency: its slot under this tag. */
    long TIMER_TAG = 1L << 56;
}
