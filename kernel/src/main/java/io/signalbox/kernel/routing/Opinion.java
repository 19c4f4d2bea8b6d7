package io.signalbox.kernel.routing;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one router says about one task. Immutable; may be made once and given many times.
 *
 * <p>A router of the user makes one by {@link #of(RoutingDecision, double, String)} and adds a target or tasks.
 */
public final class Opinion {
    /** Longest text, in bytes of UTF-8. */
    public static final int TEXT_LENGTH_MAX = 1024;

    /** Most tasks that one opinion may name. */
    public static final int TASKS_MAX = 128;

    /** Most numbers that one opinion may carry. */
    public static final int NUMBERS_MAX = 8;

    private static final double[] NO_NUMBERS = {};
    private static final byte[] NO_TEXT = {};

    private final RoutingDecision decision;
    private final double confidence;
    private final Finding finding;
    private final String text;
    private final String nextTask;
    private final List<String> tasks;
    private final double[] numbers;
    private final byte[] utf8;

    /**
     * An opinion in full.
     *
     * @param confidence 0 to 1.
     * @param text what the finding does not say by itself; may be empty.
     * @param nextTask the task to go to; empty for none.
     * @param tasks those that may run beside the task; may be empty.
     * @param numbers what was measured, as {@link Finding#numberNames} names it.
     * @throws IllegalArgumentException when one of them is out of its range; the message names it.
     */
    public Opinion(
            final RoutingDecision decision,
            final double confidence,
            final Finding finding,
            final String text,
            final String nextTask,
            final List<String> tasks,
            final double... numbers) {
        if (decision == null || finding == null) {
            throw new IllegalArgumentException("an opinion needs a decision and a finding");
        }
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("confidence must be in 0..1: " + confidence);
        }
        if (tasks.size() > TASKS_MAX || numbers.length > NUMBERS_MAX) {
            throw new IllegalArgumentException("an opinion names up to " + TASKS_MAX + " tasks and " + NUMBERS_MAX
                    + " numbers, not " + tasks.size() + " and " + numbers.length);
        }
        this.decision = decision;
        this.confidence = confidence;
        this.finding = finding;
        this.text = text;
        this.nextTask = nextTask;
        this.tasks = List.copyOf(tasks);
        this.numbers = numbers.length == 0 ? NO_NUMBERS : numbers.clone();
        this.utf8 = text.isEmpty() ? NO_TEXT : text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length > TEXT_LENGTH_MAX) {
            throw new IllegalArgumentException(
                    "the text of an opinion may have " + TEXT_LENGTH_MAX + " bytes, not " + utf8.length);
        }
    }

    /**
     * An opinion of a router of the user.
     *
     * @param confidence 0 to 1.
     * @param reasoning at least one character.
     */
    public static Opinion of(final RoutingDecision decision, final double confidence, final String reasoning) {
        if (reasoning.isEmpty()) {
            throw new IllegalArgumentException("reasoning must not be empty");
        }
        return new Opinion(decision, confidence, Finding.SAID, reasoning, "", List.of());
    }

    /** The opinion that stands for a router that threw; the text is cut to what an opinion holds. */
    public static Opinion failed(final String why) {
        return new Opinion(RoutingDecision.ERROR, 1, Finding.ROUTER_FAILED, fitting(why), "", List.of());
    }

    /** A text as it is, or, where it may not fit an opinion, its beginning. */
    static String fitting(final String text) {
        return text.length() <= TEXT_LENGTH_MAX / 3 || text.getBytes(StandardCharsets.UTF_8).length <= TEXT_LENGTH_MAX
                ? text
                : text.substring(0, TEXT_LENGTH_MAX / 3);
    }

    /** What is said when nobody has an opinion. */
    public static Opinion none() {
        return NO_OPINION;
    }

    private static final Opinion NO_OPINION =
            new Opinion(RoutingDecision.CONTINUE, 0.5, Finding.NO_OPINION, "", "", List.of());

    /** All but the next task and the tasks as in another opinion. */
    private Opinion(final Opinion other, final String nextTask, final List<String> tasks) {
        if (tasks.size() > TASKS_MAX) {
            throw new IllegalArgumentException("an opinion names up to " + TASKS_MAX + " tasks, not " + tasks.size());
        }
        this.decision = other.decision;
        this.confidence = other.confidence;
        this.finding = other.finding;
        this.text = other.text;
        this.utf8 = other.utf8;
        this.numbers = other.numbers;
        this.nextTask = nextTask;
        this.tasks = List.copyOf(tasks);
    }

    /** This opinion with a task to go to. */
    public Opinion withNextTask(final String next) {
        return new Opinion(this, next, tasks);
    }

    /** This opinion with tasks that may run beside the task. */
    public Opinion withTasks(final List<String> beside) {
        return new Opinion(this, nextTask, beside);
    }

    public RoutingDecision decision() {
        return decision;
    }

    /** 0 to 1. */
    public double confidence() {
        return confidence;
    }

    public Finding finding() {
        return finding;
    }

    /** What the finding does not say by itself. */
    public String text() {
        return text;
    }

    /** The task to go to; empty for none. */
    public String nextTask() {
        return nextTask;
    }

    /** Tasks that may run beside this one. */
    public List<String> tasks() {
        return tasks;
    }

    /** How many numbers it carries. */
    public int numberCount() {
        return numbers.length;
    }

    /** Number {@code index}. */
    public double number(final int index) {
        return numbers[index];
    }

    /** The number of this name, NaN when the finding has none. */
    public double number(final String name) {
        final int index = finding.numberNames().indexOf(name);
        return index >= 0 && index < numbers.length ? numbers[index] : Double.NaN;
    }

    /** Whether it stands for a router that threw. */
    public boolean isFailure() {
        return finding == Finding.ROUTER_FAILED;
    }

    /** What a person reads. */
    public String reasoning() {
        if (finding == Finding.RULE_MATCHED) {
            return "Rule '" + line(1) + "' matched: " + line(2);
        }
        final String sentence = finding.sentence();
        if (sentence.isEmpty()) {
            return text;
        }
        return text.isEmpty() ? sentence : sentence + ": " + text;
    }

    /** What was measured, by name, in a fixed order; whole numbers as {@code Long}, others as {@code Double}. */
    public Map<String, Object> metadata() {
        final Map<String, Object> metadata = new LinkedHashMap<>();
        final List<String> names = finding.numberNames();
        for (int i = 0; i < numbers.length && i < names.size(); i++) {
            final long whole = (long) numbers[i];
            metadata.put(names.get(i), whole == numbers[i] ? (Object) whole : (Object) numbers[i]);
        }
        if (finding == Finding.RULE_MATCHED) {
            metadata.put("rule_id", line(0));
            metadata.put("rule_name", line(1));
        }
        if (!tasks.isEmpty()) {
            metadata.put("parallel_tasks", tasks);
        }
        if (finding.numberNames().contains("complexity_score")) {
            metadata.put("has_errors", finding == Finding.ERRORS_FOUND);
        }
        return metadata;
    }

    /** Line {@code index} of the text; empty when there is none. */
    private String line(final int index) {
        int from = 0;
        for (int i = 0; i < index; i++) {
            final int end = text.indexOf('\n', from);
            if (end < 0) {
                return "";
            }
            from = end + 1;
        }
        final int end = text.indexOf('\n', from);
        return text.substring(from, end < 0 ? text.length() : end);
    }

    /** The text in UTF-8; not to be written to. */
    byte[] utf8() {
        return utf8;
    }

    @Override
    public String toString() {
        return decision.word() + " " + confidence + ": " + reasoning();
    }
}
