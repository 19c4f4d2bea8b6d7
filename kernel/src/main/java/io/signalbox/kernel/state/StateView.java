package io.signalbox.kernel.state;

/** What other rooms and threads see of the state. */
public interface StateView {
    /**
     * The snapshot of a scope, by its handle. Any thread: acquire load, pairs with the release store that ends every change, so the
     * values inside are complete. Never null. A closed scope is empty, also when its slot has a
     * new owner.
     */
    StateSnapshot snapshot(long coordination);
}
