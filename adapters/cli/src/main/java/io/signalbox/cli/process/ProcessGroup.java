package io.signalbox.cli.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * All processes of one attempt: its session, and whoever left the session and still carries the attempt's key in its
 * environment. Any thread; every call looks at {@code /proc} anew.
 */
final class ProcessGroup {
    /** From TERM to KILL. */
    static final long STOP_GRACE_MS = 5_000;

    /** How long a killed process may take to disappear: longer is a process the kernel itself cannot end. */
    static final long KILLED_WAIT_MS = 5_000;

    /** The table is read again at least this often while somebody waits: an end may also be seen by its own event. */
    private static final long LOOK_AGAIN_MS = 100;

    private final ProcessIdentity leader;
    private final String key;
    private final boolean isWatched;

    private ProcessGroup(final ProcessIdentity leader, final String key, final boolean isWatched) {
        this.leader = leader;
        this.key = key;
        this.isWatched = isWatched;
    }

    /** Of an attempt that this process started: its pid cannot have gone to somebody else while its session has members. */
    static ProcessGroup watched(final ProcessIdentity leader, final String key) {
        return new ProcessGroup(leader, key, true);
    }

    /** Of an attempt that is known from the journal only. */
    static ProcessGroup remembered(final ProcessIdentity leader, final String key) {
        return new ProcessGroup(leader, key, false);
    }

    /**
     * Who lives of it. A remembered session is only taken for ours when its leader is the one that was started, or when one of
     * its members carries our key: so a pid that was given to somebody else in the meantime is never touched.
     */
    List<ProcessTable.Entry> members() throws IOException {
        if (!leader.boot().equals(ProcessTable.boot())) {
            return List.of();
        }
        final List<ProcessTable.Entry> inSession = new ArrayList<>();
        final List<ProcessTable.Entry> outside = new ArrayList<>();
        boolean isOurs = isWatched;
        boolean isReused = false;
        for (final ProcessTable.Entry entry : ProcessTable.all()) {
            final boolean isLeader = entry.pid() == leader.pid() && entry.startTicks() == leader.startTicks();
            if (entry.startTicks() < leader.startTicks()) {
                continue;
            }
            isReused |= entry.pid() == leader.pid() && !isLeader;
            if (isLeader) {
                isOurs = true;
                inSession.add(entry);
            } else if (entry.session() == leader.pid() || entry.group() == leader.pid()) {
                isOurs |= isMarked(entry);
                inSession.add(entry);
            } else if (isMarked(entry)) {
                outside.add(entry);
            }
        }
        final List<ProcessTable.Entry> members = new ArrayList<>(outside);
        if (isOurs && !isReused) {
            members.addAll(inSession);
        }
        members.removeIf(entry -> !entry.isAlive());
        return members;
    }

    private boolean isMarked(final ProcessTable.Entry entry) {
        return ProcessTable.carries(entry.pid(), AttemptSpec.KEY_VARIABLE, key);
    }

    /** Sends {@code TERM} or {@code KILL} to everything that lives of it. */
    void signal(final String name) throws IOException {
        final Set<Long> groups = new LinkedHashSet<>();
        final Set<Long> loners = new LinkedHashSet<>();
        for (final ProcessTable.Entry member : members()) {
            if (member.session() == leader.pid()) {
                groups.add(member.group());
            } else {
                loners.add(member.pid());
            }
        }
        final List<String> targets = new ArrayList<>();
        groups.forEach(group -> targets.add("-" + group));
        loners.forEach(pid -> targets.add(Long.toString(pid)));
        if (!targets.isEmpty()) {
            kill(name, targets);
        }
    }

    private static void kill(final String name, final List<String> targets) throws IOException {
        final List<String> command = new ArrayList<>(
                List.of("/bin/sh", "-c", "s=$1; shift; for t; do kill -s \"$s\" -- \"$t\"; done; :", "kill", name));
        command.addAll(targets);
        final Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.onExit().join();
    }

    /** Waits until nothing lives of it. Returns false when the time is over first. */
    boolean awaitEmpty(final long timeoutMs) throws IOException {
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        while (true) {
            final List<ProcessTable.Entry> members = members();
            if (members.isEmpty()) {
                return true;
            }
            final long leftMs = TimeUnit.NANOSECONDS.toMillis(deadlineNs - System.nanoTime());
            if (leftMs <= 0) {
                return false;
            }
            awaitEnd(members, Math.min(leftMs, LOOK_AGAIN_MS));
        }
    }

    private static void awaitEnd(final List<ProcessTable.Entry> members, final long timeoutMs) {
        final CompletableFuture<?>[] ends = members.stream()
                .flatMap(member -> ProcessHandle.of(member.pid()).stream())
                .map(ProcessHandle::onExit)
                .toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends).get(timeoutMs, TimeUnit.MILLISECONDS);
        } catch (final TimeoutException lookAgain) {
            return;
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while processes of a step are being stopped", e);
        } catch (final ExecutionException e) {
            throw new IllegalStateException("cannot wait for a process", e.getCause());
        }
    }

    /**
     * TERM, up to {@code graceMs}, KILL, and a wait until nothing lives.
     *
     * @throws IOException when something lives even then; it is named
     */
    void stop(final long graceMs) throws IOException {
        signal("TERM");
        if (awaitEmpty(graceMs)) {
            return;
        }
        kill();
    }

    /** KILL, and a wait until nothing lives. */
    void kill() throws IOException {
        signal("KILL");
        if (awaitEmpty(KILLED_WAIT_MS)) {
            return;
        }
        signal("KILL");
        if (!awaitEmpty(KILLED_WAIT_MS)) {
            final List<Long> pids =
                    members().stream().map(ProcessTable.Entry::pid).toList();
            throw new IOException(
                    "processes " + pids + " of " + key + " do not end after KILL; end them by hand, then try again");
        }
    }
}
