package io.signalbox.kernel.pattern;

import io.signalbox.kernel.context.DocumentValue;
import java.util.List;

/** A document that says what there is to do. Immutable. */
public interface TaskDocument {
    /** Everything about it. */
    DocumentValue document();

    /** What there is to do: names the code that does it. */
    default String taskType() {
        return document().textOf("task_type");
    }

    /** To which phase it belongs; may be empty. */
    default String phaseId() {
        return document().textOf("phase_id");
    }

    /** For people; may be empty. */
    default String description() {
        return document().textOf("description");
    }

    /** What the code is told beside the results of the tasks before it. */
    default DocumentValue input() {
        return document().mapOf("input");
    }

    /** The texts in a list of this name; none when there is no such list. */
    default List<String> texts(final String name) {
        final DocumentValue list = document().get(name);
        return list == null ? List.of() : list.toTexts();
    }
}
