package io.signalbox.kernel.event;

/**
 * Flyweight over one fact, with the names of its words. Which words a type has is said in brackets; the others are 0.
 * One thread at a time; valid during the turn.
 */
public final class Fact {
    private long[] words = new long[FactLog.WORDS];
    private int base;
    private long factId;
    private long timestampNs;

    /** Look at the fact at {@code index}. */
    public Fact wrap(final FactLog log, final int index) {
        wrap(log.words(), index * FactLog.WORDS);
        factId = log.factId(index);
        timestampNs = log.timestampNs();
        return this;
    }

    /** Look at a fact that was kept for a later turn: its words, the turn's factId and time. */
    public Fact wrap(final long[] source, final int offset, final long factId, final long timestampNs) {
        wrap(source, offset);
        this.factId = factId;
        this.timestampNs = timestampNs;
        return this;
    }

    private void wrap(final long[] source, final int offset) {
        if (words != source) {
            words = source;
        }
        base = offset;
    }

    /** What happened. */
    public FactType type() {
        return FactType.of((int) words[base] & 0xFFFF);
    }

    /** {@code position << 16 | index}. */
    public long factId() {
        return factId;
    }

    /** Position of the command it came from. */
    public long position() {
        return factId >>> 16;
    }

    /** Kernel time of the turn in nanoseconds. */
    public long timestampNs() {
        return timestampNs;
    }

    /** Handle of the coordination, or 0. */
    public long coordination() {
        return words[base + 1];
    }

    /** The range of the payload in the command's bytes, 0 when there is none. */
    public long payload() {
        return words[base + 7];
    }

    /** The range of the second payload [STEP_*], the attachment [SIGNAL_RAISED]. */
    public long secondPayload() {
        return words[base + 6];
    }

    /**
     * Small number beside the type: kind [SIGNAL_RAISED], owner [DEPENDENCY_DECLARED], value type [STATE_SET], state or reason [STEP_*,
     * RUN_*].
     */
    public int extra() {
        return (int) (words[base] >>> 32);
    }

    /** First word: handle of what it is about (dependency, run, upload, name, key) or a packed pair. */
    public long a() {
        return words[base + 2];
    }

    /** Second word. */
    public long b() {
        return words[base + 3];
    }

    /** Third word. */
    public long c() {
        return words[base + 4];
    }

    /** Fourth word. */
    public long d() {
        return words[base + 5];
    }

    /** Handle of the dependency [DEPENDENCY_*]. */
    public long dependency() {
        return words[base + 2];
    }

    /** Handle of the run [RUN_*, STEP_*, TASK_ASSIGNED]. */
    public long run() {
        return words[base + 2];
    }

    /** Index of the step in its definition [STEP_*, TASK_ASSIGNED]. */
    public int step() {
        return (int) (words[base + 3] >>> 32);
    }

    /** Number of the attempt, from 1 [STEP_*, TASK_ASSIGNED]. */
    public int attempt() {
        return (int) words[base + 3];
    }

    /** Name id of the signal's type [SIGNAL_RAISED]. */
    public int signalType() {
        return (int) (words[base + 2] >>> 32);
    }

    /** Name id of the sender [SIGNAL_RAISED]. */
    public int sender() {
        return (int) words[base + 2];
    }

    /** Name id of the agent it is about [SIGNAL_RAISED]. */
    public int subject() {
        return (int) (words[base + 3] >>> 32);
    }

    /** Name id of the recipient, 0 for everybody, -1 for several that stand in the second payload [SIGNAL_RAISED]. */
    public int recipient() {
        return (int) words[base + 3];
    }

    /** 0 no completion, 1 succeeded, 2 failed [SIGNAL_RAISED]. */
    public int completion() {
        return completion(words[base + 4]);
    }

    /** How urgent it is, the higher the more [SIGNAL_RAISED]. */
    public int priority() {
        return priority(words[base + 4]);
    }

    /** Position of the signal that it answers, -1 for none [SIGNAL_RAISED]. */
    public long respondsTo() {
        return respondsTo(words[base + 4]);
    }

    /** The third word of SIGNAL_RAISED. */
    public static long marks(final int completion, final int priority, final long respondsTo) {
        return respondsTo + 1 << 16 | (long) priority << 8 | completion;
    }

    /** The completion in {@link #marks}. */
    public static int completion(final long marks) {
        return (int) marks & 0xFF;
    }

    /** The priority in {@link #marks}. */
    public static int priority(final long marks) {
        return (int) marks >>> 8 & 0xFF;
    }

    /** The position in {@link #marks}, -1 for none. */
    public static long respondsTo(final long marks) {
        return (marks >>> 16) - 1;
    }

    /** Name id of the key [STATE_*], the resource or the gate [RESOURCE_MARKED, GATE_SCORED]. */
    public int key() {
        return (int) words[base + 2];
    }

    /** Two ints as one word. */
    public static long pair(final int high, final int low) {
        return (long) high << 32 | (low & 0xFFFF_FFFFL);
    }
}
