package io.signalbox.kernel.command;

import io.signalbox.kernel.command.codec.AppendChunkEncoder;
import io.signalbox.kernel.command.codec.AssignAgentEncoder;
import io.signalbox.kernel.command.codec.BeginUploadEncoder;
import io.signalbox.kernel.command.codec.CancelDependencyEncoder;
import io.signalbox.kernel.command.codec.CancelRunEncoder;
import io.signalbox.kernel.command.codec.CloseCoordinationEncoder;
import io.signalbox.kernel.command.codec.ContinueEncoder;
import io.signalbox.kernel.command.codec.DeclareDependencyEncoder;
import io.signalbox.kernel.command.codec.DeleteStateEncoder;
import io.signalbox.kernel.command.codec.DeployWorkflowEncoder;
import io.signalbox.kernel.command.codec.FinishStepEncoder;
import io.signalbox.kernel.command.codec.HeartbeatEncoder;
import io.signalbox.kernel.command.codec.InternNameEncoder;
import io.signalbox.kernel.command.codec.MarkResourceEncoder;
import io.signalbox.kernel.command.codec.OpenCoordinationEncoder;
import io.signalbox.kernel.command.codec.PulseEncoder;
import io.signalbox.kernel.command.codec.RaiseSignalEncoder;
import io.signalbox.kernel.command.codec.RegisterAgentEncoder;
import io.signalbox.kernel.command.codec.ReleaseAgentEncoder;
import io.signalbox.kernel.command.codec.RetryRunEncoder;
import io.signalbox.kernel.command.codec.ScoreGateEncoder;
import io.signalbox.kernel.command.codec.SetAgentDutyEncoder;
import io.signalbox.kernel.command.codec.SetStateEncoder;
import io.signalbox.kernel.command.codec.StartRunEncoder;
import io.signalbox.kernel.command.codec.StartStepEncoder;
import io.signalbox.kernel.command.codec.UnregisterAgentEncoder;
import io.signalbox.kernel.command.codec.UpdateAgentEncoder;
import io.signalbox.kernel.command.codec.UpgradeRulesEncoder;
import io.signalbox.kernel.command.codec.VoidEncoder;

/** Every command there is, with the template id that stands in its message header. */
public enum CommandType {
    VOID(VoidEncoder.TEMPLATE_ID),
    CONTINUE(ContinueEncoder.TEMPLATE_ID),
    PULSE(PulseEncoder.TEMPLATE_ID),
    UPGRADE_RULES(UpgradeRulesEncoder.TEMPLATE_ID),
    OPEN_COORDINATION(OpenCoordinationEncoder.TEMPLATE_ID),
    CLOSE_COORDINATION(CloseCoordinationEncoder.TEMPLATE_ID),
    INTERN_NAME(InternNameEncoder.TEMPLATE_ID),
    RAISE_SIGNAL(RaiseSignalEncoder.TEMPLATE_ID),
    SET_STATE(SetStateEncoder.TEMPLATE_ID),
    DELETE_STATE(DeleteStateEncoder.TEMPLATE_ID),
    DECLARE_DEPENDENCY(DeclareDependencyEncoder.TEMPLATE_ID),
    CANCEL_DEPENDENCY(CancelDependencyEncoder.TEMPLATE_ID),
    MARK_RESOURCE(MarkResourceEncoder.TEMPLATE_ID),
    SCORE_GATE(ScoreGateEncoder.TEMPLATE_ID),
    BEGIN_UPLOAD(BeginUploadEncoder.TEMPLATE_ID),
    APPEND_CHUNK(AppendChunkEncoder.TEMPLATE_ID),
    DEPLOY_WORKFLOW(DeployWorkflowEncoder.TEMPLATE_ID),
    START_RUN(StartRunEncoder.TEMPLATE_ID),
    START_STEP(StartStepEncoder.TEMPLATE_ID),
    FINISH_STEP(FinishStepEncoder.TEMPLATE_ID),
    CANCEL_RUN(CancelRunEncoder.TEMPLATE_ID),
    RETRY_RUN(RetryRunEncoder.TEMPLATE_ID),
    REGISTER_AGENT(RegisterAgentEncoder.TEMPLATE_ID),
    UPDATE_AGENT(UpdateAgentEncoder.TEMPLATE_ID),
    UNREGISTER_AGENT(UnregisterAgentEncoder.TEMPLATE_ID),
    SET_AGENT_DUTY(SetAgentDutyEncoder.TEMPLATE_ID),
    HEARTBEAT(HeartbeatEncoder.TEMPLATE_ID),
    ASSIGN_AGENT(AssignAgentEncoder.TEMPLATE_ID),
    RELEASE_AGENT(ReleaseAgentEncoder.TEMPLATE_ID);

    private static final CommandType[] BY_TEMPLATE = new CommandType[128];

    static {
        for (final CommandType type : values()) {
            BY_TEMPLATE[type.templateId] = type;
        }
    }

    private final int templateId;

    CommandType(final int templateId) {
        this.templateId = templateId;
    }

    /** The template id in the message header. */
    public int templateId() {
        return templateId;
    }

    /** The command with this template id, or null when this version knows none. */
    public static CommandType of(final int templateId) {
        return templateId >= 0 && templateId < BY_TEMPLATE.length ? BY_TEMPLATE[templateId] : null;
    }
}
