package io.signalbox.kernel.agent;

/**
 * How much each part of a score counts. They need not sum to 1: a score is divided by the sum of those that count for the task, so it
 * always stays in 0..1.
 *
 * @param capability how many of the capabilities that the task names the agent has.
 * @param tags how many of the tags that the task names it has; counts only for a task that names some.
 * @param load how much of its places is free.
 * @param priority of the agent.
 * @param success part of its completions that succeeded.
 * @param quality mean of the qualities of its completions.
 */
public record MatchWeights(
        double capability, double tags, double load, double priority, double success, double quality) {
    private static final MatchWeights STANDARD = new MatchWeights(0.4, 0.2, 0.2, 0.2, 0.2, 0);

    /**
     * @throws IllegalArgumentException when a weight is negative or not finite, or none counts.
     */
    public MatchWeights {
        check("capability", capability);
        check("tags", tags);
        check("load", load);
        check("priority", priority);
        check("success", success);
        check("quality", quality);
        if (!(capability + load + priority + success + quality > 0)) {
            throw new IllegalArgumentException("one weight beside that of the tags must be above 0");
        }
    }

    private static void check(final String name, final double weight) {
        if (!(weight >= 0 && weight <= 1_000_000)) {
            throw new IllegalArgumentException("the weight of " + name + " must be in 0..1000000: " + weight);
        }
    }

    /** Capability 0.4, load, priority, success and (where a task names tags) tags 0.2 each, quality nothing. */
    public static MatchWeights standard() {
        return STANDARD;
    }

    double of(final MatchPart part) {
        return switch (part) {
            case CAPABILITY -> capability;
            case TAGS -> tags;
            case LOAD -> load;
            case PRIORITY -> priority;
            case SUCCESS -> success;
            case QUALITY -> quality;
        };
    }
}
