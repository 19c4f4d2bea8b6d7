package io.signalbox.kernel.machine;

import io.signalbox.kernel.workflow.Gate;
import io.signalbox.kernel.workflow.GateRule;
import io.signalbox.kernel.workflow.LimitDefinition;
import io.signalbox.kernel.workflow.StepDefinition;
import io.signalbox.kernel.workflow.StepKind;
import io.signalbox.kernel.workflow.Superfluous;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** One run as the naive kernel keeps it: what a step or a gate needs to know of others is looked up whenever it is asked. */
final class NaiveRun {
    static final long NEVER = Long.MAX_VALUE;
    static final int OF_THE_RUN = 0x2000_0000;
    static final int OF_A_LIMIT = 0x4000_0000;

    private static final int FREE = -1;
    private static final byte[] NOTHING = {};
    private static final Set<String> ENDS_OF_STEPS = Set.of("SUCCEEDED", "SKIPPED", "FAILED", "CANCELLED");
    private static final Set<String> ENDS_OF_RUNS =
            Set.of("SUCCEEDED", "FAILED", "PARTLY_FAILED", "CANCELLED", "EXPIRED", "COMPENSATED");

    static final class Step {
        final int index;
        final StepDefinition said;
        String state = "PENDING";
        int attempts;
        int failures;
        int exitCode;
        int quality;
        int winner = -1;
        int endedAs;
        int readyAs;
        int blockedBy = FREE;
        boolean isSuperfluous;
        long sinceNs;
        long untilNs = NEVER;
        long leaseNs;
        int owner;
        NaiveRun child;
        byte[] worker = NOTHING;
        byte[] result = NOTHING;
        byte[] detail = NOTHING;

        Step(final int index, final StepDefinition said, final long nowNs) {
            this.index = index;
            this.said = said;
            this.sinceNs = nowNs;
            if (said.isCompensation()) {
                state = "DORMANT";
            }
        }

        boolean isInFlight() {
            return state.equals("ASSIGNED") || state.equals("STARTED");
        }

        /** Whether a report about it is awaited. */
        boolean isAwaited() {
            return isInFlight() || state.equals("WAITING") && said.kind() == StepKind.EXTERNAL;
        }

        boolean hasEnded() {
            return ENDS_OF_STEPS.contains(state);
        }

        boolean is(final String other) {
            return state.equals(other);
        }
    }

    /** What is left of a limit. */
    static final class Pool {
        final LimitDefinition said;
        int taken;
        int tokens;
        long asOfNs;

        Pool(final LimitDefinition said, final long nowNs) {
            this.said = said;
            tokens = said.ratePerPeriod();
            asOfNs = nowNs;
        }

        long eachNs() {
            return Math.max(1, said.periodNs() / said.ratePerPeriod());
        }

        void refill(final long nowNs) {
            while (tokens < said.ratePerPeriod() && asOfNs + eachNs() <= nowNs) {
                tokens++;
                asOfNs += eachNs();
            }
            if (tokens == said.ratePerPeriod()) {
                asOfNs = nowNs;
            }
        }

        boolean allows(final int units, final long nowNs) {
            return said.ratePerPeriod() == 0 || tokens + (nowNs - asOfNs) / eachNs() >= units;
        }

        boolean has(final int units, final long nowNs) {
            return (said.capacity() == 0 || taken + units <= said.capacity()) && allows(units, nowNs);
        }
    }

    final long coordination;
    final NaiveDefinition definition;
    final byte[] inputs;
    final long startedNs;
    final List<Step> steps = new ArrayList<>();
    final List<Pool> pools = new ArrayList<>();
    /** Steps that wait: by the limit that blocks them, {@link #FREE} for none. */
    final Map<Integer, TreeSet<Step>> lines = new TreeMap<>();
    /** Due times, by step or what stands in place of one. */
    final TreeMap<Integer, Long> times = new TreeMap<>();

    final TreeSet<long[]> clock =
            new TreeSet<>(Comparator.<long[]>comparingLong(due -> due[0]).thenComparingLong(due -> due[1]));
    final Set<Integer> inFlight = new HashSet<>();
    /** Steps whose end somebody is to report. */
    final TreeSet<Integer> awaited = new TreeSet<>();

    final Set<Integer> open = new HashSet<>();
    long handle;
    NaiveRun parent;
    int parentStep;
    int parentAttempt;
    int depth;
    String state = "RUNNING";
    boolean compensates;
    List<Integer> toUndo = new ArrayList<>();
    long finishedNs;
    long finish;
    int ends;
    int readies;

    NaiveRun(final long coordination, final NaiveDefinition definition, final byte[] inputs, final long nowNs) {
        this.coordination = coordination;
        this.definition = definition;
        this.inputs = inputs;
        this.startedNs = nowNs;
        for (final StepDefinition step : definition.steps) {
            if (!step.isCompensation()) {
                open.add(steps.size());
            }
            steps.add(new Step(steps.size(), step, nowNs));
        }
        definition.said.limits().forEach(limit -> pools.add(new Pool(limit, nowNs)));
        for (int line = FREE; line < pools.size(); line++) {
            lines.put(
                    line,
                    new TreeSet<>(Comparator.<Step>comparingInt(
                                    step -> -step.said.scheduling().priority())
                            .thenComparingInt(step -> step.readyAs)));
        }
    }

    boolean hasEnded() {
        return ENDS_OF_RUNS.contains(state);
    }

    /** Its results may still be read by the run that it is a part of. */
    boolean isKept() {
        return parent != null && !parent.hasEnded() && parent.steps.get(parentStep).child == this;
    }

    boolean isRunning() {
        return state.equals("RUNNING");
    }

    boolean isStopping() {
        return Set.of("FAILING", "CANCELLING", "EXPIRING").contains(state);
    }

    boolean isLive() {
        return isRunning() || state.equals("COMPENSATING");
    }

    List<Integer> openNeeds(final Step step) {
        return definition.needs.get(step.index).stream()
                .filter(need -> !steps.get(need).hasEnded())
                .toList();
    }

    boolean hasOpenNeeds(final Step step) {
        for (final int need : definition.needs.get(step.index)) {
            if (!steps.get(need).hasEnded()) {
                return true;
            }
        }
        return false;
    }

    void setTime(final int what, final long dueNs) {
        final Long known = times.remove(what);
        if (known != null) {
            clock.remove(new long[] {known, what});
        }
        if (dueNs != NEVER) {
            times.put(what, dueNs);
            clock.add(new long[] {dueNs, what});
        }
        if (what < OF_THE_RUN) {
            steps.get(what).untilNs = dueNs;
        }
    }

    void move(final Step step, final String next, final long nowNs) {
        final boolean wasInFlight = step.isInFlight();
        final boolean hadEnded = step.hasEnded();
        if (step.state.equals("READY")) {
            lines.get(step.blockedBy).remove(step);
            step.blockedBy = FREE;
        }
        step.state = next;
        step.sinceNs = nowNs;
        setTime(step.index, NEVER);
        if (wasInFlight && !step.isInFlight()) {
            inFlight.remove(step.index);
            step.leaseNs = 0;
            step.owner = 0;
            definition.uses.get(step.index).forEach((limit, units) -> pools.get(limit).taken -= units);
        }
        if (!wasInFlight && step.isInFlight()) {
            inFlight.add(step.index);
            definition.uses.get(step.index).forEach((limit, units) -> {
                pools.get(limit).refill(nowNs);
                pools.get(limit).taken += units;
                pools.get(limit).tokens -= pools.get(limit).said.ratePerPeriod() > 0 ? units : 0;
            });
        }
        if (step.isAwaited()) {
            awaited.add(step.index);
        } else {
            awaited.remove(step.index);
        }
        if (step.hasEnded() && !hadEnded) {
            step.endedAs = ++ends;
            open.remove(step.index);
        }
        if (next.equals("READY")) {
            step.readyAs = ++readies;
            lines.get(FREE).add(step);
        }
    }

    void block(final Step step, final int limit) {
        lines.get(step.blockedBy).remove(step);
        step.blockedBy = limit;
        lines.get(limit).add(step);
    }

    /** When the first in the line of a limit may hope again. */
    void watch(final int limit, final long nowNs) {
        final Pool pool = pools.get(limit);
        final TreeSet<Step> line = lines.get(limit);
        final int units =
                line.isEmpty() ? 0 : definition.uses.get(line.first().index).get(limit);
        setTime(
                OF_A_LIMIT + limit,
                line.isEmpty() || pool.allows(units, nowNs)
                        ? NEVER
                        : pool.asOfNs + (units - pool.tokens) * pool.eachNs());
    }

    void watchAll(final Step step, final long nowNs) {
        definition.uses.get(step.index).keySet().forEach(limit -> watch(limit, nowNs));
    }

    /** Who goes next: of those that nobody blocks and the first in each line that could go, the first. */
    Step next(final long nowNs) {
        Step next = null;
        for (final Map.Entry<Integer, TreeSet<Step>> line : lines.entrySet()) {
            final Step first =
                    line.getValue().isEmpty() ? null : line.getValue().first();
            final boolean mayGo = first != null
                    && (line.getKey() == FREE
                            || pools.get(line.getKey())
                                    .has(definition.uses.get(first.index).get(line.getKey()), nowNs));
            if (mayGo && (next == null || precedes(first, next))) {
                next = first;
            }
        }
        return next;
    }

    private boolean precedes(final Step step, final Step other) {
        return lines.get(FREE).comparator().compare(step, other) < 0;
    }

    /** The limit that keeps a step, or {@link #FREE}. */
    int blocker(final Step step, final long nowNs) {
        for (final Map.Entry<Integer, Integer> use :
                definition.uses.get(step.index).entrySet()) {
            final TreeSet<Step> line = lines.get(use.getKey());
            final boolean isBehind = !line.isEmpty() && line.first() != step && precedes(line.first(), step);
            if (isBehind || !pools.get(use.getKey()).has(use.getValue(), nowNs)) {
                return use.getKey();
            }
        }
        return FREE;
    }

    boolean hasPlace() {
        final int most = definition.said.concurrencyMax();
        return most == 0 || inFlight.size() < most;
    }

    /** Whether it failed or was cancelled in a way that says nothing about the run. */
    boolean isHarmless(final Step step) {
        return step.isSuperfluous
                || (step.is("FAILED") ? definition.absorbs(step.index) : definition.judged.contains(step.index));
    }

    boolean isHarmful(final int index) {
        final Step step = steps.get(index);
        return step.is("FAILED") ? !definition.runsDependents(index) : step.is("CANCELLED") && !step.isSuperfluous;
    }

    /** Whether what has ended badly counts for the run. */
    boolean has(final String bad) {
        return steps.stream().anyMatch(step -> step.is(bad) && !step.said.isCompensation() && !isHarmless(step));
    }

    boolean isWanted(final int index) {
        return definition.dependents.get(index).stream().anyMatch(dependent -> !steps.get(dependent).isSuperfluous);
    }

    /** How the members of a gate decide it: a state for it, DROPPED, or OPEN. */
    String verdict(final int gate, final boolean isTimeUp) {
        final Set<Integer> members = definition.needs.get(gate);
        final Gate said = steps.get(gate).said.gate();
        final long succeeded = count(members, member -> steps.get(member).is("SUCCEEDED"));
        final long skipped = count(members, member -> steps.get(member).is("SKIPPED"));
        final long dropped = count(members, member -> steps.get(member).isSuperfluous);
        final long harmful = count(members, this::isHarmful);
        final long waiting = count(members, member -> !steps.get(member).hasEnded());
        if (!isTimeUp) {
            if (skipped == members.size()) {
                return "SKIPPED";
            }
            if (skipped + dropped == members.size()) {
                return "DROPPED";
            }
            if (waiting > 0 && said.superfluous() == Superfluous.AWAIT) {
                return "OPEN";
            }
            if (waiting + skipped + dropped == members.size()) {
                return "OPEN";
            }
        }
        final long wanted = said.rule() == GateRule.FIRST
                ? 1
                : said.rule() == GateRule.MAJORITY ? members.size() / 2 + 1 : said.required();
        final boolean isLast = waiting == 0;
        final String ifFailed = isTimeUp || isLast ? "FAILED" : "OPEN";
        return switch (said.rule()) {
            case ALL -> isTimeUp || harmful > 0 ? "FAILED" : isLast ? "SUCCEEDED" : "OPEN";
            case FIRST, MAJORITY, QUORUM ->
                succeeded >= wanted ? "SUCCEEDED" : succeeded + waiting < wanted ? "FAILED" : ifFailed;
            case BEST_EFFORT -> isTimeUp || isLast ? "SUCCEEDED" : "OPEN";
            case COMPETITIVE -> isTimeUp || isLast ? (best(gate) < 0 ? "FAILED" : "SUCCEEDED") : "OPEN";
        };
    }

    private static long count(final Set<Integer> members, final IntPredicate predicate) {
        return members.stream().mapToInt(member -> member).filter(predicate).count();
    }

    private List<Step> winners(final int gate) {
        return definition.needs.get(gate).stream()
                .map(steps::get)
                .filter(member -> member.is("SUCCEEDED"))
                .toList();
    }

    private int best(final int gate) {
        int best = -1;
        for (final Step member : winners(gate)) {
            final boolean isGoodEnough =
                    member.quality >= Math.round(steps.get(gate).said.gate().qualityMin() * 1_000_000);
            if (isGoodEnough && (best < 0 || member.quality > steps.get(best).quality)) {
                best = member.index;
            }
        }
        return best;
    }

    int winner(final int gate) {
        return switch (steps.get(gate).said.gate().rule()) {
            case FIRST ->
                winners(gate).stream()
                        .min(Comparator.comparingInt(member -> member.endedAs))
                        .orElseThrow()
                        .index;
            case COMPETITIVE -> best(gate);
            default -> -1;
        };
    }

    List<Integer> undoable() {
        return definition.compensations.keySet().stream()
                .filter(index -> steps.get(index).is("SUCCEEDED"))
                .sorted(Comparator.comparingInt(index -> -steps.get(index).endedAs))
                .map(definition.compensations::get)
                .toList();
    }

    /** What is done again when a finished run goes on. */
    Set<Integer> again() {
        final Set<Integer> again = new HashSet<>();
        definition.compensations.forEach((step, compensation) -> {
            if (steps.get(compensation).is("SUCCEEDED")) {
                again.add(step);
            }
        });
        grow(again, index -> definition.needs.get(index).stream().anyMatch(again::contains));
        steps.stream().filter(step -> isBad(step) && !isHarmless(step)).forEach(step -> again.add(step.index));
        grow(
                again,
                index -> isBad(steps.get(index))
                        && definition.dependents.get(index).stream().anyMatch(again::contains));
        return again;
    }

    private static boolean isBad(final Step step) {
        return (step.is("FAILED") || step.is("CANCELLED")) && !step.said.isCompensation();
    }

    private void grow(final Set<Integer> again, final IntPredicate belongs) {
        int known = -1;
        while (known < again.size()) {
            known = again.size();
            IntStream.range(0, steps.size()).filter(belongs).forEach(again::add);
            IntStream.iterate(steps.size() - 1, index -> index >= 0, index -> index - 1)
                    .filter(belongs)
                    .forEach(again::add);
        }
    }
}
