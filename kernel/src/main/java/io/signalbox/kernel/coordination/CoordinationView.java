package io.signalbox.kernel.coordination;

/** What other rooms may ask about coordinations. Turn only. */
public interface CoordinationView {
    /** Slot of an open coordination, 0 for the kernel-wide scope (handle 0), -1 when the handle names none. */
    int slot(long handle);

    /** Slots there can be, the kernel-wide one included. */
    int slotsMax();

    /** Slot part of a handle, whatever its state. */
    static int slotOf(final long handle) {
        return (int) handle;
    }
}
