package io.signalbox.kernel.pattern;

/** What can be wrong with a pattern. */
public enum PatternFault {
    /** A key that patterns do not have there. */
    UNKNOWN_KEY,
    /** Something that has to be said is not. */
    MISSING_VALUE,
    /** A value of the wrong kind or outside its range. */
    INVALID_VALUE,
    /** A placeholder or a given parameter that the pattern does not know. */
    UNKNOWN_PARAMETER,
    /** A parameter without a default was not given. */
    MISSING_PARAMETER,
    /** An id that names no task of the pattern. */
    UNKNOWN_TASK,
    /** An id that is there already. */
    DUPLICATE_ID,
    /** An empty list of tasks, or a pattern that makes nothing. */
    NOTHING_TO_DO,
    /** More are required than are waited for. */
    TOO_MANY_REQUIRED,
    /** A strategy that nobody knows. */
    UNKNOWN_STRATEGY,
    /** A type of pattern that nobody knows. */
    UNKNOWN_TYPE,
    /** A pattern of this name is not there. */
    UNKNOWN_PATTERN,
    /** A pattern that uses itself, directly or through others. */
    RECURSION,
    /** More than the limit of tasks, rounds or levels. */
    TOO_LARGE,
    /** The tasks need each other in a circle, or are otherwise no workflow. */
    NO_WORKFLOW
}
