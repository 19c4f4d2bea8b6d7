package io.signalbox.kernel;

import io.signalbox.kernel.command.CoordinationCommands;
import io.signalbox.kernel.command.MachineCommands;

/** Coordinations and names; part of an {@link Ingress}, and of its thread. Answers as described there. */
final class CoordinationIngress {
    private final Submitter submitter;
    private final CoordinationCommands.Open open = new CoordinationCommands.Open();
    private final CoordinationCommands.Close close = new CoordinationCommands.Close();
    private final CoordinationCommands.Begin begin = new CoordinationCommands.Begin();
    private final CoordinationCommands.Keep keep = new CoordinationCommands.Keep();
    private final MachineCommands.InternName intern = new MachineCommands.InternName();

    CoordinationIngress(final Submitter submitter) {
        this.submitter = submitter;
    }

    long open(final byte[] name) {
        return submitter.submit(open.with(name));
    }

    long close(final long coordination) {
        return submitter.submit(close.with(coordination));
    }

    /** Fill it, then {@link #begin(CoordinationCommands.Begin)}. */
    CoordinationCommands.Begin beginRequest() {
        return begin;
    }

    long begin(final CoordinationCommands.Begin request) {
        return submitter.submit(request);
    }

    long keep(final long coordination, final long timeToLiveNs) {
        return submitter.submit(keep.with(coordination, timeToLiveNs));
    }

    long intern(final byte[] name) {
        return submitter.submit(intern.with(name));
    }
}
