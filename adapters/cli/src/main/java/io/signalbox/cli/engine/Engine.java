package io.signalbox.cli.engine;

import io.signalbox.cli.view.RunState;
import io.signalbox.cli.view.RunView;
import io.signalbox.journal.replay.SignalAccount;
import java.nio.file.Path;
import java.util.List;

/** Runs workflows and answers questions about runs. One call at a time; each opens and closes what it needs. */
public interface Engine {
    /**
     * Runs a workflow to its end, or until {@code stop} is asked for. Tells everything to {@code view}, which the caller closes.
     *
     * @return how it ended; never {@link RunState#RUNNING}
     * @throws CommandException when it cannot start, or when the journal fails
     */
    RunState run(RunRequest request, RunView view, StopRequest stop) throws CommandException;

    /** Continues a run, as {@link #run}: what is journaled as finished does not run again. */
    RunState resume(ResumeRequest request, RunView view, StopRequest stop) throws CommandException;

    /**
     * Asks something of a run: of the process that runs it, or, when nobody does, of its journal.
     *
     * @throws CommandException when the journal fails, or the process does not answer
     */
    RunAnswer ask(RunFolder run, RunAsk ask) throws CommandException;

    /**
     * A new run that stands where another one stood after the command at {@code position}.
     *
     * @param data the folder of all runs
     * @throws CommandException when there was no run yet, or no such position
     */
    RunFolder fork(RunFolder run, Path data, long position) throws CommandException;

    /** What each command of a run's journal did to its steps, read only. */
    List<HistoryEntry> history(RunFolder run) throws CommandException;

    /** The run that stands in a folder, read only, also while it runs. */
    RunListing listing(RunFolder run) throws CommandException;

    /** Everything known of a run, read only, also while it runs. */
    Inspection inspect(RunFolder run) throws CommandException;

    /** Why steps of a run have not ended; {@code step} is empty for all of them. Read only. */
    List<Explanation> explain(RunFolder run, String step) throws CommandException;

    /** What became of the signals of a position in a run's journal for an agent. Read only. */
    List<SignalAccount> explainSignal(RunFolder run, long position, String agent) throws CommandException;

    /** As {@link #explainSignal(RunFolder, long, String)}, in the journal of a program that embeds the kernel. */
    List<SignalAccount> explainSignal(Path journal, long position, String agent) throws CommandException;

    /**
     * Turns the run's journal through a fresh machine.
     *
     * @param isVerified whether every digest the journal carries must be met
     * @throws CommandException with {@link ExitCode#JOURNAL_TROUBLE} naming the place, when it is damaged or a digest differs
     */
    Replayed replay(RunFolder run, boolean isVerified) throws CommandException;
}
