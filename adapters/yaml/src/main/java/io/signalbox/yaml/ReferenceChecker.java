package io.signalbox.yaml;

import io.signalbox.kernel.context.NearestName;
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
    private final Map<String, Call> calls = new LinkedHashMap<>();

    ReferenceChecker(
            final Problems problems, final List<Input> inputs, final List<StepDraft> drafts, final List<Call> calls) {
        this.problems = problems;
        this.drafts = drafts;
        calls.forEach(call -> this.calls.put(call.id(), call));
        inputs.forEach(input -> this.inputs.put(input.name(), input));
        drafts.stream()
                .filter(StepDraft::hasId)
                .forEach(draft -> this.steps.putIfAbsent(draft.step().id(), draft));
    }

    /** All of it, with what {@code defaults} and {@code outputs} of the file refer to. */
    void check(final List<Use> usesOfDefaults, final List<Use> usesOfOutputs) {
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
        usesOfOutputs.forEach(this::checkUseInOutputs);
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
        final String text = use.placeholder().text();
        if (!isOfTheRun(use) && (text.startsWith("steps.") || text.startsWith("foreach."))) {
            report(use, "'defaults' hold for every step and cannot refer to one; set it in 'env' of the step itself");
        }
    }

    /** Outputs are worked out when every step has ended. */
    private void checkUseInOutputs(final Use use) {
        if (isOfTheRun(use)) {
            return;
        }
        final Optional<String> id = use.placeholder().stepId();
        if (isOfAnItem(use)) {
            report(use, "'outputs' are of the whole workflow and have no 'foreach'; take the result of a step");
        } else if (id.isPresent() && steps.containsKey(id.get())) {
            checkField(use, steps.get(id.get()).step());
        } else if (id.isPresent()) {
            report(use, "there is no step '" + JsonText.cut(id.get()) + "'" + stepHint(id.get(), ""));
        }
    }

    private void checkUse(final StepDraft draft, final Use use, final Optional<StepGraph.Ancestors> ancestors) {
        if (isOfTheRun(use)) {
            return;
        }
        if (isOfAnItem(use) && draft.step().foreach().isEmpty()) {
            final String owner = BlockConditions.owner(draft.step().id());
            report(use, "step '" + owner + "' has no 'foreach'; add one or take the placeholder out");
        }
        use.placeholder().stepId().ifPresent(id -> checkStep(draft, use, id, ancestors));
    }

    /** What every place of the file may refer to: an input, or a variable of the environment. It is checked here. */
    private boolean isOfTheRun(final Use use) {
        if (use.placeholder() instanceof Placeholder.InputValue input) {
            checkInput(use, input);
            return true;
        }
        if (use.placeholder() instanceof Placeholder.EnvironmentVariable variable) {
            checkVariable(use, variable);
            return true;
        }
        return false;
    }

    private static boolean isOfAnItem(final Use use) {
        return use.placeholder() instanceof Placeholder.ForeachItem
                || use.placeholder() instanceof Placeholder.ForeachIndex;
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
        final String own = BlockConditions.owner(draft.step().id());
        if (target == null) {
            report(use, "there is no step '" + JsonText.cut(id) + "'" + stepHint(id, own));
            return;
        }
        if (id.equals(own)) {
            report(use, "a step cannot refer to itself; its result exists only when it has ended");
            return;
        }
        if (draft.hasId()
                && ancestors.isPresent()
                && !ancestors.get().has(draft.step().id(), id)) {
            report(use, "step '" + own + "' does not wait for step '" + id + "'; add '" + id + "' to its 'needs'");
        }
        checkField(use, target.step());
        if (use.what().startsWith("'foreach'")) {
            checkList(use, target.step());
        }
    }

    /** What is seen here to be no list: the rest is looked at when it is there. */
    private void checkList(final Use use, final Step target) {
        if (target.foreach().isPresent() && !use.placeholder().hasIndex()) {
            return;
        }
        if (use.placeholder() instanceof Placeholder.StepOutput && calls.containsKey(target.id())) {
            return;
        }
        if (!(use.placeholder() instanceof Placeholder.StepResult result)) {
            report(use, "'foreach' needs a list, and this is one value; take the result of a step");
        } else if (result.path().isEmpty() && target.result() != ResultKind.JSON) {
            report(
                    use,
                    "'foreach' needs a list, and the result of step '" + target.id()
                            + "' is text; add 'result: json' to it");
        }
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
            checkOutput(use, output, target);
        } else if (use.placeholder() instanceof Placeholder.StepState state) {
            index = state.index();
        } else if (use.placeholder() instanceof Placeholder.StepExitCode code) {
            index = code.index();
        } else {
            return;
        }
        index.ifPresent(known -> checkIndex(use, target, known));
    }

    private void checkOutput(final Use use, final Placeholder.StepOutput output, final Step target) {
        final Call call = calls.get(target.id());
        final Set<String> names =
                call == null ? target.outputs().keySet() : call.outputs().keySet();
        if (!names.contains(output.name())) {
            final String hint = NearestName.hint(output.name(), names);
            final String where = call == null ? "its 'outputs'" : "'outputs' of that file";
            report(
                    use,
                    (call == null
                                    ? "step '" + target.id() + "'"
                                    : String.valueOf(call.source().getFileName()))
                            + " has no output '" + JsonText.cut(output.name()) + "'"
                            + (hint.isEmpty() ? "; declare it in " + where : hint));
        } else if (call == null && !output.path().isEmpty()) {
            report(
                    use,
                    "output '" + output.name() + "' of step '" + target.id()
                            + "' is the path of a file and has no fields; leave '."
                            + String.join(".", output.path()) + "' out");
        }
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
