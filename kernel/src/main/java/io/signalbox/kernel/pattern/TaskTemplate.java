package io.signalbox.kernel.pattern;

import io.signalbox.kernel.context.DocumentValue;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A task that a pattern makes.
 *
 * @param id of its own; empty: it is named after what makes it.
 * @param taskType what there is to do: names the code that does it.
 * @param phaseId to which it belongs; may be empty.
 * @param description for people; may be empty.
 * @param priority among tasks that are ready at once.
 * @param capabilities what the agent has to be able to do that gets it; none: anybody.
 * @param agent that gets it; empty: anybody.
 * @param role of the agent that gets it; empty: anybody.
 * @param timeoutNs of an attempt, 0 for none.
 * @param retriesMax attempts after the first.
 * @param when on what it depends whether it is done at all; null: it is.
 * @param input what the code is told beside the results of the tasks before it; a map.
 */
public record TaskTemplate(
        String id,
        String taskType,
        String phaseId,
        String description,
        TaskPriority priority,
        List<String> capabilities,
        String agent,
        String role,
        long timeoutNs,
        int retriesMax,
        Condition when,
        DocumentValue input) {
    public TaskTemplate {
        capabilities = List.copyOf(capabilities);
    }

    /** A task of this type and nothing else. */
    public static TaskTemplate of(final String taskType) {
        return new TaskTemplate(
                "", taskType, "", "", TaskPriority.MEDIUM, List.of(), "", "", 0, 0, null, DocumentValue.EMPTY_MAP);
    }

    /** The same with an id of its own. */
    public TaskTemplate withId(final String id) {
        return with(draft -> draft.id = id);
    }

    /** The same in a phase, with words for people. */
    public TaskTemplate describedAs(final String phaseId, final String description) {
        return with(draft -> {
            draft.phaseId = phaseId;
            draft.description = description;
        });
    }

    /** The same, as urgent as this. */
    public TaskTemplate withPriority(final TaskPriority priority) {
        return with(draft -> draft.priority = priority);
    }

    /** A task of a type in the same phase, as urgent. */
    TaskTemplate ofType(final String taskType) {
        return of(taskType).describedAs(phaseId, "").withPriority(priority);
    }

    /** The same for agents that can do this too. */
    TaskTemplate requiring(final List<String> more) {
        if (more.isEmpty()) {
            return this;
        }
        final Set<String> all = new LinkedHashSet<>(capabilities);
        all.addAll(more);
        return with(draft -> draft.capabilities = List.copyOf(all));
    }

    private TaskTemplate with(final Consumer<Draft> change) {
        final Draft draft = new Draft(this);
        change.accept(draft);
        return new TaskTemplate(
                draft.id,
                taskType,
                draft.phaseId,
                draft.description,
                draft.priority,
                draft.capabilities,
                agent,
                role,
                timeoutNs,
                retriesMax,
                when,
                input);
    }

    /** What may differ from one task of the same type to another. */
    private static final class Draft {
        String id;
        String phaseId;
        String description;
        TaskPriority priority;
        List<String> capabilities;

        Draft(final TaskTemplate from) {
            id = from.id;
            phaseId = from.phaseId;
            description = from.description;
            priority = from.priority;
            capabilities = from.capabilities;
        }
    }
}
