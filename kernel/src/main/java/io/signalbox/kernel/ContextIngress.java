package io.signalbox.kernel;

import io.signalbox.kernel.command.ContextCommands;

/** The fast path of the context room; part of an {@link Ingress}, and of its thread. Answers as described there. Documents are JSON in UTF-8. */
public final class ContextIngress {
    private final Submitter submitter;
    private final ContextCommands.Distribute distribute = new ContextCommands.Distribute();
    private final ContextCommands.Update update = new ContextCommands.Update();
    private final ContextCommands.Clear clear = new ContextCommands.Clear();
    private final ContextCommands.Begin begin = new ContextCommands.Begin();
    private final ContextCommands.Release release = new ContextCommands.Release();

    ContextIngress(final Submitter submitter) {
        this.submitter = submitter;
    }

    /** Give every agent of a document its context, or none of them; answers how many. */
    public long distribute(final long coordination, final byte[] document) {
        return submitter.submit(distribute.with(coordination, document));
    }

    /**
     * Change one kind of what agents share; answers how many agents it reaches.
     *
     * @param mode see {@code ContextRules}.
     * @param expectedVersion that each agent reached must have, -1 for any.
     */
    public long update(
            final long coordination,
            final int kind,
            final int mode,
            final boolean increments,
            final long expectedVersion,
            final byte[] document) {
        return submitter.submit(update.with(coordination, kind, document)
                .mode(mode)
                .increments(increments)
                .expectedVersion(expectedVersion));
    }

    /** Take the contexts away; answers how many that were. */
    public long clear(final long coordination) {
        return submitter.submit(clear.with(coordination));
    }

    /** An agent begins its assignment; answers the number of the attempt. */
    public long begin(final long coordination, final int agent) {
        return submitter.submit(begin.with(coordination, agent));
    }

    /** An agent gives an attempt back without a completion; answers how many it has left. */
    public long release(final long coordination, final int agent) {
        return submitter.submit(release.with(coordination, agent));
    }
}
