package io.signalbox.kernel.dependency;

/**
 * Waits whose end another room decides. That room has checked what is asked; here the wait is declared, found again in declared order
 * and ended. It can be awaited, cancelled and expires like any other. Turn only.
 */
public interface DeclaredWaits {
    /** Whether no further wait can be declared. */
    boolean isFull();

    /**
     * Declare a wait; not when {@link #isFull}.
     *
     * @param owner name id of who waits, 0 for nobody.
     * @param target name id of what is waited for.
     * @param generation of the target, by which {@link #conclude(DependencyKind, long, int, long, DependencyState)} finds it.
     * @param timeoutNs above 0, {@link Long#MAX_VALUE} for no limit.
     * @return its handle.
     */
    long declare(DependencyKind kind, long coordination, int owner, int target, long generation, long timeoutNs);

    /** Whether the wait of this handle has not ended. */
    boolean isPending(long handle);

    /** End one wait. */
    void conclude(long handle, DependencyState state);

    /** The first pending wait on a target in declared order, or -1. */
    long first(DependencyKind kind, long coordination, int target);

    /**
     * End the waits on a target in declared order, those that were declared for a generation up to this one.
     *
     * @return whether all were reached; else call again in a later turn.
     */
    boolean conclude(DependencyKind kind, long coordination, int target, long generation, DependencyState state);
}
