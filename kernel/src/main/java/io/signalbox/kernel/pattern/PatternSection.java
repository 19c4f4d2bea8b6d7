package io.signalbox.kernel.pattern;

/** One section of a pattern, its placeholders replaced. */
public sealed interface PatternSection permits Split, SyncPoint, Loop, Merge, Join {
    /** What it is called. */
    String id();
}
