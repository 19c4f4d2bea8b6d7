package io.signalbox.kernel.agent;

/** What a score is made of. Each part is 0 to 1. */
public enum MatchPart {
    /**
     * How many of the required and preferred capabilities the agent has, by their number; 1 when the task names none. What it can do
     * beside them does not count against it. One that it has under a similar name counts by the similarity.
     */
    CAPABILITY("capability"),
    /** As {@link #CAPABILITY}, of the tags. */
    TAGS("tags"),
    /** Free places by all places: 1 when it has nothing to do, 0 when it has as much as it may have, or more. */
    LOAD("load"),
    /** Its priority by the highest there is. */
    PRIORITY("priority"),
    /** Completions that succeeded by all completions: 0 when all failed, 0.5 before the first one. */
    SUCCESS("success rate"),
    /** Mean of the qualities that its completions gave, 0.5 when none did. */
    QUALITY("quality");

    private final String text;

    MatchPart(final String text) {
        this.text = text;
    }

    /** How it is called in an explanation. */
    public String text() {
        return text;
    }
}
