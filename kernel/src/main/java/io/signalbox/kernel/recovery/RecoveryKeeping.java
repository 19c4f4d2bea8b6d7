package io.signalbox.kernel.recovery;

import io.signalbox.kernel.Coordination;
import io.signalbox.kernel.StateKey;
import io.signalbox.kernel.context.DocumentJson;
import io.signalbox.kernel.context.DocumentValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps where recoveries are, and how circuits stand, in the state of a coordination: journaled with it, found again by whoever recovers from the same after a restart. Any
 * thread.
 */
final class RecoveryKeeping {
    private static final String RECOVERY = "recovery:";
    private static final String CIRCUIT = "recovery_circuit:";
    private static final int MESSAGE_LENGTH_MAX = 500;
    private static final String CHAIN = "chain";
    private static final String TRIED = "tried";
    private static final String STRATEGY = "strategy";
    private static final String MESSAGE = "message";
    private static final String BEGUN = "begun";
    private static final String REMEMBERED = "remembered";
    private static final String FAILURES = "failures";
    private static final String OPEN = "open";

    private final Coordination coordination; // null: nothing is kept

    RecoveryKeeping(final Coordination coordination) {
        this.coordination = coordination;
    }

    // ------------------------------------------------------------------ recoveries

    private static StateKey<String> key(final RecoveryContext context) {
        return StateKey.json(RECOVERY + context.workflowId() + ":" + context.nodeName() + ":" + context.stepCount());
    }

    /** Where an earlier process was with this; at the beginning when there was none, or its strategies were others. */
    RecoveryCheckpoint find(final RecoveryContext context, final List<String> chain) {
        final DocumentValue kept = document(key(context));
        final List<RecoveryResult.Tried> tried = tried(kept.get(TRIED));
        return kept.get(CHAIN) == null || !kept.get(CHAIN).toTexts().equals(chain) || tried.size() > chain.size()
                ? RecoveryCheckpoint.first(chain)
                : new RecoveryCheckpoint(
                        chain,
                        tried,
                        (int) kept.get(BEGUN).asLong(),
                        kept.mapOf(REMEMBERED).toMap());
    }

    private static List<RecoveryResult.Tried> tried(final DocumentValue list) {
        final List<RecoveryResult.Tried> tried = new ArrayList<>();
        for (int i = 0; list != null && i < list.size(); i++) {
            tried.add(new RecoveryResult.Tried(
                    list.value(i).textOf(STRATEGY), false, list.value(i).textOf(MESSAGE)));
        }
        return tried;
    }

    /** Answers why it could not be kept, or an empty text. */
    String keep(final RecoveryContext context, final RecoveryCheckpoint checkpoint) {
        if (coordination == null) {
            return "";
        }
        final Map<String, Object> document = new LinkedHashMap<>();
        document.put(CHAIN, checkpoint.chain());
        document.put(
                TRIED,
                checkpoint.tried().stream()
                        .map(tried -> Map.of(STRATEGY, tried.strategy(), MESSAGE, shortened(tried.message())))
                        .toList());
        document.put(BEGUN, checkpoint.begun());
        document.put(REMEMBERED, checkpoint.remembered());
        return keep(key(context), document);
    }

    private static String shortened(final String message) {
        return message.length() <= MESSAGE_LENGTH_MAX ? message : message.substring(0, MESSAGE_LENGTH_MAX);
    }

    /** A recovery has ended. */
    String forget(final RecoveryContext context) {
        return coordination == null ? "" : forget(key(context));
    }

    /** What was begun and has not ended, as {@code WORKFLOW:NODE:STEP}. */
    List<String> unfinished() {
        return coordination == null
                ? List.of()
                : coordination.state().keys().stream()
                        .filter(key -> key.startsWith(RECOVERY))
                        .map(key -> key.substring(RECOVERY.length()))
                        .toList();
    }

    // ------------------------------------------------------------------ circuits

    /** Let a circuit stand as an earlier process left it. */
    void restore(final String node, final CircuitBreaker breaker) {
        final DocumentValue kept = document(StateKey.json(CIRCUIT + node));
        if (kept.get(FAILURES) != null && kept.get(OPEN) != null) {
            breaker.restore((int) kept.get(FAILURES).asLong(), kept.get(OPEN).isTrue());
        }
    }

    /** Answers why it could not be kept, or an empty text. */
    String keep(final String node, final CircuitBreaker breaker) {
        if (coordination == null) {
            return "";
        }
        final StateKey<String> key = StateKey.json(CIRCUIT + node);
        final boolean isOpen = breaker.state() != CircuitBreaker.State.CLOSED;
        return breaker.failures() == 0 && !isOpen
                ? forget(key)
                : keep(key, Map.of(FAILURES, breaker.failures(), OPEN, isOpen));
    }

    // ------------------------------------------------------------------ the state

    /** The empty one when there is none. */
    private DocumentValue document(final StateKey<String> key) {
        final String text = coordination == null ? null : coordination.state().get(key);
        return DocumentJson.mapIn((text == null ? "" : text).getBytes(StandardCharsets.UTF_8));
    }

    private String keep(final StateKey<String> key, final Map<String, ?> document) {
        try {
            coordination.state().set(key, DocumentValue.of(document).toString()).orThrow();
            return "";
        } catch (final RuntimeException e) { // a recovery goes on without; who reads the result is told
            return e.toString();
        }
    }

    private String forget(final StateKey<String> key) {
        try {
            if (coordination.state().has(key.name())) {
                coordination.state().delete(key.name()).orThrow();
            }
            return "";
        } catch (final RuntimeException e) { // as above
            return e.toString();
        }
    }
}
