package io.signalbox.cli.engine;

import io.signalbox.cli.process.StoredFile;
import io.signalbox.cli.view.StepState;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/**
 * What came of an attempt, ready to be journaled: secrets are masked.
 *
 * @param state {@link StepState#SUCCEEDED}, {@link StepState#FAILED}, {@link StepState#TIMED_OUT} or {@link StepState#CANCELLED}
 * @param exitCode when its process ended; 127 or 126 when it could not be started
 * @param result of a success: a text node, or with {@code result: json} what was printed
 * @param resultFile the whole result, when it is longer than 64 KiB or not UTF-8; {@code result} is then its beginning
 * @param outputs of a success, by name, in their place
 * @param message why it is no success; empty for a success
 * @param stderrTail the last lines of its standard error
 * @param elapsedMs how long it ran
 */
public record AttemptResult(
        StepState state,
        OptionalInt exitCode,
        Optional<JsonNode> result,
        Optional<StoredFile> resultFile,
        Map<String, StoredFile> outputs,
        String message,
        List<String> stderrTail,
        long elapsedMs) {
    public AttemptResult {
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
        stderrTail = List.copyOf(stderrTail);
    }

    static AttemptResult notStarted(final int exitCode, final String message) {
        return new AttemptResult(
                StepState.FAILED,
                OptionalInt.of(exitCode),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                message,
                List.of(),
                0);
    }
}
