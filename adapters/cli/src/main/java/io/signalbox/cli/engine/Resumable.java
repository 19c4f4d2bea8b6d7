package io.signalbox.cli.engine;

import io.signalbox.cli.view.RunState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Which run {@code resume} continues: the one that is named, else the latest interrupted one, else the latest failed one. */
final class Resumable {
    private Resumable() {}

    static RunFolder find(final ResumeRequest request) throws CommandException {
        try {
            if (request.run().isPresent()) {
                return RunFolder.find(request.data(), request.run().get());
            }
            return latest(request);
        } catch (final IOException e) {
            throw new CommandException(
                    ExitCode.JOURNAL_TROUBLE,
                    "the runs in " + request.data() + " cannot be read: " + KernelEngine.reason(e),
                    e);
        }
    }

    private static RunFolder latest(final ResumeRequest request) throws CommandException, IOException {
        final List<RunFolder> newestFirst = new ArrayList<>(RunFolder.all(request.data()));
        Collections.reverse(newestFirst);
        RunFolder failed = null;
        final List<String> unreadable = new ArrayList<>();
        for (final RunFolder folder : newestFirst) {
            try {
                final RunState state = RunReader.standing(folder);
                if (state == RunState.STOPPED) {
                    return folder;
                }
                if (failed == null && (state == RunState.FAILED || state == RunState.FINISHED_WITH_FAILURES)) {
                    failed = folder;
                }
            } catch (final CommandException e) {
                unreadable.add("; " + folder.id() + " cannot be continued: " + e.getMessage());
            }
        }
        if (failed == null) {
            throw new CommandException(
                    ExitCode.WRONG_USE,
                    "nothing to resume in " + request.data() + ": no run there is interrupted or has failed ("
                            + newestFirst.size() + (newestFirst.size() == 1 ? " run" : " runs")
                            + "; see signalbox list)" + String.join("", unreadable));
        }
        return failed;
    }
}
