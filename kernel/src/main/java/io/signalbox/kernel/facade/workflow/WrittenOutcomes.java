package io.signalbox.kernel.facade.workflow;

import io.signalbox.kernel.StepContext;
import io.signalbox.kernel.StepResult;
import io.signalbox.kernel.composition.StepOutcome;
import io.signalbox.kernel.composition.Variables;
import io.signalbox.kernel.workflow.StepSnapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the steps of a composition made and wrote, as it stands in the journal: all of it or nothing, so what cannot be written down fails the step. Any thread. */
final class WrittenOutcomes {
    private static final String STATE = "state";
    private static final String DATA = "data";
    private static final String COMPONENT_USED = "component_used";
    private static final String PROBLEM = "problem";
    private static final String WRITES = "writes";

    private final ResultCodec codec;

    /**
     * What a step did.
     *
     * @param writes to variables, in no order.
     */
    record Written(StepOutcome outcome, List<Variables.Write> writes) {}

    WrittenOutcomes(final ResultCodec codec) {
        this.codec = codec;
    }

    StepResult write(final StepContext context, final StepOutcome outcome, final List<Variables.Write> writes) {
        final String step = context.step().id();
        final int lengthMax = context.kernel().config().payloadLengthMax();
        try {
            final byte[] bytes = codec.encode(step, document(outcome, writes));
            if (bytes.length > lengthMax) {
                return unwritten(step, bytes.length + " bytes; at most " + lengthMax + " are taken");
            }
            return outcome.state() == StepOutcome.State.FAILED
                    ? StepResult.failureForGood(outcome.problem()).withResult(bytes)
                    : StepResult.success(bytes);
        } catch (final Exception notWritable) { // the codec's word; told by the step that it concerns
            return unwritten(step, String.valueOf(notWritable.getMessage()));
        }
    }

    private static StepResult unwritten(final String step, final String why) {
        return StepResult.failureForGood("what step '" + step + "' made cannot be written down: " + why);
    }

    private static Map<String, Object> document(final StepOutcome outcome, final List<Variables.Write> writes) {
        final List<Object> written = new ArrayList<>();
        for (final Variables.Write write : writes) {
            final Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", write.name());
            one.put("value", write.value());
            one.put("version", write.version());
            written.add(one);
        }
        return Map.of(
                STATE,
                outcome.state().name(),
                DATA,
                outcome.data(),
                COMPONENT_USED,
                outcome.componentUsed(),
                PROBLEM,
                outcome.problem(),
                WRITES,
                written);
    }

    /** @throws ResultNotKeptException when the codec cannot read what was written. */
    Written read(final StepSnapshot step) {
        try {
            final Map<String, Object> document = named(codec.decode(step.id(), step.result()));
            final List<Variables.Write> writes = new ArrayList<>();
            for (final Object each : (List<?>) document.get(WRITES)) {
                final Map<String, Object> one = named(each);
                writes.add(new Variables.Write(
                        (String) one.get("name"), one.get("value"), ((Number) one.get("version")).longValue()));
            }
            return new Written(
                    new StepOutcome(
                            StepOutcome.State.valueOf((String) document.get(STATE)),
                            named(document.get(DATA)),
                            (Boolean) document.get(COMPONENT_USED),
                            (String) document.get(PROBLEM)),
                    writes);
        } catch (final Exception notReadable) { // the codec's word; nobody can go on without what the step made
            throw new ResultNotKeptException(
                    "what step '" + step.id() + "' made in an earlier process cannot be read: " + notReadable);
        }
    }

    private static Map<String, Object> named(final Object map) {
        final Map<String, Object> named = new LinkedHashMap<>();
        ((Map<?, ?>) map).forEach((name, value) -> named.put((String) name, value));
        return named;
    }
}
