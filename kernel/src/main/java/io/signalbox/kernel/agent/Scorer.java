package io.signalbox.kernel.agent;

import io.signalbox.kernel.agent.AgentScore.Part;
import io.signalbox.kernel.names.NameTable;
import java.util.ArrayList;
import java.util.List;

/** Scores agents for one task. A score is the mean of its parts, each by its weight. */
final class Scorer {
    private static final MatchPart[] PARTS = MatchPart.values();
    private static final double UNKNOWN = 0.5;
    private static final double DIGITS = 1e9;

    private final Wanted[] required;
    private final Wanted[] preferred;
    private final Wanted[] tags;
    private final Criteria criteria;
    private final double[] weights = new double[PARTS.length];

    Scorer(final AgentTask task) {
        required = Wanted.of(task.required(), task.similarityMin());
        preferred = Wanted.of(task.preferred(), task.similarityMin());
        tags = Wanted.of(task.tags(), task.similarityMin());
        criteria = new Criteria(Criteria.join(required, preferred), tags, task.type());
        double sum = 0;
        for (final MatchPart part : PARTS) {
            weights[part.ordinal()] = part == MatchPart.TAGS && tags.length == 0
                    ? 0
                    : task.weights().of(part);
            sum += weights[part.ordinal()];
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= sum;
        }
    }

    Criteria criteria() {
        return criteria;
    }

    /** The shortest posting that holds every agent that is capable. */
    Posting shortest(final Agents agents) {
        Posting shortest = agents.everybody();
        for (final Wanted each : required) {
            shortest = Criteria.shorter(shortest, each.posting(agents.capabilities()));
        }
        return shortest;
    }

    /** Whether an agent is of the type and has all required capabilities. */
    boolean isCapable(final Agent agent) {
        return criteria.isOfType(agent) && Wanted.allIn(required, agent.capabilities);
    }

    /** 0 to 1, to nine digits, so that scores which differ by how they were summed are equal. */
    double total(final Agent agent) {
        double total = 0;
        for (final MatchPart part : PARTS) {
            total += weights[part.ordinal()] * value(part, agent);
        }
        return StrictMath.rint(Math.min(1, total) * DIGITS) / DIGITS;
    }

    private double value(final MatchPart part, final Agent agent) {
        return switch (part) {
            case CAPABILITY -> coverage(agent.capabilities, required, preferred);
            case TAGS -> coverage(agent.tags, tags, new Wanted[0]);
            case LOAD -> Math.max(0, agent.tasksMax - agent.active) / (double) agent.tasksMax;
            case PRIORITY -> agent.priority / (double) AgentRules.PRIORITY_MAX;
            case SUCCESS -> {
                final double rate = AgentScore.rate(agent.succeeded, agent.failed);
                yield Double.isNaN(rate) ? UNKNOWN : rate;
            }
            case QUALITY -> agent.judged == 0 ? UNKNOWN : agent.qualitySum / agent.judged;
        };
    }

    private static double coverage(final int[] features, final Wanted[] some, final Wanted[] others) {
        final int count = some.length + others.length;
        return count == 0 ? 1 : (permille(features, some) + permille(features, others)) / (1000.0 * count);
    }

    private static int permille(final int[] features, final Wanted[] wanted) {
        int sum = 0;
        for (final Wanted each : wanted) {
            sum += each.permilleOf(features);
        }
        return sum;
    }

    /** The score with everything that explains it. */
    AgentScore score(final Agent agent, final NameTable names) {
        final List<Part> parts = new ArrayList<>();
        for (final MatchPart part : PARTS) {
            parts.add(new Part(part, value(part, agent), weights[part.ordinal()], because(part, agent)));
        }
        final List<String> missing = new ArrayList<>();
        for (final Wanted each : required) {
            if (each.permilleOf(agent.capabilities) == 0) {
                missing.add(each.text());
            }
        }
        return new AgentScore(AgentInspector.snapshot(agent, names), total(agent), parts, missing);
    }

    private String because(final MatchPart part, final Agent agent) {
        return switch (part) {
            case CAPABILITY ->
                has(agent.capabilities, required) + " required, " + has(agent.capabilities, preferred) + " preferred";
            case TAGS -> has(agent.tags, tags);
            case LOAD -> agent.active + "/" + agent.tasksMax + " tasks";
            case PRIORITY -> agent.priority + " of " + AgentRules.PRIORITY_MAX;
            case SUCCESS -> agent.succeeded + " succeeded, " + agent.failed + " failed";
            case QUALITY -> agent.judged + " judged";
        };
    }

    private static String has(final int[] features, final Wanted[] wanted) {
        int count = 0;
        for (final Wanted each : wanted) {
            count += each.permilleOf(features) > 0 ? 1 : 0;
        }
        return count + " of " + wanted.length;
    }
}
