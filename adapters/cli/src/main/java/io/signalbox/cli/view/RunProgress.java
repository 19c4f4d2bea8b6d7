package io.signalbox.cli.view;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Where every step of a run stands, from the view's events. Guarded by its view. */
final class RunProgress {
    /** The note of a part that was stopped with the run. */
    private static final String STOPPED = "stopped";

    private final Map<String, Row> rows = new LinkedHashMap<>();

    /** One step of the file, with its instances when it is a {@code foreach}. */
    static final class Row {
        final String id;
        final boolean isForeach;
        final PlannedStep.Kind kind;
        final Map<String, Part> parts = new LinkedHashMap<>();
        final List<Row> children = new ArrayList<>();
        BlockEnd ended;
        int depth;
        int partsExpected;
        long changedAt;

        Row(final String id, final boolean isForeach, final PlannedStep.Kind kind) {
            this.id = id;
            this.isForeach = isForeach;
            this.kind = kind;
            partsExpected = isBlock() ? 0 : 1;
        }

        boolean isBlock() {
            return kind.isBlock();
        }

        /** The id, further in for what stands in a block. */
        String label() {
            return "  ".repeat(depth) + id;
        }

        long childrenOver() {
            return children.stream().filter(child -> child.state().isFinal()).count();
        }

        /** Who won, in words; empty without a winner. */
        String winner() {
            return ended == null
                    ? ""
                    : ended.winner().map(member -> ": " + member + " won").orElse("");
        }

        long count(final StepState state) {
            return parts.values().stream().filter(part -> part.state == state).count();
        }

        long stopped() {
            return parts.values().stream()
                    .filter(part -> part.note.equals(STOPPED))
                    .count();
        }

        long over() {
            return parts.values().stream().filter(part -> part.state.isFinal()).count();
        }

        long elapsedMs(final long nowMs) {
            if (isBlock()) {
                return ended == null ? 0 : ended.elapsedMs();
            }
            return parts.values().stream()
                    .mapToLong(part -> part.elapsedMs(nowMs))
                    .sum();
        }

        /** One that is still due is none yet. */
        int retries() {
            return parts.values().stream()
                    .mapToInt(part -> part.retries - (part.state == StepState.BACKING_OFF ? 1 : 0))
                    .sum();
        }

        /** A {@code foreach} over a list that was empty. */
        boolean hasNoInstances() {
            return isForeach && partsExpected == 0 && parts.isEmpty();
        }

        /** Whether an id means the whole row, and not the only or one of several parts of it. */
        private boolean isWhole(final String what) {
            return isBlock() || isForeach && what.equals(id);
        }

        StepState state() {
            if (ended != null) {
                return ended.state();
            }
            if (hasNoInstances()) {
                return StepState.SKIPPED;
            }
            if (isBlock()) {
                final List<StepState> inside = new ArrayList<>();
                children.forEach(child -> inside.add(child.state()));
                final StepState state = StepState.of(inside);
                return state.isFinal() ? StepState.RUNNING : state;
            }
            final List<StepState> states = new ArrayList<>();
            parts.values().forEach(part -> states.add(part.state));
            for (int unseen = parts.size(); unseen < partsExpected; unseen++) {
                states.add(StepState.WAITING);
            }
            return StepState.of(states);
        }
    }

    /** One instance, or the step itself. */
    static final class Part {
        StepState state = StepState.WAITING;
        int attemptsSeen;
        int retries;
        long startedMs;
        long pastMs;
        String note = "";

        long elapsedMs(final long nowMs) {
            return pastMs + (state == StepState.RUNNING ? nowMs - startedMs : 0);
        }
    }

    void start(final RunStart start) {
        final Map<String, Row> unordered = new LinkedHashMap<>();
        for (final PlannedStep step : start.steps()) {
            unordered.put(step.id(), new Row(step.id(), step.isForeach(), step.kind()));
        }
        for (final PlannedStep step : start.steps()) {
            if (unordered.containsKey(step.parent())) {
                unordered.get(step.parent()).children.add(unordered.get(step.id()));
            }
        }
        for (final PlannedStep step : start.steps()) {
            if (!unordered.containsKey(step.parent())) {
                place(unordered.get(step.id()), 0);
            }
        }
        start.finishedBefore().forEach((id, state) -> {
            final Part part = part(id);
            part.state = state;
            part.note = "before";
        });
    }

    /** A block stands before what stands in it. */
    private void place(final Row row, final int depth) {
        row.depth = depth;
        rows.put(row.id, row);
        row.children.forEach(child -> place(child, depth + 1));
    }

    /** A block is over. */
    void blockEnded(final BlockEnd end, final long nowMs) {
        final Row row = row(end.id());
        row.changedAt = nowMs;
        row.ended = end;
    }

    List<Row> rows() {
        return new ArrayList<>(rows.values());
    }

    void expect(final String id, final int count) {
        row(id).partsExpected = count;
    }

    Part change(final String id, final StepState state, final long nowMs) {
        final Row row = row(id);
        row.changedAt = nowMs;
        if (state.isFinal() && row.isWhole(id)) {
            row.ended = new BlockEnd(id, state, 0, Optional.empty(), "");
            return new Part();
        }
        final Part part = part(id);
        if (state == StepState.CANCELLED) {
            part.pastMs = part.elapsedMs(nowMs);
        }
        if (state == StepState.BACKING_OFF) {
            part.retries++;
        }
        part.state = state;
        return part;
    }

    void attemptStarted(final String id, final long nowMs) {
        final Part part = change(id, StepState.RUNNING, nowMs);
        part.attemptsSeen++;
        part.startedMs = nowMs;
        part.note = "";
    }

    /** The run is over: what has not ended by now was stopped with it. */
    void end(final long nowMs) {
        for (final Row row : rows.values()) {
            for (final Part part : row.parts.values()) {
                if (part.state == StepState.RUNNING || part.state == StepState.BACKING_OFF) {
                    part.pastMs = part.elapsedMs(nowMs);
                    part.state = StepState.CANCELLED;
                    part.note = STOPPED;
                }
            }
        }
    }

    /** How many were stopped with the run; they count as cancelled too. */
    int stopped() {
        return (int) rows.values().stream().mapToLong(Row::stopped).sum();
    }

    /** Of the whole run: each instance counts. */
    int total() {
        return steps().mapToInt(row -> Math.max(row.partsExpected, row.parts.size()))
                .sum();
    }

    int over() {
        return (int) steps().mapToLong(Row::over).sum();
    }

    int count(final StepState state) {
        return (int) steps().mapToLong(row -> row.count(state)).sum();
    }

    private Stream<Row> steps() {
        return rows.values().stream().filter(row -> !row.isBlock());
    }

    int failures() {
        return count(StepState.FAILED) + count(StepState.TIMED_OUT);
    }

    private Part part(final String id) {
        final Row row = row(id);
        final Part part = row.parts.computeIfAbsent(id, unknown -> new Part());
        if (!row.isBlock()) {
            row.partsExpected = Math.max(row.partsExpected, row.parts.size());
        }
        return part;
    }

    private Row row(final String id) {
        final int bracket = id.indexOf('[');
        final String step = bracket < 0 ? id : id.substring(0, bracket);
        return rows.computeIfAbsent(step, unknown -> new Row(step, bracket >= 0, PlannedStep.Kind.TASK));
    }
}
