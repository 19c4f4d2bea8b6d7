package io.signalbox.cli.engine;

import io.signalbox.cli.process.AttemptSpec;
import io.signalbox.cli.process.Leftovers;
import io.signalbox.cli.process.ProcessIdentity;
import io.signalbox.cli.view.RunView;
import io.signalbox.kernel.workflow.RunSnapshot;
import io.signalbox.kernel.workflow.StepSnapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What attempts of a process that died have left running. */
final class Remains {
    private Remains() {}

    /** Ends all of it. */
    static void end(final RunFolder folder, final RunSnapshot snapshot, final RunView view) throws CommandException {
        for (final StepSnapshot step : snapshot.steps()) {
            if (step.worker().length > 0 && mayHaveLeftovers(step)) {
                end(folder, step, view);
            }
        }
    }

    /** The end of an attempt is reported when nothing of it lives; only one whose end nobody reported can have left something. */
    private static boolean mayHaveLeftovers(final StepSnapshot step) {
        return step.state().isInFlight() || step.state() == io.signalbox.kernel.workflow.StepState.CANCELLED;
    }

    private static void end(final RunFolder folder, final StepSnapshot step, final RunView view)
            throws CommandException {
        try {
            final ProcessIdentity identity = ProcessIdentity.parse(new String(step.worker(), StandardCharsets.UTF_8));
            final int ended = Leftovers.kill(identity, AttemptSpec.key(folder.id(), step.id(), step.attempts()));
            if (ended > 0) {
                view.notice("ended " + ended + (ended == 1 ? " process" : " processes") + " that attempt "
                        + step.attempts() + " of " + step.id() + " had left running");
            }
        } catch (final IOException e) {
            throw new CommandException(
                    ExitCode.WORKFLOW_FAILED,
                    "what attempt " + step.attempts() + " of step " + step.id() + " left running cannot be ended: "
                            + e.getMessage() + "; end it, then resume again",
                    e);
        }
    }
}
