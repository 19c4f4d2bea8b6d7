package io.signalbox.journal.chronicle;

import io.signalbox.kernel.workflow.RunSnapshot;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs all patterns at once on a journal, again and again until it is killed, after it has brought to an end what the life before it left. Says of each run how it
 * ended, as soon as that is journaled.
 */
final class FlowChild {
    /** How a line ends that is there as a whole. */
    static final String END = " .";

    private FlowChild() {}

    /** @param arguments folder; {@code last} when only what is open is to be ended. */
    public static void main(final String... arguments) {
        final boolean isLast = arguments[1].equals("last");
        final PrintStream out = new PrintStream(System.out, false, StandardCharsets.US_ASCII);
        try (ScriptedKernel kernel =
                new ScriptedKernel(ChronicleJournal.open(Path.of(arguments[0]), CrashImages.CONFIG))) {
            out.println("opened");
            out.flush();
            kernel.toTheEnd(run -> tell(out, run));
            while (!isLast) {
                FlowScripts.all().forEach(kernel::start);
                kernel.toTheEnd(run -> tell(out, run));
            }
        }
        out.println("done");
        out.flush();
    }

    private static void tell(final PrintStream out, final RunSnapshot run) {
        out.println(line(run));
        out.flush();
    }

    /** One line about a run that has ended: pattern, handle, results, {@link #END}. */
    private static String line(final RunSnapshot run) {
        final String results = ScriptedKernel.results(run).replace('\n', ';');
        return run.definition().name() + ' ' + run.handle() + ' ' + results + END;
    }

    /** What it says of each pattern when nobody kills it, but for the handles of the runs. */
    static List<String> expected(final Path folder) {
        final List<String> lines = new ArrayList<>();
        try (ScriptedKernel kernel = new ScriptedKernel(ChronicleJournal.open(folder, CrashImages.CONFIG))) {
            FlowScripts.all().forEach(kernel::start);
            kernel.toTheEnd(run -> lines.add(line(run)));
        }
        return lines;
    }
}
