package io.signalbox.journal.replay;

import io.signalbox.kernel.SignalExplanation.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What one declared subscription did with one signal, fact by fact. */
final class DeclaredReading {
    private final String agent;
    private final String name;
    private final long raisedNs;
    private final List<String> reasons = new ArrayList<>();
    private Verdict verdict = Verdict.NOT_READ_YET;
    private long deliveredNs = -1;
    private long givenNs;

    DeclaredReading(final String agent, final String name, final long raisedNs) {
        this.agent = agent;
        this.name = name;
        this.raisedNs = raisedNs;
    }

    /** A rule kept it from the subscription. */
    DeclaredReading stopped(final Verdict why, final String rule) {
        verdict = why;
        reasons.add("subscription " + name + " " + rule);
        return this;
    }

    void onGiven(final long attempt, final long nowNs) {
        if (verdict != Verdict.DELIVERED) {
            verdict = Verdict.DELIVERED;
            deliveredNs = nowNs;
        }
        givenNs = nowNs;
        reasons.add("delivered to " + agent + " at " + Instant.ofEpochSecond(0, nowNs) + ", " + after(raisedNs, nowNs)
                + " after it was raised (subscription " + name + ", attempt " + attempt + ")");
    }

    void onAcknowledged(final long nowNs) {
        reasons.add("acknowledged" + (verdict == Verdict.DELIVERED ? " " + after(givenNs, nowNs) + " after that" : ""));
    }

    void onLapsed(final long attempt) {
        reasons.add("attempt " + attempt + " was not acknowledged in time, so it is to be given again");
    }

    void onAbandoned(final long attempt) {
        reasons.add("attempt " + attempt + " was not acknowledged in time and was the last: abandoned");
    }

    /** The subscription is gone, and what it had outstanding with it. */
    void onClosed() {
        if (verdict == Verdict.NOT_READ_YET) {
            stopped(Verdict.MISSED, "was closed before " + agent + " took it");
        }
    }

    Verdict verdict() {
        return verdict;
    }

    long deliveredNs() {
        return deliveredNs;
    }

    List<String> reasons() {
        return verdict == Verdict.NOT_READ_YET
                ? List.of("it is outstanding in subscription " + name + ", and " + agent + " has not taken it yet")
                : reasons;
    }

    private static String after(final long fromNs, final long toNs) {
        final long us = (toNs - fromNs) / 1_000;
        return us < 10_000 ? us + " us" : us / 1_000 + " ms";
    }
}
