package io.signalbox.kernel.workflow;

import io.signalbox.kernel.store.DigestSink;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Who or what has the steps of a run: the worker that started one and its lease, the agent that one was given to, the run that one goes on as. Most runs have
 * none of it, so each kind takes memory only from its first use on.
 */
final class Holds {
    private static final VarHandle AGENT = MethodHandles.arrayElementVarHandle(int[].class);

    private final int steps;
    private long[] leasesNs;
    private int[] owners;
    private long[] children;
    private int[] agents;
    private StepList placed;
    private StepList unplaced;

    Holds(final int steps) {
        this.steps = steps;
    }

    // ------------------------------------------------------------------ workers

    /** A worker has taken or started a step. */
    void start(final int step, final long leaseNs, final int owner) {
        if (leasesNs == null && (leaseNs != 0 || owner != 0)) {
            leasesNs = new long[steps];
            owners = new int[steps];
        }
        if (leasesNs != null) {
            leasesNs[step] = leaseNs;
            owners[step] = owner;
        }
    }

    /** How long the worker that has a step may be silent, 0 for ever. */
    long leaseNs(final int step) {
        return leasesNs == null ? 0 : leasesNs[step];
    }

    /** Name id of the worker that has taken or started a step, 0 for nobody in particular. */
    int owner(final int step) {
        return owners == null ? 0 : owners[step];
    }

    // ------------------------------------------------------------------ children

    /** A step goes on as a run. */
    void goOnAs(final int step, final long child) {
        if (children == null) {
            children = new long[steps];
        }
        children[step] = child;
    }

    /** Handle of the run that a step went on as the last time, 0 for none. */
    long child(final int step) {
        return children == null ? 0 : children[step];
    }

    // ------------------------------------------------------------------ agents

    /** A step was given to an agent. */
    void place(final int step, final int agent) {
        if (agents == null) {
            agents = new int[steps];
            placed = new StepList(steps);
        }
        agents[step] = agent;
        placed.add(step);
    }

    /** Name id of the agent that has a step now, 0 for none. Opaque load: workers ask too. */
    int agent(final int step) {
        return agents == null ? 0 : (int) AGENT.getOpaque(agents, step);
    }

    /** Steps that agents have now; null before the first one. */
    StepList placed() {
        return placed;
    }

    /** A ready step waits for an agent. */
    void unplace(final int step) {
        if (unplaced == null) {
            unplaced = new StepList(steps);
        }
        unplaced.add(step);
    }

    /** Ready steps that wait for an agent; null before the first one. */
    StepList unplaced() {
        return unplaced;
    }

    boolean isUnplaced(final int step) {
        return unplaced != null && unplaced.holds(step);
    }

    /** A step is no longer in flight: neither a worker nor an agent has it. */
    void leave(final int step) {
        if (leasesNs != null) {
            leasesNs[step] = 0;
            owners[step] = 0;
        }
        if (agents != null && agents[step] != 0) {
            AGENT.setOpaque(agents, step, 0);
            placed.remove(step);
        }
    }

    void digestInto(final DigestSink sink, final int step) {
        if (leasesNs != null) {
            sink.add(leasesNs[step]);
            sink.add(owners[step]);
        }
        if (children != null) {
            sink.add(children[step]);
        }
        if (agents != null) {
            sink.add(agents[step]);
        }
    }

    void digestInto(final DigestSink sink) {
        if (placed != null) {
            placed.digestInto(sink);
        }
        if (unplaced != null) {
            unplaced.digestInto(sink);
        }
    }
}
