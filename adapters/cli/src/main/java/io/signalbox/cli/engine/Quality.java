package io.signalbox.cli.engine;

import io.signalbox.yaml.Plan;
import io.signalbox.yaml.Strategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** How good a result is, as the step itself says. */
final class Quality {
    private static final String FILE = "quality";

    private Quality() {}

    /** A quality that is none. */
    static final class QualityException extends Exception {
        private static final long serialVersionUID = 1L;

        QualityException(final String message) {
            super(message);
        }
    }

    /** Whether somebody compares the results of a step. */
    static boolean isCompared(final Plan plan, final Plan.PlannedStep planned) {
        return plan.steps().stream()
                .filter(step -> step.needs().contains(planned.index()))
                .anyMatch(step -> step.gate()
                        .map(gate -> gate.strategy().rule() == Strategy.Rule.COMPETITIVE)
                        .orElse(false));
    }

    /**
     * The number in the file {@code quality} of the attempt's directory, else the field {@code quality} of a JSON result, else 1.
     *
     * @throws QualityException when what is there is no number from 0 to 1
     */
    static double of(final Optional<JsonNode> result, final Path out) throws IOException, QualityException {
        final Path file = out.resolve(FILE);
        if (Files.isRegularFile(file)) {
            final String text = Files.size(file) > 100
                    ? "a long text"
                    : Files.readString(file).strip();
            return checked(
                    text.matches("[0-9]{1,3}(\\.[0-9]{1,20})?|\\.[0-9]{1,20}") ? Double.parseDouble(text) : -1, text);
        }
        final JsonNode field = result.map(node -> node.path("quality")).orElse(null);
        return field != null && field.isNumber() ? checked(field.doubleValue(), field.toString()) : 1;
    }

    private static double checked(final double quality, final String text) throws QualityException {
        if (!(quality >= 0 && quality <= 1)) {
            throw new QualityException("the quality of a result must be a number from 0 to 1, got " + text);
        }
        return quality;
    }
}
