package io.signalbox.yaml;

import java.time.Duration;
import java.util.Optional;

/**
 * How steps that run beside each other come to one end.
 *
 * @param rule which of them have to succeed
 * @param required how many, for {@link Rule#QUORUM}; else 0
 * @param qualityMin for {@link Rule#COMPETITIVE}: what is below does not count, 0 to 1
 * @param cancel what becomes of those that no longer matter
 * @param timeout time limit of all of them together, from the end of what they need
 */
public record Strategy(Rule rule, int required, double qualityMin, Cancel cancel, Optional<Duration> timeout) {
    /** Every one, waiting for all. */
    public static final Strategy ALL = new Strategy(Rule.ALL, 0, 0, Cancel.WAIT_ALL, Optional.empty());

    /** Which members have to succeed. */
    public enum Rule {
        /** Every one. */
        ALL("all"),
        /** One; the first that succeeds wins. */
        FIRST("first"),
        /** More than half. */
        MAJORITY("majority"),
        /** None: what succeeds is taken. */
        BEST_EFFORT("best_effort"),
        /** One; the one of the best quality wins. */
        COMPETITIVE("competitive"),
        /** A declared number. */
        QUORUM("quorum");

        private final String word;

        Rule(final String word) {
            this.word = word;
        }

        /** The word in the file. */
        public String word() {
            return word;
        }

        /** Whether one member wins. */
        public boolean hasWinner() {
            return this == FIRST || this == COMPETITIVE;
        }
    }

    /** What becomes of members that can no longer change the decision. */
    public enum Cancel {
        /** They are stopped. */
        CANCEL_REMAINING("cancel_remaining"),
        /** Their end is waited for. */
        WAIT_ALL("wait_all"),
        /** They go on, and nobody waits. */
        LEAVE("leave");

        private final String word;

        Cancel(final String word) {
            this.word = word;
        }

        /** The word in the file. */
        public String word() {
            return word;
        }
    }

    /** The same with another time limit. */
    Strategy withTimeout(final Optional<Duration> newTimeout) {
        return new Strategy(rule, required, qualityMin, cancel, newTimeout);
    }

    /** In a few words, for people: {@code quorum of 3}. */
    public String words() {
        return switch (rule) {
            case QUORUM -> "quorum of " + required;
            case COMPETITIVE -> qualityMin == 0 ? "competitive" : "competitive, at least " + qualityMin;
            case BEST_EFFORT -> "best effort";
            default -> rule.word();
        };
    }
}
