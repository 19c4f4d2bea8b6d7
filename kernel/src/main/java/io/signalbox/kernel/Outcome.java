package io.signalbox.kernel;

import io.signalbox.kernel.event.Rejection;

/** How a wait ended. The first four are written by the machine and journaled; the others are the waiter's own. */
public sealed interface Outcome {
    /** What was waited for is there, since the command at {@code position}. */
    record Resolved(long position) implements Outcome {}

    /** It can no longer come. */
    record Failed(long position) implements Outcome {}

    /** The declared time was up. */
    record Expired(long position) implements Outcome {}

    /** The wait was given up, or its coordination closed. */
    record Cancelled(long position) implements Outcome {}

    /** The wait was never declared. */
    record Rejected(Rejection rejection) implements Outcome {}

    /** It ended so long ago that its place has a new owner. */
    record Retired() implements Outcome {}

    /** The waiter's own time was up; the declared wait goes on. */
    record TimedOut() implements Outcome {}

    /** The waiting thread was interrupted; its flag is set. The declared wait goes on. */
    record Interrupted() implements Outcome {}

    /** The kernel was closed or has halted. */
    record Halted() implements Outcome {}

    /** Whether it is {@link Resolved}. */
    default boolean isResolved() {
        return this instanceof Resolved;
    }
}
