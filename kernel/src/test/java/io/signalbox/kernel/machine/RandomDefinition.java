package io.signalbox.kernel.machine;

import io.signalbox.kernel.workflow.Gate;
import io.signalbox.kernel.workflow.GateRule;
import io.signalbox.kernel.workflow.LimitDefinition;
import io.signalbox.kernel.workflow.LimitUse;
import io.signalbox.kernel.workflow.OnError;
import io.signalbox.kernel.workflow.OnFailure;
import io.signalbox.kernel.workflow.RetryPolicy;
import io.signalbox.kernel.workflow.Scheduling;
import io.signalbox.kernel.workflow.StepDefinition;
import io.signalbox.kernel.workflow.StepKind;
import io.signalbox.kernel.workflow.Superfluous;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** A definition by chance, that can run: every kind of step, every rule of gates, every policy. */
final class RandomDefinition {
    private final Random random;
    private final int count;
    private final int reach;
    private final long unitNs;
    private final boolean isBackward;
    private final List<LimitDefinition> limits = new ArrayList<>();
    private final List<StepDefinition> steps = new ArrayList<>();

    /**
     * @param count steps of the way forward.
     * @param reach how far away, by index, the needs of a step are at most.
     * @param unitNs what times are multiples of.
     */
    RandomDefinition(final Random random, final int count, final int reach, final long unitNs) {
        this.random = random;
        this.count = count;
        this.reach = reach;
        this.unitNs = unitNs;
        this.isBackward = chance(3) == 0;
    }

    private int chance(final int bound) {
        return random.nextInt(bound);
    }

    /** Few in a large definition are special, many in a small one. */
    private boolean isSpecial() {
        return chance(count > 100 ? 20 : 4) == 0;
    }

    /** In a large graph most steps do: otherwise the end of one would soon be the end of all. */
    private boolean judges() {
        return count > 100 ? chance(10) < 6 : isSpecial();
    }

    WorkflowDefinition make(final OnError onError, final int concurrencyMax, final long timeoutNs) {
        for (int i = count > 100 ? chance(3) : 2; i > 0; i--) {
            limits.add(limit("l" + i));
        }
        for (int i = 0; i < count; i++) {
            steps.add(step(i));
        }
        for (int i = 0; i < count; i++) {
            if (isSpecial() && steps.get(i).kind() != StepKind.GATE) {
                steps.add(StepDefinition.of("u" + i)
                        .compensating("s" + i)
                        .withRetry(retry())
                        .withTimeoutNs(chance(2) * 20L * unitNs)
                        .withScheduling(scheduling()));
            }
        }
        return WorkflowDefinition.of("w", steps)
                .withConcurrencyMax(concurrencyMax)
                .withOnError(onError)
                .withTimeoutNs(timeoutNs)
                .withLimits(limits);
    }

    private LimitDefinition limit(final String name) {
        final int most = count > 100 ? 40 : 2;
        final int rate = chance(2) * (1 + chance(most));
        final int capacity = rate == 0 || chance(2) == 0 ? 1 + chance(most) : 0;
        return new LimitDefinition(name, capacity, rate, rate == 0 ? 0 : (1 + chance(3)) * 4L * unitNs);
    }

    private StepDefinition step(final int index) {
        final List<String> needs = needs(index);
        final int lot = chance(20);
        if (lot < 5 && !needs.isEmpty()) {
            return gate(index, needs).withOnFailure(onFailure()).withTimeoutNs(isSpecial() ? 15 * unitNs : 0);
        }
        final StepDefinition step = lot < 18 ? task(index, needs) : external(index, needs);
        return (judges() ? step.judgingNeeds() : step)
                .withOnFailure(onFailure())
                .withTimeoutNs(isSpecial() ? (1 + chance(2)) * 9L * unitNs : 0);
    }

    private StepDefinition task(final int index, final List<String> needs) {
        return StepDefinition.of("s" + index, needs).withRetry(retry()).withScheduling(scheduling());
    }

    private static StepDefinition external(final int index, final List<String> needs) {
        return StepDefinition.external("s" + index, needs.toArray(String[]::new));
    }

    private RetryPolicy retry() {
        return new RetryPolicy(chance(3), chance(3) * 4L * unitNs, 1 + chance(2), Long.MAX_VALUE, 0);
    }

    private OnFailure onFailure() {
        final OnFailure onFailure = isSpecial() ? OnFailure.values()[chance(4)] : OnFailure.INHERIT;
        final boolean isTooMuch = onFailure == OnFailure.COMPENSATE && count > 100 && chance(50) > 0;
        return isTooMuch ? OnFailure.CANCEL_DEPENDENTS : onFailure;
    }

    private Scheduling scheduling() {
        final List<LimitUse> uses = new ArrayList<>();
        for (final LimitDefinition limit : limits) {
            if (chance(2) == 0) {
                final int capacity = limit.capacity() == 0 ? 3 : limit.capacity();
                final int rate = limit.ratePerPeriod() == 0 ? 3 : limit.ratePerPeriod();
                uses.add(chance(uses.size() + 1), new LimitUse(limit.name(), 1 + chance(Math.min(capacity, rate))));
            }
        }
        return Scheduling.PLAIN.withPriority(isSpecial() ? chance(3) - 1 : 0).using(uses.toArray(LimitUse[]::new));
    }

    private List<String> needs(final int index) {
        final Set<Integer> needs = new HashSet<>();
        final int wanted = count > 100 ? (chance(20) == 0 ? 12 : chance(4)) : chance(4);
        for (int i = 0; i < wanted; i++) {
            final int away = 1 + chance(reach);
            needs.add(isBackward ? index + away : index - away);
        }
        final List<String> ids = new ArrayList<>(needs.stream()
                .filter(need -> need >= 0 && need < count)
                .sorted()
                .map(need -> "s" + need)
                .toList());
        if (count <= 100) {
            ids.addAll(ids.subList(0, chance(ids.size() + 1)));
        }
        return ids;
    }

    private StepDefinition gate(final int index, final List<String> needs) {
        final int members = (int) needs.stream().distinct().count();
        final Superfluous superfluous = Superfluous.values()[chance(3)];
        final GateRule rule = GateRule.values()[chance(GateRule.values().length)];
        final Gate gate = switch (rule) {
            case QUORUM -> Gate.quorum(1 + chance(members), superfluous);
            case COMPETITIVE -> Gate.competitive(chance(3) / 4.0, superfluous);
            default -> Gate.of(rule, superfluous);
        };
        final int from = Math.floorMod(index + 1 + chance(Math.min(reach, count)), count);
        return StepDefinition.gate(
                "s" + index, from != index && isSpecial() ? gate.timedFrom("s" + from) : gate, needs);
    }

    static OnError onError(final Random random) {
        return OnError.values()[random.nextInt(OnError.values().length)];
    }
}
