package io.signalbox.kernel.dependency;

/** What other rooms and the front door see of the dependencies. Turn only. */
public interface DependencyView {
    /** The state of a declared wait, or null when a later one owns its place. */
    DependencyState state(long dependency);

    /** Waits that are pending in all scopes. */
    int pending();

    /** Timer id of a dependency: its slot under this tag. */
    long TIMER_TAG = 1L << 56;
}
