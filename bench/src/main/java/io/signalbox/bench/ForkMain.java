package io.signalbox.bench;

import io.signalbox.bench.subject.GraphSubject;
import io.signalbox.bench.subject.Graphs;
import io.signalbox.bench.subject.HandoffSubject;
import io.signalbox.bench.subject.RingSubject;
import io.signalbox.bench.subject.Subjects;
import java.io.IOException;
import java.nio.file.Path;

/** What a child JVM runs: one subject, once. Arguments: subject, the four phases in milliseconds, the file for the result. */
final class ForkMain {
    /** Exit code of a fork whose benchmark failed its own check. */
    static final int CHECK_FAILED = 4;

    private static final int PARENT_GONE = 5;

    private ForkMain() {}

    public static void main(final String[] args) throws InterruptedException {
        endWithParent();
        final String subject = args[0];
        final Phases phases = new Phases(
                Long.parseLong(args[1]), Long.parseLong(args[2]), Long.parseLong(args[3]), Long.parseLong(args[4]));
        try {
            Json.write(Path.of(args[5]), measure(subject, phases));
        } catch (final RuntimeException | Error e) {
            fail(e);
        }
    }

    private static Measurement measure(final String name, final Phases phases) throws InterruptedException {
        if (Graphs.isGraph(name)) {
            try (GraphSubject subject = Graphs.newGraph(name)) {
                return new GraphRun(name, subject, phases).run();
            }
        }
        if (Subjects.isHandoff(name)) {
            try (HandoffSubject subject = Subjects.newHandoff(name)) {
                return new HandoffRun(name, subject, phases).run();
            }
        }
        try (RingSubject subject = Subjects.newRing(name, RingRun.AGENTS)) {
            return new RingRun(name, subject, phases).run();
        }
    }

    /** Say what went wrong and end this JVM at once: the other threads wait for a token that will not come. */
    static void fail(final Throwable failure) {
        failure.printStackTrace();
        System.err.flush();
        Runtime.getRuntime().halt(CHECK_FAILED);
    }

    /** The parent holds the other end of stdin; when that closes, nobody waits for the result any more. */
    private static void endWithParent() {
        final Thread watcher = new Thread(
                () -> {
                    try {
                        while (System.in.read() >= 0) {
                            // only the end of the stream means anything
                        }
                    } catch (final IOException e) {
                        System.err.println("stdin failed: " + e);
                    }
                    Runtime.getRuntime().halt(PARENT_GONE);
                },
                "parent-watcher");
        watcher.setDaemon(true);
        watcher.start();
    }
}
