package io.signalbox.kernel.state;

/** What other rooms and threads see of the state. */
public interface StateView {
    /**
     * The snapshot of a scope, by its handle. Any thread: acquire load, pairs with the release store that ends every change, so the
     * values inside are complete. Never null. A closed scope is empty, also when its slot has a
     * new owner.
     */
    StateSnapshot snapshot(long coordination);

    /** Whether the scope is open. Any thread: acquire load. */
    boolean isOpen(long coordination);

    /**
     * The next key from {@code fromKey} on that the present version of a scope has changed, or -1. Turn only, while no later change
     * of that scope has been made.
     */
    int nextChangedKey(long coordination, int fromKey);
}
