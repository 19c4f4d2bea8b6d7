package io.signalbox.cli.engine;

import io.signalbox.yaml.Foreach;
import io.signalbox.yaml.Plan;
import io.signalbox.yaml.Run;
import io.signalbox.yaml.WorkflowFile;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * What a run would do, worked out without running anything.
 *
 * @param workflow its name
 * @param steps how many would be executed
 * @param parallelMax how many at once
 * @param waves what could begin together if every step lasted as long
 * @param taken ids of steps whose end would be taken from an earlier run
 * @param basedOn the run whose times are used
 * @param estimateMs how long it would last with those times and so many at once
 * @param sequentialMs how long one after the other
 * @param unknown how many steps that run has no time of; they count as nothing
 * @param criticalPath the steps that decide how long it takes; without times the longest chain
 */
public record Forecast(
        String workflow,
        int steps,
        int parallelMax,
        List<List<Step>> waves,
        List<String> taken,
        Optional<String> basedOn,
        OptionalLong estimateMs,
        long sequentialMs,
        int unknown,
        List<String> criticalPath) {
    /**
     * A step or instance.
     *
     * @param id such as {@code parse[3]}
     * @param words what is special about it
     * @param elapsedMs how long it lasted last time
     */
    public record Step(String id, String words, OptionalLong elapsedMs) {}

    public Forecast {
        waves = List.copyOf(waves);
        taken = List.copyOf(taken);
        criticalPath = List.copyOf(criticalPath);
    }

    /** Works it out. */
    public static Forecast of(final RunRequest request) throws CommandException {
        final RunDefinition definition = request.definition();
        Reuse.of(request, definition);
        return new Calculation(
                        definition,
                        request.selection().taken(definition.workflow()),
                        Reuse.newest(request.data(), definition.source()))
                .forecast();
    }

    /** One calculation over the instances of a plan, by their indexes. */
    private static final class Calculation {
        private final WorkflowFile workflow;
        private final Plan plan;
        private final Set<String> taken;
        private final Optional<RunRecord> before;
        private final int parallelMax;
        private final OptionalLong[] elapsedMs;
        private final List<Plan.PlannedStep> ordered;

        Calculation(final RunDefinition definition, final Set<String> taken, final Optional<RunRecord> before) {
            workflow = definition.workflow();
            plan = definition.plan();
            this.taken = taken;
            this.before = before;
            parallelMax =
                    workflow.concurrency() == 0 ? Runtime.getRuntime().availableProcessors() : workflow.concurrency();
            elapsedMs = new OptionalLong[plan.steps().size()];
            for (final Plan.PlannedStep step : plan.steps()) {
                elapsedMs[step.index()] = elapsedMs(step);
            }
            ordered = ordered(plan);
        }

        private OptionalLong elapsedMs(final Plan.PlannedStep step) {
            if (!isExecuted(step)) {
                return OptionalLong.of(0);
            }
            return before.flatMap(run -> run.plan()
                            .step(step.id())
                            .flatMap(same -> run.result(run.snapshot().steps().get(same.index()))))
                    .filter(result -> result.elapsedMs() > 0)
                    .map(result -> OptionalLong.of(result.elapsedMs()))
                    .orElse(OptionalLong.empty());
        }

        private boolean isExecuted(final Plan.PlannedStep step) {
            return step.isTask()
                    && step.undoes().isEmpty()
                    && !step.step().isHidden()
                    && !taken.contains(step.step().id());
        }

        private boolean isShown(final Plan.PlannedStep step) {
            return isExecuted(step)
                    || (step.step().isApproval() || step.isOpen())
                            && !taken.contains(step.step().id());
        }

        private static List<Plan.PlannedStep> ordered(final Plan plan) {
            final int[] open = new int[plan.steps().size()];
            final List<List<Integer>> dependents = new ArrayList<>();
            plan.steps().forEach(step -> dependents.add(new ArrayList<>()));
            final Deque<Integer> free = new ArrayDeque<>();
            for (final Plan.PlannedStep step : plan.steps()) {
                open[step.index()] = step.needs().size();
                step.needs().forEach(need -> dependents.get(need).add(step.index()));
                if (step.needs().isEmpty()) {
                    free.add(step.index());
                }
            }
            final List<Plan.PlannedStep> ordered = new ArrayList<>();
            while (!free.isEmpty()) {
                final int index = free.removeFirst();
                ordered.add(plan.steps().get(index));
                for (final int dependent : dependents.get(index)) {
                    open[dependent]--;
                    if (open[dependent] == 0) {
                        free.add(dependent);
                    }
                }
            }
            return ordered;
        }

        Forecast forecast() {
            final int executed =
                    (int) plan.steps().stream().filter(this::isExecuted).count();
            final int unknown = (int) plan.steps().stream()
                    .filter(step -> elapsedMs[step.index()].isEmpty())
                    .count();
            final boolean hasTimes = unknown < executed;
            return new Forecast(
                    workflow.name(),
                    executed,
                    parallelMax,
                    waves(),
                    plan.steps().stream()
                            .filter(step -> taken.contains(step.step().id()) && step.isTask())
                            .map(Plan.PlannedStep::id)
                            .toList(),
                    hasTimes ? before.map(run -> run.folder().id()) : Optional.empty(),
                    hasTimes ? OptionalLong.of(simulated()) : OptionalLong.empty(),
                    plan.steps().stream()
                            .mapToLong(step -> elapsedMs[step.index()].orElse(0))
                            .sum(),
                    hasTimes ? unknown : executed,
                    criticalPath(hasTimes));
        }

        private List<List<Step>> waves() {
            final int[] wave = new int[plan.steps().size()];
            final List<List<Step>> waves = new ArrayList<>();
            for (final Plan.PlannedStep step : ordered) {
                int own = 0;
                for (final int need : step.needs()) {
                    own = Math.max(own, wave[need] + (isShown(plan.steps().get(need)) ? 1 : 0));
                }
                wave[step.index()] = own;
                if (isShown(step)) {
                    while (waves.size() <= own) {
                        waves.add(new ArrayList<>());
                    }
                    waves.get(own)
                            .add(new Step(
                                    step.id(),
                                    words(step),
                                    isExecuted(step) ? elapsedMs[step.index()] : OptionalLong.empty()));
                }
            }
            return waves;
        }

        private static String words(final Plan.PlannedStep planned) {
            final List<String> words = new ArrayList<>();
            if (planned.step().run() instanceof Run.Approval) {
                words.add("a person answers");
            }
            if (planned.isOpen()) {
                words.add("for each item of ${"
                        + planned.step()
                                .foreach()
                                .flatMap(Foreach::source)
                                .orElseThrow()
                                .text() + "}");
            }
            if (!planned.step().flow().parent().isEmpty()) {
                words.add("in " + planned.step().flow().parent());
            }
            planned.step().when().ifPresent(when -> words.add("when " + when.text()));
            if (!planned.step().flow().uses().isEmpty()) {
                words.add(
                        "uses " + String.join(", ", planned.step().flow().uses().keySet()));
            }
            return words.isEmpty() ? "" : "(" + String.join("; ", words) + ")";
        }

        /** As the machine would do it: what is ready begins by priority as soon as there is a place. */
        private long simulated() {
            final long[] readyMs = new long[plan.steps().size()];
            final int[] open = new int[plan.steps().size()];
            final List<List<Integer>> dependents = new ArrayList<>();
            plan.steps().forEach(step -> dependents.add(new ArrayList<>()));
            final PriorityQueue<Integer> ready = new PriorityQueue<>(Comparator.comparingLong((Integer i) -> readyMs[i])
                    .thenComparing(i -> -plan.steps().get(i).step().flow().priority())
                    .thenComparing(i -> i));
            for (final Plan.PlannedStep step : plan.steps()) {
                open[step.index()] = step.needs().size();
                step.needs().forEach(need -> dependents.get(need).add(step.index()));
                if (step.needs().isEmpty()) {
                    ready.add(step.index());
                }
            }
            final PriorityQueue<Long> placesMs = new PriorityQueue<>();
            for (int i = 0; i < parallelMax; i++) {
                placesMs.add(0L);
            }
            long endMs = 0;
            while (!ready.isEmpty()) {
                final int index = ready.remove();
                final boolean takesPlace = isExecuted(plan.steps().get(index));
                final long startMs = takesPlace ? Math.max(readyMs[index], placesMs.remove()) : readyMs[index];
                final long doneMs = startMs + elapsedMs[index].orElse(0);
                if (takesPlace) {
                    placesMs.add(doneMs);
                }
                endMs = Math.max(endMs, doneMs);
                for (final int dependent : dependents.get(index)) {
                    readyMs[dependent] = Math.max(readyMs[dependent], doneMs);
                    open[dependent]--;
                    if (open[dependent] == 0) {
                        ready.add(dependent);
                    }
                }
            }
            return endMs;
        }

        /** The chain whose times, or without times whose steps, come to most. */
        private List<String> criticalPath(final boolean hasTimes) {
            final long[] length = new long[plan.steps().size()];
            final int[] previous = new int[plan.steps().size()];
            int last = -1;
            for (final Plan.PlannedStep step : ordered) {
                final int index = step.index();
                previous[index] = -1;
                for (final int need : step.needs()) {
                    if (previous[index] < 0 || length[need] > length[previous[index]]) {
                        previous[index] = need;
                    }
                }
                final long own = hasTimes ? elapsedMs[index].orElse(0) : isExecuted(step) ? 1 : 0;
                length[index] = own + (previous[index] < 0 ? 0 : length[previous[index]]);
                last = last < 0 || length[index] > length[last] ? index : last;
            }
            final Deque<String> path = new ArrayDeque<>();
            for (int at = last; at >= 0; at = previous[at]) {
                if (isShown(plan.steps().get(at))) {
                    path.addFirst(plan.steps().get(at).id());
                }
            }
            return List.copyOf(path);
        }
    }
}
