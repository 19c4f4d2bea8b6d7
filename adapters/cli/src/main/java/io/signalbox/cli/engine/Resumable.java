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
                    ExitCode.JOURNAL_TROUBLE, "the runs in " + request.data() + " cannot be read: " + e, e);
        }
    }

    private static RunFolder latest(final ResumeRequest request) throws CommandException, IOException {
        final List<RunFolder> newestFirst = new ArrayList<>(RunFolder.all(request.data()));
        Collections.reverse(newestFirst);
        RunFolder failed = null;
        for (final RunFolder folder : newestFirst) {
            final RunListing listing = listing(folder);
            if (listing != null && listing.state() == RunState.RUNNING && !listing.isLive()) {
                return folder;
            }
            final boolean hasFailed = listing != null
                    && (listing.state() == RunState.FAILED || listing.state() == RunState.FINISHED_WITH_FAILURES);
            if (failed == null && hasFailed) {
                failed = folder;
            }
        }
        if (failed == null) {
            throw new CommandException(
                    ExitCode.WRONG_USE,
                    "nothing to resume in " + request.data() + ": no run there is interrupted or has failed ("
                            + newestFirst.size() + " runs; see signalbox list)");
        }
        return failed;
    }

    /** Null for a folder whose journal says nothing of a run, or cannot be read: another one may still be resumed. */
    private static RunListing listing(final RunFolder folder) {
        try {
            return RunReader.listing(folder);
        } catch (final CommandException unreadable) {
            return null;
        }
    }
}
