package io.signalbox.kernel.scenario;

import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactLog;
import io.signalbox.kernel.event.FactType;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.machine.CoordinationMachine;
import io.signalbox.kernel.signal.SenderValidation;
import io.signalbox.kernel.signal.SignalKind;
import io.signalbox.kernel.signal.SignalRules;
import io.signalbox.kernel.workflow.RunState;
import io.signalbox.kernel.workflow.WorkflowPlan;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The facts of a turn in few words, as scenarios expect them: what happened, with names and labels instead of numbers. */
final class FactPrinter {
    private static final int FOLDED_MIN = 6;

    private final CoordinationMachine machine;
    private final Labels labels;
    private final long originNs;

    FactPrinter(final CoordinationMachine machine, final Labels labels, final long originNs) {
        this.machine = machine;
        this.labels = labels;
        this.originNs = originNs;
    }

    /** All facts of the turn; a long row of one type is folded into its first, its last and their number. */
    String print(final FactLog log) {
        final List<String> texts = new ArrayList<>();
        int at = 0;
        while (at < log.count()) {
            int end = at + 1;
            while (end < log.count() && log.word(end, 0) << 48 == log.word(at, 0) << 48) {
                end++;
            }
            if (end - at >= FOLDED_MIN) {
                texts.add(one(log, at) + " .. " + one(log, end - 1) + " x" + (end - at));
            } else {
                for (int i = at; i < end; i++) {
                    texts.add(one(log, i));
                }
            }
            at = end;
        }
        return String.join("; ", texts);
    }

    /** An answer: a refusal by name, a handle by its label, anything else as a number. */
    String answer(final long answer, final char kind) {
        final Rejection rejection = Rejection.ofAnswer(answer);
        if (rejection != null) {
            return rejection.name();
        }
        return kind == CommandWriter.NO_KIND || answer >>> 32 == 0 ? Long.toString(answer) : labels.label(kind, answer);
    }

    private String one(final FactLog log, final int index) {
        final Fact fact = new Fact().wrap(log, index);
        final FactType type = fact.type();
        return switch (type) {
            case COMMAND_REJECTED -> "rejected " + Rejection.ofAnswer(fact.a());
            case COMMAND_DEFERRED -> "deferred" + scope(fact);
            case PULSED -> "pulsed";
            case RULES_UPGRADED -> "rules " + fact.a();
            case CLIENT_ANSWERED -> "kept " + fact.a() + "#" + fact.b();
            case NAME_INTERNED -> "interned " + text(log, fact.payload());
            case COORDINATION_OPENED -> "opened " + text(log, fact.payload());
            case COORDINATION_CLOSED -> "closed " + labels.label(CommandWriter.COORDINATION, fact.coordination());
            case SIGNAL_RAISED -> signal(fact) + beside(log, fact) + quoted(log, fact.payload()) + scope(fact);
            case SIGNALS_CONFIGURED -> "senders " + SenderValidation.values()[(int) fact.a()] + scope(fact);
            case SIGNAL_KIND_DECLARED -> "kind " + name(fact.key());
            case PROGRESS_EXPECTED -> "expects " + name(fact.sender()) + until(fact.b() + originNs) + scope(fact);
            case AGENT_STALLED -> "stalled " + name(fact.sender()) + scope(fact);
            case SENDER_DOUBTED -> "doubted " + name(fact.sender()) + scope(fact);
            case STATE_SET -> "set " + name(fact.key()) + " v" + fact.b() + by((int) fact.c()) + scope(fact);
            case STATE_DELETED -> "deleted " + name(fact.key()) + " v" + fact.b() + by((int) fact.c()) + scope(fact);
            case RESOURCE_MARKED ->
                "marked " + name(fact.key()) + (fact.b() == 1 ? " available" : " unavailable") + scope(fact);
            case GATE_SCORED -> {
                final double score = Double.longBitsToDouble(fact.b());
                yield "scored " + name(fact.key()) + " " + (Double.isNaN(score) ? "failed" : score) + scope(fact);
            }
            case DEPENDENCY_DECLARED -> "declared " + dependency(fact) + until(fact.d());
            case DEPENDENCY_RESOLVED -> "resolved " + dependency(fact);
            case DEPENDENCY_FAILED -> "failed " + dependency(fact);
            case DEPENDENCY_EXPIRED -> "expired " + dependency(fact);
            case DEPENDENCY_CANCELLED -> "cancelled " + dependency(fact);
            case UPLOAD_BEGUN -> "upload " + labels.label(CommandWriter.UPLOAD, fact.a()) + " of " + fact.b();
            case CHUNK_APPENDED ->
                "chunk " + labels.label(CommandWriter.UPLOAD, fact.a()) + " " + fact.b() + "+" + (int) fact.payload();
            case WORKFLOW_DEPLOYED -> "deployed " + fact.b();
            case UPLOAD_DROPPED -> "dropped " + labels.label(CommandWriter.UPLOAD, fact.a());
            case RUN_STARTED -> "run " + run(fact);
            case RUN_REOPENED -> "reopened " + run(fact);
            case RUN_CANCELLING -> RunState.of(fact.extra()) + " " + run(fact);
            case RUN_FINISHED -> RunState.of(fact.extra()) + " " + run(fact);
            case STEP_READY -> "ready " + step(fact);
            case TASK_ASSIGNED -> "assigned " + attempt(fact) + until(fact.d());
            case STEP_STARTED -> "started " + attempt(fact) + until(fact.d());
            case STEP_SUCCEEDED -> "succeeded " + attempt(fact) + quoted(log, fact.payload());
            case STEP_SKIPPED -> "skipped " + step(fact);
            case STEP_RETRIED -> "retried " + attempt(fact) + " exit " + fact.c() + until(fact.d());
            case STEP_RELEASED -> "released " + attempt(fact);
            case STEP_FAILED -> "failed " + attempt(fact) + " exit " + fact.c();
            case STEP_CANCELLED -> "stopped " + step(fact);
        };
    }

    private String signal(final Fact fact) {
        final StringBuilder text = new StringBuilder("raised ").append(name(fact.signalType()));
        text.append(by(fact.sender()));
        if (fact.subject() != fact.sender()) {
            text.append(" about ").append(name(fact.subject()));
        }
        if (fact.recipient() > 0) {
            text.append(" to ").append(name(fact.recipient()));
        }
        text.append(fact.completion() == 1 ? " succeeded" : fact.completion() == 2 ? " failed" : "");
        final double quality = Double.longBitsToDouble(fact.d());
        return text + (Double.isNaN(quality) ? "" : " quality " + quality);
    }

    /** What few signals have: a kind, another priority, recipients, a question that they answer, an origin. */
    private String beside(final FactLog log, final Fact fact) {
        final StringBuilder text = new StringBuilder();
        final SignalKind kind = SignalKind.of(fact.extra());
        text.append(kind != null ? " is " + kind : fact.extra() == SignalKind.DECLARED ? " is DECLARED" : "");
        text.append(fact.priority() == SignalRules.PRIORITY_NORMAL ? "" : " priority " + fact.priority());
        final byte[] attachment = log.copyOf(fact.secondPayload());
        if (attachment.length > 0) {
            final ByteBuffer in = ByteBuffer.wrap(attachment).order(ByteOrder.LITTLE_ENDIAN);
            final long respondsTo = in.getLong();
            final int origin = in.getInt();
            text.append(respondsTo < 0 ? "" : " answers " + respondsTo);
            text.append(origin == 0 ? "" : " from " + name(origin));
            String between = " to ";
            while (in.hasRemaining()) {
                text.append(between).append(name(in.getInt()));
                between = ",";
            }
        }
        return text.toString();
    }

    private String scope(final Fact fact) {
        return fact.coordination() == 0 ? "" : " in " + labels.label(CommandWriter.COORDINATION, fact.coordination());
    }

    private String by(final int name) {
        return name == 0 ? "" : " by " + name(name);
    }

    private String name(final int id) {
        return id > 0 && id <= machine.names().size() ? machine.names().text(id) : "#" + id;
    }

    private String until(final long deadlineNs) {
        if (deadlineNs == Long.MAX_VALUE) {
            return "";
        }
        final long ns = deadlineNs - originNs;
        return " until "
                + (deadlineNs == Long.MAX_VALUE - 1
                        ? "the end"
                        : ns % 1_000_000 == 0 ? ns / 1_000_000 + "ms" : ns + "ns");
    }

    private String dependency(final Fact fact) {
        return labels.label(CommandWriter.DEPENDENCY, fact.dependency());
    }

    private String run(final Fact fact) {
        return labels.label(CommandWriter.RUN, fact.run());
    }

    private String step(final Fact fact) {
        final WorkflowPlan plan = machine.inspector().plan(fact.run());
        return plan == null ? "#" + fact.step() : plan.step(fact.step()).id();
    }

    private String attempt(final Fact fact) {
        return step(fact) + "#" + fact.attempt();
    }

    private static String text(final FactLog log, final long payload) {
        final String text = new String(log.copyOf(payload), StandardCharsets.UTF_8);
        return text.length() > 40 ? text.substring(0, 40) + "..." : text;
    }

    private static String quoted(final FactLog log, final long payload) {
        final String text = text(log, payload);
        return text.isEmpty() ? "" : " \"" + text + "\"";
    }
}
