package io.signalbox.kernel.context;

import io.signalbox.kernel.event.Rejection;
import java.util.List;

/**
 * A change of what agents share, read and checked as a whole: {@code {"data": {...}, "remove": ["name"], "targets": ["agent"]}}, each of
 * which may be left out.
 *
 * @param kind of the five kinds.
 * @param data names with their new values.
 * @param remove names that go.
 * @param targets the agents that see it; none means all.
 */
record IntelligenceUpdate(IntelligenceKind kind, DocumentValue data, List<String> remove, List<String> targets) {
    /**
     * Read a document.
     *
     * @throws InvalidContextException when it cannot be made; the message says why.
     */
    static IntelligenceUpdate of(final int kindCode, final DocumentValue document) {
        final IntelligenceKind kind = IntelligenceKind.of(kindCode);
        if (kind == null) {
            throw Distribution.unknownKind(Integer.toString(kindCode));
        }
        final Fields fields = new Fields(document, "the update");
        final DocumentValue data = fields.map("data");
        Distribution.checkData(kind, data);
        final List<String> remove = fields.texts("remove").toTexts();
        final List<String> targets = fields.texts("targets").toTexts();
        fields.end();
        if (targets.size() > Distribution.AGENTS_MAX) {
            throw new InvalidContextException(
                    Rejection.TOO_MANY_AGENTS,
                    "one update names up to " + Distribution.AGENTS_MAX + " agents, not " + targets.size());
        }
        for (int i = 0; i < targets.size(); i++) {
            if (targets.indexOf(targets.get(i)) != i) {
                throw new InvalidContextException(
                        Rejection.INVALID_FIELD, "the agent '" + targets.get(i) + "' stands twice in the targets");
            }
        }
        return new IntelligenceUpdate(kind, data, remove, targets);
    }

    /** What comes of it for an agent that has this intelligence. */
    SharedIntelligence applyTo(final SharedIntelligence before, final boolean isDeep) {
        final DocumentValue merged = DocumentMerge.merge(before.of(kind), data, isDeep);
        return before.with(kind, DocumentMerge.without(merged, remove));
    }
}
