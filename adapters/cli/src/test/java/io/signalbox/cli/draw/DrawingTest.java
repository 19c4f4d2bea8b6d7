package io.signalbox.cli.draw;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.cli.view.PlannedStep;
import io.signalbox.cli.view.StepState;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

class DrawingTest {
    private static final Dag DAG = new Dag(
            "codegen",
            List.of(
                    node("parse", StepState.SUCCEEDED, "8/8, 1.2 s", true),
                    node("records", StepState.RUNNING, "", false, "parse"),
                    node("gate", StepState.FAILED, "", false, "records", "parse")));

    @Test
    void shouldDrawForGraphviz() {
        assertThat(Dot.render(DAG)).isEqualTo("""
                        digraph "codegen" {
                          rankdir=LR;
                          label="codegen";
                          labelloc=t;
                          node [shape=box, style="rounded,filled", fontname="Helvetica", fontsize=11];
                          edge [color="#94a3b8", arrowsize=0.7];
                          "parse" [label="parse\\n8/8, 1.2 s", fillcolor="#dcfce7", color="#16a34a", fontcolor="#14532d", peripheries=2];
                          "records" [label="records", fillcolor="#dbeafe", color="#2563eb", fontcolor="#1e3a8a"];
                          "gate" [label="gate", fillcolor="#fee2e2", color="#dc2626", fontcolor="#7f1d1d"];
                          "parse" -> "records";
                          "records" -> "gate";
                          "parse" -> "gate";
                        }
                        """);
    }

    @Test
    void shouldDrawEveryStepAndNeedAsSvg() throws Exception {
        final Document svg = parse(Svg.render(DAG));
        assertThat(texts(svg, "text"))
                .containsExactly("codegen", "parse", "8/8, 1.2 s", "records", "gate", "running", "succeeded", "failed");
        assertThat(count(svg, "path")).as("one tip and three lines").isEqualTo(4);
        assertThat(count(svg, "rect")).as("paper, a stack of three, two boxes").isEqualTo(6);
    }

    @Test
    void shouldNotLetANameBecomeMarkup() throws Exception {
        final String evil = "</text><script>alert(1)</script>\" onload='x' \u001b]0;t\u0007 &amp; \uFFFF \\";
        final Dag dag = new Dag(evil, List.of(node(evil, StepState.WAITING, evil, false)));
        final Document svg = parse(Svg.render(dag));
        assertThat(count(svg, "script")).isZero();
        assertThat(svg.getDocumentElement().getAttributes().getNamedItem("onload"))
                .isNull();
        assertThat(texts(svg, "title").get(0)).startsWith("</text><script>alert(1)</script>\" onload='x'");
    }

    @Test
    void shouldNotLetANameEndADotString() {
        final String evil = "a\"]; b [label=\"c\\\" \n d";
        assertThat(Dot.render(new Dag("t", List.of(node(evil, StepState.WAITING, "", false)))))
                .contains("  \"a\\\"]; b [label=\\\"c\\\\\\\"   d\" [label=\"a\\\"]; b [label=\\\"c\\\\\\\"   d\",");
    }

    @Test
    void shouldCollapseTheInstancesOfAForeach() {
        final List<PlannedStep> plan =
                List.of(new PlannedStep("parse", List.of(), true), new PlannedStep("pack", List.of("parse"), false));
        final Map<String, StepState> states = new LinkedHashMap<>();
        states.put("parse[0]", StepState.SUCCEEDED);
        states.put("parse[1]", StepState.RUNNING);
        states.put("pack", StepState.WAITING);
        final Dag dag = Drawings.of("t", plan, states, Map.of("parse[0]", 1200L));
        assertThat(dag.nodes()).extracting(Dag.Node::detail).containsExactly("1/2, 1.2 s", "");
        assertThat(dag.nodes())
                .extracting(Dag.Node::state)
                .containsExactly(Optional.of(StepState.RUNNING), Optional.of(StepState.WAITING));
    }

    private static Dag blocks() {
        return new Dag(
                "blocks",
                "as planned",
                List.of(
                        planned("<a> & \"b\"", PlannedStep.Kind.TASK, "build"),
                        planned("other", PlannedStep.Kind.APPROVAL, "inner", "<a> & \"b\""),
                        planned("inner", PlannedStep.Kind.GROUP, "build", "other"),
                        planned("build", PlannedStep.Kind.STAGE, "", "inner", "<a> & \"b\""),
                        planned("last", PlannedStep.Kind.TASK, "", "build")),
                List.of("<a> & \"b\"", "other", "inner", "build", "last"));
    }

    private static Dag.Node planned(
            final String id, final PlannedStep.Kind kind, final String parent, final String... needs) {
        return new Dag.Node(new PlannedStep(id, List.of(needs), false, kind, parent), Optional.empty(), "");
    }

    @Test
    void shouldDrawBlocksAroundWhatStandsInThem() throws Exception {
        final Document svg = parse(Svg.render(blocks()));
        assertThat(texts(svg, "text")).contains("stage build", "group inner", "critical path");
        assertThat(count(svg, "polygon")).as("the ends of two blocks").isEqualTo(2);
        assertThat(Dot.render(blocks()))
                .contains("  subgraph \"cluster_build\" {\n    label=\"stage build\"")
                .contains("    subgraph \"cluster_inner\" {\n      label=\"group inner\"")
                .contains("\"inner\" -> \"build\" [color=")
                .contains("\"<a> & \\\"b\\\"\" -> \"build\";");
    }

    @Test
    void shouldDrawTwoHundredStepsWithLongNamesInBlocks() throws Exception {
        final List<Dag.Node> nodes = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            final String name = "a_step_with_a_name_as_long_as_names_may_be_".repeat(2) + i;
            final String[] needs =
                    i < 10 ? new String[0] : new String[] {nodes.get(i - 10).id()};
            nodes.add(planned(name, PlannedStep.Kind.TASK, "part_" + i % 10, needs));
        }
        final Document svg = parse(Svg.render(new Dag("many", nodes)));
        assertThat(texts(svg, "title"))
                .contains("part_0", "part_9", nodes.get(199).id());
        assertThat(texts(svg, "text").stream().mapToInt(String::length).max().orElseThrow())
                .isLessThan(40);
    }

    private static Dag.Node node(
            final String id,
            final StepState state,
            final String detail,
            final boolean isForeach,
            final String... needs) {
        return new Dag.Node(new PlannedStep(id, List.of(needs), isForeach), Optional.of(state), detail);
    }

    private static Document parse(final String svg) throws Exception {
        return DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(UTF_8)));
    }

    private static int count(final Document svg, final String name) {
        return svg.getElementsByTagName(name).getLength();
    }

    private static List<String> texts(final Document svg, final String name) {
        final NodeList nodes = svg.getElementsByTagName(name);
        final List<String> texts = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.add(nodes.item(i).getTextContent());
        }
        return texts;
    }
}
