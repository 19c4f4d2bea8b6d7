package io.signalbox.yaml;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A reference to a value of the run. These are all the kinds there are; in a template each stands between {@code $&#123;} and
 * {@code &#125;}, in a condition the braces may be left away. Path segments are field names, or indexes from 0 where the value is a
 * list.
 */
public sealed interface Placeholder {

    /** The words a placeholder can begin with. */
    List<String> ROOTS = List.of("inputs", "steps", "env", "foreach", "run", "workflow", "signalbox");

    /** The reference as the file writes it, without braces. */
    String text();

    /** The id of the step it refers to, or empty. */
    default Optional<String> stepId() {
        return Optional.empty();
    }

    /** Whether it is of one instance of a {@code foreach} step. */
    default boolean hasIndex() {
        return text().indexOf('[') >= 0;
    }

    /** {@code inputs.name.path}. */
    record InputValue(String name, List<String> path) implements Placeholder {
        /** Copies the path. */
        public InputValue {
            path = List.copyOf(path);
        }

        @Override
        public String text() {
            return "inputs." + name + dotted(path);
        }
    }

    /** {@code steps.id.result.path}; with an index one instance of a {@code foreach} step, without it the list of all. */
    record StepResult(String id, OptionalInt index, List<String> path) implements Placeholder {
        /** Copies the path. */
        public StepResult {
            path = List.copyOf(path);
        }

        @Override
        public String text() {
            return step(id, index) + ".result" + dotted(path);
        }

        @Override
        public Optional<String> stepId() {
            return Optional.of(id);
        }
    }

    /** {@code steps.id.outputs.name}: the path where that output stands; {@code steps.id.outputs.name.path}: what a sub-workflow gives. */
    record StepOutput(String id, OptionalInt index, String name, List<String> path) implements Placeholder {
        /** Copies the path. */
        public StepOutput {
            path = List.copyOf(path);
        }

        @Override
        public String text() {
            return step(id, index) + ".outputs." + name + dotted(path);
        }

        @Override
        public Optional<String> stepId() {
            return Optional.of(id);
        }
    }

    /** {@code steps.id.state}: its state in one word. */
    record StepState(String id, OptionalInt index) implements Placeholder {
        @Override
        public String text() {
            return step(id, index) + ".state";
        }

        @Override
        public Optional<String> stepId() {
            return Optional.of(id);
        }
    }

    /** {@code steps.id.exit_code}: a number. */
    record StepExitCode(String id, OptionalInt index) implements Placeholder {
        @Override
        public String text() {
            return step(id, index) + ".exit_code";
        }

        @Override
        public Optional<String> stepId() {
            return Optional.of(id);
        }
    }

    /** {@code env.NAME}. */
    record EnvironmentVariable(String name) implements Placeholder {
        @Override
        public String text() {
            return "env." + name;
        }
    }

    /** {@code foreach.item.path}. */
    record ForeachItem(List<String> path) implements Placeholder {
        /** Copies the path. */
        public ForeachItem {
            path = List.copyOf(path);
        }

        @Override
        public String text() {
            return "foreach.item" + dotted(path);
        }
    }

    /** {@code foreach.index}, from 0. */
    record ForeachIndex() implements Placeholder {
        @Override
        public String text() {
            return "foreach.index";
        }
    }

    /** {@code run.dir}: the folder of the run. */
    record RunDirectory() implements Placeholder {
        @Override
        public String text() {
            return "run.dir";
        }
    }

    /** {@code workflow.dir}: the folder of the workflow file. */
    record WorkflowDirectory() implements Placeholder {
        @Override
        public String text() {
            return "workflow.dir";
        }
    }

    /** {@code signalbox.classpath}: the class path of Signalbox itself. */
    record SignalboxClasspath() implements Placeholder {
        @Override
        public String text() {
            return "signalbox.classpath";
        }
    }

    private static String dotted(final List<String> path) {
        return path.isEmpty() ? "" : "." + String.join(".", path);
    }

    private static String step(final String id, final OptionalInt index) {
        return "steps." + id + (index.isPresent() ? "[" + index.getAsInt() + "]" : "");
    }
}
