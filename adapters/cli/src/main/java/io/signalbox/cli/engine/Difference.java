package io.signalbox.cli.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * What two runs have not in common.
 *
 * @param definition how what they follow differs, in a sentence
 * @param inputs how their inputs differ
 * @param parted where the journals first say another thing
 * @param steps what differs in their steps
 */
public record Difference(
        Optional<String> definition, Optional<String> inputs, Optional<Parted> parted, List<Step> steps) {
    private static final String NONE = "-";

    /**
     * The first difference of two journals.
     *
     * @param commonPosition the last position of the first run up to which the same happened
     * @param left what then happened in the first, with its position
     * @param right what then happened in the second
     */
    public record Parted(long commonPosition, String left, String right) {}

    /**
     * One thing that differs.
     *
     * @param step its id
     * @param what state, exit code, result, attempts, or an output
     * @param left in the first run
     * @param right in the second run
     */
    public record Step(String step, String what, String left, String right) {}

    public Difference {
        steps = List.copyOf(steps);
    }

    /** Whether they followed the same and came to the same; attempts and order may differ. */
    public boolean isNone() {
        return definition.isEmpty()
                && inputs.isEmpty()
                && steps.stream().allMatch(step -> step.what().equals("attempts"));
    }

    /** Compares two runs. */
    public static Difference of(
            final Inspection left,
            final Inspection right,
            final List<HistoryEntry> leftHistory,
            final List<HistoryEntry> rightHistory) {
        final Inspection.Pinned one = left.pinned();
        final Inspection.Pinned other = right.pinned();
        return new Difference(
                one.digest().equals(other.digest())
                        ? Optional.empty()
                        : Optional.of(
                                one.sourceText().equals(other.sourceText())
                                        ? "the same file, other steps of it or another file it calls"
                                        : RunReader.firstChange(one.sourceText(), other.sourceText())),
                one.inputs().equals(other.inputs())
                        ? Optional.empty()
                        : Optional.of(one.inputs() + " | " + other.inputs()),
                parted(leftHistory, rightHistory),
                steps(left, right));
    }

    private static Optional<Parted> parted(final List<HistoryEntry> left, final List<HistoryEntry> right) {
        int at = 0;
        long common = -1;
        while (at < left.size()
                && at < right.size()
                && left.get(at).changes().equals(right.get(at).changes())) {
            common = left.get(at).position();
            at++;
        }
        return at == left.size() && at == right.size()
                ? Optional.empty()
                : Optional.of(new Parted(common, words(left, at), words(right, at)));
    }

    private static String words(final List<HistoryEntry> history, final int at) {
        return at == history.size()
                ? "nothing more"
                : history.get(at).position() + " "
                        + String.join(", ", history.get(at).changes());
    }

    private static List<Step> steps(final Inspection left, final Inspection right) {
        final Map<String, Inspection.Step> one = byId(left);
        final Map<String, Inspection.Step> other = byId(right);
        final Set<String> ids = new LinkedHashSet<>(one.keySet());
        ids.addAll(other.keySet());
        final List<Step> steps = new ArrayList<>();
        for (final String id : ids) {
            final Map<String, String> here = facts(one.get(id));
            final Map<String, String> there = facts(other.get(id));
            final Set<String> whats = new LinkedHashSet<>(here.keySet());
            whats.addAll(there.keySet());
            for (final String what : whats) {
                final String mine = here.getOrDefault(what, NONE);
                final String theirs = there.getOrDefault(what, NONE);
                if (!Objects.equals(mine, theirs)) {
                    steps.add(new Step(id, what, mine, theirs));
                }
            }
        }
        return steps;
    }

    private static Map<String, Inspection.Step> byId(final Inspection run) {
        final Map<String, Inspection.Step> steps = new TreeMap<>();
        run.steps().forEach(step -> steps.put(step.id(), step));
        return steps;
    }

    private static Map<String, String> facts(final Inspection.Step step) {
        final Map<String, String> facts = new LinkedHashMap<>();
        if (step == null) {
            return facts;
        }
        facts.put("state", step.state().word().replace('_', ' '));
        final OptionalInt exitCode = step.exitCode();
        if (exitCode.isPresent()) {
            facts.put("exit code", Integer.toString(exitCode.getAsInt()));
        }
        step.result().ifPresent(result -> facts.put("result", result));
        if (step.attempts() > 0) {
            facts.put("attempts", Integer.toString(step.attempts()));
        }
        step.outputs().forEach(output -> facts.put("output " + output.name(), output.sha256()));
        return facts;
    }
}
