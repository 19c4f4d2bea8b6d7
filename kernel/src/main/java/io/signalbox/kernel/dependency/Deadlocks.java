package io.signalbox.kernel.dependency;

import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.store.DigestSink;

/** The deadlock that formed last in each scope, and how many have formed there. */
public final class Deadlocks {
    /** A ring of agents, each waiting for the next. */
    public static final class Deadlock {
        final long closing;
        final long position;
        final long timestampNs;
        final long[] waits;
        final long[] pairs;
        int size;

        Deadlock(final Fact fact) {
            closing = fact.dependency();
            position = fact.position();
            timestampNs = fact.timestampNs();
            waits = new long[(int) fact.b()];
            pairs = new long[(int) fact.b()];
        }

        /** Handle of the wait that closed the ring. */
        public long closing() {
            return closing;
        }

        /** Position of the command with which it formed. */
        public long position() {
            return position;
        }

        /** Kernel time at which it formed. */
        public long timestampNs() {
            return timestampNs;
        }

        /** Number of agents in the ring. */
        public int size() {
            return size;
        }

        /** Handle of the wait with which agent {@code index} waits for the next. */
        public long wait(final int index) {
            return waits[index];
        }

        /** Name id of agent {@code index}; the one that closed the ring is the first. */
        public int agent(final int index) {
            return (int) (pairs[index] >>> 32);
        }

        /** Name id of the agent it waits for. */
        public int awaited(final int index) {
            return (int) pairs[index];
        }
    }

    private final Deadlock[] last;
    private final long[] detected;

    Deadlocks(final int slotsMax) {
        last = new Deadlock[slotsMax];
        detected = new long[slotsMax];
    }

    /** The one that formed last in a scope, or null. */
    public Deadlock last(final int slot) {
        return last[slot];
    }

    /** How many have formed in a scope. */
    public long detected(final int slot) {
        return detected[slot];
    }

    /** DEADLOCK_DETECTED: a the closing wait; b number of agents; c the first agent and whom it awaits. */
    public void onDetected(final Fact fact) {
        last[(int) fact.coordination()] = new Deadlock(fact);
        detected[(int) fact.coordination()]++;
    }

    /** DEADLOCK_LINKED: a a wait; b the agent and whom it awaits. */
    public void onLinked(final Fact fact) {
        final Deadlock deadlock = last[(int) fact.coordination()];
        deadlock.waits[deadlock.size] = fact.a();
        deadlock.pairs[deadlock.size++] = fact.b();
    }

    /** COORDINATION_CLOSED. */
    public void onCoordinationClosed(final Fact fact) {
        last[(int) fact.coordination()] = null;
        detected[(int) fact.coordination()] = 0;
    }

    void digestInto(final DigestSink sink, final int scope) {
        sink.add(detected[scope]);
        final Deadlock deadlock = last[scope];
        if (deadlock != null) {
            sink.add(deadlock.closing);
            sink.add(deadlock.position);
            sink.add(deadlock.timestampNs);
            for (int i = 0; i < deadlock.size; i++) {
                sink.add(deadlock.waits[i]);
                sink.add(deadlock.pairs[i]);
            }
        }
    }
}
