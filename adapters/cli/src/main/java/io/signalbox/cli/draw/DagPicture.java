package io.signalbox.cli.draw;

import io.signalbox.cli.view.SafeText;
import io.signalbox.cli.view.StepState;
import io.signalbox.kernel.picture.Look;
import io.signalbox.kernel.picture.Picture;
import java.util.List;
import java.util.Optional;

/** The steps of a workflow in the colours of their states. */
final class DagPicture {
    private static final Look PLAIN = new Look("#f8fafc", "#64748b", "#0f172a");

    private DagPicture() {}

    static Picture of(final Dag dag) {
        final List<Picture.Legend> legend = dag.nodes().stream()
                .map(Dag.Node::state)
                .flatMap(Optional::stream)
                .distinct()
                .sorted()
                .map(state -> new Picture.Legend(state.word().replace('_', ' '), look(state)))
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
                node.state().map(DagPicture::look).orElse(PLAIN),
                node.isForeach() ? Picture.Shape.STACK : shape,
                false);
    }

    private static Look look(final StepState state) {
        return switch (state) {
            case WAITING -> new Look("#f8fafc", "#cbd5e1", "#475569");
            case RUNNING -> new Look("#dbeafe", "#2563eb", "#1e3a8a");
            case BACKING_OFF -> new Look("#fef3c7", "#d97706", "#78350f");
            case SUCCEEDED -> new Look("#dcfce7", "#16a34a", "#14532d");
            case FAILED, TIMED_OUT -> new Look("#fee2e2", "#dc2626", "#7f1d1d");
            case CANCELLED -> new Look("#f3e8ff", "#9333ea", "#581c87");
            case SKIPPED -> new Look("#f1f5f9", "#94a3b8", "#475569");
        };
    }
}
