package io.signalbox.cli.engine;

import io.signalbox.kernel.plan.CoordinationPoint;
import io.signalbox.kernel.plan.ExecutionPlan;
import io.signalbox.kernel.plan.PlanSettings;
import io.signalbox.yaml.Plan;
import io.signalbox.yaml.WorkflowFile;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a run would do, without running anything: the kernel's plan of it, with the times of the newest run of the file. Without such a run every step
 * lasts one {@link #UNIT_NS}, so that lengths are numbers of steps.
 *
 * @param workflow what would run
 * @param steps the instances of it by id
 * @param plan of the kernel: what is taken and what nobody wants to see takes no time in it
 * @param elapsedMs by id of a step that would be executed, how long it lasted last time
 * @param taken ids of steps whose end would be taken from an earlier run
 * @param basedOn the run whose times are used
 * @param executed how many steps would be executed
 */
public record Forecast(
        WorkflowFile workflow,
        Map<String, Plan.PlannedStep> steps,
        ExecutionPlan plan,
        Map<String, Long> elapsedMs,
        List<String> taken,
        Optional<String> basedOn,
        int executed) {
    /** How long a step lasts of whose time nothing is known, when nothing is known of any. */
    public static final long UNIT_NS = 1_000_000_000L;

    private static final long NS_PER_MS = 1_000_000;

    public Forecast {
        steps = Collections.unmodifiableMap(new LinkedHashMap<>(steps));
        elapsedMs = Collections.unmodifiableMap(new LinkedHashMap<>(elapsedMs));
        taken = List.copyOf(taken);
    }

    /** Works it out. */
    public static Forecast of(final RunRequest request) throws CommandException {
        final RunDefinition definition = request.definition();
        Reuse.of(request, definition);
        final Set<String> taken = request.selection().taken(definition.workflow());
        final Plan steps = definition.plan();
        final Optional<RunRecord> before = Reuse.newest(request.data(), definition.source());
        final Map<String, Long> knownMs = before.map(Forecast::elapsedMs).orElse(Map.of());
        final Map<String, Long> elapsedMs = new LinkedHashMap<>();
        final Map<String, Plan.PlannedStep> byId = new LinkedHashMap<>();
        final Set<String> idle = new HashSet<>();
        int executed = 0;
        for (final Plan.PlannedStep step : steps.steps()) {
            byId.put(step.id(), step);
            if (step.step().isHidden() || taken.contains(step.step().id())) {
                idle.add(step.id());
            } else if (isExecuted(step)) {
                executed++;
                if (knownMs.containsKey(step.id())) {
                    elapsedMs.put(step.id(), knownMs.get(step.id()));
                }
            }
        }
        return new Forecast(
                definition.workflow(),
                byId,
                ExecutionPlan.of(
                        new KernelSteps(definition.workflow(), steps).definition(),
                        settings(steps, elapsedMs).withIdleSteps(idle)),
                elapsedMs,
                steps.steps().stream()
                        .filter(step -> taken.contains(step.step().id()) && step.isTask())
                        .map(Plan.PlannedStep::id)
                        .toList(),
                elapsedMs.isEmpty()
                        ? Optional.empty()
                        : before.map(run -> run.folder().id()),
                executed);
    }

    private static boolean isExecuted(final Plan.PlannedStep step) {
        return step.isTask() && step.undoes().isEmpty();
    }

    /** How long the steps of a run lasted, as far as they did. */
    private static Map<String, Long> elapsedMs(final RunRecord run) {
        final Map<String, Long> elapsedMs = new LinkedHashMap<>();
        run.snapshot()
                .steps()
                .forEach(step -> run.result(step)
                        .map(AttemptResult::elapsedMs)
                        .filter(timeMs -> timeMs > 0)
                        .ifPresent(timeMs -> elapsedMs.put(step.id(), timeMs)));
        return elapsedMs;
    }

    /** A step that the earlier run has no time of counts as nothing, and so does a person, or a step whose items are not known yet. */
    private static PlanSettings settings(final Plan steps, final Map<String, Long> elapsedMs) {
        final Map<String, Long> durationsNs = new LinkedHashMap<>();
        elapsedMs.forEach((id, timeMs) -> durationsNs.put(id, timeMs * NS_PER_MS));
        steps.steps().stream()
                .filter(step -> step.step().isApproval() || step.isOpen())
                .forEach(step -> durationsNs.put(step.id(), 0L));
        return PlanSettings.STANDARD
                .withDefaultDurationNs(elapsedMs.isEmpty() ? UNIT_NS : 0)
                .withDurationsNs(durationsNs);
    }

    /** Whether times are known; otherwise lengths are numbers of steps. */
    public boolean isTimed() {
        return basedOn.isPresent();
    }

    /** How many steps would be executed of which no time is known. */
    public int unknown() {
        return executed - elapsedMs.size();
    }

    /** How long it would last; empty when no time is known. */
    public OptionalLong estimateMs() {
        return isTimed() ? OptionalLong.of(plan.estimate().parallelNs() / NS_PER_MS) : OptionalLong.empty();
    }

    /** How long one after the other. */
    public long sequentialMs() {
        return isTimed() ? plan.estimate().sequentialNs() / NS_PER_MS : 0;
    }

    /** The steps that decide how long it takes; without times the longest chain. */
    public List<String> criticalPath() {
        return plan.criticalPath().stream()
                .filter(id -> step(id).isTask()
                        || step(id).isOpen()
                        || step(id).step().isApproval())
                .filter(id -> !step(id).step().isHidden() && !taken.contains(id))
                .toList();
    }

    /** Where steps wait for each other or for somebody, without what only holds the graph together. */
    public List<CoordinationPoint> coordinationPoints() {
        return plan.coordinationPoints().stream()
                .filter(point -> !step(point.step()).step().isHidden() && !taken.contains(point.step()))
                .map(point -> new CoordinationPoint(
                        point.step(),
                        point.kind(),
                        point.members().stream()
                                .filter(id -> !step(id).step().isHidden())
                                .toList()))
                .filter(point -> point.kind() != CoordinationPoint.Kind.JOIN
                        || point.members().size() > 1)
                .toList();
    }

    /** The step or instance of that id. */
    public Plan.PlannedStep step(final String id) {
        return steps.get(id);
    }
}
