package io.signalbox.yaml;

import java.time.Duration;
import java.util.Optional;

/** Reads what a person is asked. */
final class Approvals {
    private final Problems problems;
    private final Values values;

    Approvals(final Problems problems) {
        this.problems = problems;
        this.values = new Values(problems);
    }

    /**
     * A question.
     *
     * @param message what is asked
     * @param timeout how long an answer is waited for
     */
    record Question(Template message, Optional<Duration> timeout) {}

    /** A text, or a text with a time limit. */
    Question question(final YamlNode node, final String owner, final Templates templates) {
        final Fields fields = node instanceof YamlNode.Mapping
                ? Fields.of(problems, node, owner, KnownKeys.APPROVAL)
                : Fields.only(owner, "message", node);
        if (fields.get("message").isEmpty()) {
            problems.add(node, owner + " has no 'message'; say what is asked, as in 'message: Release it?'");
        }
        final Optional<Template> message =
                fields.get("message").flatMap(found -> templates.template(found, "'message' of " + owner));
        if (message.isPresent() && message.get().text().isBlank()) {
            problems.add(fields.get("message").get(), "'message' of " + owner + " is empty; say what is asked");
        }
        return new Question(
                message.orElse(Template.parse("")),
                fields.get("timeout").flatMap(found -> values.duration(found, "'timeout' of " + owner, false)));
    }
}
