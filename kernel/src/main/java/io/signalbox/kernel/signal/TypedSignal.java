package io.signalbox.kernel.signal;

import java.util.List;

/**
 * A signal of one of the kernel's kinds, as a record. Building one checks nothing; sending it checks it against the schema of its
 * kind ({@link SignalKind#schema}), and what does not suit is refused and named.
 */
public sealed interface TypedSignal {
    /** Which kind it is. */
    SignalKind kind();

    /** Its fields. */
    Payload payload();

    /** The agent it is about; empty for the sender. */
    default String about() {
        return "";
    }

    /** What it says about an agent's work: {@link SignalView#NONE}, {@link SignalView#SUCCEEDED}, {@link SignalView#FAILED}. */
    default int completion() {
        return SignalView.NONE;
    }

    /** The number from 0 to 1 that the kernel itself looks at; NaN for none. */
    default double quality() {
        return Double.NaN;
    }

    /** What is wrong with it, in words; null when it may be sent. */
    default String problem() {
        return kind().schema().problem(payload());
    }

    /**
     * An agent has started.
     *
     * @param initializationTimeMs 0 or more.
     */
    record AgentInitialized(String agentId, List<String> capabilities, boolean ready, double initializationTimeMs)
            implements TypedSignal {
        @Override
        public SignalKind kind() {
            return SignalKind.AGENT_INITIALIZED;
        }

        @Override
        public String about() {
            return agentId;
        }

        @Override
        public Payload payload() {
            return Payload.of()
                    .text("agent_id", agentId)
                    .texts("capabilities", capabilities)
                    .flag("ready", ready)
                    .number("initialization_time_ms", initializationTimeMs);
        }

        /** Read it back. */
        public static AgentInitialized from(final Payload payload) {
            return new AgentInitialized(
                    payload.textOr("agent_id", ""),
                    payload.textsOf("capabilities"),
                    payload.flagOr("ready", true),
                    payload.numberOr("initialization_time_ms", 0));
        }
    }

    /**
     * An agent has ended its work: it failed when there is an error.
     *
     * @param qualityScore 0 to 1.
     * @param executionTimeMs 0 or more.
     * @param error what went wrong, null when nothing did.
     */
    record AgentCompleted(
            String agentId,
            String resultSummary,
            double qualityScore,
            double executionTimeMs,
            List<String> artifactsGenerated,
            String error)
            implements TypedSignal {
        @Override
        public SignalKind kind() {
            return SignalKind.AGENT_COMPLETED;
        }

        @Override
        public String about() {
            return agentId;
        }

        @Override
        public int completion() {
            return error == null ? SignalView.SUCCEEDED : SignalView.FAILED;
        }

        @Override
        public double quality() {
            return qualityScore;
        }

        @Override
        public Payload payload() {
            return Payload.of()
                    .text("agent_id", agentId)
                    .text("result_summary", resultSummary)
                    .number("quality_score", qualityScore)
                    .number("execution_time_ms", executionTimeMs)
                    .texts("artifacts_generated", artifactsGenerated)
                    .text("error", error);
        }

        /** Read it back. */
        public static AgentCompleted from(final Payload payload) {
            return new AgentCompleted(
                    payload.textOr("agent_id", ""),
                    payload.textOr("result_summary", ""),
                    payload.numberOr("quality_score", 1),
                    payload.numberOr("execution_time_ms", 0),
                    payload.textsOf("artifacts_generated"),
                    payload.textOr("error", null));
        }
    }

    /** Something that others wait for is there. */
    record DependencyResolved(String dependencyType, String dependencyId, String resolvedBy, Payload resolutionData)
            implements TypedSignal {
        @Override
        public SignalKind kind() {
            return SignalKind.DEPENDENCY_RESOLVED;
        }

        @Override
        public Payload payload() {
            return Payload.of()
                    .text("dependency_type", dependencyType)
                    .text("dependency_id", dependencyId)
                    .text("resolved_by", resolvedBy)
                    .fields("resolution_data", resolutionData);
        }

        /** Read it back. */
        public static DependencyResolved from(final Payload payload) {
            return new DependencyResolved(
                    payload.textOr("dependency_type", ""),
                    payload.textOr("dependency_id", ""),
                    payload.textOr("resolved_by", ""),
                    payload.fieldsOf("resolution_data"));
        }
    }

    /**
     * One agent says something to others.
     *
     * @param responseTimeoutMs 0 or more; of the wait, when it requires a response.
     */
    record InterAgentMessage(
            String messageType, String message, boolean requiresResponse, double responseTimeoutMs, Payload content)
            implements TypedSignal {
        /** How long a response is awaited where nothing else is said. */
        public static final double RESPONSE_TIMEOUT_MS = 5000;

        @Override
        public SignalKind kind() {
            return SignalKind.INTER_AGENT_MESSAGE;
        }

        @Override
        public Payload payload() {
            return Payload.of()
                    .text("message_type", messageType)
                    .text("message", message)
                    .flag("requires_response", requiresResponse)
                    .number("response_timeout_ms", responseTimeoutMs)
                    .fields("payload", content);
        }

        /** Read it back. */
        public static InterAgentMessage from(final Payload payload) {
            return new InterAgentMessage(
                    payload.textOr("message_type", ""),
                    payload.textOr("message", ""),
                    payload.flagOr("requires_response", false),
                    payload.numberOr("response_timeout_ms", RESPONSE_TIMEOUT_MS),
                    payload.fieldsOf("payload"));
        }
    }

    /** A stage of a workflow has ended. */
    record StageCompleted(String stageId, String status, double executionTimeMs) implements TypedSignal {
        @Override
        public SignalKind kind() {
            return SignalKind.STAGE_COMPLETED;
        }

        @Override
        public Payload payload() {
            return Payload.of()
                    .text("stage_id", stageId)
                    .text("status", status)
                    .number("execution_time_ms", executionTimeMs);
        }
    }

    /** An attempt to recover from an error has ended. */
    record ErrorRecoveryCompleted(String strategy, boolean success, long attempts, double executionTimeMs)
            implements TypedSignal {
        @Override
        public SignalKind kind() {
            return SignalKind.ERROR_RECOVERY_COMPLETED;
        }

        @Override
        public Payload payload() {
            return Payload.of()
                    .text("strategy", strategy)
                    .flag("success", success)
                    .integer("attempts", attempts)
                    .number("execution_time_ms", executionTimeMs);
        }
    }

    /** A workflow has begun. */
    record WorkflowStarted(String workflowId) implements TypedSignal {
        @Override
        public SignalKind kind() {
            return SignalKind.WORKFLOW_STARTED;
        }

        @Override
        public Payload payload() {
            return Payload.of().text("workflow_id", workflowId);
        }
    }

    /** A workflow could begin. */
    record WorkflowReady(String workflowId) implements TypedSignal {
        @Override
        public SignalKind kind() {
            return SignalKind.WORKFLOW_READY;
        }

        @Override
        public Payload payload() {
            return Payload.of().text("workflow_id", workflowId);
        }
    }

    /** A workflow has ended. */
    record WorkflowFinished(String workflowId, String status, double executionTimeMs) implements TypedSignal {
        @Override
        public SignalKind kind() {
            return SignalKind.WORKFLOW_FINISHED;
        }

        @Override
        public Payload payload() {
            return Payload.of()
                    .text("workflow_id", workflowId)
                    .text("status", status)
                    .number("execution_time_ms", executionTimeMs);
        }
    }

    /** Something went wrong. */
    record ErrorOccurred(String error, String errorType, String agentId) implements TypedSignal {
        @Override
        public SignalKind kind() {
            return SignalKind.ERROR_OCCURRED;
        }

        @Override
        public Payload payload() {
            return Payload.of()
                    .text("error", error)
                    .text("error_type", errorType)
                    .text("agent_id", agentId);
        }
    }

    /**
     * How far an agent has come.
     *
     * @param progress 0 to 1.
     */
    record AgentProgress(String agentId, double progress, String text) implements TypedSignal {
        @Override
        public SignalKind kind() {
            return SignalKind.AGENT_PROGRESS;
        }

        @Override
        public String about() {
            return agentId;
        }

        @Override
        public double quality() {
            return progress;
        }

        @Override
        public Payload payload() {
            return Payload.of()
                    .text("agent_id", agentId)
                    .number("progress", progress)
                    .text("text", text);
        }

        /** Read it back. */
        public static AgentProgress from(final Payload payload) {
            return new AgentProgress(
                    payload.textOr("agent_id", ""), payload.numberOr("progress", 0), payload.textOr("text", ""));
        }
    }

    /** An agent says that something is not as it should be. */
    record AgentWarning(String agentId, String text) implements TypedSignal {
        @Override
        public SignalKind kind() {
            return SignalKind.AGENT_WARNING;
        }

        @Override
        public String about() {
            return agentId;
        }

        @Override
        public Payload payload() {
            return Payload.of().text("agent_id", agentId).text("text", text);
        }
    }
}
