package io.signalbox.bench.subject;

/**
 * A way to pass one token round a ring of agents. Agent {@code i} is one thread, platform or virtual; it takes the token, does
 * nothing with it, and passes it to agent {@code i + 1}. Everything a passer wrote must be visible to the taker.
 */
public interface RingSubject extends AutoCloseable {
    /** Wait for the token at {@code agent}'s station. Called by that agent's thread only. */
    long take(int agent);

    /** Hand {@code token} to the station after {@code agent}. Called by that agent's thread only, while it has the token. */
    void pass(int agent, long token);

    /** How many threads spin in steady state beside the agents. */
    int extraSpinners();

    @Override
    void close();
}
