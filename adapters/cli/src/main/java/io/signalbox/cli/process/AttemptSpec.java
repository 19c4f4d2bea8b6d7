package io.signalbox.cli.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One attempt of one step, ready to be started.
 *
 * @param runId the run
 * @param stepId the step, such as {@code parse[3]}
 * @param attempt from 1
 * @param command what to run
 * @param directory where to run it: the workflow file's directory
 * @param inherited the environment this process was started with
 * @param env the workflow's defaults and the step's own entries; they win over {@code inherited}
 * @param secrets names that must have a value in {@code inherited}
 * @param files where the attempt's files go
 */
public record AttemptSpec(
        String runId,
        String stepId,
        int attempt,
        Command command,
        Path directory,
        Map<String, String> inherited,
        Map<String, String> env,
        List<String> secrets,
        AttemptFiles files) {

    /** The variable that marks every process of an attempt, see {@link Leftovers}. */
    public static final String KEY_VARIABLE = "SIGNALBOX_ATTEMPT_KEY";

    public AttemptSpec {
        inherited = Map.copyOf(inherited);
        env = Map.copyOf(env);
        secrets = List.copyOf(secrets);
    }

    /** What marks the processes of this attempt: the same after a restart of this program. */
    public String key() {
        return key(runId, stepId, attempt);
    }

    /** The key of an attempt that is known from the journal. */
    public static String key(final String runId, final String stepId, final int attempt) {
        return runId + "/" + stepId + "/" + attempt;
    }
}
