package io.signalbox.kernel.workflow;

/**
 * What decides a step of kind {@link StepKind#GATE}; its members are the steps it needs. Barriers of stages, joins, votes and the strategies of parallel
 * work are gates. The failure of a step that only gates of other rules than {@link GateRule#ALL} need is theirs to judge: the run has not failed by it.
 *
 * @param rule how the members decide.
 * @param required for {@link GateRule#QUORUM}: how many have to succeed, at least 1; else 0.
 * @param qualityMin for {@link GateRule#COMPETITIVE}: what is below does not count, 0 to 1.
 * @param superfluous what becomes of members that no longer matter.
 * @param timerFrom id of the step whose end starts the gate's time limit; empty: the start of the run. The limit itself is the step's.
 */
public record Gate(GateRule rule, int required, double qualityMin, Superfluous superfluous, String timerFrom) {
    /** Not a gate. */
    public static final Gate NONE = new Gate(GateRule.ALL, 0, 0, Superfluous.AWAIT, "");

    public Gate {
        if (rule == GateRule.QUORUM ? required < 1 : required != 0) {
            throw new IllegalArgumentException("a gate of rule " + rule + " requires "
                    + (rule == GateRule.QUORUM ? "at least 1 success" : "no number of successes") + ", got "
                    + required);
        }
        if (!(qualityMin >= 0 && qualityMin <= 1)) {
            throw new IllegalArgumentException("qualityMin must be in 0..1: " + qualityMin);
        }
    }

    /** A gate of this rule, timed from the start of the run. */
    public static Gate of(final GateRule rule, final Superfluous superfluous) {
        return new Gate(rule, 0, 0, superfluous, "");
    }

    /** A gate that wants {@code required} successes. */
    public static Gate quorum(final int required, final Superfluous superfluous) {
        return new Gate(GateRule.QUORUM, required, 0, superfluous, "");
    }

    /** A gate that takes the best result of at least this quality. */
    public static Gate competitive(final double qualityMin, final Superfluous superfluous) {
        return new Gate(GateRule.COMPETITIVE, 0, qualityMin, superfluous, "");
    }

    /** The same gate, its time limit counted from the end of a step. */
    public Gate timedFrom(final String step) {
        return new Gate(rule, required, qualityMin, superfluous, step);
    }
}
