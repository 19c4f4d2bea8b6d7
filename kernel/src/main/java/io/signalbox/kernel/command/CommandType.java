package io.signalbox.kernel.command;

import io.signalbox.kernel.command.codec.AcknowledgeDeliveryEncoder;
import io.signalbox.kernel.command.codec.AcquireLeaseEncoder;
import io.signalbox.kernel.command.codec.AppendChunkEncoder;
import io.signalbox.kernel.command.codec.ArriveAtBarrierEncoder;
import io.signalbox.kernel.command.codec.AssignAgentEncoder;
import io.signalbox.kernel.command.codec.AwaitStateEncoder;
import io.signalbox.kernel.command.codec.AwaitSyncEncoder;
import io.signalbox.kernel.command.codec.BeginAttemptEncoder;
import io.signalbox.kernel.command.codec.BeginCoordinationEncoder;
import io.signalbox.kernel.command.codec.BeginUploadEncoder;
import io.signalbox.kernel.command.codec.CancelDependencyEncoder;
import io.signalbox.kernel.command.codec.CancelRunEncoder;
import io.signalbox.kernel.command.codec.ChangeSyncEncoder;
import io.signalbox.kernel.command.codec.ClearContextsEncoder;
import io.signalbox.kernel.command.codec.ClearDependenciesEncoder;
import io.signalbox.kernel.command.codec.ClearRoutingEncoder;
import io.signalbox.kernel.command.codec.ClearStateEncoder;
import io.signalbox.kernel.command.codec.CloseCoordinationEncoder;
import io.signalbox.kernel.command.codec.CloseSubscriptionEncoder;
import io.signalbox.kernel.command.codec.ConfigureSignalsEncoder;
import io.signalbox.kernel.command.codec.ContinueEncoder;
import io.signalbox.kernel.command.codec.DecideApprovalEncoder;
import io.signalbox.kernel.command.codec.DeclareCompositeEncoder;
import io.signalbox.kernel.command.codec.DeclareDependencyEncoder;
import io.signalbox.kernel.command.codec.DeclareMergeEncoder;
import io.signalbox.kernel.command.codec.DeclareSignalKindEncoder;
import io.signalbox.kernel.command.codec.DeclareSubscriptionEncoder;
import io.signalbox.kernel.command.codec.DeclareSyncEncoder;
import io.signalbox.kernel.command.codec.DeleteStateEncoder;
import io.signalbox.kernel.command.codec.DeployWorkflowEncoder;
import io.signalbox.kernel.command.codec.DistributeContextsEncoder;
import io.signalbox.kernel.command.codec.ExpectProgressEncoder;
import io.signalbox.kernel.command.codec.FinishStepEncoder;
import io.signalbox.kernel.command.codec.ForgetHistoryEncoder;
import io.signalbox.kernel.command.codec.GiveOpinionEncoder;
import io.signalbox.kernel.command.codec.HeartbeatEncoder;
import io.signalbox.kernel.command.codec.HeartbeatStepEncoder;
import io.signalbox.kernel.command.codec.InternNameEncoder;
import io.signalbox.kernel.command.codec.KeepCoordinationEncoder;
import io.signalbox.kernel.command.codec.MarkResourceEncoder;
import io.signalbox.kernel.command.codec.MergeStateEncoder;
import io.signalbox.kernel.command.codec.OpenCoordinationEncoder;
import io.signalbox.kernel.command.codec.PulseEncoder;
import io.signalbox.kernel.command.codec.RaiseSignalEncoder;
import io.signalbox.kernel.command.codec.RecordDecisionEncoder;
import io.signalbox.kernel.command.codec.RegisterAgentEncoder;
import io.signalbox.kernel.command.codec.ReleaseAgentEncoder;
import io.signalbox.kernel.command.codec.ReleaseAttemptEncoder;
import io.signalbox.kernel.command.codec.ReleaseDefinitionEncoder;
import io.signalbox.kernel.command.codec.ReleaseLeaseEncoder;
import io.signalbox.kernel.command.codec.ReleaseLeasesEncoder;
import io.signalbox.kernel.command.codec.RenewLeaseEncoder;
import io.signalbox.kernel.command.codec.ResetRetriesEncoder;
import io.signalbox.kernel.command.codec.RetryRunEncoder;
import io.signalbox.kernel.command.codec.RollBackStateEncoder;
import io.signalbox.kernel.command.codec.ScoreGateEncoder;
import io.signalbox.kernel.command.codec.SendSignalEncoder;
import io.signalbox.kernel.command.codec.SetAgentDutyEncoder;
import io.signalbox.kernel.command.codec.SetStateEncoder;
import io.signalbox.kernel.command.codec.StartChildEncoder;
import io.signalbox.kernel.command.codec.StartRunEncoder;
import io.signalbox.kernel.command.codec.StartStepEncoder;
import io.signalbox.kernel.command.codec.TakeDeliveriesEncoder;
import io.signalbox.kernel.command.codec.UnregisterAgentEncoder;
import io.signalbox.kernel.command.codec.UpdateAgentEncoder;
import io.signalbox.kernel.command.codec.UpdateIntelligenceEncoder;
import io.signalbox.kernel.command.codec.UpdateStateEncoder;
import io.signalbox.kernel.command.codec.UpgradeRulesEncoder;
import io.signalbox.kernel.command.codec.VoidEncoder;
import io.signalbox.kernel.event.Room;

/**
 * Every command there is, with the room that decides it and the template id that stands in its message header. Each room has its
 * block of ids.
 */
public enum CommandType {
    // machine: 1 to 9
    VOID(Room.MACHINE, VoidEncoder.TEMPLATE_ID),
    CONTINUE(Room.MACHINE, ContinueEncoder.TEMPLATE_ID),
    PULSE(Room.MACHINE, PulseEncoder.TEMPLATE_ID),
    UPGRADE_RULES(Room.MACHINE, UpgradeRulesEncoder.TEMPLATE_ID),
    INTERN_NAME(Room.MACHINE, InternNameEncoder.TEMPLATE_ID),

    // coordination: 10 to 19, 190 to 199
    OPEN_COORDINATION(Room.COORDINATION, OpenCoordinationEncoder.TEMPLATE_ID),
    CLOSE_COORDINATION(Room.COORDINATION, CloseCoordinationEncoder.TEMPLATE_ID),
    BEGIN_COORDINATION(Room.COORDINATION, BeginCoordinationEncoder.TEMPLATE_ID),
    KEEP_COORDINATION(Room.COORDINATION, KeepCoordinationEncoder.TEMPLATE_ID),

    // signal: 20 to 29, 200 to 229; subscriptions: 230 to 249
    RAISE_SIGNAL(Room.SIGNAL, RaiseSignalEncoder.TEMPLATE_ID),
    DECLARE_SUBSCRIPTION(Room.SIGNAL, DeclareSubscriptionEncoder.TEMPLATE_ID),
    TAKE_DELIVERIES(Room.SIGNAL, TakeDeliveriesEncoder.TEMPLATE_ID),
    ACKNOWLEDGE_DELIVERY(Room.SIGNAL, AcknowledgeDeliveryEncoder.TEMPLATE_ID),
    CLOSE_SUBSCRIPTION(Room.SIGNAL, CloseSubscriptionEncoder.TEMPLATE_ID),
    SEND_SIGNAL(Room.SIGNAL, SendSignalEncoder.TEMPLATE_ID),
    CONFIGURE_SIGNALS(Room.SIGNAL, ConfigureSignalsEncoder.TEMPLATE_ID),
    DECLARE_SIGNAL_KIND(Room.SIGNAL, DeclareSignalKindEncoder.TEMPLATE_ID),
    EXPECT_PROGRESS(Room.SIGNAL, ExpectProgressEncoder.TEMPLATE_ID),

    // state: 30 to 39, 130 to 149
    SET_STATE(Room.STATE, SetStateEncoder.TEMPLATE_ID),
    DELETE_STATE(Room.STATE, DeleteStateEncoder.TEMPLATE_ID),
    UPDATE_STATE(Room.STATE, UpdateStateEncoder.TEMPLATE_ID),
    CLEAR_STATE(Room.STATE, ClearStateEncoder.TEMPLATE_ID),
    MERGE_STATE(Room.STATE, MergeStateEncoder.TEMPLATE_ID),
    DECLARE_MERGE(Room.STATE, DeclareMergeEncoder.TEMPLATE_ID),
    ROLL_BACK_STATE(Room.STATE, RollBackStateEncoder.TEMPLATE_ID),
    FORGET_HISTORY(Room.STATE, ForgetHistoryEncoder.TEMPLATE_ID),
    AWAIT_STATE(Room.STATE, AwaitStateEncoder.TEMPLATE_ID),

    // dependency: 40 to 49, 150 to 169
    DECLARE_DEPENDENCY(Room.DEPENDENCY, DeclareDependencyEncoder.TEMPLATE_ID),
    CANCEL_DEPENDENCY(Room.DEPENDENCY, CancelDependencyEncoder.TEMPLATE_ID),
    MARK_RESOURCE(Room.DEPENDENCY, MarkResourceEncoder.TEMPLATE_ID),
    SCORE_GATE(Room.DEPENDENCY, ScoreGateEncoder.TEMPLATE_ID),
    DECIDE_APPROVAL(Room.DEPENDENCY, DecideApprovalEncoder.TEMPLATE_ID),
    DECLARE_COMPOSITE(Room.DEPENDENCY, DeclareCompositeEncoder.TEMPLATE_ID),
    CLEAR_DEPENDENCIES(Room.DEPENDENCY, ClearDependenciesEncoder.TEMPLATE_ID),

    // agent: 60 to 79
    REGISTER_AGENT(Room.AGENT, RegisterAgentEncoder.TEMPLATE_ID),
    UPDATE_AGENT(Room.AGENT, UpdateAgentEncoder.TEMPLATE_ID),
    UNREGISTER_AGENT(Room.AGENT, UnregisterAgentEncoder.TEMPLATE_ID),
    SET_AGENT_DUTY(Room.AGENT, SetAgentDutyEncoder.TEMPLATE_ID),
    HEARTBEAT(Room.AGENT, HeartbeatEncoder.TEMPLATE_ID),
    ASSIGN_AGENT(Room.AGENT, AssignAgentEncoder.TEMPLATE_ID),
    RELEASE_AGENT(Room.AGENT, ReleaseAgentEncoder.TEMPLATE_ID),

    // context: 80 to 99
    DISTRIBUTE_CONTEXTS(Room.CONTEXT, DistributeContextsEncoder.TEMPLATE_ID),
    UPDATE_INTELLIGENCE(Room.CONTEXT, UpdateIntelligenceEncoder.TEMPLATE_ID),
    CLEAR_CONTEXTS(Room.CONTEXT, ClearContextsEncoder.TEMPLATE_ID),
    BEGIN_ATTEMPT(Room.CONTEXT, BeginAttemptEncoder.TEMPLATE_ID),
    RELEASE_ATTEMPT(Room.CONTEXT, ReleaseAttemptEncoder.TEMPLATE_ID),

    // sync: 100 to 119
    DECLARE_SYNC(Room.SYNC, DeclareSyncEncoder.TEMPLATE_ID),
    ARRIVE_AT_BARRIER(Room.SYNC, ArriveAtBarrierEncoder.TEMPLATE_ID),
    AWAIT_SYNC(Room.SYNC, AwaitSyncEncoder.TEMPLATE_ID),
    CHANGE_SYNC(Room.SYNC, ChangeSyncEncoder.TEMPLATE_ID),
    ACQUIRE_LEASE(Room.SYNC, AcquireLeaseEncoder.TEMPLATE_ID),
    RENEW_LEASE(Room.SYNC, RenewLeaseEncoder.TEMPLATE_ID),
    RELEASE_LEASE(Room.SYNC, ReleaseLeaseEncoder.TEMPLATE_ID),
    RELEASE_LEASES(Room.SYNC, ReleaseLeasesEncoder.TEMPLATE_ID),

    // routing: 170 to 189
    RECORD_DECISION(Room.ROUTING, RecordDecisionEncoder.TEMPLATE_ID),
    GIVE_OPINION(Room.ROUTING, GiveOpinionEncoder.TEMPLATE_ID),
    RESET_RETRIES(Room.ROUTING, ResetRetriesEncoder.TEMPLATE_ID),
    CLEAR_ROUTING(Room.ROUTING, ClearRoutingEncoder.TEMPLATE_ID),

    // workflow: 50 to 59
    BEGIN_UPLOAD(Room.WORKFLOW, BeginUploadEncoder.TEMPLATE_ID),
    APPEND_CHUNK(Room.WORKFLOW, AppendChunkEncoder.TEMPLATE_ID),
    DEPLOY_WORKFLOW(Room.WORKFLOW, DeployWorkflowEncoder.TEMPLATE_ID),
    START_RUN(Room.WORKFLOW, StartRunEncoder.TEMPLATE_ID),
    START_STEP(Room.WORKFLOW, StartStepEncoder.TEMPLATE_ID),
    FINISH_STEP(Room.WORKFLOW, FinishStepEncoder.TEMPLATE_ID),
    CANCEL_RUN(Room.WORKFLOW, CancelRunEncoder.TEMPLATE_ID),
    RETRY_RUN(Room.WORKFLOW, RetryRunEncoder.TEMPLATE_ID),
    START_CHILD(Room.WORKFLOW, StartChildEncoder.TEMPLATE_ID),
    HEARTBEAT_STEP(Room.WORKFLOW, HeartbeatStepEncoder.TEMPLATE_ID),
    RELEASE_DEFINITION(Room.WORKFLOW, ReleaseDefinitionEncoder.TEMPLATE_ID);

    private static final CommandType[] BY_TEMPLATE = new CommandType[256];

    static {
        for (final CommandType type : values()) {
            BY_TEMPLATE[type.templateId] = type;
        }
    }

    private final Room room;
    private final int templateId;

    CommandType(final Room room, final int templateId) {
        this.room = room;
        this.templateId = templateId;
    }

    /** The room that decides it. */
    public Room room() {
        return room;
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
