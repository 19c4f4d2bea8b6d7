package io.signalbox.kernel.plan;

import java.util.List;

/**
 * A place where steps wait for each other, or for somebody.
 *
 * @param step that waits.
 * @param kind what it waits for.
 * @param members the steps that meet there, in declared order.
 */
public record CoordinationPoint(String step, Kind kind, List<String> members) {
    /** What is waited for. */
    public enum Kind {
        /** A step that needs several others. */
        JOIN,
        /** A gate, whose rule judges its members. */
        GATE,
        /** An answer from outside. */
        EXTERNAL
    }

    public CoordinationPoint {
        members = List.copyOf(members);
    }
}
