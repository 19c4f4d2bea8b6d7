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
        final List<Layout.Place> boxes = new Layout(picture(nodes)).boxes();
        for (int i = 0; i < boxes.size(); i++) {
            for (int j = i + 1; j < boxes.size(); j++) {
                final Layout.Place a = boxes.get(i);
                final Layout.Place b = boxes.get(j);
                assertThat(a.layer != b.layer || Math.abs(a.y - b.y) >= Layout.BOX_HEIGHT)
                        .as("%s and %s do not overlap", a.node.id(), b.node.id())
                        .isTrue();
            }
        }
        for (final Layout.Place box : boxes) {
            box.before.forEach(need -> assertThat(need.layer).isLessThan(box.layer));
        }
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
                List.of(new Picture.Node(evil, evil, List.of(), evil, LOOK, Picture.Shape.GATE, true)),
                List.of(new Picture.Legend(evil, LOOK)));
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
