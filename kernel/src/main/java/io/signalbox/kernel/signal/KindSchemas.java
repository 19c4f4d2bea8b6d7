package io.signalbox.kernel.signal;

import static io.signalbox.kernel.signal.Payload.Type.FIELDS;
import static io.signalbox.kernel.signal.Payload.Type.FLAG;
import static io.signalbox.kernel.signal.Payload.Type.TEXT;
import static io.signalbox.kernel.signal.Payload.Type.TEXTS;

import java.util.Arrays;

/** What the payloads of the kernel's own kinds look like. */
final class KindSchemas {
    private static final double ENDLESS = Double.MAX_VALUE;

    private static final SignalSchema[] BY_ORDINAL =
            Arrays.stream(SignalKind.values()).map(KindSchemas::schema).toArray(SignalSchema[]::new);

    private KindSchemas() {}

    static SignalSchema of(final SignalKind kind) {
        return BY_ORDINAL[kind.ordinal()];
    }

    private static SignalSchema schema(final SignalKind kind) {
        return switch (kind) {
            case AGENT_INITIALIZED ->
                named("agent_id")
                        .optional("capabilities", TEXTS)
                        .optional("ready", FLAG)
                        .number("initialization_time_ms", false, 0, ENDLESS);
            case AGENT_COMPLETED ->
                named("agent_id")
                        .optional("result_summary", TEXT)
                        .number("quality_score", false, 0, 1)
                        .number("execution_time_ms", false, 0, ENDLESS)
                        .optional("artifacts_generated", TEXTS)
                        .optional("error", TEXT);
            case DEPENDENCY_RESOLVED ->
                name(name(named("dependency_type"), "dependency_id"), "resolved_by")
                        .optional("resolution_data", FIELDS);
            case INTER_AGENT_MESSAGE ->
                name(named("message_type"), "message")
                        .optional("requires_response", FLAG)
                        .number("response_timeout_ms", false, 0, ENDLESS)
                        .optional("payload", FIELDS);
            case STAGE_COMPLETED ->
                named("stage_id")
                        .optional("status", TEXT)
                        .number("execution_time_ms", false, 0, ENDLESS)
                        .optional("detail", FIELDS);
            case ERROR_RECOVERY_COMPLETED ->
                named("strategy")
                        .required("success", FLAG)
                        .number("attempts", false, 0, ENDLESS)
                        .number("execution_time_ms", false, 0, ENDLESS)
                        .optional("detail", FIELDS);
            case WORKFLOW_STARTED, WORKFLOW_READY -> named("workflow_id").optional("detail", FIELDS);
            case WORKFLOW_FINISHED ->
                named("workflow_id")
                        .optional("status", TEXT)
                        .number("execution_time_ms", false, 0, ENDLESS)
                        .optional("detail", FIELDS);
            case ERROR_OCCURRED ->
                named("error")
                        .optional("error_type", TEXT)
                        .optional("agent_id", TEXT)
                        .optional("detail", FIELDS);
            case AGENT_PROGRESS ->
                named("agent_id").number("progress", true, 0, 1).optional("text", TEXT);
            case AGENT_WARNING -> name(named("agent_id"), "text").optional("detail", FIELDS);
            case AGENT_STALLED -> SignalSchema.of();
        };
    }

    private static SignalSchema named(final String field) {
        return name(SignalSchema.of(), field);
    }

    private static SignalSchema name(final SignalSchema schema, final String field) {
        return schema.text(field, true, 1, Integer.MAX_VALUE);
    }
}
