package io.signalbox.cli.engine;

import io.signalbox.cli.view.RunState;
import io.signalbox.cli.view.RunView;
import io.signalbox.journal.WriterLock;
import io.signalbox.journal.chronicle.ChronicleJournal;
import io.signalbox.journal.chronicle.ChronicleJournalConfig;
import io.signalbox.journal.replay.SignalAccount;
import io.signalbox.kernel.Kernel;
import io.signalbox.kernel.KernelConfig;
import io.signalbox.kernel.KernelHaltedException;
import io.signalbox.kernel.machine.MachineLimits;
import io.signalbox.kernel.port.JournalException;
import io.signalbox.kernel.wait.Spinning;
import io.signalbox.kernel.workflow.RunSnapshot;
import io.signalbox.yaml.Limits;
import io.signalbox.yaml.Plan;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Runs workflows on the kernel: one journal for each run, in the run's folder. */
public final class KernelEngine implements Engine {
    /** Table sizes of a kernel that runs one workflow. */
    static final MachineLimits LIMITS =
            MachineLimits.small().withRunsMax(Limits.STEPS_MAX + 16).withDefinitionsMax(1024);

    static final String COORDINATION = "run";

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Override
    public RunState run(final RunRequest request, final RunView view, final StopRequest stop) throws CommandException {
        final RunDefinition definition = request.definition();
        final io.signalbox.kernel.workflow.WorkflowDefinition toDeploy = definition.toKernel();
        final Optional<Reuse> reuse = Reuse.of(request, definition);
        final RunFolder folder;
        try {
            folder = RunFolder.create(request.data(), Clock.systemUTC(), new SecureRandom());
        } catch (final IOException e) {
            throw new CommandException(
                    ExitCode.JOURNAL_TROUBLE,
                    "cannot make a folder for the run in " + request.data() + ": " + reason(e)
                            + "; name another place with --data",
                    e);
        }
        if (reuse.isPresent()) {
            reuse.get().into(folder);
            view.notice(reuse.get().words());
        }
        try (Kernel kernel = open(folder)) {
            final int id = kernel.deploy(toDeploy);
            final long run =
                    kernel.coordination(COORDINATION).start(id, new byte[0]).handle();
            return new RunExecution(kernel, run, folder, definition, request.environment(), view, stop).execute(false);
        } catch (final KernelHaltedException e) {
            throw halted(e);
        } catch (final JournalException e) {
            throw trouble(e);
        }
    }

    @Override
    public RunState resume(final ResumeRequest request, final RunView view, final StopRequest stop)
            throws CommandException {
        final RunFolder folder = Resumable.find(request);
        try (Kernel kernel = open(folder)) {
            RunSnapshot snapshot = snapshot(kernel, folder);
            if (request.adopts()) {
                snapshot = Adoption.of(folder, snapshot, kernel.tasks().runs()).into(kernel, view);
            } else if (snapshot.state() == io.signalbox.kernel.workflow.RunState.SUCCEEDED) {
                throw new CommandException(
                        ExitCode.WRONG_USE, "nothing to resume: run " + folder.id() + " has succeeded");
            }
            final RunDefinition definition = RunDefinition.of(snapshot.definition());
            RunReader.changes(definition).ifPresent(view::notice);
            return new RunExecution(kernel, snapshot.handle(), folder, definition, request.environment(), view, stop)
                    .execute(true);
        } catch (final KernelHaltedException e) {
            throw halted(e);
        } catch (final JournalException e) {
            throw trouble(e);
        }
    }

    /** The run of a journal; started when the process that made it did not come so far. */
    private static RunSnapshot snapshot(final Kernel kernel, final RunFolder folder) throws CommandException {
        final List<RunSnapshot> runs = kernel.tasks().runs().stream()
                .filter(run -> FanOut.of(run).isEmpty())
                .toList();
        if (!runs.isEmpty()) {
            return runs.stream()
                    .max(Comparator.comparingLong(RunSnapshot::startedNs))
                    .orElseThrow();
        }
        final int definitions = kernel.tasks().definition(1) == null ? 0 : 1;
        if (definitions == 0) {
            throw new CommandException(
                    ExitCode.WRONG_USE,
                    "run " + folder.id() + " was cut off before its definition was journaled: nothing has run;"
                            + " start it again with signalbox run");
        }
        final long run = kernel.coordination(COORDINATION).start(1, new byte[0]).handle();
        return kernel.tasks().run(run).snapshot();
    }

    @Override
    public RunAnswer ask(final RunFolder folder, final RunAsk ask) throws CommandException {
        try {
            if (WriterLock.isHeld(folder.journal())) {
                final Optional<RunAnswer> answer = new Requests(folder).ask(ask, PATIENCE);
                if (answer.isPresent()) {
                    return answer.get();
                }
                if (WriterLock.isHeld(folder.journal())) {
                    throw new CommandException(
                            ExitCode.JOURNAL_TROUBLE,
                            "the process that runs " + folder.id() + " did not answer within " + PATIENCE.toSeconds()
                                    + " s; nothing was done");
                }
            }
        } catch (final IOException e) {
            throw new CommandException(
                    ExitCode.JOURNAL_TROUBLE, "run " + folder.id() + " cannot be asked: " + reason(e), e);
        }
        try (Kernel kernel = open(folder)) {
            final RunSnapshot snapshot = snapshot(kernel, folder);
            final Plan plan = RunDefinition.of(snapshot.definition()).plan();
            final RunAnswer answer =
                    new Asking(kernel, kernel.tasks().run(snapshot.handle()), folder, plan).answer(ask);
            FanOuts.cancelRest(kernel, snapshot.handle());
            kernel.awaitSynced(kernel.position());
            return answer;
        } catch (final KernelHaltedException e) {
            throw halted(e);
        } catch (final JournalException e) {
            throw trouble(e);
        }
    }

    @Override
    public RunFolder fork(final RunFolder run, final Path data, final long position) throws CommandException {
        return new Forking(run, position).into(data);
    }

    @Override
    public List<HistoryEntry> history(final RunFolder run) throws CommandException {
        return History.of(run).entries();
    }

    @Override
    public RunListing listing(final RunFolder run) throws CommandException {
        return RunReader.listing(run);
    }

    @Override
    public Inspection inspect(final RunFolder run) throws CommandException {
        return RunReader.inspect(run);
    }

    @Override
    public List<Explanation> explain(final RunFolder run, final String step) throws CommandException {
        return RunReader.explain(run, step);
    }

    @Override
    public List<SignalAccount> explainSignal(final RunFolder run, final long position, final String agent)
            throws CommandException {
        return SignalReader.explain(run.journal(), LIMITS, position, agent);
    }

    @Override
    public List<SignalAccount> explainSignal(final Path journal, final long position, final String agent)
            throws CommandException {
        return SignalReader.explain(journal, MachineLimits.standard(), position, agent);
    }

    @Override
    public Replayed replay(final RunFolder run, final boolean isVerified) throws CommandException {
        return RunReader.replay(run, isVerified);
    }

    private static Kernel open(final RunFolder folder) {
        final KernelConfig config = KernelConfig.standard()
                .withName("signalbox-" + folder.id())
                .withWaiting(Spinning.Style.PARK)
                .withRingCapacity(1024)
                .withReofferAtOpen(false)
                .withLimits(LIMITS);
        return Kernel.launch(config, ChronicleJournal.open(folder.journal(), ChronicleJournalConfig.small()));
    }

    /** What the operating system said, with the file. */
    static String reason(final IOException e) {
        if (e instanceof AccessDeniedException denied) {
            return "no permission for " + denied.getFile();
        }
        if (e instanceof FileAlreadyExistsException exists) {
            return exists.getFile() + " is not a directory";
        }
        return e instanceof FileSystemException file && file.getReason() != null
                ? file.getFile() + ": " + file.getReason()
                : String.valueOf(e.getMessage());
    }

    static CommandException trouble(final JournalException e) {
        return new CommandException(ExitCode.JOURNAL_TROUBLE, String.valueOf(e.getMessage()), e);
    }

    /** The kernel stops itself when its journal fails; the journal's own words say it best. */
    static CommandException halted(final KernelHaltedException e) {
        return e.getCause() instanceof JournalException journal
                ? trouble(journal)
                : new CommandException(ExitCode.JOURNAL_TROUBLE, String.valueOf(e.getMessage()), e);
    }
}
