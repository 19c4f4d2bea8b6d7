package io.signalbox.bench.subject;

/**
 * A way to hand a token from one thread to another and to get an answer back. One asking thread, one serving thread, one token
 * in flight. A fork loads one subject only, so calls through this interface are monomorphic.
 */
public interface HandoffSubject extends AutoCloseable {
    /** Hand {@code token} over, wait until it was answered, and return the answer. The asking thread only. */
    long roundTrip(long token);

    /**
     * Take tokens and answer each with what {@code echo} says, until a negative token has been answered. The serving thread
     * only, called once.
     */
    void serve(Echo echo);

    /** How many threads spin in steady state beside the asking and the serving one. */
    int extraSpinners();

    @Override
    void close();

    /** What the serving thread does with a token. */
    @FunctionalInterface
    interface Echo {
        /** The answer to {@code token}. */
        long onToken(long token);
    }
}
