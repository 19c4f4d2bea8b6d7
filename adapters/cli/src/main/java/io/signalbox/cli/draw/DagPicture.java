package io.signalbox.cli.draw;

import io.signalbox.cli.view.SafeText;
import io.signalbox.cli.view.StepState;
import io.signalbox.kernel.picture.Look;
import io.signalbox.kernel.picture.Picture;
import java.util.List;
import java.util.Optional;

/** The steps of a workflow in the colours of their states. */
final class DagPicture {
    private DagPicture() {}

    static Picture of(final Dag dag) {
        final List<Picture.Legend> legend = dag.nodes().stream()
                .map(Dag.Node::state)
                .flatMap(Optional::stream)
                .distinct()
                .sorted()
                .map(state -> new Picture.Legend(state.word().replace('_', ' '), look(Optional.of(state))))
                .toList();
        return new Picture(
                SafeText.line(dag.title()),
                "",
                dag.nodes().stream().map(DagPicture::node).toList(),
                legend);
    }

    private static Picture.Node node(final Dag.Node node) {
        final boolean isSkipped = node.state().filter(StepState.SKIPPED::equals).isPresent();
        final Picture.Shape shape = isSkipped ? Picture.Shape.DASHED : Picture.Shape.BOX;
        return new Picture.Node(
                node.id(),
                SafeText.line(node.id()),
                node.needs().stream()
                        .map(need -> new Picture.Edge(need, Picture.Line.PLAIN))
                        .toList(),
                SafeText.line(node.detail()),
                look(node.state()),
                node.isForeach() ? Picture.Shape.STACK : shape,
                false);
    }

    private static Look look(final Optional<StepState> state) {
        final Palette colours = Palette.of(state);
        return new Look(colours.fill(), colours.line(), colours.text());
    }
}
