package io.signalbox.kernel.scenario;

import io.signalbox.kernel.machine.CoordinationMachine;
import io.signalbox.kernel.machine.MachineLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes into scenario files what their lines come to, for a person to read and judge: run its {@code main} with the files as
 * arguments, then read the difference.
 */
public final class ScenarioUpdate {
    private static final int TEXT_WIDTH = 52;

    private ScenarioUpdate() {}

    public static void main(final String[] args) throws IOException {
        for (final String arg : args) {
            update(Path.of(arg));
        }
    }

    private static void update(final Path file) throws IOException {
        final List<String> lines = new ArrayList<>(Files.readAllLines(file, StandardCharsets.UTF_8));
        for (final Scenario scenario : Scenarios.read(file)) {
            final Recording recording =
                    ScenarioPlayer.play(scenario, new CoordinationMachine(scenario.limitsOr(MachineLimits.small())));
            for (final Recording.Row row : recording.rows()) {
                final Scenario.Line line = row.line();
                final String text = (line.repeat() > 1 ? line.repeat() + "x " : "") + line.text();
                lines.set(
                        line.number() - 1,
                        String.format("%7s  %-" + TEXT_WIDTH + "s -> %s", line.time(), text, row.actual()));
            }
        }
        Files.write(file, lines, StandardCharsets.UTF_8);
    }
}
