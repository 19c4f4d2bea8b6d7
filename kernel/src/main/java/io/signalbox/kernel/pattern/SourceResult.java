package io.signalbox.kernel.pattern;

import io.signalbox.kernel.context.DocumentValue;

/**
 * What came of one source of a merge.
 *
 * @param taskId of the source.
 * @param taskType what it was to do; may be empty.
 * @param result null when it brought none: it failed, was cancelled or skipped, or goes on.
 */
public record SourceResult(String taskId, String taskType, DocumentValue result) {
    /** Whether it brought something. */
    public boolean isThere() {
        return result != null && result.kind() != DocumentValue.Kind.NULL;
    }
}
