package io.signalbox.kernel.machine;

import io.signalbox.kernel.context.AttemptRules;
import io.signalbox.kernel.context.ContextNews;
import io.signalbox.kernel.context.DocumentValue;
import io.signalbox.kernel.signal.SignalView;

/**
 * Where a completion is about to be raised of an agent that has a context: one that says it has succeeded and leaves something unmet is
 * raised as one that has failed, and says what. Used by one command at a time.
 */
final class CompletionJudge {
    private final AttemptRules attempts;
    private final ContextNews news;
    private final Facts facts;
    private DocumentValue unmet;
    private long payload;

    CompletionJudge(final Rules rules, final Facts facts) {
        this.attempts = rules.attempts;
        this.news = rules.contextNews;
        this.facts = facts;
    }

    /**
     * Look at a completion; answers what it is to be raised as. Records nothing.
     *
     * @param index where the payload stands in {@code source}.
     * @param given its range.
     */
    int judge(
            final long coordination,
            final int agent,
            final int completion,
            final double quality,
            final byte[] source,
            final int index,
            final long given) {
        payload = given;
        unmet = completion == SignalView.SUCCEEDED
                ? attempts.unmet(coordination, agent, quality, source, index, (int) given)
                : null;
        if (unmet == null) {
            return completion;
        }
        payload = facts.keep(news.failure(agent, unmet, source, index, (int) given));
        return SignalView.FAILED;
    }

    /** Range of what it is to be raised with. */
    long payload() {
        return payload;
    }

    /** How much it leaves unmet. */
    int unmet() {
        return unmet == null ? 0 : unmet.size();
    }

    /** It was raised. */
    void raised(final long coordination, final int agent) {
        if (unmet != null) {
            attempts.judged(coordination, agent, unmet);
        }
    }
}
