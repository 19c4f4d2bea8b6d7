package io.signalbox.yaml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Refuses what a {@code foreach} cannot have whose items are known only when other steps have ended: somebody who counts its instances, and what undoes them. Works
 * on all steps of a file, those of the workflows it calls with them.
 */
final class OpenForeachChecker {
    private final Problems problems;
    private final List<StepDraft> drafts;
    private final Map<String, Call> calls = new LinkedHashMap<>();

    OpenForeachChecker(final Problems problems, final List<StepDraft> drafts, final List<Call> calls) {
        this.problems = problems;
        this.drafts = drafts;
        calls.forEach(call -> this.calls.put(call.id(), call));
    }

    void check() {
        final Map<String, StepDraft> open = new LinkedHashMap<>();
        for (final StepDraft draft : drafts) {
            final Step step = draft.step();
            if (draft.hasId()
                    && step.flow().compensates().isEmpty()
                    && step.foreach().map(foreach -> isOpen(foreach, step)).orElse(false)) {
                open.put(step.id(), draft);
            }
        }
        if (!open.isEmpty()) {
            drafts.forEach(draft -> check(draft, open));
        }
    }

    private boolean isOpen(final Foreach foreach, final Step step) {
        return foreach instanceof Foreach.FromResult
                || foreach instanceof Foreach.FromInput input
                        && !PlanInputs.isKnown(input.reference(), step.flow().scope(), calls::get);
    }

    private void check(final StepDraft draft, final Map<String, StepDraft> open) {
        final Step step = draft.step();
        final String undone = step.flow().compensates().orElse("");
        if (open.containsKey(undone)) {
            problems.add(
                    draft.idNode(),
                    "step '" + undone + "' cannot have 'compensate': " + of(open.get(undone))
                            + " is known only when other steps have ended, and what it did for each item is not"
                            + " undone; undo it in a step of its own");
        }
        if (step.run() instanceof Run.Gate gate && isCounting(gate.strategy().rule())) {
            for (final String member : step.needs()) {
                if (open.containsKey(member)
                        && open.get(member).step().flow().strategy().isEmpty()) {
                    problems.add(
                            place(open.get(member)),
                            "'" + step.id() + "' counts successes ("
                                    + gate.strategy().words() + "), but how many steps '"
                                    + member + "' is, is known only when other steps have ended; give '" + member
                                    + "' a 'strategy' of its own, then it counts as one");
                }
            }
        }
    }

    private static boolean isCounting(final Strategy.Rule rule) {
        return rule != Strategy.Rule.ALL && rule != Strategy.Rule.BEST_EFFORT;
    }

    private static String of(final StepDraft open) {
        return "${"
                + open.step().foreach().flatMap(Foreach::source).orElseThrow().text() + "}";
    }

    private static YamlNode place(final StepDraft open) {
        return open.node() instanceof YamlNode.Mapping mapping
                ? mapping.value("foreach").orElse(open.idNode())
                : open.idNode();
    }
}
