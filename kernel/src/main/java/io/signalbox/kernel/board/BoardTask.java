package io.signalbox.kernel.board;

import io.signalbox.kernel.context.DocumentJson;
import io.signalbox.kernel.context.DocumentValue;
import io.signalbox.kernel.pattern.TaskDocument;
import io.signalbox.kernel.pattern.TaskPriority;
import io.signalbox.kernel.pattern.TaskTemplate;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** A task of a board at one moment. Immutable. */
public final class BoardTask implements TaskDocument {
    private final DocumentValue document;

    BoardTask(final DocumentValue document) {
        this.document = document;
    }

    static BoardTask parse(final byte[] json) {
        return new BoardTask(DocumentJson.parse(json, 0, json.length));
    }

    /** A task that nobody has begun. */
    static BoardTask of(final TaskTemplate template, final List<String> needs, final long createdNs, final long order) {
        final TreeMap<String, Object> fields = new TreeMap<>();
        fields.put("id", template.id());
        fields.put("phase_id", template.phaseId());
        fields.put("task_type", template.taskType());
        fields.put("description", template.description());
        fields.put("priority", template.priority().name());
        fields.put("required_capabilities", template.capabilities());
        fields.put("max_retries", template.retriesMax());
        fields.put("input", template.input());
        fields.put("status", TaskStatus.PENDING.name());
        fields.put("depends_on", needs);
        fields.put("created_ns", createdNs);
        fields.put("order", order);
        return new BoardTask(DocumentValue.of(fields));
    }

    /** Its id. */
    public String id() {
        return document.textOf("id");
    }

    /** How urgent it is. */
    public TaskPriority priority() {
        return TaskPriority.named(document.textOf("priority"));
    }

    /** Where it stands. */
    public TaskStatus status() {
        return TaskStatus.valueOf(document.textOf("status"));
    }

    /** Every task that it depends on: those it needs, and the sources of the joins that it continues. */
    public List<String> dependsOn() {
        final List<String> all = new ArrayList<>(needs());
        texts("joined_on").stream().filter(id -> !all.contains(id)).forEach(all::add);
        return all;
    }

    /** The tasks that have to be completed, all of them. */
    List<String> needs() {
        return texts("depends_on");
    }

    /** The joins that it continues. */
    public List<String> continues() {
        return texts("continues");
    }

    /** The joins that it is a source of. */
    public List<String> joins() {
        return texts("joins");
    }

    /** What the agents have to be able to do. */
    public List<String> requiredCapabilities() {
        return texts("required_capabilities");
    }

    /** Who does it; empty for nobody. */
    public String agent() {
        return document.textOf("agent");
    }

    /** What came of it; nothing while it goes on. */
    public DocumentValue result() {
        final DocumentValue result = document.get("result");
        return result == null ? DocumentValue.NULL : result;
    }

    /** Why it was given up; empty when it was not. */
    public String error() {
        return document.textOf("error");
    }

    /** The results of the sources of the joins that it continues, as one; the empty map until they are together. */
    public DocumentValue synthesisContext() {
        return document.mapOf("synthesis_context");
    }

    /** Kernel time at which it was made. */
    public long createdNs() {
        return document.get("created_ns").asLong();
    }

    /** Its deadline by kernel time, {@link Long#MAX_VALUE} for none. */
    public long deadlineNs() {
        final DocumentValue deadline = document.get("deadline_ns");
        return deadline == null ? Long.MAX_VALUE : deadline.asLong();
    }

    /** How often it was begun again. */
    public int retries() {
        final DocumentValue retries = document.get("retries");
        return retries == null ? 0 : (int) retries.asLong();
    }

    /** How often it may be. */
    public int retriesMax() {
        return (int) document.get("max_retries").asLong();
    }

    long order() {
        return document.get("order").asLong();
    }

    /** Position of its completion in the kernel's order; {@link Long#MAX_VALUE} while it goes on. */
    long completedAt() {
        final DocumentValue position = document.get("completed_at");
        return position == null ? Long.MAX_VALUE : position.asLong();
    }

    @Override
    public DocumentValue document() {
        return document;
    }

    BoardTask with(final String name, final Object value) {
        return new BoardTask(document.with(name, DocumentValue.of(value)));
    }

    /** With one more in a list. */
    BoardTask adding(final String list, final List<String> more) {
        final List<String> all = new ArrayList<>(texts(list));
        more.stream().filter(one -> !all.contains(one)).forEach(all::add);
        return with(list, all);
    }

    String json() {
        return new String(DocumentJson.bytes(document), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return document.toString();
    }
}
