package io.signalbox.yaml;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads lists of steps, and the stages, groups and sub-workflows they stand in, into one flat list; what ends together gets a gate. */
final class BlockReader {
    private final Problems problems;
    private final Values values;
    private final SettingsReader settings;
    private final StepReader steps;
    private final CallReader callReader;
    private final PatternReader patternReader;
    private final BlockConditions conditions;
    private final List<StepDraft> drafts = new ArrayList<>();
    private final List<Limit> limits = new ArrayList<>();

    BlockReader(
            final Problems problems,
            final Defaults defaults,
            final Map<String, Limit> declared,
            final CallReader callReader) {
        this.problems = problems;
        this.values = new Values(problems);
        this.settings = new SettingsReader(problems);
        this.steps = new StepReader(problems, defaults, declared);
        this.callReader = callReader;
        this.patternReader = new PatternReader(problems, defaults, callReader.source());
        this.conditions = new BlockConditions(problems);
    }

    /** Everything that was read, in declared order. */
    List<StepDraft> drafts() {
        return drafts;
    }

    /** The limits that stages and sub-workflows have brought along. */
    List<Limit> limits() {
        return limits;
    }

    /** Steps of a list; gives the ids of what stands in it directly. */
    List<String> steps(final YamlNode node, final String what, final Surroundings around) {
        if (!(node instanceof YamlNode.Sequence sequence)) {
            problems.add(
                    node, what + " must be a list of steps, each with 'id' and 'run', got " + Describe.value(node));
            return List.of();
        }
        if (sequence.items().isEmpty()) {
            problems.add(sequence, what + " is an empty list; add at least one step with 'id' and 'run'");
        }
        if (sequence.items().size() > Limits.STEPS_MAX) {
            problems.add(
                    sequence,
                    what + " has at most " + Limits.STEPS_MAX + " steps, got "
                            + sequence.items().size());
            return List.of();
        }
        final List<String> members = new ArrayList<>();
        int number = 0;
        for (final YamlNode item : sequence.items()) {
            number++;
            step(item, number, around).ifPresent(members::add);
        }
        return members;
    }

    private Optional<String> step(final YamlNode item, final int number, final Surroundings around) {
        refuseTwoKinds(item, number);
        final int before = drafts.size();
        if (StepName.has(item, "run") || StepName.has(item, "approve")) {
            drafts.addAll(steps.read(item, number, around));
        } else if (StepName.has(item, "parallel")) {
            group(item, number, around);
        } else if (StepName.has(item, "workflow")) {
            call(item, number, around);
        } else if (StepName.has(item, "pattern")) {
            pattern(item, number, around);
        } else {
            drafts.addAll(steps.read(item, number, around));
        }
        final Step first = drafts.get(before).step();
        if (first.foreach().isPresent()
                && first.flow().strategy().flatMap(Strategy::timeout).isPresent()) {
            begin(first, drafts.get(before));
        }
        return first.id().isEmpty() ? Optional.empty() : Optional.of(first.id());
    }

    /** A {@code foreach} whose instances have a time limit together: it counts from a gate before them. */
    private void begin(final Step step, final StepDraft draft) {
        if (!step.needs().isEmpty() && draft.hasId()) {
            drafts.add(
                    beginning(step.id(), step.needs(), draft.node(), step.flow().parent()));
            drafts.set(
                    drafts.indexOf(draft),
                    new StepDraft(
                            step.withNeeds(List.of(step.id() + ".begin")),
                            draft.node(),
                            draft.idNode(),
                            draft.needNodes(),
                            draft.outputNodes(),
                            draft.uses(),
                            draft.implied()));
        }
    }

    private void refuseTwoKinds(final YamlNode item, final int number) {
        final List<String> kinds = new ArrayList<>();
        for (final String kind : List.of("run", "approve", "parallel", "workflow", "pattern")) {
            if (StepName.has(item, kind)) {
                kinds.add(kind);
            }
        }
        if (kinds.size() > 1) {
            problems.add(
                    item,
                    "step " + number + " has both '" + kinds.get(0) + "' and '" + kinds.get(1)
                            + "'; a step does one thing, take one of the two out");
        }
    }

    private void group(final YamlNode item, final int number, final Surroundings around) {
        final StepName name = StepName.of(problems, item, number);
        final Fields step = Fields.of(problems, item, name.owner(), KnownKeys.GROUP_STEP);
        name.requireId(problems, item);
        final YamlNode node = step.get("parallel").orElseThrow();
        final Fields fields = Fields.of(problems, node, "'parallel' of " + name.owner(), KnownKeys.GROUP);
        final Strategy strategy = new StrategyReader(problems).read(fields, "strategy");
        final List<YamlNode.Scalar> needNodes = settings.needs(step);
        final List<String> outer = around.needs(needNodes);
        final Optional<StepDraft> condition = conditions.read(step, name, outer, item);
        final List<String> needs = BlockConditions.needs(condition, outer);
        final int at = drafts.size();
        condition.ifPresent(drafts::add);
        final boolean isTimed = strategy.timeout().isPresent() && !needs.isEmpty();
        final Surroundings inside = around.inside(name.id(), isTimed ? List.of(name.id() + ".begin") : needs, Map.of());
        if (isTimed) {
            drafts.add(beginning(name.id(), needs, item, name.id()));
        }
        final List<String> members = fields.get("steps")
                .map(found -> steps(found, "'steps' of " + fields.owner(), inside))
                .orElse(List.of());
        if (fields.get("steps").isEmpty() && node instanceof YamlNode.Mapping) {
            problems.add(node, fields.owner() + " has no 'steps'; add a list of steps that run beside each other");
        }
        requireEnough(strategy, members, fields, at);
        place(
                at,
                condition,
                gate(
                        name,
                        Run.Block.GROUP,
                        strategy,
                        isTimed,
                        members,
                        needNodes,
                        around.implied(),
                        item,
                        settings.onFailure(step),
                        around.parent()));
    }

    /** How many there are is known here unless one of them is a {@code foreach} over an input. */
    private void requireEnough(
            final Strategy strategy, final List<String> members, final Fields fields, final int from) {
        final boolean isKnown = drafts.subList(Math.min(from, drafts.size()), drafts.size()).stream()
                .allMatch(draft -> draft.step().foreach().isEmpty());
        if (isKnown && !members.isEmpty() && strategy.required() > members.size()) {
            problems.add(
                    fields.get("required").orElseThrow(),
                    fields.owner() + " requires " + strategy.required() + " of " + members.size()
                            + " steps, which can never be; require fewer");
        }
    }

    /** The stages of the file, in order. */
    void stages(final YamlNode node) {
        if (!(node instanceof YamlNode.Sequence sequence) || sequence.items().isEmpty()) {
            problems.add(
                    node,
                    "'stages' must be a list of at least one stage with 'id' and 'steps', got " + Describe.value(node));
            return;
        }
        int number = 0;
        for (final YamlNode item : sequence.items()) {
            number++;
            stage(item, number);
        }
    }

    private void stage(final YamlNode item, final int number) {
        final StepName name = StepName.of(problems, item, number, "stage");
        final Fields fields = Fields.of(problems, item, name.owner(), KnownKeys.STAGE);
        if (!(item instanceof YamlNode.Mapping)) {
            return;
        }
        name.requireId(problems, item);
        final Optional<Duration> timeout =
                fields.get("timeout").flatMap(found -> values.duration(found, "'timeout' of " + name.owner(), false));
        final Strategy strategy = fields.get("strategy")
                .map(found -> new StrategyReader(problems).read(found, name.owner()))
                .orElse(Strategy.ALL);
        final List<YamlNode.Scalar> needNodes = settings.needs(fields);
        final List<String> outer = Surroundings.NONE.needs(needNodes);
        final Optional<StepDraft> condition = conditions.read(fields, name, outer, item);
        final List<String> needs = BlockConditions.needs(condition, outer);
        final Map<String, Integer> uses = new LinkedHashMap<>();
        fields.get("concurrency")
                .flatMap(found ->
                        values.wholeNumber(found, "'concurrency' of " + name.owner(), 1, Limits.CONCURRENCY_MAX))
                .ifPresent(places -> {
                    limits.add(Limit.capacity("stage:" + name.id(), places));
                    uses.put("stage:" + name.id(), 1);
                });
        final int at = drafts.size();
        condition.ifPresent(drafts::add);
        final boolean isLater = !needs.isEmpty();
        if (isLater) {
            drafts.add(beginning(name.id(), needs, item, name.id()));
        }
        final Surroundings inside =
                Surroundings.NONE.inside(name.id(), isLater ? List.of(name.id() + ".begin") : List.of(), uses);
        final List<String> members = fields.get("steps")
                .map(found -> steps(found, "'steps' of " + name.owner(), inside))
                .orElse(List.of());
        if (fields.get("steps").isEmpty()) {
            problems.add(item, name.owner() + " has no 'steps'; add a list of at least one step with 'id' and 'run'");
        }
        place(
                at,
                condition,
                gate(
                        name,
                        Run.Block.STAGE,
                        timeout.isPresent() ? strategy.withTimeout(timeout) : strategy,
                        isLater,
                        members,
                        needNodes,
                        List.of(),
                        item,
                        Optional.empty(),
                        ""));
    }

    private void call(final YamlNode item, final int number, final Surroundings around) {
        final StepName name = StepName.of(problems, item, number);
        final Fields fields = Fields.of(problems, item, name.owner(), KnownKeys.CALL_STEP);
        name.requireId(problems, item);
        final List<YamlNode.Scalar> needNodes = settings.needs(fields);
        final List<String> outer = around.needs(needNodes);
        final Optional<StepDraft> condition = conditions.read(fields, name, outer, item);
        final List<String> needs = BlockConditions.needs(condition, outer);
        final Templates templates = new Templates(problems);
        final Optional<WorkflowFile> called = callReader.read(fields, name.id(), templates);
        final Optional<Duration> timeout = settings.timeout(fields, called.flatMap(WorkflowFile::timeout));
        final boolean isTimed = timeout.isPresent() && !needs.isEmpty();
        final List<String> members = new ArrayList<>();
        final int at = drafts.size();
        condition.ifPresent(drafts::add);
        if (isTimed) {
            drafts.add(beginning(name.id(), needs, item, name.id()));
        }
        final List<String> implied = isTimed ? List.of(name.id() + ".begin") : needs;
        called.ifPresent(workflow -> inline(workflow, name.id(), implied, around, item, members));
        final Strategy strategy = new Strategy(
                Strategy.Rule.ALL,
                0,
                0,
                called.map(WorkflowFile::onError).orElse(OnError.FAIL_FAST) == OnError.COLLECT_ALL
                        ? Strategy.Cancel.WAIT_ALL
                        : Strategy.Cancel.CANCEL_REMAINING,
                timeout);
        final StepDraft gate = gate(
                name,
                Run.Block.WORKFLOW,
                strategy,
                isTimed,
                members,
                needNodes,
                around.implied(),
                item,
                settings.onFailure(fields),
                around.parent());
        place(
                at,
                condition,
                new StepDraft(gate.step(), item, gate.idNode(), needNodes, Map.of(), templates.uses(), gate.implied()));
    }

    private void pattern(final YamlNode item, final int number, final Surroundings around) {
        final StepName name = StepName.of(problems, item, number);
        final Fields fields = Fields.of(problems, item, name.owner(), KnownKeys.PATTERN_STEP);
        name.requireId(problems, item);
        final Templates templates = new Templates(problems);
        final List<YamlNode.Scalar> needNodes = settings.needs(fields);
        final List<String> outer = around.needs(needNodes);
        final Optional<StepDraft> condition = conditions.read(fields, name, outer, item);
        final Step step = Step.idle(
                name.id(),
                patternReader.read(fields, templates),
                BlockConditions.needs(condition, outer),
                Optional.empty(),
                item.place().line(),
                Flow.PLAIN.in(around.parent()).using(around.uses()).failing(settings.onFailure(fields)));
        final List<String> implied = new ArrayList<>(step.needs());
        implied.addAll(around.implied());
        condition.ifPresent(drafts::add);
        place(
                drafts.size() - (condition.isPresent() ? 1 : 0),
                condition,
                new StepDraft(step, item, name.idNode().orElse(item), needNodes, Map.of(), templates.uses(), implied));
    }

    /** A block stands before all that is in it. */
    private void place(final int at, final Optional<StepDraft> condition, final StepDraft block) {
        drafts.add(at, BlockConditions.shown(block, condition));
    }

    private void inline(
            final WorkflowFile workflow,
            final String id,
            final List<String> implied,
            final Surroundings around,
            final YamlNode item,
            final List<String> members) {
        final Map<String, Integer> uses = new LinkedHashMap<>(around.uses());
        workflow.limits().forEach(limit -> limits.add(limit.renamed(Call.inside(id, limit.name()))));
        if (workflow.concurrency() > 0) {
            limits.add(Limit.capacity(Call.inside(id, "concurrency"), workflow.concurrency()));
            uses.put(Call.inside(id, "concurrency"), 1);
        }
        for (final Step inner : workflow.steps()) {
            Step step = inner.within(id, implied);
            if (!uses.isEmpty() && !step.isGate() && !step.isApproval()) {
                final Map<String, Integer> all = new LinkedHashMap<>(uses);
                all.putAll(step.flow().uses());
                step = step.withFlow(step.flow().using(all));
            }
            if (workflow.onError() != OnError.FAIL_FAST
                    && inner.flow().onFailure().isEmpty()
                    && !step.isGate()) {
                step = step.withFlow(step.flow()
                        .failing(Optional.of(
                                workflow.onError() == OnError.COMPENSATE
                                        ? OnFailure.COMPENSATE
                                        : OnFailure.CANCEL_DEPENDENTS)));
            }
            drafts.add(StepDraft.idle(step, item, step.needs()));
            if (inner.flow().parent().isEmpty() && inner.flow().compensates().isEmpty() && !inner.isHidden()) {
                members.add(step.id());
            }
        }
    }

    private static StepDraft beginning(
            final String block, final List<String> needs, final YamlNode node, final String parent) {
        final Step step = Step.idle(
                block + ".begin",
                new Run.Gate(Run.Block.BEGIN, Strategy.ALL, ""),
                needs,
                Optional.empty(),
                node.place().line(),
                Flow.PLAIN.in(parent));
        return StepDraft.idle(step, node, needs);
    }

    private static StepDraft gate(
            final StepName name,
            final Run.Block block,
            final Strategy strategy,
            final boolean hasBeginning,
            final List<String> members,
            final List<YamlNode.Scalar> needNodes,
            final List<String> around,
            final YamlNode node,
            final Optional<OnFailure> onFailure,
            final String parent) {
        final Step step = Step.idle(
                name.id(),
                new Run.Gate(block, strategy, hasBeginning ? name.id() + ".begin" : ""),
                members,
                strategy.timeout(),
                node.place().line(),
                Flow.PLAIN.in(parent).failing(onFailure));
        final List<String> implied = new ArrayList<>(members);
        implied.addAll(around);
        return new StepDraft(step, node, name.idNode().orElse(node), needNodes, Map.of(), List.of(), implied);
    }
}
