package io.signalbox.kernel.pattern;

import io.signalbox.kernel.context.DocumentValue;
import io.signalbox.kernel.workflow.Gate;
import io.signalbox.kernel.workflow.GateRule;
import io.signalbox.kernel.workflow.StepDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The sections of one pattern, made into steps one after the other: each may refer to what those before it have created. */
final class PatternExpansion {
    private static final String MAIN = "pattern";
    private static final String SOURCES = "source_task_ids";

    private final PatternScope scope;
    private final StepBook book;
    private final String prefix;
    private final TaskTemplate source;
    private final List<Split> splits = new ArrayList<>();
    private final List<SyncPoint> syncPoints = new ArrayList<>();
    private final List<Loop> loops = new ArrayList<>();
    private final List<Merge> merges = new ArrayList<>();
    private final List<Join> joins = new ArrayList<>();

    /**
     * One section after the other.
     *
     * @param prefix of all ids.
     * @param source from which tasks take what they do not say.
     */
    PatternExpansion(
            final PatternScope scope, final StepBook book, final String prefix, final TaskTemplate source) {
        this.scope = scope;
        this.book = book;
        this.prefix = prefix;
        this.source = source;
    }

    List<Split> splits() {
        return splits;
    }

    List<SyncPoint> syncPoints() {
        return syncPoints;
    }

    List<Loop> loops() {
        return loops;
    }

    List<Merge> merges() {
        return merges;
    }

    List<Join> joins() {
        return joins;
    }

    // ------------------------------------------------------------------ split

    void split() {
        final DocumentValue main = body(MAIN);
        if (main == null || !main.textOf("type").equals("split")) {
            return;
        }
        final Split split = new SplitReader(scope, prefix, source).read(main);
        splits.add(split);
        final List<String> before = split.source().isEmpty() ? List.of() : List.of(split.source());
        split.tasks().forEach(task -> add(MAIN, task, before, Map.of(SOURCES, before)));
    }

    // ------------------------------------------------------------------ everything behind it

    void rest() {
        final DocumentValue points = body("sync_points");
        for (int i = 0; points != null && i < points.size(); i++) {
            syncPoint(section(points.value(i), "sync_points[" + i + "]"));
        }
        if (points != null && !points.isList()) {
            scope.problem("sync_points", PatternFault.INVALID_VALUE, "'sync_points' must be a list, got " + points);
        }
        final DocumentValue main = body(MAIN);
        final String type = main == null ? "" : main.textOf("type");
        if (type.equals("sync")) {
            syncPoint(section(main, MAIN));
        }
        each("loop", type, this::loop);
        each("merge", type, this::merge);
        each("join", type, this::join);
    }

    private interface Section {
        void make(SectionFields fields);
    }

    private void each(final String name, final String mainType, final Section section) {
        if (mainType.equals(name)) {
            section.make(section(body(MAIN), MAIN));
        }
        if (body(name) != null) {
            section.make(section(body(name), name));
        }
    }

    private DocumentValue body(final String name) {
        final DocumentValue value = scope.pattern().body().get(name);
        return value == null || value.kind() == DocumentValue.Kind.NULL ? null : value;
    }

    private SectionFields section(final DocumentValue value, final String path) {
        return new SectionFields(scope, scope.resolve(value, path), path);
    }

    private void syncPoint(final SectionFields fields) {
        final SyncPoint point = SectionReader.syncPoint(fields, prefix);
        if (!areKnown(fields, "waiting_task_ids", point.waitingTaskIds())) {
            return;
        }
        final boolean isAll = point.requiredCount() == point.waitingTaskIds().size();
        final Gate gate = isAll
                ? Gate.of(GateRule.ALL, point.superfluous())
                : Gate.quorum(point.requiredCount(), point.superfluous());
        final Map<String, Object> about = about();
        about.put("required_count", point.requiredCount());
        about.put("waiting_task_ids", point.waitingTaskIds());
        add(
                fields.path(),
                StepBook.gate(
                        PatternStep.Kind.SYNC,
                        point.id(),
                        timed(gate),
                        point.waitingTaskIds(),
                        point.timeoutNs(),
                        about));
        syncPoints.add(point);
    }

    /** The time of a gate begins when the tasks do that it is about: after the source of the split. */
    private Gate timed(final Gate gate) {
        final boolean isSourceHere = !splits.isEmpty() && book.has(splits.get(0).source());
        return isSourceHere ? gate.timedFrom(splits.get(0).source()) : gate;
    }

    private void loop(final SectionFields fields) {
        final Loop loop = SectionReader.loop(fields, prefix, source);
        if (loop.until() == null || !areKnown(fields, SOURCES, loop.sources())) {
            return;
        }
        final List<String> reviews = new ArrayList<>();
        final List<String> refinements = new ArrayList<>();
        final DocumentValue until = loop.until().document();
        for (int round = 1; round <= loop.roundsMax(); round++) {
            final List<String> reviewed = new ArrayList<>(loop.sources());
            final List<String> before = round == 1 ? readiness(loop.sources()) : List.of(loop.refineId(round - 1));
            if (round > 1) {
                reviewed.add(loop.refineId(round - 1));
            }
            final String review = loop.reviewId(round);
            add(
                    fields.path() + ".review_task",
                    loop.review().withId(review),
                    before,
                    Map.of(SOURCES, reviewed, "round", round));
            reviews.add(review);
            scope.put("review_task_" + round + "_id", review);
            if (round < loop.roundsMax()) {
                reviewed.add(review);
                add(
                        fields.path() + ".refine_task",
                        loop.refine().withId(loop.refineId(round)),
                        List.of(review),
                        Map.of(SOURCES, reviewed, "round", round, "unless", until.with("task", DocumentValue.of(review))));
                refinements.add(loop.refineId(round));
                scope.put("refine_task_" + round + "_id", loop.refineId(round));
            }
        }
        addEnd(fields, loop, reviews, refinements);
    }

    private void addEnd(
            final SectionFields fields, final Loop loop, final List<String> reviews, final List<String> refinements) {
        final List<String> all = new ArrayList<>(reviews);
        all.addAll(refinements);
        final Map<String, Object> about = about();
        about.put("review_task_ids", reviews);
        about.put("refine_task_ids", refinements);
        about.put(SOURCES, loop.sources());
        about.put("until", loop.until().document());
        about.put("on_exhausted", loop.failsWhenExhausted() ? "fail" : "continue");
        add(
                fields.path(),
                StepDefinition.of(loop.id(), all)
                        .judgingNeeds()
                        .withPayload(PatternStep.of(PatternStep.Kind.LOOP, about).encode()));
        scope.put("loop_id", loop.id());
        scope.putAll("review_task_ids", reviews);
        scope.putAll("refine_task_ids", refinements);
        loops.add(loop);
    }

    private void merge(final SectionFields fields) {
        final Merge merge = SectionReader.merge(fields, prefix);
        if (!areKnown(fields, SOURCES, merge.sources())) {
            return;
        }
        final Map<String, Object> about = about();
        about.put("merge_id", merge.id());
        about.put(SOURCES, merge.sources());
        about.put("merge_strategy", merge.strategy().word());
        about.put("custom_merge_fn", merge.function());
        add(
                fields.path(),
                StepDefinition.of(merge.id(), readiness(merge.sources()))
                        .withPayload(PatternStep.of(PatternStep.Kind.MERGE, about).encode()));
        scope.put("merge_id", merge.id());
        merges.add(merge);
    }

    private void join(final SectionFields fields) {
        final TaskTemplate said = SectionReader.part(fields, "continuation_task", "join_task", source);
        final String own = prefix + fields.text("id") + "_task";
        final String byItself = said.id().isEmpty() ? own : prefix + said.id();
        final String id = scope.idOf("continuation_task_id", scope.idOf("join_task_id", byItself));
        final Join join = SectionReader.join(fields, prefix, said.withId(id), this::isWaitedFor);
        if (!areKnown(fields, SOURCES, join.sources())) {
            return;
        }
        final Map<String, Object> about = about();
        about.put("join_id", join.id());
        about.put(SOURCES, join.sources());
        about.put("continuation_task_id", id);
        about.put("merge_strategy", join.strategy().word());
        about.put("custom_merge_fn", join.function());
        final GateRule rule = switch (join.strategy()) {
            case FIRST -> GateRule.FIRST;
            case MAJORITY -> GateRule.MAJORITY;
            case ALL, COMBINE, UNION, INTERSECTION, PLURALITY, CUSTOM -> GateRule.ALL;
        };
        add(
                fields.path(),
                StepBook.gate(
                        PatternStep.Kind.JOIN,
                        join.id(),
                        timed(Gate.of(rule, join.superfluous())),
                        join.sources(),
                        join.timeoutNs(),
                        about));
        about.put("merge_id", merges.isEmpty() ? "" : merges.get(0).id());
        about.put("merge_strategy", join.strategy().ofResults().word());
        add(fields.path() + ".continuation_task", join.continuation(), behind(join), Map.of("join", about));
        scope.put("join_id", join.id());
        scope.put("join_task_id", id);
        scope.put("continuation_task_id", id);
        joins.add(join);
    }

    /** The continuation is the end of its pattern: it comes behind everything else there is. */
    private List<String> behind(final Join join) {
        final List<String> needs = new ArrayList<>(List.of(join.id()));
        syncPoints.forEach(point -> needs.add(point.id()));
        loops.forEach(loop -> needs.add(loop.id()));
        merges.forEach(merge -> needs.add(merge.id()));
        return needs;
    }

    private boolean isWaitedFor(final String task) {
        return syncPoints.stream().anyMatch(point -> point.waitingTaskIds().contains(task));
    }

    /** What has to be over before the results of these can be used: the sync points that wait for them, else they themselves. */
    private List<String> readiness(final List<String> sources) {
        final List<String> needs = new ArrayList<>();
        syncPoints.stream()
                .filter(point -> sources.stream().anyMatch(point.waitingTaskIds()::contains))
                .forEach(point -> needs.add(point.id()));
        sources.stream().filter(task -> !isWaitedFor(task)).forEach(needs::add);
        return needs;
    }

    private boolean areKnown(final SectionFields fields, final String name, final List<String> ids) {
        boolean areKnown = !ids.isEmpty();
        for (int i = 0; i < ids.size(); i++) {
            if (!book.has(ids.get(i))) {
                areKnown = false;
                fields.problem(name + "[" + i + "]", PatternFault.UNKNOWN_TASK, "there is no task '" + ids.get(i)
                        + "' before this" + PatternNames.hint(ids.get(i), firstOf(book.ids())));
            }
        }
        return areKnown;
    }

    private static List<String> firstOf(final List<String> ids) {
        return ids.size() > 20 ? ids.subList(0, 20) : ids;
    }

    private Map<String, Object> about() {
        final Map<String, Object> about = new TreeMap<>();
        about.put("pattern", scope.pattern().name());
        return about;
    }

    private void add(
            final String path, final TaskTemplate task, final List<String> needs, final Map<String, ?> more) {
        final Map<String, Object> about = about();
        about.putAll(more);
        if (task.when() != null && !book.has(task.when().task())) {
            scope.problem(path + ".when", PatternFault.UNKNOWN_TASK, "there is no task '" + task.when().task()
                    + "' before this" + PatternNames.hint(task.when().task(), firstOf(book.ids())));
        }
        add(path, book.task(task, needs, about));
    }

    private void add(final String path, final StepDefinition step) {
        book.add(scope, path, step);
    }
}
