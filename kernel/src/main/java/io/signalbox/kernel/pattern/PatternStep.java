package io.signalbox.kernel.pattern;

import io.signalbox.kernel.context.DocumentJson;
import io.signalbox.kernel.context.DocumentValue;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a step of an expanded pattern is about: its payload, a JSON object. Whoever carries out a step reads it.
 *
 * @param kind what is to be done.
 * @param document everything about it.
 */
public record PatternStep(Kind kind, DocumentValue document) implements TaskDocument {
    /** What there is to do with a step. */
    public enum Kind {
        /** The code of its task type does it. */
        TASK("task"),
        /** The results of its sources are merged. */
        MERGE("merge"),
        /** The reviews of a loop are judged. */
        LOOP("loop"),
        /** Nothing: a gate, where tasks wait for each other. */
        SYNC("sync"),
        /** Nothing: a gate, which the sources of a join decide. */
        JOIN("join");

        private final String word;

        Kind(final String word) {
            this.word = word;
        }

        /** How it stands in the payload. */
        public String word() {
            return word;
        }
    }

    private static final String KIND = "pattern_step";

    static PatternStep of(final Kind kind, final Map<String, ?> fields) {
        final TreeMap<String, Object> map = new TreeMap<>(fields);
        map.put(KIND, kind.word);
        return new PatternStep(kind, DocumentValue.of(map));
    }

    /** What a payload says; null when it is not that of a pattern's step. */
    public static PatternStep decode(final byte[] payload) {
        final DocumentValue document = DocumentJson.mapIn(payload);
        for (final Kind kind : Kind.values()) {
            if (kind.word.equals(document.textOf(KIND))) {
                return new PatternStep(kind, document);
            }
        }
        return null;
    }

    /** As a payload. */
    public byte[] encode() {
        return DocumentJson.bytes(document);
    }

    /** Name of the pattern that it is a part of. */
    public String pattern() {
        return document.textOf("pattern");
    }

    /** The tasks whose results it gets, in declared order. */
    public List<String> sources() {
        return texts("source_task_ids");
    }

    /** The tasks whose results it gets together, as one; of a task behind a join. */
    public List<String> joined() {
        final DocumentValue sources = document.mapOf("join").get("source_task_ids");
        return sources == null ? List.of() : sources.toTexts();
    }

    /** Id of the join that it continues; empty for none. */
    public String joinId() {
        return document.mapOf("join").textOf("join_id");
    }

    /** Id of the merge whose result it gets; empty when it merges itself. */
    public String mergeId() {
        return document.mapOf("join").textOf("merge_id");
    }

    /** How results go together; of a merge, and of a task behind a join. */
    public MergeStrategy strategy() {
        final DocumentValue of = kind == Kind.TASK ? document.mapOf("join") : document;
        final MergeStrategy strategy = MergeStrategy.named(of.textOf("merge_strategy"));
        return strategy == null ? MergeStrategy.COMBINE : strategy;
    }

    /** The function that merges; empty when the strategy is not custom. */
    public String function() {
        return (kind == Kind.TASK ? document.mapOf("join") : document).textOf("custom_merge_fn");
    }

    /** What has to hold for it to be done; null for nothing. */
    public Condition when() {
        return Condition.of(document.mapOf("when"));
    }

    /** What must not hold for it to be done; null for nothing. */
    public Condition unless() {
        return Condition.of(document.mapOf("unless"));
    }

    /** The reviews of a loop, in the order of its rounds. */
    public List<String> reviews() {
        return texts("review_task_ids");
    }

    /** The refinements of a loop, in the order of its rounds. */
    public List<String> refinements() {
        return texts("refine_task_ids");
    }

    /** Whom it waits for; of a sync point. */
    public List<String> waiting() {
        return texts("waiting_task_ids");
    }

    /** How many of them have to succeed; of a sync point. */
    public int required() {
        final DocumentValue required = document.get("required_count");
        return required == null ? 0 : (int) required.asLong();
    }

    /** What a review has to say; of a loop. */
    Condition until() {
        return Condition.of(document.mapOf("until"));
    }

    boolean failsWhenExhausted() {
        return document.textOf("on_exhausted").equals("fail");
    }
}
