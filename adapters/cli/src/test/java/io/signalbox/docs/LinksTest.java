package io.signalbox.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LinksTest {
    private static final Pattern LINK = Pattern.compile("\\[[^\\]\n]*]\\(([^)\\s]+)\\)");

    static List<Path> documents() {
        return Documents.all();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void shouldLinkOnlyToWhatIsThere(final Path document) {
        final List<String> broken = new ArrayList<>();
        for (final String link : links(document)) {
            final String[] parts = link.split("#", 2);
            final Path target = parts[0].isEmpty()
                    ? Documents.ROOT.resolve(document)
                    : Documents.ROOT.resolve(document).resolveSibling(parts[0]).normalize();
            if (!target.startsWith(Documents.ROOT) || !Files.exists(target)) {
                broken.add(document + ": " + link + " leads nowhere");
            } else if (parts.length == 2 && !anchors(target).contains(parts[1])) {
                broken.add(document + ": " + link + " names no heading; there are " + anchors(target));
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void shouldReachEveryDocumentFromTheReadme() {
        final Set<Path> reached = new HashSet<>();
        final List<Path> open = new ArrayList<>(List.of(Path.of("README.md")));
        while (!open.isEmpty()) {
            final Path document = open.remove(0);
            if (reached.add(document)) {
                for (final String link : links(document)) {
                    final Path target =
                            document.resolveSibling(link.split("#", 2)[0]).normalize();
                    if (target.toString().endsWith(".md")) {
                        open.add(target);
                    } else if (target.equals(Path.of("docs/decisions"))) {
                        open.addAll(Documents.all().stream()
                                .filter(other -> other.startsWith(target))
                                .toList());
                    }
                }
            }
        }
        assertThat(reached).containsAll(Documents.all());
    }

    private static List<String> links(final Path document) {
        final List<String> links = new ArrayList<>();
        for (final String line : Documents.prose(document)) {
            final Matcher link = LINK.matcher(line.replaceAll("`[^`]*`", ""));
            while (link.find()) {
                if (!link.group(1).matches("[a-z]+:.*")) {
                    links.add(link.group(1));
                }
            }
        }
        return links;
    }

    /** Headings as links name them. */
    private static Set<String> anchors(final Path target) {
        final Set<String> anchors = new HashSet<>();
        for (final String line : Documents.prose(Documents.ROOT.relativize(target))) {
            if (line.matches("#{1,6} .*")) {
                anchors.add(line.replaceFirst("#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'));
            }
        }
        return anchors;
    }
}
