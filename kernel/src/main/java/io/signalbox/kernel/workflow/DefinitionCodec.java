package io.signalbox.kernel.workflow;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of a definition as they are uploaded and journaled. Little endian; a text or payload is an int length and its
 * bytes; needs are texts.
 *
 * <pre>
 *  format 2 | name | concurrencyMax int | onError byte | timeoutNs long | limits int | limit ... | payload | steps int | step ...
 *  limit: name | capacity int | ratePerPeriod int | periodNs long
 *  step: id | needs int | need ... | parts byte | payload, then those parts that are not as in {@link StepDefinition#of}, in the order of the bits:
 *   1 kind byte | gate   2 retry   4 timeoutNs long   8 judgesNeeds byte | onFailure byte | compensates   16 scheduling
 *  gate: rule byte | required int | qualityMin double | superfluous byte | timerFrom
 *  retry: retriesMax int | backoffNs long | factor double | backoffMaxNs long | jitter double
 *  scheduling: priority int | uses int | (limit, units int) ... | agent | role | capabilities int | capability ... | leaseNs long
 * </pre>
 */
public final class DefinitionCodec {
    private static final int FORMAT = 2;
    private static final int KIND = 1;
    private static final int RETRY = 2;
    private static final int TIMEOUT = 4;
    private static final int ENDS = 8;
    private static final int SCHEDULING = 16;
    private static final int ALL_PARTS = 31;

    private DefinitionCodec() {}

    /** The bytes of a definition; equal definitions give equal bytes. */
    public static byte[] encode(final WorkflowDefinition definition) {
        final DefinitionWriter out = new DefinitionWriter();
        out.put(FORMAT).put(definition.name()).put(definition.concurrencyMax());
        out.put(definition.onError()).put(definition.timeoutNs());
        out.put(definition.limits().size());
        for (final LimitDefinition limit : definition.limits()) {
            out.put(limit.name())
                    .put(limit.capacity())
                    .put(limit.ratePerPeriod())
                    .put(limit.periodNs());
        }
        out.put(definition.payload()).put(definition.steps().size());
        for (final StepDefinition step : definition.steps()) {
            put(out, step);
        }
        return out.toBytes();
    }

    private static void put(final DefinitionWriter out, final StepDefinition step) {
        final int parts = parts(step);
        out.put(step.id()).put(step.needs()).put((byte) parts).put(step.payload());
        if ((parts & KIND) != 0) {
            final Gate gate = step.gate();
            out.put(step.kind()).put(gate.rule()).put(gate.required()).put(gate.qualityMin());
            out.put(gate.superfluous()).put(gate.timerFrom());
        }
        if ((parts & RETRY) != 0) {
            final RetryPolicy retry = step.retry();
            out.put(retry.retriesMax()).put(retry.backoffNs()).put(retry.factor());
            out.put(retry.backoffMaxNs()).put(retry.jitter());
        }
        if ((parts & TIMEOUT) != 0) {
            out.put(step.timeoutNs());
        }
        if ((parts & ENDS) != 0) {
            out.put(step.judgesNeeds()).put(step.onFailure()).put(step.compensates());
        }
        if ((parts & SCHEDULING) != 0) {
            put(out, step.scheduling());
        }
    }

    private static void put(final DefinitionWriter out, final Scheduling scheduling) {
        out.put(scheduling.priority()).put(scheduling.uses().size());
        for (final LimitUse use : scheduling.uses()) {
            out.put(use.limit()).put(use.units());
        }
        final Placement placement = scheduling.placement();
        out.put(placement.agent()).put(placement.role()).put(placement.capabilities());
        out.put(scheduling.leaseNs());
    }

    private static int parts(final StepDefinition step) {
        final boolean endsPlainly =
                !step.judgesNeeds() && step.onFailure() == OnFailure.INHERIT && !step.isCompensation();
        return (step.kind() == StepKind.TASK ? 0 : KIND)
                | (step.retry().equals(RetryPolicy.NONE) ? 0 : RETRY)
                | (step.timeoutNs() == 0 ? 0 : TIMEOUT)
                | (endsPlainly ? 0 : ENDS)
                | (step.scheduling().equals(Scheduling.PLAIN) ? 0 : SCHEDULING);
    }

    /**
     * The definition that these bytes stand for.
     *
     * @throws InvalidWorkflowException when they do not follow the format.
     */
    public static WorkflowDefinition decode(final byte[] bytes) {
        final ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        try {
            final int format = in.getInt();
            if (format != FORMAT) {
                throw new InvalidWorkflowException(
                        "expected a definition of format " + FORMAT + ", got format " + format);
            }
            final String name = text(in);
            final int concurrencyMax = in.getInt();
            final OnError onError = OnError.values()[in.get()];
            final long timeoutNs = in.getLong();
            final int limitCount = in.getInt();
            final List<LimitDefinition> limits = new ArrayList<>();
            for (int i = 0; i < limitCount; i++) {
                limits.add(new LimitDefinition(text(in), in.getInt(), in.getInt(), in.getLong()));
            }
            final byte[] payload = bytes(in);
            final int count = in.getInt();
            final List<StepDefinition> steps = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                steps.add(step(in));
            }
            if (in.hasRemaining()) {
                throw new InvalidWorkflowException(in.remaining() + " bytes follow the definition's end");
            }
            return new WorkflowDefinition(name, concurrencyMax, onError, timeoutNs, limits, steps, payload);
        } catch (final InvalidWorkflowException e) {
            throw e;
        } catch (final BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new InvalidWorkflowException(
                    "the definition is malformed before byte " + in.position() + ": " + e.getMessage());
        }
    }

    private static StepDefinition step(final ByteBuffer in) {
        final String id = text(in);
        final List<String> needs = texts(in);
        final int parts = in.get();
        StepDefinition step = StepDefinition.of(id, needs).withPayload(bytes(in));
        if (parts < 0 || parts > ALL_PARTS) {
            throw new IllegalArgumentException("step " + id + " has unknown parts: " + parts);
        }
        if ((parts & KIND) != 0) {
            step = step.ofKind(
                    StepKind.values()[in.get()],
                    new Gate(
                            GateRule.values()[in.get()],
                            in.getInt(),
                            in.getDouble(),
                            Superfluous.values()[in.get()],
                            text(in)));
        }
        if ((parts & RETRY) != 0) {
            step = step.withRetry(
                    new RetryPolicy(in.getInt(), in.getLong(), in.getDouble(), in.getLong(), in.getDouble()));
        }
        if ((parts & TIMEOUT) != 0) {
            step = step.withTimeoutNs(in.getLong());
        }
        if ((parts & ENDS) != 0) {
            step = in.get() == 0 ? step : step.judgingNeeds();
            step = step.withOnFailure(OnFailure.values()[in.get()]).compensating(text(in));
        }
        return (parts & SCHEDULING) == 0 ? step : step.withScheduling(scheduling(in));
    }

    private static Scheduling scheduling(final ByteBuffer in) {
        final int priority = in.getInt();
        final int useCount = in.getInt();
        final List<LimitUse> uses = new ArrayList<>();
        for (int i = 0; i < useCount; i++) {
            uses.add(new LimitUse(text(in), in.getInt()));
        }
        return new Scheduling(priority, uses, new Placement(text(in), text(in), texts(in)), in.getLong());
    }

    private static List<String> texts(final ByteBuffer in) {
        final int count = in.getInt();
        final List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(text(in));
        }
        return texts;
    }

    private static String text(final ByteBuffer in) {
        return new String(bytes(in), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(final ByteBuffer in) {
        final int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        final byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }
}
