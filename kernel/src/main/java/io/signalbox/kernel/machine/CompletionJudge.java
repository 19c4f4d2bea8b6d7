package io.signalbox.kernel.machine;

import io.signalbox.kernel.context.AttemptRules;
import io.signalbox.kernel.context.ContextNews;
import io.signalbox.kernel.context.DocumentJson;
import io.signalbox.kernel.context.DocumentValue;
import io.signalbox.kernel.event.FactLog;
import io.signalbox.kernel.names.NameTable;
import io.signalbox.kernel.signal.Payload;
import io.signalbox.kernel.signal.SignalView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where a completion is about to be raised of an agent that has a context: one that says it has succeeded and leaves something unmet is
 * raised as one that has failed, and says what. Used by one command at a time.
 */
final class CompletionJudge {
    private final AttemptRules attempts;
    private final ContextNews news;
    private final NameTable names;
    private final Facts facts;
    private final int payloadLengthMax;
    private DocumentValue unmet;
    private long attachment;
    private long payload;

    CompletionJudge(final Rules rules, final Stores stores, final Facts facts, final MachineLimits limits) {
        this.attempts = rules.attempts;
        this.news = rules.contextNews;
        this.names = stores.names;
        this.facts = facts;
        this.payloadLengthMax = limits.payloadLengthMax();
    }

    /**
     * Look at a completion; answers what it is to be raised as. Records nothing.
     *
     * @param index where the payload stands in {@code source}: a JSON object or a {@link Payload} says how the work came out, anything
     *     else says nothing of it.
     * @param given its range.
     * @param attachmentLength length of what stands before the payload and goes with it.
     */
    int judge(
            final long coordination,
            final int agent,
            final int completion,
            final double quality,
            final byte[] source,
            final int index,
            final long given,
            final int attachmentLength) {
        payload = given;
        unmet = null;
        if (completion != SignalView.SUCCEEDED || !attempts.hasContext(coordination, agent)) {
            return completion;
        }
        final byte[] said = Arrays.copyOfRange(source, index, index + (int) given);
        final Payload fields = fields(said);
        final DocumentValue result =
                DocumentJson.mapIn(fields == null ? said : fields.toString().getBytes(StandardCharsets.UTF_8));
        unmet = attempts.unmet(coordination, agent, quality, result);
        if (unmet == null) {
            return completion;
        }
        keep(
                Arrays.copyOfRange(source, index - attachmentLength, index),
                fields == null ? news.failure(agent, unmet, result) : failure(agent, fields));
        return SignalView.FAILED;
    }

    /** A payload follows its attachment at once, here too. */
    private void keep(final byte[] before, final byte[] failure) {
        final byte[] both = Arrays.copyOf(before, before.length + failure.length);
        System.arraycopy(failure, 0, both, before.length, failure.length);
        final long kept = facts.keep(both);
        final int at = (int) (kept >>> 32) & Integer.MAX_VALUE;
        attachment = before.length == 0 ? 0 : Long.MIN_VALUE | FactLog.range(at, before.length);
        payload = Long.MIN_VALUE | FactLog.range(at + before.length, failure.length);
    }

    /** The fields of a payload that has any, else null. */
    private static Payload fields(final byte[] said) {
        if (!Payload.isEncoded(said)) {
            return null;
        }
        try {
            return Payload.decode(said);
        } catch (final IllegalArgumentException damaged) {
            return null;
        }
    }

    /** Who reads fields finds all that were sent, an error, and the names of what is unmet. */
    private byte[] failure(final int agent, final Payload fields) {
        final List<String> criteria = new ArrayList<>();
        for (int i = 0; i < unmet.size(); i++) {
            criteria.add(unmet.value(i).textOf("criterion"));
        }
        final byte[] whole = fields.text("error", "unmet: " + String.join(", ", criteria))
                .texts("unmet", criteria)
                .encode();
        return whole.length <= payloadLengthMax
                ? whole
                : Payload.of()
                        .text("agent_id", names.text(agent))
                        .text("error", criteria.size() + " unmet")
                        .encode();
    }

    /** Range of its attachment, where it leaves something unmet. */
    long attachment() {
        return attachment;
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
