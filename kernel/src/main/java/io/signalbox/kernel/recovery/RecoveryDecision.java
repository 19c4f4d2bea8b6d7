package io.signalbox.kernel.recovery;

/** What a worker does after an attempt that failed. */
public sealed interface RecoveryDecision {
    /** Name of the strategy it belongs to; empty for {@link GiveUp}. */
    String strategy();

    /**
     * Try the same again.
     *
     * @param number of the retry, from 1.
     * @param pauseNs not before so long from now; holds no place meanwhile.
     */
    record Retry(int number, long pauseNs) implements RecoveryDecision {
        @Override
        public String strategy() {
            return RecoveryStrategy.RETRY;
        }
    }

    /**
     * Try another way, at once.
     *
     * @param number of the alternative, from 1.
     * @param path its name.
     */
    record Alternative(int number, String path) implements RecoveryDecision {
        @Override
        public String strategy() {
            return RecoveryStrategy.ALTERNATIVE_PATH;
        }
    }

    /**
     * Do with less, at once.
     *
     * @param level to work at from now on.
     */
    record Degrade(String level) implements RecoveryDecision {
        @Override
        public String strategy() {
            return RecoveryStrategy.GRACEFUL_DEGRADATION;
        }
    }

    /**
     * Correct what was made, check it, and try again.
     *
     * @param fix name of the correction.
     * @param patternId of the pattern that says so.
     */
    record Correct(String fix, String patternId) implements RecoveryDecision {
        @Override
        public String strategy() {
            return RecoveryStrategy.ERROR_CORRECTION;
        }
    }

    /**
     * Ask a person; approved, try once more.
     *
     * @param approver whose decision counts; empty for anybody's.
     */
    record Escalate(String approver) implements RecoveryDecision {
        @Override
        public String strategy() {
            return RecoveryStrategy.ESCALATION;
        }
    }

    /**
     * It has failed for good.
     *
     * @param reason for a person.
     */
    record GiveUp(String reason) implements RecoveryDecision {
        @Override
        public String strategy() {
            return "";
        }
    }
}
