package io.signalbox.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

class DependenciesTest {
    private static final Path PAGE = Path.of("docs/decisions/dependencies.md");
    private static final Pattern ROW = Pattern.compile("\\| `([^`:]+:[^`:]+)` \\| (.*) \\|");

    @Test
    void shouldGiveAReasonForEveryDependencyAndPlugin() throws Exception {
        final Set<String> listed = new TreeSet<>();
        for (final String line : Documents.lines(PAGE)) {
            final Matcher row = ROW.matcher(line);
            if (row.matches()) {
                assertThat(row.group(2)).as(row.group(1)).hasSizeGreaterThan(20);
                assertThat(listed.add(row.group(1)))
                        .as("%s is listed once", row.group(1))
                        .isTrue();
            }
        }
        assertThat(listed).containsExactlyElementsOf(inPoms());
    }

    private static Set<String> inPoms() throws IOException, SAXException, ParserConfigurationException {
        final Set<String> found = new TreeSet<>();
        final List<Path> poms = new ArrayList<>(List.of(Documents.ROOT.resolve("pom.xml")));
        for (int i = 0; i < poms.size(); i++) {
            final Element project = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(poms.get(i).toFile())
                    .getDocumentElement();
            for (final Element module : elements(project, "module")) {
                poms.add(poms.get(i).resolveSibling(module.getTextContent()).resolve("pom.xml"));
            }
            for (final String kind : List.of("dependency", "plugin", "path")) {
                for (final Element element : elements(project, kind)) {
                    final String group = child(element, "groupId");
                    final String name =
                            (group == null ? "org.apache.maven.plugins" : group) + ":" + child(element, "artifactId");
                    if (!name.startsWith("io.signalbox:")) {
                        found.add(name);
                    }
                }
            }
        }
        return found;
    }

    private static List<Element> elements(final Element parent, final String name) {
        final NodeList nodes = parent.getElementsByTagName(name);
        final List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    private static String child(final Element parent, final String name) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node.getNodeName().equals(name)) {
                return node.getTextContent().strip();
            }
        }
        return null;
    }
}
