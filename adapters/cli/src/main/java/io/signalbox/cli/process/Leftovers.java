package io.signalbox.cli.process;

import java.io.IOException;
import java.util.List;

/** What a killed signalbox left running: ended before the step gets a new attempt, so there is never a second writer. */
public final class Leftovers {
    private Leftovers() {}

    /**
     * Ends what still lives of an attempt: TERM, five seconds, KILL. Returns when nothing lives.
     *
     * <p>The main process is known by pid, start time and boot. Where it has died, its children are known by their session
     * and by the attempt's key in their environment. A pid that now belongs to somebody else is left alone.
     *
     * @param identity as it was journaled before the attempt started
     * @param key {@link AttemptSpec#key(String, String, int)}
     * @return how many processes lived
     * @throws IOException when {@code /proc} cannot be read, or when something lives on after KILL
     */
    public static int kill(final ProcessIdentity identity, final String key) throws IOException {
        final ProcessGroup group = ProcessGroup.remembered(identity, key);
        final List<ProcessTable.Entry> members = group.members();
        if (!members.isEmpty()) {
            group.stop(ProcessGroup.STOP_GRACE_MS);
        }
        return members.size();
    }
}
