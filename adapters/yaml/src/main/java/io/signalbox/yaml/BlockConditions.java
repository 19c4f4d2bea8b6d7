package io.signalbox.yaml;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the condition of a block of steps. It becomes a step of its own before all that stands in the block, which is skipped with it: {@code build.when} for a block
 * {@code build}.
 */
public final class BlockConditions {
    private static final String SUFFIX = ".when";

    private final Problems problems;

    BlockConditions(final Problems problems) {
        this.problems = problems;
    }

    /** The id of the step that decides whether a block is done. */
    public static String idOf(final String block) {
        return block + SUFFIX;
    }

    /** What messages call a step: for a condition its block. */
    static String owner(final String id) {
        return id.endsWith(SUFFIX) ? id.substring(0, id.length() - SUFFIX.length()) : id;
    }

    /**
     * The step that decides, if the block has a condition.
     *
     * @param needs what the block waits for
     */
    Optional<StepDraft> read(final Fields fields, final StepName name, final List<String> needs, final YamlNode block) {
        final Templates templates = new Templates(problems);
        return fields.get("when")
                .flatMap(node -> templates
                        .expression(node, "'when' of " + name.owner())
                        .map(when -> new StepDraft(
                                step(name.id(), needs, when, node.place().line()),
                                block,
                                node,
                                List.of(),
                                Map.of(),
                                templates.uses(),
                                needs)));
    }

    private static Step step(final String block, final List<String> needs, final Expression when, final int line) {
        return Step.idle(idOf(block), new Run.Condition(), needs, Optional.empty(), line, Flow.PLAIN.in(block))
                .withWhen(Optional.of(when));
    }

    /** What the steps of a block wait for: its condition, or what the block itself waits for. */
    static List<String> needs(final Optional<StepDraft> condition, final List<String> needs) {
        return condition.map(draft -> List.of(draft.step().id())).orElse(needs);
    }

    /** The gate of a block, which is shown with the condition. */
    static StepDraft shown(final StepDraft gate, final Optional<StepDraft> condition) {
        return new StepDraft(
                gate.step().withWhen(condition.flatMap(draft -> draft.step().when())),
                gate.node(),
                gate.idNode(),
                gate.needNodes(),
                gate.outputNodes(),
                gate.uses(),
                gate.implied());
    }
}
