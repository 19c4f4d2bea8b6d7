package io.signalbox.kernel.pattern;

import io.signalbox.kernel.context.NearestName;
import java.util.List;
import java.util.TreeSet;

/** The names that placeholders may have: what is told to a pattern, and what it creates. */
final class PatternNames {
    /** Known to every pattern without being declared. */
    static final List<String> GIVEN = List.of("source_task_id", "ticket_id");

    /** Inside a repeated task: its number from 1, its index from 0, and its item when it is repeated for each of a list. */
    static final List<String> REPEATED = List.of("number", "index", "item");

    private static final List<String> CREATED = List.of(
            "split_id",
            "split_task_ids",
            "merge_id",
            "join_id",
            "join_task_id",
            "continuation_task_id",
            "loop_id",
            "review_task_ids",
            "refine_task_ids");
    private static final List<String> NUMBERED = List.of("split_task_", "review_task_", "refine_task_");
    private static final String ID = "_id";

    private PatternNames() {}

    /** Whether a pattern may create this name. */
    static boolean isCreated(final String name) {
        return CREATED.contains(name) || isNumbered(name);
    }

    /** Whether whoever expands a pattern may say which id this is to be. */
    static boolean isChosen(final String name) {
        return name.equals("continuation_task_id")
                || name.equals("join_task_id")
                || isNumbered(name) && name.startsWith(NUMBERED.get(0));
    }

    private static boolean isNumbered(final String name) {
        for (final String prefix : NUMBERED) {
            if (name.startsWith(prefix) && name.endsWith(ID) && name.length() > prefix.length() + ID.length()) {
                return areDigits(name, prefix.length(), name.length() - ID.length());
            }
        }
        return false;
    }

    private static boolean areDigits(final String text, final int from, final int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** What somebody may have meant, as the end of a message. */
    static String hint(final String name, final List<String> known) {
        final String nearest = NearestName.near(name, known);
        if (!nearest.isEmpty()) {
            return "; did you mean '" + nearest + "'?";
        }
        return known.isEmpty() ? "" : "; known are " + String.join(", ", known);
    }

    /** What may stand in the placeholders of a pattern, as far as it can be listed. */
    static List<String> known(final Pattern pattern) {
        final TreeSet<String> known = new TreeSet<>(GIVEN);
        pattern.parameters().forEach(parameter -> known.add(parameter.name()));
        known.addAll(CREATED);
        known.add("split_task_1_id");
        return List.copyOf(known);
    }
}
