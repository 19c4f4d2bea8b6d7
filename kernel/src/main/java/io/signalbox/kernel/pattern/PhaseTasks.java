package io.signalbox.kernel.pattern;

import io.signalbox.kernel.context.DocumentValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the plan of a phase says about its tasks: which files each may write, and which may go on at the same time. The plan is a map: {@code tasks}, a list of
 * {@code {id, files_to_create, files_to_modify, depends_on}}, and {@code parallel_opportunities}, a list of {@code {tasks}} or of lists of ids.
 */
public final class PhaseTasks {
    private static final char FOLDER = '/';

    private final List<DocumentValue> tasks;
    private final DocumentValue opportunities;

    private PhaseTasks(final List<DocumentValue> tasks, final DocumentValue opportunities) {
        this.tasks = tasks;
        this.opportunities = opportunities;
    }

    /**
     * Tasks that may go on at the same time.
     *
     * @param taskIds of the tasks.
     * @param continuation id of the task that needs all of them; empty when there is none.
     */
    public record Group(List<String> taskIds, String continuation) {
        public Group {
            taskIds = List.copyOf(taskIds);
        }
    }

    /** The tasks of a plan. */
    public static PhaseTasks of(final Map<String, ?> plan) {
        final DocumentValue document = DocumentValue.of(plan);
        return new PhaseTasks(elements(document.get("tasks")), document.get("parallel_opportunities"));
    }

    private static List<DocumentValue> elements(final DocumentValue list) {
        final List<DocumentValue> elements = new ArrayList<>();
        for (int i = 0; list != null && list.isList() && i < list.size(); i++) {
            elements.add(list.value(i));
        }
        return elements;
    }

    /** What a task may write, each once, in declared order; a folder, which ends with a slash, as everything in it. Nothing when there is no such task. */
    public List<String> ownedFiles(final String taskId) {
        final List<String> files = new ArrayList<>();
        for (final DocumentValue task : tasks) {
            if (task.textOf("id").equals(taskId)) {
                addFiles(files, task.get("files_to_create"));
                addFiles(files, task.get("files_to_modify"));
            }
        }
        return files;
    }

    private static void addFiles(final List<String> files, final DocumentValue list) {
        for (final DocumentValue element : elements(list)) {
            final String path = element.text();
            final boolean isFolder = !path.isEmpty() && path.charAt(path.length() - 1) == FOLDER;
            final String file = isFolder ? path + "**" : path;
            if (!path.isEmpty() && !files.contains(file)) {
                files.add(file);
            }
        }
    }

    /** The groups of tasks that may go on at the same time, with the task that joins each. */
    public List<Group> groups() {
        final List<Group> groups = new ArrayList<>();
        for (final DocumentValue opportunity : elements(opportunities)) {
            final DocumentValue ids = opportunity.isMap() ? opportunity.get("tasks") : opportunity;
            final List<String> taskIds = ids == null ? List.of() : ids.toTexts();
            if (!taskIds.isEmpty()) {
                groups.add(new Group(taskIds, continuation(taskIds)));
            }
        }
        return groups;
    }

    private String continuation(final List<String> taskIds) {
        for (final DocumentValue task : tasks) {
            final DocumentValue needs = task.get("depends_on");
            if (needs != null && needs.toTexts().containsAll(taskIds)) {
                return task.textOf("id");
            }
        }
        return "";
    }
}
