package io.signalbox.kernel.recovery;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What went wrong, where, and the state in which it did. The state is the work's own: operations read it, strategies write to it. It is a
 * copy of what was given, may be used by any thread, and is put back when a strategy has failed. Everything else never changes.
 */
public final class RecoveryContext {
    private final String workflowId;
    private final String nodeName;
    private final int stepCount;
    private final Throwable exception;
    private final String correlationId;
    private final Map<String, String> metadata;
    private final Map<String, Object> arguments;
    private final ErrorDescription error;
    private final Map<String, Object> state;

    private RecoveryContext(final Draft draft) {
        workflowId = draft.workflowId;
        nodeName = draft.nodeName;
        stepCount = draft.stepCount;
        exception = draft.exception;
        correlationId = draft.correlationId;
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(draft.metadata));
        arguments = Collections.unmodifiableMap(new LinkedHashMap<>(draft.arguments));
        error = exception == null
                ? ErrorDescription.ofText(draft.errorMessage)
                : ErrorDescription.of(exception, draft.errorMessage);
        state = Collections.synchronizedMap(new LinkedHashMap<>(draft.state));
    }

    /**
     * Begin to describe what went wrong.
     *
     * @param workflowId not empty.
     * @param nodeName the step, node or agent; may be empty.
     */
    public static Draft of(final String workflowId, final String nodeName) {
        return new Draft(workflowId, nodeName);
    }

    /** What is said about an error, one thing after the other. One thread. */
    public static final class Draft {
        private final String workflowId;
        private final String nodeName;
        private int stepCount;
        private Throwable exception;
        private String errorMessage = "";
        private String correlationId = "";
        private final Map<String, String> metadata = new LinkedHashMap<>();
        private final Map<String, Object> arguments = new LinkedHashMap<>();
        private final Map<String, Object> state = new LinkedHashMap<>();

        private Draft(final String workflowId, final String nodeName) {
            Refused.unless(!workflowId.isBlank(), "a recovery needs the id of its workflow");
            this.workflowId = workflowId;
            this.nodeName = nodeName;
        }

        /** How many steps the workflow had made; 0 unless said. A question to a person belongs to its step. */
        public Draft stepCount(final int count) {
            Refused.unless(count >= 0, "stepCount must not be negative: " + count);
            stepCount = count;
            return this;
        }

        /** What was thrown. */
        public Draft exception(final Throwable thrown) {
            exception = thrown;
            return this;
        }

        /** What the error says; the exception's own words unless said. */
        public Draft errorMessage(final String message) {
            errorMessage = message;
            return this;
        }

        /** What this belongs to; carried along, never interpreted. */
        public Draft correlationId(final String id) {
            correlationId = id;
            return this;
        }

        /** Something that goes along. */
        public Draft metadata(final String name, final String value) {
            metadata.put(name, value);
            return this;
        }

        /** Something that a strategy or the operation is told: {@code failed_path}, {@code component}, {@code code} say. */
        public Draft argument(final String name, final Object value) {
            arguments.put(name, value);
            return this;
        }

        /** A value of the state. */
        public Draft state(final String name, final Object value) {
            state.put(name, value);
            return this;
        }

        /** Values of the state, copied. */
        public Draft state(final Map<String, ?> values) {
            state.putAll(values);
            return this;
        }

        /** That is all. */
        public RecoveryContext build() {
            return new RecoveryContext(this);
        }
    }

    /** Whose work it is. */
    public String workflowId() {
        return workflowId;
    }

    /** Where it happened; empty when that was not said. */
    public String nodeName() {
        return nodeName;
    }

    /** How many steps the workflow had made. */
    public int stepCount() {
        return stepCount;
    }

    /** What was thrown, or null. */
    public Throwable exception() {
        return exception;
    }

    /** What the error says; empty when nobody said anything. */
    public String errorMessage() {
        return error.message();
    }

    /** All that is known of the error. */
    public ErrorDescription error() {
        return error;
    }

    /** What it belongs to; empty for nothing. */
    public String correlationId() {
        return correlationId;
    }

    /** What goes along. */
    public Map<String, String> metadata() {
        return metadata;
    }

    /** What strategies and the operation are told. */
    public Map<String, Object> arguments() {
        return arguments;
    }

    /** The state, to read and to write. Any thread; lock the map itself to iterate. */
    public Map<String, Object> state() {
        return state;
    }

    /** A text from the arguments, else from the state, else another. */
    String text(final String name, final String otherwise) {
        final Object value = arguments.containsKey(name) ? arguments.get(name) : state.get(name);
        return value == null ? otherwise : String.valueOf(value);
    }

    /** The state as it is now; its values are not copied. */
    public Map<String, Object> checkpoint() {
        synchronized (state) {
            return new LinkedHashMap<>(state);
        }
    }

    /** Make the state what it was at a checkpoint. */
    public void restore(final Map<String, Object> checkpoint) {
        synchronized (state) {
            state.clear();
            state.putAll(checkpoint);
        }
    }
}
