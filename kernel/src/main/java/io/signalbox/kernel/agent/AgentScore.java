package io.signalbox.kernel.agent;

import java.util.ArrayList;
import java.util.List;

/**
 * How well an agent suits a task, and why.
 *
 * @param agent at the moment of scoring.
 * @param total 0 to 1.
 * @param parts what it is made of; those that do not count for the task are there with weight 0.
 * @param missing required capabilities that the agent does not have. If there are any, it never matches.
 */
public record AgentScore(AgentSnapshot agent, double total, List<Part> parts, List<String> missing) {
    /**
     * One part of a score.
     *
     * @param part which one.
     * @param value 0 to 1.
     * @param weight how much it counts, by the sum of all that count.
     * @param because the numbers behind it.
     */
    public record Part(MatchPart part, double value, double weight, String because) {}

    public AgentScore {
        parts = List.copyOf(parts);
        missing = List.copyOf(missing);
    }

    /** Value of one part. */
    public double value(final MatchPart part) {
        return parts.get(part.ordinal()).value();
    }

    /** The score in words: the agent, the total, and each part with its value, its weight and the numbers behind it. */
    public String explain() {
        final List<String> texts = new ArrayList<>();
        for (final Part part : parts) {
            texts.add(part.part().text() + " " + text(part.value()) + " x " + text(part.weight()) + " ("
                    + part.because() + ")");
        }
        return agent.id() + ": " + text(total) + " = " + String.join(" + ", texts)
                + (missing.isEmpty() ? "" : "; cannot do it without " + missing)
                + (agent.status() == AgentStatus.AVAILABLE ? "" : "; is " + agent.status());
    }

    static double rate(final long succeeded, final long failed) {
        return succeeded + failed == 0 ? Double.NaN : succeeded / (double) (succeeded + failed);
    }

    /** A number in 0..1 with three digits. */
    static String text(final double value) {
        final long permille = (long) (value * 1000 + 0.5);
        final String digits = Long.toString(1000 + permille % 1000);
        return permille / 1000 + "." + digits.substring(1);
    }
}
