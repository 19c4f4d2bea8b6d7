package io.signalbox.kernel.scenario;

import io.signalbox.kernel.workflow.Gate;
import io.signalbox.kernel.workflow.GateRule;
import io.signalbox.kernel.workflow.LimitDefinition;
import io.signalbox.kernel.workflow.LimitUse;
import io.signalbox.kernel.workflow.OnError;
import io.signalbox.kernel.workflow.OnFailure;
import io.signalbox.kernel.workflow.Placement;
import io.signalbox.kernel.workflow.RetryPolicy;
import io.signalbox.kernel.workflow.Scheduling;
import io.signalbox.kernel.workflow.StepDefinition;
import io.signalbox.kernel.workflow.Superfluous;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of a definition.
 *
 * <pre>
 *   define  NAME  concurrency 2  collect_all | compensate  timeout 1s  limits gpu:2,calls:0:5/1s
 *   step    NAME  needs a,b[0..9]  retries 1 backoff 1ms factor 2 max 1s jitter 0.5  timeout 1s  judges
 *                 on_failure run_dependents  compensates a  priority 5  uses gpu:2,calls:1  lease 1s  agent ann  role builder  can java,yaml
 *   step    NAME  external  needs a  timeout 1h
 *   step    NAME  gate first | all | majority | best_effort | quorum:2 | competitive:0.7  cancel | leave  from a  needs a,b  timeout 1s
 * </pre>
 */
final class DefinitionWords {
    private static final Pattern RANGE = Pattern.compile("(\\S+)\\[0\\.\\.(\\d+)]");

    private DefinitionWords() {}

    static List<StepDefinition> steps(final Words words) {
        final List<String> ids = expand(words.next());
        final List<String> needs = new ArrayList<>();
        for (final String need : list(words.after("needs", ""))) {
            needs.addAll(expand(need));
        }
        final StepDefinition pattern = kind(words, needs)
                .withRetry(retry(words))
                .withTimeoutNs(Words.ns(words.after("timeout", "0ns")))
                .withOnFailure(OnFailure.valueOf(upper(words.after("on_failure", "inherit"))))
                .compensating(words.after("compensates", ""))
                .withScheduling(scheduling(words));
        final boolean judges = words.has("judges");
        words.end();
        return ids.stream()
                .map(id -> named(id, judges ? pattern.judgingNeeds() : pattern))
                .toList();
    }

    private static StepDefinition kind(final Words words, final List<String> needs) {
        final String rule = words.after("gate", "");
        if (!rule.isEmpty()) {
            return StepDefinition.gate("?", gate(rule.split(":"), words), needs);
        }
        return words.has("external")
                ? StepDefinition.external("?", needs.toArray(String[]::new))
                : StepDefinition.of("?", needs);
    }

    private static Gate gate(final String[] rule, final Words words) {
        final Superfluous superfluous =
                words.has("cancel") ? Superfluous.CANCEL : words.has("leave") ? Superfluous.LEAVE : Superfluous.AWAIT;
        final Gate gate = switch (rule[0]) {
            case "quorum" -> Gate.quorum(Integer.parseInt(rule[1]), superfluous);
            case "competitive" -> Gate.competitive(Double.parseDouble(rule[1]), superfluous);
            default -> Gate.of(GateRule.valueOf(upper(rule[0])), superfluous);
        };
        return gate.timedFrom(words.after("from", ""));
    }

    private static RetryPolicy retry(final Words words) {
        return new RetryPolicy(
                words.number("retries", 0),
                Words.ns(words.after("backoff", "0ns")),
                Double.parseDouble(words.after("factor", "1")),
                Words.ns(words.after("max", "forever")),
                Double.parseDouble(words.after("jitter", "0")));
    }

    private static Scheduling scheduling(final Words words) {
        final LimitUse[] uses = list(words.after("uses", "")).stream()
                .map(use -> use.split(":"))
                .map(use -> new LimitUse(use[0], use.length == 1 ? 1 : Integer.parseInt(use[1])))
                .toArray(LimitUse[]::new);
        return Scheduling.PLAIN
                .withPriority(words.number("priority", 0))
                .using(uses)
                .on(new Placement(words.after("agent", ""), words.after("role", ""), list(words.after("can", ""))))
                .withLeaseNs(Words.ns(words.after("lease", "0ns")));
    }

    private static StepDefinition named(final String id, final StepDefinition step) {
        return new StepDefinition(
                id,
                step.kind(),
                step.needs(),
                step.gate(),
                step.retry(),
                step.timeoutNs(),
                step.judgesNeeds(),
                step.onFailure(),
                step.compensates(),
                step.scheduling(),
                step.payload());
    }

    static WorkflowDefinition definition(final Words words, final List<StepDefinition> steps) {
        final String name = words.next();
        final OnError onError = words.has("collect_all")
                ? OnError.COLLECT_ALL
                : words.has("compensate") ? OnError.COMPENSATE : OnError.FAIL_FAST;
        final WorkflowDefinition definition = WorkflowDefinition.of(name, steps)
                .withConcurrencyMax(words.number("concurrency", 0))
                .withOnError(onError)
                .withTimeoutNs(Words.ns(words.after("timeout", "0ns")))
                .withLimits(list(words.after("limits", "")).stream()
                        .map(DefinitionWords::limit)
                        .toList());
        words.end();
        return definition;
    }

    /** {@code name:capacity}, or {@code name:capacity:units/period}. */
    private static LimitDefinition limit(final String text) {
        final String[] parts = text.split("[:/]");
        final int capacity = Integer.parseInt(parts[1]);
        return parts.length == 2
                ? LimitDefinition.capacity(parts[0], capacity)
                : new LimitDefinition(parts[0], capacity, Integer.parseInt(parts[2]), Words.ns(parts[3]));
    }

    private static List<String> list(final String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(","));
    }

    private static String upper(final String word) {
        return word.toUpperCase(Locale.ROOT);
    }

    private static List<String> expand(final String id) {
        final Matcher range = RANGE.matcher(id);
        if (!range.matches()) {
            return List.of(id);
        }
        final List<String> ids = new ArrayList<>();
        for (int i = 0; i <= Integer.parseInt(range.group(2)); i++) {
            ids.add(range.group(1) + i);
        }
        return ids;
    }
}
