package io.signalbox.yaml;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Checks what steps say about each other and about inputs: needs, cycles, placeholders. */
final class ReferenceChecker {
    private final Map<String, Input> inputs = new LinkedHashMap<>();
    private final Map<String, StepDraft> steps = new LinkedHashMap<>();
    private final Problems problems;
    private final List<StepDraft> drafts;
    private final List<Use> usesOfDefaults;

    ReferenceChecker(
            final Problems problems,
            final List<Input> inputs,
            final List<StepDraft> drafts,
            final List<Use> usesOfDefaults) {
        this.problems = problems;
        this.drafts = drafts;
        this.usesOfDefaults = usesOfDefaults;
        inputs.forEach(input -> this.inputs.put(input.name(), input));
        drafts.stream()
                .filter(StepDraft::hasId)
                .forEach(draft -> this.steps.putIfAbsent(draft.step().id(), draft));
    }

    void check() {
        final Map<String, List<String>> needs = new LinkedHashMap<>();
        for (final StepDraft draft : drafts) {
            final List<String> known = checkNeeds(draft);
            if (draft.hasId()) {
                needs.putIfAbsent(draft.step().id(), known);
            }
        }
        final StepGraph graph = new StepGraph(needs);
        final List<List<String>> cycles = graph.cycles();
        for (final List<String> cycle : cycles) {
            final List<String> written = cycle.stream().map(this::written).toList();
            problems.add(
                    steps.get(written.get(0)).idNode(),
                    "the needs of step '" + written.get(0) + "' form a cycle: " + StepGraph.show(written)
                            + "; take one of these needs out");
        }
        final Optional<StepGraph.Ancestors> ancestors =
                cycles.isEmpty() ? Optional.of(graph.ancestors()) : Optional.empty();
        usesOfDefaults.forEach(this::checkUseInDefaults);
        for (final StepDraft draft : drafts) {
            draft.uses().forEach(use -> checkUse(draft, use, ancestors));
        }
    }

    /** The id as it stands in the file: what lets a block begin is the block. */
    private String written(final String id) {
        return steps.get(id).step().isHidden() ? id.substring(0, id.lastIndexOf('.')) : id;
    }

    private List<String> checkNeeds(final StepDraft draft) {
        final Set<String> seen = new HashSet<>();
        final List<String> known = new ArrayList<>();
        final String owner = "step '" + draft.step().id() + "'";
        for (final YamlNode.Scalar need : draft.needNodes()) {
            final String id = need.value();
            if (!seen.add(id)) {
                problems.add(need, owner + " needs '" + JsonText.cut(id) + "' twice; keep one of the two");
            } else if (id.equals(draft.step().id())) {
                problems.add(need, owner + " needs itself; take it out of 'needs'");
            } else if (!steps.containsKey(id)) {
                problems.add(
                        need,
                        owner + " needs '" + JsonText.cut(id) + "', which is not a step"
                                + stepHint(id, draft.step().id()));
            } else {
                known.add(id);
            }
        }
        draft.implied().stream()
                .filter(id -> steps.containsKey(id) && !id.equals(draft.step().id()) && !known.contains(id))
                .forEach(known::add);
        return known;
    }

    private void checkUseInDefaults(final Use use) {
        if (use.placeholder() instanceof Placeholder.InputValue input) {
            checkInput(use, input);
        } else if (use.placeholder() instanceof Placeholder.EnvironmentVariable variable) {
            checkVariable(use, variable);
        } else if (use.placeholder().text().startsWith("steps.")
                || use.placeholder().text().startsWith("foreach.")) {
            report(use, "'defaults' hold for every step and cannot refer to one; set it in 'env' of the step itself");
        }
    }

    private void checkUse(final StepDraft draft, final Use use, final Optional<StepGraph.Ancestors> ancestors) {
        final Placeholder placeholder = use.placeholder();
        if (placeholder instanceof Placeholder.InputValue input) {
            checkInput(use, input);
        } else if (placeholder instanceof Placeholder.EnvironmentVariable variable) {
            checkVariable(use, variable);
        } else if (placeholder instanceof Placeholder.ForeachItem || placeholder instanceof Placeholder.ForeachIndex) {
            if (draft.step().foreach().isEmpty()) {
                report(use, "step '" + draft.step().id() + "' has no 'foreach'; add one or take the placeholder out");
            }
        } else if (placeholder.stepId().isPresent()) {
            checkStep(draft, use, placeholder.stepId().get(), ancestors);
        }
    }

    private void checkVariable(final Use use, final Placeholder.EnvironmentVariable variable) {
        if (!Values.isEnvironmentName(variable.name())) {
            report(
                    use,
                    "'" + variable.name() + "' is not the name of an environment variable; use letters, digits and _");
        }
    }

    private void checkInput(final Use use, final Placeholder.InputValue reference) {
        final Input input = inputs.get(reference.name());
        if (input == null) {
            final String hint = nearest(reference.name(), inputs.keySet());
            report(
                    use,
                    "there is no input '" + JsonText.cut(reference.name()) + "'"
                            + (hint.isEmpty() ? "; declare it in 'inputs'" : hint));
            return;
        }
        final boolean isFlat = input.type() != Input.Type.LIST && input.type() != Input.Type.OBJECT;
        if (isFlat && !reference.path().isEmpty()) {
            report(
                    use,
                    "input '" + input.name() + "' is " + input.type().withArticle()
                            + " and has no fields; write ${inputs." + input.name() + "}, or give it 'type: object'");
        } else if (use.what().startsWith("'foreach'")
                && reference.path().isEmpty()
                && input.type() != Input.Type.LIST) {
            report(
                    use,
                    "'foreach' needs a list, input '" + input.name() + "' is "
                            + input.type().withArticle() + "; give it 'type: list'");
        }
    }

    private void checkStep(
            final StepDraft draft, final Use use, final String id, final Optional<StepGraph.Ancestors> ancestors) {
        final StepDraft target = steps.get(id);
        final String own = draft.step().id();
        if (target == null) {
            report(use, "there is no step '" + JsonText.cut(id) + "'" + stepHint(id, own));
            return;
        }
        if (id.equals(own)) {
            report(use, "a step cannot refer to itself; its result exists only when it has ended");
            return;
        }
        if (draft.hasId() && ancestors.isPresent() && !ancestors.get().has(own, id)) {
            report(use, "step '" + own + "' does not wait for step '" + id + "'; add '" + id + "' to its 'needs'");
        }
        checkField(use, target.step());
    }

    private void checkField(final Use use, final Step target) {
        final OptionalInt index;
        if (use.placeholder() instanceof Placeholder.StepResult result) {
            index = result.index();
            if (!result.path().isEmpty() && target.result() != ResultKind.JSON) {
                report(
                        use,
                        "the result of step '" + target.id() + "' is text and has no fields; add 'result: json' to it");
            }
        } else if (use.placeholder() instanceof Placeholder.StepOutput output) {
            index = output.index();
            if (!target.outputs().containsKey(output.name())) {
                final String hint =
                        NearestName.hint(output.name(), target.outputs().keySet());
                report(
                        use,
                        "step '" + target.id() + "' has no output '" + JsonText.cut(output.name()) + "'"
                                + (hint.isEmpty() ? "; declare it in its 'outputs'" : hint));
            }
        } else if (use.placeholder() instanceof Placeholder.StepState state) {
            index = state.index();
        } else if (use.placeholder() instanceof Placeholder.StepExitCode code) {
            index = code.index();
        } else {
            return;
        }
        index.ifPresent(known -> checkIndex(use, target, known));
    }

    private void checkIndex(final Use use, final Step target, final int index) {
        if (target.foreach().isEmpty() || target.isGate()) {
            report(use, "step '" + target.id() + "' has no 'foreach' and so no index; leave [" + index + "] out");
        } else if (target.foreach().get() instanceof Foreach.Items list
                && !list.items().isEmpty()
                && index >= list.items().size()) {
            report(
                    use,
                    "step '" + target.id() + "' has " + list.items().size()
                            + " instances, counted from 0; the last is ["
                            + (list.items().size() - 1) + "]");
        }
    }

    private String stepHint(final String id, final String own) {
        return nearest(
                id,
                steps.values().stream()
                        .map(StepDraft::step)
                        .filter(step -> !step.isHidden() && !step.id().equals(own))
                        .map(Step::id)
                        .toList());
    }

    private String nearest(final String name, final Collection<String> known) {
        return problems.isFull() ? "" : NearestName.hint(name, known);
    }

    private void report(final Use use, final String message) {
        problems.add(use.node(), use.shown(), "placeholder '" + use.shown() + "': " + message);
    }
}
