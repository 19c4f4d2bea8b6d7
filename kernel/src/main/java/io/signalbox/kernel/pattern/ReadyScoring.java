package io.signalbox.kernel.pattern;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * In which order ready tasks are handed out: by a score of priority (0.45), age (0.20), deadline (0.15), how many wait for the task (0.15), and how many
 * retries it has left (0.05). Pure.
 *
 * @param ageMaxNs age at which a task has its full score of age.
 * @param urgentNs a deadline nearer than this counts, and lifts the score by a quarter.
 * @param starvingNs age from which a task has a score of at least 0.6.
 * @param blockedMax waiting tasks at which a task has its full score of blocking.
 */
public record ReadyScoring(long ageMaxNs, long urgentNs, long starvingNs, int blockedMax) {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final double PRIORITY = 0.45;
    private static final double AGE = 0.20;
    private static final double DEADLINE = 0.15;
    private static final double BLOCKING = 0.15;
    private static final double RETRY = 0.05;
    private static final double URGENT_BOOST = 1.25;
    private static final double STARVING_MIN = 0.6;

    /** An hour, a quarter of an hour, two hours, ten tasks. */
    public static final ReadyScoring STANDARD =
            new ReadyScoring(3600 * SECOND_NS, 900 * SECOND_NS, 7200 * SECOND_NS, 10);

    public ReadyScoring {
        if (ageMaxNs < 1 || urgentNs < 1 || starvingNs < 1 || blockedMax < 1) {
            throw new IllegalArgumentException("every bound of a score must be above 0: " + ageMaxNs + ", " + urgentNs
                    + ", " + starvingNs + ", " + blockedMax);
        }
    }

    /**
     * A task that is ready.
     *
     * @param id of the task.
     * @param priority how urgent it is.
     * @param ageNs since when it is ready, not negative.
     * @param leftNs until its deadline, negative when that is over; {@link Long#MAX_VALUE} for none.
     * @param blocked how many tasks wait for it.
     * @param retries how often it was tried again.
     * @param retriesMax how often it may be.
     */
    public record Candidate(
            String id, TaskPriority priority, long ageNs, long leftNs, int blocked, int retries, int retriesMax) {
        /** A task that nobody waits for, without a deadline, never tried. */
        public static Candidate of(final String id, final TaskPriority priority, final long ageNs) {
            return new Candidate(id, priority, ageNs, Long.MAX_VALUE, 0, 0, 0);
        }
    }

    /** The score of a task, from 0. */
    public double score(final Candidate task) {
        final boolean isUrgent = task.leftNs < urgentNs;
        final double score = PRIORITY * task.priority.weight()
                + AGE * share(task.ageNs, ageMaxNs)
                + DEADLINE * (isUrgent ? 1 - share(task.leftNs, urgentNs) : 0)
                + BLOCKING * share(task.blocked, blockedMax)
                + RETRY * (1 - share(task.retries, Math.max(1, task.retriesMax)));
        final double boosted = isUrgent ? score * URGENT_BOOST : score;
        return task.ageNs >= starvingNs ? Math.max(STARVING_MIN, boosted) : boosted;
    }

    private static double share(final long part, final long whole) {
        return part <= 0 ? 0 : part >= whole ? 1 : (double) part / whole;
    }

    /** The ids of the best, best first; equal ones in the given order. */
    public List<String> inOrder(final List<Candidate> tasks, final int limit) {
        final List<Candidate> sorted = new ArrayList<>(tasks);
        sorted.sort(Comparator.comparingDouble((Candidate task) -> -score(task)));
        return sorted.stream().limit(limit).map(Candidate::id).toList();
    }
}
