package io.signalbox.kernel.pattern;

/** How urgent a task is. */
public enum TaskPriority {
    LOW(250),
    MEDIUM(500),
    HIGH(750),
    CRITICAL(1000);

    private static final double SCALE = 1000;

    private final int scheduling;

    TaskPriority(final int scheduling) {
        this.scheduling = scheduling;
    }

    /** The priority of a step of this urgency. */
    public int scheduling() {
        return scheduling;
    }

    /** Its part of the score of a ready task, 0.25 to 1. */
    public double weight() {
        return scheduling / SCALE;
    }

    /** The priority of a name, or null. */
    public static TaskPriority named(final String name) {
        for (final TaskPriority priority : values()) {
            if (priority.name().equals(name)) {
                return priority;
            }
        }
        return null;
    }
}
