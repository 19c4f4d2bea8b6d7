package io.signalbox.kernel.board;

/**
 * How the runs of a pattern have gone that the kernel still knows.
 *
 * @param pattern its name.
 * @param running runs that go on.
 * @param succeeded runs that have succeeded.
 * @param failed runs that have ended otherwise.
 * @param meanTimeNs from start to end of those that have ended; 0 when none has.
 */
public record PatternStatistics(String pattern, int running, int succeeded, int failed, long meanTimeNs) {}
