package io.signalbox.cli.process;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One attempt of a step, running. Any thread; no call but {@link #spawn} waits for anything.
 *
 * <p>{@link #spawn} starts a small shell in a session of its own, which waits for one line before it becomes the command.
 * So its {@link #identity()} can be journaled first; then {@link #go()} opens the gate. Should this program die before
 * that, the shell reads the end of its input and ends without having run anything.
 *
 * <p>Both outputs are drained by a thread each. Platform threads: a virtual thread that reads a pipe keeps its carrier, and
 * with some hundred steps no carrier would be left.
 */
public final class StepProcess {
    /** How long what a step left running may go on after its main process has ended, in milliseconds. */
    public static final long LEFTOVER_GRACE_MS = 1_000;

    /** How long the drains may take after nothing of the step lives. */
    private static final long DRAIN_WAIT_MS = 2_000;

    private static final int BUFFER_LENGTH = 16 << 10;
    private static final String GATE =
            "printf R; IFS= read -r go || exit 125; [ \"$go\" = go ] || exit 125; exec \"$@\" </dev/null";

    private static final AtomicInteger THREADS = new AtomicInteger();
    private static final ExecutorService EXECUTOR = Executors.newCachedThreadPool(task -> {
        final Thread thread = new Thread(task, "signalbox-step-" + THREADS.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    });

    private final Process process;
    private final ProcessIdentity identity;
    private final ProcessGroup group;
    private final StdoutCapture stdout;
    private final StderrLog stderr;
    private final Future<?> stdoutDrained;
    private final Future<?> stderrDrained;
    private final AtomicReference<StopReason> stopped = new AtomicReference<>();
    private final AtomicLong stoppedAtNs = new AtomicLong();
    private final AtomicReference<IOException> fault = new AtomicReference<>();
    private final CountDownLatch draining = new CountDownLatch(2);
    private final CompletableFuture<AttemptEnd> end;
    private volatile long startedAtNs = System.nanoTime();

    private StepProcess(
            final Process process, final ProcessIdentity identity, final AttemptSpec spec, final Masker masker) {
        this.process = process;
        this.identity = identity;
        group = ProcessGroup.watched(identity, spec.key());
        stdout = new StdoutCapture(spec.files().stdout());
        stderr = new StderrLog(spec.files().stderr());
        stdoutDrained = EXECUTOR.submit(() -> drain(process.getInputStream(), masker.newStream(stdout::write)));
        stderrDrained = EXECUTOR.submit(() -> drain(process.getErrorStream(), masker.newStream(stderr::write)));
        end = process.onExit().thenApplyAsync(exited -> settle(System.nanoTime()), EXECUTOR);
    }

    /**
     * Starts the attempt behind its gate.
     *
     * @param masker knows all secrets of the run
     * @throws SpawnException when the step is to blame: no such program or directory, a secret without a value, a NUL, too
     *     long a command line
     * @throws IOException when this side is: no {@code setsid}, no room, no process to be had
     */
    public static StepProcess spawn(final AttemptSpec spec, final Masker masker) throws SpawnException, IOException {
        final Map<String, String> environment = environment(spec);
        final List<String> argv = new ArrayList<>(spec.command().argv());
        checkText(argv, environment);
        if (!Files.isDirectory(spec.directory())) {
            throw new SpawnException(
                    SpawnException.NOT_RUNNABLE, "the directory to run in does not exist: " + spec.directory());
        }
        if (argv.isEmpty()) {
            throw new SpawnException(SpawnException.NOT_FOUND, "there is nothing to run: expected run: [PROGRAM, ...]");
        }
        final Path program = Programs.find(argv.get(0), spec.directory(), environment);
        if (argv.get(0).startsWith("-")) {
            argv.set(0, program.toString());
        }
        PrivateFiles.createFolders(spec.files().out());
        final Process process = start(argv, spec.directory(), environment);
        try {
            final StepProcess attempt = new StepProcess(process, identify(process), spec, masker);
            attempt.awaitDraining();
            return attempt;
        } catch (final IOException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static Map<String, String> environment(final AttemptSpec spec) throws SpawnException {
        final List<String> missing = spec.secrets().stream()
                .filter(name -> spec.inherited().getOrDefault(name, "").isEmpty())
                .toList();
        if (!missing.isEmpty()) {
            throw new SpawnException(
                    SpawnException.NOT_RUNNABLE,
                    "no value for secret" + (missing.size() == 1 ? " " : "s ") + String.join(", ", missing)
                            + ": expected in the environment of signalbox, nothing came; export it, then try again");
        }
        final Map<String, String> environment = new HashMap<>(spec.inherited());
        environment.putAll(spec.env());
        spec.secrets().forEach(name -> environment.put(name, spec.inherited().get(name)));
        environment.put("SIGNALBOX_OUT", spec.files().out().toString());
        environment.put("SIGNALBOX_RUN_ID", spec.runId());
        environment.put("SIGNALBOX_STEP", spec.stepId());
        environment.put("SIGNALBOX_ATTEMPT", Integer.toString(spec.attempt()));
        environment.put(AttemptSpec.KEY_VARIABLE, spec.key());
        return environment;
    }

    private static void checkText(final List<String> argv, final Map<String, String> environment)
            throws SpawnException {
        for (int i = 0; i < argv.size(); i++) {
            checkText(i == 0 ? "the program's name" : "argument " + i, argv.get(i));
        }
        for (final Map.Entry<String, String> entry : environment.entrySet()) {
            final String name = entry.getKey();
            if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
                throw new SpawnException(
                        SpawnException.NOT_RUNNABLE,
                        "\"" + name.replace('\0', '?') + "\" cannot be the name of an environment variable");
            }
            checkText("the value of " + name, entry.getValue());
        }
    }

    private static void checkText(final String what, final String text) throws SpawnException {
        final int nul = text.indexOf('\0');
        if (nul >= 0) {
            throw new SpawnException(
                    SpawnException.NOT_RUNNABLE,
                    what + " holds a NUL character (at " + nul + "), which no program can be given");
        }
        final Charset charset = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
        if (!charset.newEncoder().canEncode(text)) {
            throw new SpawnException(
                    SpawnException.NOT_RUNNABLE,
                    what + " holds characters that " + charset + ", the encoding of this locale, does not have:"
                            + " set LC_ALL=C.UTF-8");
        }
    }

    private static Process start(final List<String> argv, final Path directory, final Map<String, String> environment)
            throws SpawnException, IOException {
        final List<String> command = new ArrayList<>(List.of(setsid(), "/bin/sh", "-c", GATE, "signalbox"));
        command.addAll(argv);
        final ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (final IOException e) {
            final String message = String.valueOf(e.getMessage());
            if (message.contains("Argument list too long") || message.matches("(?s).*error[=:] ?7\\b.*")) {
                final long length = argv.stream().mapToLong(String::length).sum();
                throw new SpawnException(
                        SpawnException.NOT_RUNNABLE,
                        "the command line is too long: " + length + " characters in " + argv.size()
                                + " arguments are more than this system gives a program;"
                                + " write long values to a file and pass its path",
                        e);
            }
            throw e;
        }
    }

    private static String setsid() throws IOException {
        try {
            return Programs.find("setsid", Path.of("/"), System.getenv()).toString();
        } catch (final SpawnException e) {
            throw new IOException(
                    "steps need the program setsid (util-linux, Linux), which was not found on PATH: install util-linux",
                    e);
        }
    }

    private static ProcessIdentity identify(final Process process) throws IOException {
        if (process.getInputStream().read() != 'R') {
            throw new IOException("the gate of the step did not come up: "
                    + new String(process.getErrorStream().readAllBytes(), US_ASCII).strip());
        }
        final ProcessTable.Entry entry = ProcessTable.find(process.pid())
                .orElseThrow(() -> new IOException("process " + process.pid() + " is not in /proc: is it mounted?"));
        if (entry.session() != entry.pid()) {
            throw new IOException("process " + entry.pid() + " has no session of its own: setsid did not do its work");
        }
        return new ProcessIdentity(entry.pid(), entry.startTicks(), ProcessTable.boot());
    }

    /** What to journal before {@link #go()}. */
    public ProcessIdentity identity() {
        return identity;
    }

    /** Opens the gate: the command starts. Without effect on an attempt that was stopped. */
    public void go() {
        startedAtNs = System.nanoTime();
        try (OutputStream stdin = process.getOutputStream()) {
            if (stopped.get() == null) {
                stdin.write("go\n".getBytes(US_ASCII));
            }
        } catch (final IOException e) {
            if (stopped.get() == null) {
                fault.compareAndSet(null, new IOException("its gate could not be opened: " + e.getMessage(), e));
            }
        }
    }

    /** Completes when nothing of the attempt lives and all it wrote is kept. Never completes exceptionally. */
    public CompletableFuture<AttemptEnd> end() {
        return end;
    }

    /** Stops the attempt: TERM to all of it, five seconds, KILL. The first reason counts; a second call does nothing. */
    public void stop(final StopReason reason) {
        if (stopped.compareAndSet(null, reason)) {
            stoppedAtNs.set(System.nanoTime());
            EXECUTOR.execute(this::stopGroup);
        }
    }

    private void stopGroup() {
        try {
            group.stop(ProcessGroup.STOP_GRACE_MS);
        } catch (final IOException e) {
            fault.compareAndSet(null, e);
            process.destroyForcibly();
        }
    }

    /** A command that ended before its drains have their locks would lose what its children still write. */
    private void awaitDraining() throws IOException {
        try {
            draining.await();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a step was being started", e);
        }
    }

    private void drain(final InputStream in, final Masker.Stream out) {
        final byte[] buffer = new byte[BUFFER_LENGTH];
        // At the exit of the main process Java itself wants to empty and close the pipe, under this lock. Keeping it
        // lets what the step left running write until it ends.
        synchronized (in) {
            draining.countDown();
            try {
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    out.write(buffer, 0, n);
                }
            } catch (final IOException e) {
                fault.compareAndSet(null, new IOException("its output could not be read: " + e.getMessage(), e));
            }
            out.end();
        }
    }

    private AttemptEnd settle(final long endedAtNs) {
        StepOutput output = new StepOutput("", true, Optional.empty());
        List<String> stderrTail = List.of();
        try {
            endLeftovers();
            awaitDrained(stdoutDrained);
            awaitDrained(stderrDrained);
            stderrTail = stderr.end();
            output = stdout.end();
        } catch (final IOException e) {
            fault.compareAndSet(null, e);
        }
        return new AttemptEnd(
                process.exitValue(),
                Optional.ofNullable(stopped.get()),
                output,
                stderrTail,
                Optional.ofNullable(fault.get()).map(IOException::getMessage),
                TimeUnit.NANOSECONDS.toMillis(endedAtNs - startedAtNs));
    }

    private void endLeftovers() throws IOException {
        if (stopped.get() == null && group.awaitEmpty(LEFTOVER_GRACE_MS)) {
            return;
        }
        final long stoppedForMs =
                stopped.get() == null ? 0 : TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - stoppedAtNs.get());
        group.stop(Math.max(0, ProcessGroup.STOP_GRACE_MS - stoppedForMs));
    }

    private static void awaitDrained(final Future<?> drained) throws IOException {
        try {
            drained.get(DRAIN_WAIT_MS, TimeUnit.MILLISECONDS);
        } catch (final TimeoutException e) {
            throw new IOException("somebody outside the step still holds its output open", e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the output of a step was read", e);
        } catch (final ExecutionException e) {
            throw new IOException("its output could not be kept: " + e.getCause(), e.getCause());
        }
    }
}
