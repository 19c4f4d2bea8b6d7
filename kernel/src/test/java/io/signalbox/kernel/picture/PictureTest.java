package io.signalbox.kernel.picture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class PictureTest {
    private static final Look LOOK = new Look("#ffffff", "#000000", "#111111");

    @Test
    void shouldKeepBoxesApart() {
        final List<Picture.Node> nodes = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            final List<String> needs = new ArrayList<>();
            for (int back = 1; back <= 3; back++) {
                final int need = i - 1 - (i * 7 + back * 13) % 20;
                if (need >= 0) {
                    needs.add("s" + need);
                }
            }
            nodes.add(node("s" + i, needs));
        }
        final List<Place> boxes = new Layout(picture(nodes)).boxes();
        for (int i = 0; i < boxes.size(); i++) {
            for (int j = i + 1; j < boxes.size(); j++) {
                final Place a = boxes.get(i);
                final Place b = boxes.get(j);
                assertThat(a.layer != b.layer || Math.abs(a.y() - b.y()) >= Layout.BOX_HEIGHT)
                        .as("%s and %s do not overlap", a.node.id(), b.node.id())
                        .isTrue();
            }
        }
        for (final Place box : boxes) {
            box.before.forEach(need -> assertThat(need.layer).isLessThan(box.layer));
        }
    }

    /** Two hundred steps in clusters in clusters, with needs across all borders. */
    private static Picture clustered() {
        final List<Picture.Cluster> clusters = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            clusters.add(new Picture.Cluster("c" + i, "cluster " + i, i % 3 == 0 ? "" : "c" + (i - i % 3)));
        }
        final List<Picture.Node> nodes = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            final List<Picture.Edge> edges = new ArrayList<>();
            for (int back = 1; back <= 2; back++) {
                final int need = i - 1 - (i * 7 + back * 13) % 29;
                if (need >= 0) {
                    edges.add(new Picture.Edge("s" + need, Picture.Line.PLAIN));
                }
            }
            final String cluster = i % 5 == 0 ? "" : "c" + i * 12 / 200;
            nodes.add(new Picture.Node("s" + i, "s" + i, edges, "", LOOK, Picture.Shape.BOX, false, cluster));
        }
        return new Picture("clusters", "", nodes, List.of(), clusters);
    }

    @Test
    void shouldDrawAClusterAroundItsNodesAndNoOthers() {
        final Picture picture = clustered();
        final Layout layout = new Layout(picture);
        assertThat(layout.borders()).hasSize(12);
        for (final Layout.Border border : layout.borders()) {
            for (final Place box : layout.boxes()) {
                final boolean isInside =
                        isIn(picture, box.node.cluster(), border.cluster().id());
                assertThat(isInside ? holds(border, box) : isApart(border, box))
                        .as("%s and %s", border.cluster().id(), box.node.id())
                        .isTrue();
            }
        }
    }

    private static boolean isIn(final Picture picture, final String cluster, final String other) {
        return cluster.equals(other)
                || picture.clusters().stream()
                        .anyMatch(each -> each.id().equals(cluster) && isIn(picture, each.in(), other));
    }

    private static boolean holds(final Layout.Border border, final Place box) {
        return box.x > border.x()
                && box.x + box.width < border.x() + border.width()
                && box.top > border.y()
                && box.top + box.height() < border.y() + border.height();
    }

    private static boolean isApart(final Layout.Border border, final Place box) {
        return box.x > border.x() + border.width()
                || box.x + box.width < border.x()
                || box.top > border.y() + border.height()
                || box.top + box.height() < border.y();
    }

    @Test
    void shouldKeepClustersApartAndInsideThePicture() {
        final Layout layout = new Layout(clustered());
        final List<Layout.Border> outer = layout.borders().stream()
                .filter(border -> border.cluster().in().isEmpty())
                .toList();
        for (final Layout.Border one : outer) {
            assertThat(one.x()).isNotNegative();
            assertThat(one.x() + one.width()).isLessThanOrEqualTo(layout.width());
            assertThat(one.y() + one.height()).isLessThanOrEqualTo(layout.height() + 0.01);
            for (final Layout.Border other : outer) {
                assertThat(one.equals(other)
                                || one.x() > other.x() + other.width()
                                || other.x() > one.x() + one.width()
                                || one.y() > other.y() + other.height()
                                || other.y() > one.y() + one.height())
                        .as("%s and %s", one.cluster().id(), other.cluster().id())
                        .isTrue();
            }
        }
    }

    @Test
    void shouldWriteClustersAsSubgraphs() {
        final Picture picture = new Picture(
                "p",
                "",
                List.of(new Picture.Node("n", "n", List.of(), "", LOOK, Picture.Shape.BOX, false, "inner")),
                List.of(),
                List.of(
                        new Picture.Cluster("outer", "Outer \"box\"", ""),
                        new Picture.Cluster("inner", "Inner", "outer")));
        assertThat(DotPicture.render(picture))
                .contains("  subgraph \"cluster_outer\" {\n    label=\"Outer \\\"box\\\"\";")
                .contains("    subgraph \"cluster_inner\" {\n      label=\"Inner\";")
                .contains("\n      \"n\" [label=");
    }

    @Test
    void shouldRefuseAClusterThatIsNotThere() {
        assertThatThrownBy(() -> new Picture(
                        "p", "", List.of(), List.of(), List.of(new Picture.Cluster("inner", "Inner", "outer"))))
                .hasMessage("cluster 'inner' stands in cluster 'outer', which does not stand before it");
        assertThatThrownBy(() -> new Picture(
                        "p",
                        "",
                        List.of(new Picture.Node("n", "n", List.of(), "", LOOK, Picture.Shape.BOX, false, "c")),
                        List.of()))
                .hasMessageContaining("node 'n' stands in cluster 'c'");
    }

    @Test
    void shouldDrawEveryShapeAsADocumentOfItsOwn() throws Exception {
        final List<Picture.Node> nodes = new ArrayList<>();
        for (final Picture.Shape shape : Picture.Shape.values()) {
            nodes.add(new Picture.Node(shape.name(), shape.name(), List.of(), "a detail", LOOK, shape, false));
        }
        final Document svg = parse(SvgPicture.render(picture(nodes)));
        assertThat(svg.getElementsByTagName("polygon").getLength()).as("gate").isEqualTo(1);
        assertThat(svg.getElementsByTagName("rect").getLength())
                .as("paper, box, stack of three, round, dashed")
                .isEqualTo(7);
    }

    @Test
    void shouldNotLetALabelBecomeMarkup() throws Exception {
        final String evil = "</text><script>alert(1)</script>\" onload='x' \u0007 &amp; \uFFFF \uD800 \u202E";
        final Picture picture = new Picture(
                evil,
                evil,
                List.of(new Picture.Node(evil, evil, List.of(), evil, LOOK, Picture.Shape.GATE, true, evil)),
                List.of(new Picture.Legend(evil, LOOK)),
                List.of(new Picture.Cluster(evil, evil, "")));
        assertThat(parse(SvgPicture.render(picture))
                        .getElementsByTagName("script")
                        .getLength())
                .isZero();
        assertThat(DotPicture.render(picture)).contains("\\\" onload");
    }

    @Test
    void shouldRefuseWhatNobodyCanLookAt() {
        final List<Picture.Node> nodes = new ArrayList<>();
        for (int i = 0; i <= SvgPicture.PARTS_MAX; i++) {
            nodes.add(node("s" + i, List.of()));
        }
        assertThatThrownBy(() -> SvgPicture.render(picture(nodes)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("10001 boxes and edges")
                .hasMessageContaining("DOT");
        assertThat(DotPicture.render(picture(nodes))).contains("\"s10000\"");
    }

    private static Picture picture(final List<Picture.Node> nodes) {
        return new Picture("many", "", nodes, List.of());
    }

    private static Picture.Node node(final String id, final List<String> needs) {
        return new Picture.Node(
                id,
                id,
                needs.stream()
                        .map(need -> new Picture.Edge(need, Picture.Line.PLAIN))
                        .toList(),
                "",
                LOOK,
                Picture.Shape.BOX,
                false);
    }

    private static Document parse(final String svg) throws Exception {
        return DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(UTF_8)));
    }
}
