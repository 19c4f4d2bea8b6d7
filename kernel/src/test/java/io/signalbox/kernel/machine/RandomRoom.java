package io.signalbox.kernel.machine;

/** Random commands for one room, each played on the machine and on the {@link NaiveKernel}. */
interface RandomRoom {
    /** How often this room has a turn, beside the others. */
    int weight();

    /** One command, valid or not. */
    void step(String what);

    /** Whether both remember the same. */
    void compare(String what);
}
