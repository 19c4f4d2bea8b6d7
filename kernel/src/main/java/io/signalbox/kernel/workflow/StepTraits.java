package io.signalbox.kernel.workflow;

import java.util.List;

/**
 * What the machine asks of a step in each turn, packed: a byte and, where any step has a time limit, a long for each step. The definitions themselves lie
 * scattered in memory, and a look at one of many costs more than all else that a turn does. Immutable once made.
 */
final class StepTraits {
    private static final int GATE = 1;
    private static final int EXTERNAL = 2;
    private static final int JUDGES = 4;
    private static final int LIMITED = 8;
    private static final int PLACED = 16;
    private static final int LEASED = 32;
    private static final int UNDOES = 64;

    private final byte[] traits;
    private final long[] timeoutsNs; // null when no step has a limit

    StepTraits(final List<StepDefinition> steps) {
        traits = new byte[steps.size()];
        boolean isTimed = false;
        for (int i = 0; i < traits.length; i++) {
            traits[i] = (byte) traits(steps.get(i));
            isTimed |= steps.get(i).timeoutNs() > 0;
        }
        timeoutsNs =
                isTimed ? steps.stream().mapToLong(StepDefinition::timeoutNs).toArray() : null;
    }

    private static int traits(final StepDefinition step) {
        return (step.kind() == StepKind.GATE ? GATE : 0)
                | (step.kind() == StepKind.EXTERNAL ? EXTERNAL : 0)
                | (step.judgesNeeds() ? JUDGES : 0)
                | (step.scheduling().uses().isEmpty() ? 0 : LIMITED)
                | (step.scheduling().placement().isAnybody() ? 0 : PLACED)
                | (step.scheduling().leaseNs() == 0 ? 0 : LEASED)
                | (step.isCompensation() ? UNDOES : 0);
    }

    boolean isGate(final int step) {
        return (traits[step] & GATE) != 0;
    }

    boolean isExternal(final int step) {
        return (traits[step] & EXTERNAL) != 0;
    }

    boolean judgesNeeds(final int step) {
        return (traits[step] & JUDGES) != 0;
    }

    boolean isLimited(final int step) {
        return (traits[step] & LIMITED) != 0;
    }

    boolean isPlaced(final int step) {
        return (traits[step] & PLACED) != 0;
    }

    boolean isLeased(final int step) {
        return (traits[step] & LEASED) != 0;
    }

    boolean isCompensation(final int step) {
        return (traits[step] & UNDOES) != 0;
    }

    long timeoutNs(final int step) {
        return timeoutsNs == null ? 0 : timeoutsNs[step];
    }
}
