package io.signalbox.bench.subject;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Two cells on cache lines of their own, written by release and read by acquire in a bare loop: the physical limit. */
final class VolatilePingPong implements HandoffSubject {
    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int PING = 32;
    private static final int PONG = 64;

    private final long[] cells = new long[96];
    private long answerLast;

    VolatilePingPong() {
        CELL.setRelease(cells, PING, Long.MIN_VALUE);
        CELL.setRelease(cells, PONG, Long.MIN_VALUE);
        answerLast = Long.MIN_VALUE;
    }

    @Override
    public long roundTrip(final long token) {
        CELL.setRelease(cells, PING, token);
        final long last = answerLast;
        long answer;
        do {
            answer = (long) CELL.getAcquire(cells, PONG);
        } while (answer == last);
        answerLast = answer;
        return answer;
    }

    @Override
    public void serve(final Echo echo) {
        long token = Long.MIN_VALUE;
        do {
            final long last = token;
            do {
                token = (long) CELL.getAcquire(cells, PING);
            } while (token == last);
            CELL.setRelease(cells, PONG, echo.onToken(token));
        } while (token >= 0);
    }

    @Override
    public int extraSpinners() {
        return 0;
    }

    @Override
    public void close() {
        // holds nothing
    }
}
