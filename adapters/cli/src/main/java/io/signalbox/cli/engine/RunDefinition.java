package io.signalbox.cli.engine;

import io.signalbox.cli.process.ContentHash;
import io.signalbox.cli.view.JsonView;
import io.signalbox.kernel.port.JournalException;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import io.signalbox.yaml.Plan;
import io.signalbox.yaml.WorkflowCodec;
import io.signalbox.yaml.WorkflowFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a run follows from its start to its end, as it is journaled: the workflow as loaded, its file, the inputs. It travels as the
 * payload of the kernel's definition, whose steps are the plan's instances in the plan's order.
 *
 * @param workflow as loaded
 * @param source the file, absolute
 * @param inputs as resolved
 */
public record RunDefinition(WorkflowFile workflow, Path source, ObjectNode inputs) {
    private static final int FORMAT = 1;

    /** The instances, in the order of the kernel's steps. */
    public Plan plan() {
        return Plan.of(workflow, inputs);
    }

    /** Where the workflow's steps run. */
    public Path directory() {
        return source.getParent();
    }

    /** What the kernel is given. */
    public WorkflowDefinition toKernel() {
        return new KernelSteps(workflow, plan()).definition().withPayload(toBytes());
    }

    /** One SHA-256, in hex, over the workflow with all it holds, without the inputs: what a run is pinned to. */
    public String digest() {
        return ContentHash.hex(
                ContentHash.sha256().digest(WorkflowCodec.toJson(workflow).getBytes(StandardCharsets.UTF_8)));
    }

    private byte[] toBytes() {
        final ObjectNode node = JsonView.MAPPER.createObjectNode();
        node.put("format", FORMAT);
        node.put("source", source.toString());
        node.put("workflow", WorkflowCodec.toJson(workflow));
        node.set("inputs", inputs);
        return JsonView.MAPPER.writeValueAsBytes(node);
    }

    /**
     * Reads what a kernel's definition carries.
     *
     * @throws JournalException NEWER_FORMAT when another version of signalbox wrote it
     */
    public static RunDefinition of(final WorkflowDefinition definition) {
        final JsonNode node = JsonView.MAPPER.readTree(new String(definition.payload(), StandardCharsets.UTF_8));
        final int format = node.path("format").asInt();
        if (format != FORMAT) {
            throw new JournalException(
                    JournalException.Kind.NEWER_FORMAT,
                    "the run's definition has format " + format + "; this version knows format " + FORMAT
                            + ". Open it with the version of signalbox that wrote it. Nothing was changed.");
        }
        return new RunDefinition(
                WorkflowCodec.fromJson(node.path("workflow").asString()),
                Path.of(node.path("source").asString()),
                (ObjectNode) node.path("inputs"));
    }
}
