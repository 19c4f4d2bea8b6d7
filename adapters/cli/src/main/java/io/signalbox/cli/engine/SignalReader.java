package io.signalbox.cli.engine;

import io.signalbox.journal.chronicle.ChronicleJournal;
import io.signalbox.journal.replay.SignalAccount;
import io.signalbox.journal.replay.SignalTrace;
import io.signalbox.kernel.context.NearestName;
import io.signalbox.kernel.machine.MachineLimits;
import io.signalbox.kernel.port.Journal;
import io.signalbox.kernel.port.JournalException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Answers questions about signals from a journal, read only. */
final class SignalReader {
    private static final int AGENTS_SHOWN_MAX = 20;

    private SignalReader() {}

    static List<SignalAccount> explain(
            final Path folder, final MachineLimits limits, final long position, final String agent)
            throws CommandException {
        final SignalTrace trace;
        try (Journal journal = ChronicleJournal.openReadOnly(folder)) {
            trace = SignalTrace.of(journal, limits, position, agent);
        } catch (final JournalException e) {
            throw e.kind() == JournalException.Kind.NOT_FOUND
                    ? new CommandException(ExitCode.WRONG_USE, String.valueOf(e.getMessage()), e)
                    : KernelEngine.trouble(e);
        }
        final List<SignalAccount> accounts = trace.accounts();
        if (accounts.isEmpty()) {
            throw new CommandException(ExitCode.WRONG_USE, unknownPosition(trace, position));
        }
        if (!trace.knowsAgent()) {
            throw new CommandException(ExitCode.WRONG_USE, unknownAgent(trace.agents(), agent));
        }
        return accounts;
    }

    private static String unknownPosition(final SignalTrace trace, final long position) {
        final String nearest =
                trace.nearestPositions().stream().map(String::valueOf).collect(Collectors.joining(" and "));
        return "no signal was raised at position " + position + "; "
                + (position > trace.lastPosition() ? "the journal ends at " + trace.lastPosition() + ", and " : "")
                + (nearest.isEmpty() ? "it holds no signal at all" : "the nearest signals stand at " + nearest);
    }

    private static String unknownAgent(final Set<String> agents, final String agent) {
        return "the journal names no agent '" + agent + "'" + NearestName.hint(agent, agents) + "; "
                + (agents.isEmpty()
                        ? "it names none"
                        : "its agents: "
                                + agents.stream().limit(AGENTS_SHOWN_MAX).collect(Collectors.joining(", "))
                                + (agents.size() > AGENTS_SHOWN_MAX
                                        ? " and " + (agents.size() - AGENTS_SHOWN_MAX) + " more"
                                        : ""));
    }
}
