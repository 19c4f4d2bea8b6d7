package io.signalbox.kernel.signal;

import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactType;
import io.signalbox.kernel.event.Recorder;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.names.NameTable;
import io.signalbox.kernel.store.SignalRecord;

/** Raising: check, then record. */
public final class SignalRules {
    /** What a signal has to which nobody gave another; the higher, the more urgent. */
    public static final int PRIORITY_NORMAL = 5;
    /** The most urgent. */
    public static final int PRIORITY_MAX = 9;

    private final Signals signals;
    private final KnownAgents agents;
    private final NameTable names;
    private final int recipientsMax;
    private final Recorder recorder;

    public SignalRules(
            final Signals signals,
            final KnownAgents agents,
            final NameTable names,
            final int recipientsMax,
            final Recorder recorder) {
        this.signals = signals;
        this.agents = agents;
        this.names = names;
        this.recipientsMax = recipientsMax;
        this.recorder = recorder;
    }

    /** Why a plain signal without a kind cannot be raised, as an answer; 0 when it can. Nothing is recorded. */
    public long refusal(final long coordination, final int signalType, final int sender) {
        final int namesKnown = names.size();
        if (signalType <= 0 || signalType > namesKnown || !known(sender, namesKnown)) {
            return Rejection.UNKNOWN_NAME.answer();
        }
        return signals.validation((int) coordination) == SenderValidation.REFUSE && isDoubtful(coordination, sender)
                ? Rejection.UNKNOWN_SENDER.answer()
                : 0;
    }

    /** A signal without a kind. Answers 0. */
    public long raise(
            final long coordination,
            final int signalType,
            final int sender,
            final int subject,
            final int recipient,
            final int completion,
            final double quality,
            final long payload) {
        final int namesKnown = names.size();
        if (signalType <= 0 || signalType > namesKnown || !known(sender, namesKnown)) {
            return Rejection.UNKNOWN_NAME.answer();
        }
        if (!known(subject, namesKnown) || !known(recipient, namesKnown)) {
            return Rejection.UNKNOWN_NAME.answer();
        }
        final int about = subject == 0 ? sender : subject;
        if (completion < 0 || completion > SignalView.FAILED || completion != SignalView.NONE && about == 0) {
            return Rejection.INVALID_VALUE.answer();
        }
        if (quality < 0 || quality > 1) {
            return Rejection.INVALID_VALUE.answer();
        }
        final SenderValidation validation = signals.validation((int) coordination);
        if (validation != SenderValidation.OFF && isDoubtful(coordination, sender)) {
            if (validation == SenderValidation.REFUSE) {
                return Rejection.UNKNOWN_SENDER.answer();
            }
            doubt(coordination, signalType, sender);
        }
        recorder.record(
                FactType.SIGNAL_RAISED,
                SignalKind.FREE,
                coordination,
                Fact.pair(signalType, sender),
                Fact.pair(about, recipient),
                Fact.marks(completion, PRIORITY_NORMAL, SignalRecord.NO_POSITION),
                Double.doubleToLongBits(quality),
                0,
                payload);
        return 0;
    }

    /** Why a signal of a kind cannot be raised, as an answer; 0 when it can. Nothing is recorded. */
    public long check(final Draft draft) {
        final int namesKnown = names.size();
        if (draft.signalType <= 0
                || draft.signalType > namesKnown
                || !known(draft.sender, namesKnown)
                || !known(draft.subject, namesKnown)
                || !known(draft.origin(), namesKnown)) {
            return Rejection.UNKNOWN_NAME.answer();
        }
        final long addressed = checkRecipients(draft, namesKnown);
        if (addressed != 0) {
            return addressed;
        }
        if (draft.priority < 0 || draft.priority > PRIORITY_MAX || draft.quality < 0 || draft.quality > 1) {
            return Rejection.INVALID_VALUE.answer();
        }
        if (draft.respondsTo() < SignalRecord.NO_POSITION || draft.respondsTo() >= recorder.position()) {
            return Rejection.INVALID_VALUE.answer();
        }
        final long kind = checkKind(draft);
        if (kind != 0) {
            return kind;
        }
        return signals.validation((int) draft.coordination) == SenderValidation.REFUSE && isDoubtful(draft)
                ? Rejection.UNKNOWN_SENDER.answer()
                : 0;
    }

    private long checkRecipients(final Draft draft, final int namesKnown) {
        final int beside = draft.recipientsBeside();
        final int length = draft.attachmentLength();
        final boolean isWhole = length == 0
                || length >= SignalRecord.ATTACHMENT_HEAD
                        && (length - SignalRecord.ATTACHMENT_HEAD) % Integer.BYTES == 0;
        if (!isWhole || (draft.recipient == SignalRecord.SEVERAL) != (beside > 0)) {
            return Rejection.INVALID_VALUE.answer();
        }
        if (beside > recipientsMax) {
            return Rejection.TOO_LONG.answer();
        }
        if (beside == 0) {
            return known(draft.recipient, namesKnown) ? 0 : Rejection.UNKNOWN_NAME.answer();
        }
        for (int i = 0; i < beside; i++) {
            if (draft.recipient(i) <= 0 || draft.recipient(i) > namesKnown) {
                return Rejection.UNKNOWN_NAME.answer();
            }
        }
        return 0;
    }

    private long checkKind(final Draft draft) {
        final boolean isAnonymous = draft.sender == 0 && draft.subject == 0;
        if (draft.kind == SignalKind.FREE) {
            final boolean isKnown = draft.completion >= SignalView.NONE && draft.completion <= SignalView.FAILED;
            return isKnown && (isPlain(draft) || !isAnonymous) ? 0 : Rejection.INVALID_VALUE.answer();
        }
        if (draft.kind == SignalKind.DECLARED) {
            if (!signals.kinds().isDeclared(draft.signalType)) {
                return Rejection.UNKNOWN_KIND.answer();
            }
            return isPlain(draft) ? 0 : Rejection.INVALID_VALUE.answer();
        }
        final SignalKind kind = SignalKind.of(draft.kind);
        if (kind == null || kind == SignalKind.AGENT_STALLED || !kind.isNamed(names.bytes(draft.signalType))) {
            return Rejection.UNKNOWN_KIND.answer();
        }
        final boolean isSound = switch (kind) {
            case AGENT_COMPLETED ->
                !isAnonymous && (draft.completion == SignalView.SUCCEEDED || draft.completion == SignalView.FAILED);
            case AGENT_PROGRESS -> !isAnonymous && isPlain(draft) && !Double.isNaN(draft.quality);
            case AGENT_INITIALIZED, AGENT_WARNING -> !isAnonymous && isPlain(draft);
            case DEPENDENCY_RESOLVED,
                    INTER_AGENT_MESSAGE,
                    STAGE_COMPLETED,
                    ERROR_RECOVERY_COMPLETED,
                    WORKFLOW_STARTED,
                    WORKFLOW_READY,
                    WORKFLOW_FINISHED,
                    ERROR_OCCURRED -> isPlain(draft);
            case AGENT_STALLED -> false;
        };
        if (!isSound) {
            return Rejection.INVALID_VALUE.answer();
        }
        return kind == SignalKind.AGENT_PROGRESS && !signals.progress().hasPlace((int) draft.coordination, about(draft))
                ? Rejection.CAPACITY_EXHAUSTED.answer()
                : 0;
    }

    private static boolean isPlain(final Draft draft) {
        return draft.completion == SignalView.NONE;
    }

    /** Record a signal that has been checked. */
    public void record(final Draft draft) {
        if (signals.validation((int) draft.coordination) == SenderValidation.WARN && isDoubtful(draft)) {
            doubt(draft.coordination, draft.signalType, draft.sender);
        }
        recorder.record(
                FactType.SIGNAL_RAISED,
                draft.kind,
                draft.coordination,
                Fact.pair(draft.signalType, draft.sender),
                Fact.pair(about(draft), draft.recipient),
                Fact.marks(draft.completion, draft.priority, draft.respondsTo()),
                Double.doubleToLongBits(draft.quality),
                draft.attachment,
                draft.payload);
    }

    private static int about(final Draft draft) {
        return draft.subject == 0 ? draft.sender : draft.subject;
    }

    /** Who introduces itself is known by that. */
    private boolean isDoubtful(final Draft draft) {
        return draft.kind != SignalKind.AGENT_INITIALIZED.code() && isDoubtful(draft.coordination, draft.sender);
    }

    private boolean isDoubtful(final long coordination, final int sender) {
        return sender != 0 && !signals.hasIntroduced((int) coordination, sender) && !agents.isKnown(sender);
    }

    private void doubt(final long coordination, final int signalType, final int sender) {
        recorder.record(FactType.SENDER_DOUBTED, 0, coordination, Fact.pair(signalType, sender), 0, 0, 0);
    }

    /** What a coordination does with unknown senders, from now on. Answers 0. */
    public long configure(final long coordination, final int validation) {
        if (SenderValidation.of(validation) == null) {
            return Rejection.INVALID_VALUE.answer();
        }
        recorder.record(FactType.SIGNALS_CONFIGURED, 0, coordination, validation, 0, 0, 0);
        return 0;
    }

    /** Keep a kind of the user's; to declare it again as it is changes nothing. Answers 0. */
    public long declareKind(final int signalType, final byte[] schema, final long payload) {
        if (signalType <= 0 || signalType > names.size()) {
            return Rejection.UNKNOWN_NAME.answer();
        }
        if (schema.length == 0 || isOfTheKernel(signalType)) {
            return Rejection.INVALID_VALUE.answer();
        }
        if (signals.kinds().isDeclared(signalType)) {
            return signals.kinds().isSame(signalType, schema) ? 0 : Rejection.DECLARED_OTHERWISE.answer();
        }
        if (signals.kinds().isFull()) {
            return Rejection.CAPACITY_EXHAUSTED.answer();
        }
        recorder.record(FactType.SIGNAL_KIND_DECLARED, 0, 0, signalType, 0, 0, 0, 0, payload);
        return 0;
    }

    private boolean isOfTheKernel(final int signalType) {
        for (final SignalKind kind : SignalKind.values()) {
            if (kind.isNamed(names.bytes(signalType))) {
                return true;
            }
        }
        return false;
    }

    private static boolean known(final int name, final int namesKnown) {
        return name >= 0 && name <= namesKnown;
    }
}
