package io.signalbox.yaml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a step executes. */
public sealed interface Run {

    /**
     * A string: {@code /bin/sh -e -c script}. It holds no placeholder, so no input can become a command.
     *
     * @param script the script, with {@code $$&#123;} already turned into {@code $&#123;}
     */
    record Shell(String script) implements Run {}

    /**
     * An array: executed as it is, without a shell.
     *
     * @param argv program and arguments, at least one; each becomes exactly one argument whatever its placeholders hold
     */
    record Exec(List<Template> argv) implements Run {
        /** Copies the list. */
        public Exec {
            argv = List.copyOf(argv);
        }
    }

    /**
     * Nothing: a person or another system answers.
     *
     * @param message what is asked
     */
    record Approval(Template message) implements Run {}

    /**
     * Nothing: decided by the steps it needs, its members.
     *
     * @param block what it is the end, or the beginning, of
     * @param strategy how its members decide
     * @param timerFrom id of the step whose end starts its time; empty for the start of the run
     */
    record Gate(Block block, Strategy strategy, String timerFrom) implements Run {}

    /**
     * Nothing: succeeds when another step has failed, else it is skipped.
     *
     * @param step id of that step
     */
    record AfterFailure(String step) implements Run {}

    /** Nothing: the condition of a block of steps. */
    record Condition() implements Run {}

    /**
     * The steps of a pattern, which are written out when the inputs of a run are known.
     *
     * @param name of a pattern that comes with Signalbox, or the path of its file
     * @param text of the pattern
     * @param parameters what it is given
     * @param initial type of the task that it begins with
     * @param tasks what does its tasks, by type
     */
    record Pattern(
            String name,
            String text,
            Map<String, Call.Argument> parameters,
            Optional<String> initial,
            Map<String, TaskRun> tasks)
            implements Run {
        /** Copies the maps and keeps their order. */
        public Pattern {
            parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
            tasks = Collections.unmodifiableMap(new LinkedHashMap<>(tasks));
        }
    }

    /**
     * A step of a pattern: a task, a merge, or the judgement of a loop.
     *
     * @param about what the pattern says about it, JSON
     * @param judges whether it decides itself what a failed or skipped need means
     * @param run what is executed; empty for what the results of others decide
     */
    record PatternTask(String about, boolean judges, Optional<Run> run) implements Run {}

    /** What a gate belongs to. The lower case of its name is its word. */
    enum Block {
        /** The beginning of a stage, group or sub-workflow. */
        BEGIN,
        /** A stage. */
        STAGE,
        /** Steps under {@code parallel}. */
        GROUP,
        /** The instances of a {@code foreach} step with a strategy. */
        FOREACH,
        /** The steps of a sub-workflow. */
        WORKFLOW,
        /** The steps of a pattern. */
        PATTERN,
        /** A step and the person who is asked when it fails. */
        RECOVERY;

        /** Its word. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
