package io.signalbox.kernel;

import java.time.Duration;
import java.util.Objects;

/**
 * What a session begins with: its name and what it belongs to. The kernel keeps the ids for as long as the session is open, hands
 * them on with everything that is sent, decided and distributed in it, and looks into none of them.
 *
 * @param coordinationId name of the coordination; not blank.
 * @param sessionId for people and logs; may be empty.
 * @param correlationId of what it belongs to; may be empty.
 * @param parentRunId of the run that it is a part of; may be empty.
 * @param timeToLive after how long without a command the kernel closes it by itself; zero for never.
 */
public record CoordinationTerms(
        String coordinationId, String sessionId, String correlationId, String parentRunId, Duration timeToLive) {
    public CoordinationTerms {
        Objects.requireNonNull(coordinationId, "coordinationId");
        Objects.requireNonNull(sessionId, "sessionId");
        Objects.requireNonNull(correlationId, "correlationId");
        Objects.requireNonNull(parentRunId, "parentRunId");
        Objects.requireNonNull(timeToLive, "timeToLive");
    }

    /** A session of this name that belongs to nothing and is never forgotten. */
    public static CoordinationTerms of(final String coordinationId) {
        return new CoordinationTerms(coordinationId, "", "", "", Duration.ZERO);
    }

    /** With a session id. */
    public CoordinationTerms withSessionId(final String id) {
        return new CoordinationTerms(coordinationId, id, correlationId, parentRunId, timeToLive);
    }

    /** With an id of what it belongs to. */
    public CoordinationTerms withCorrelationId(final String id) {
        return new CoordinationTerms(coordinationId, sessionId, id, parentRunId, timeToLive);
    }

    /** With the id of the run that it is a part of. */
    public CoordinationTerms withParentRunId(final String id) {
        return new CoordinationTerms(coordinationId, sessionId, correlationId, id, timeToLive);
    }

    /** With another time to live; zero for never. */
    public CoordinationTerms withTimeToLive(final Duration time) {
        return new CoordinationTerms(coordinationId, sessionId, correlationId, parentRunId, time);
    }
}
