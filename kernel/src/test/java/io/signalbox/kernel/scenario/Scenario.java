package io.signalbox.kernel.scenario;

import io.signalbox.kernel.machine.MachineLimits;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A scenario as it stands in its file.
 *
 * @param file it stands in.
 * @param title of the scenario.
 * @param limits of the machine, null when the scenario asks for none.
 * @param definitions by name.
 * @param lines in order.
 */
public record Scenario(
        Path file, String title, MachineLimits limits, Map<String, WorkflowDefinition> definitions, List<Line> lines) {
    /**
     * One line.
     *
     * @param number in the file, from 1.
     * @param time column as written; {@code &} publishes the command together with the one above.
     * @param repeat how many times.
     * @param text verb and arguments.
     * @param expected what stands behind the arrow.
     */
    public record Line(int number, String time, int repeat, String text, String expected) {
        boolean joins() {
            return "&".equals(time);
        }
    }

    /** Limits to play it with where nothing else is asked for. */
    public MachineLimits limitsOr(final MachineLimits preset) {
        return limits == null ? preset : limits;
    }

    /** Whether some of its commands are published together, so that one can meet what another left over. */
    public boolean isBatched() {
        return lines.stream().anyMatch(line -> line.joins() || line.repeat() > 1);
    }

    @Override
    public String toString() {
        return file.getParent().getFileName() + "/" + file.getFileName() + ": " + title;
    }
}
