package io.signalbox.kernel.routing;

import java.util.List;

/**
 * Why a router came to its opinion. A finding and a few numbers stand in the journal; the sentence a person reads is made when
 * somebody reads it. The code enters the journal: append only.
 */
public enum Finding {
    /** A rule applied; text: its id, its name and its condition, each on a line. */
    RULE_MATCHED("", "rule_priority"),
    /** No rule applied. */
    NO_RULE_MATCHED("No conditional rules matched", "rules_evaluated", "unlike_comparisons"),
    /** Other tasks may run beside this one; text: what the group depends on. */
    TASKS_PARALLEL("Tasks can run in parallel", "estimated_duration_ms", "hints_checked"),
    /** Nothing may run beside this task. */
    NOTHING_PARALLEL(
            "No parallelization opportunity",
            "hints_checked",
            "dependencies_open",
            "not_independent",
            "resources_short"),
    /** The state tells of errors; text: where, and which pattern they follow. */
    ERRORS_FOUND("State contains errors", Names.ANALYSIS),
    /** Something that is required is there and empty; text: its key. */
    DATA_INCOMPLETE("State has incomplete data", Names.ANALYSIS),
    /** The state is more complex than allowed. */
    TOO_COMPLEX("State complexity is above the maximum", Names.ANALYSIS),
    /** The task took longer than is usual. */
    TOO_SLOW("The task is slow", Names.ANALYSIS),
    /** Nothing remarkable. */
    NORMAL("State is within normal range", Names.ANALYSIS),
    /** The task's priority is at or above the high threshold. */
    PRIORITY_HIGH("High-priority task", Names.PRIORITY),
    /** The task's priority is between the thresholds. */
    PRIORITY_MEDIUM("Medium-priority task", Names.PRIORITY),
    /** The task's priority is at or below the low threshold. */
    PRIORITY_LOW("Low-priority task", Names.PRIORITY),
    /** A router of the user says so; text: its reason. */
    SAID(""),
    /** The router threw or gave no opinion; text: how. */
    ROUTER_FAILED("Router failed"),
    /** Nobody had an opinion. */
    NO_OPINION("No routers available");

    private static final Finding[] BY_CODE = values();

    private final String sentence;

    @SuppressWarnings("ImmutableEnumChecker") // it is made by List.of
    private final List<String> numberNames;

    Finding(final String sentence, final String... numberNames) {
        this.sentence = sentence;
        this.numberNames = List.of(numberNames);
    }

    /** What a person reads before the text; empty when the text says it all. */
    public String sentence() {
        return sentence;
    }

    /** Names of the opinion's numbers, in their order. */
    public List<String> numberNames() {
        return numberNames;
    }

    /** Number in the journal, from 0. */
    public int code() {
        return ordinal();
    }

    /** The finding with this code, or null. */
    public static Finding of(final int code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }

    /** What all findings of one router measure. */
    private static final class Names {
        static final String[] ANALYSIS = {
            "complexity_score", "key_count", "max_depth", "size_bytes", "execution_time_ms", "retry_count"
        };
        static final String[] PRIORITY = {"priority", "high_threshold", "low_threshold"};
    }
}
