package io.signalbox.cli;

import io.signalbox.cli.engine.CommandException;
import io.signalbox.cli.engine.ExitCode;
import io.signalbox.cli.engine.StopRequest;
import io.signalbox.cli.view.RunState;
import io.signalbox.cli.view.RunView;

/**
 * A command that runs steps: signals ask it to stop, its view is given back, its end becomes an exit code. The first signal stops the
 * run cleanly (that takes up to five seconds); the third ends this program at once, which {@code resume} survives like a crash.
 */
final class RunningCommand {
    private static final int SIGNALS_UNTIL_HALT = 3;

    private final Console console;
    private final StopRequest stop = new StopRequest();
    private int signals;

    RunningCommand(final Console console) {
        this.console = console;
    }

    /** What is run while signals are watched. */
    @FunctionalInterface
    interface Work {
        RunState run(RunView view, StopRequest stop) throws CommandException;
    }

    int execute(final ViewOptions options, final Work work) throws CommandException {
        try (RunView view = options.newView(console)) {
            Signals.onStop(because -> onSignal(view, because));
            return ExitCode.of(work.run(view, stop), stop.exitCode(ExitCode.WORKFLOW_FAILED))
                    .code();
        }
    }

    private synchronized void onSignal(final RunView view, final ExitCode because) {
        signals++;
        if (signals >= SIGNALS_UNTIL_HALT) {
            view.close();
            Runtime.getRuntime().halt(because.code());
        }
        if (stop.request(because)) {
            view.notice("stopping: running steps get SIGTERM, and SIGKILL after five seconds");
        }
    }
}
