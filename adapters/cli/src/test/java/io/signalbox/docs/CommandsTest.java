package io.signalbox.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.docs.Documents.CommandLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The command lines in the documents are ones that work: programs, options, modules, tests and rows exist. */
class CommandsTest {
    private static final Set<String> MAVEN_WORDS =
            Set.of("-B", "-ntp", "-q", "-am", "verify", "test", "package", "clean", "spotless:apply", "spotless:check");
    private static final Set<String> MAVEN_PROPERTIES =
            Set.of("signalbox.test.jvm", "surefire.failIfNoSpecifiedTests", "skipTests");

    private static Sources sources;
    private static String pom;

    @BeforeAll
    static void read() throws IOException {
        sources = new Sources();
        pom = Files.readString(Documents.ROOT.resolve("pom.xml"));
    }

    private static Stream<CommandLine> all() {
        return Documents.all().stream().flatMap(document -> Documents.commandLines(document).stream());
    }

    static List<CommandLine> maven() {
        return all().filter(line -> line.program().equals("mvn")).toList();
    }

    static List<CommandLine> scripts() {
        return all().filter(line -> line.program().endsWith("/run")).toList();
    }

    @Test
    void shouldFindTheCommandsThatTheReadmePromises() {
        assertThat(Documents.commandLines(Path.of("README.md")))
                .extracting(line -> String.join(" ", line.words()))
                .contains("signalbox run docs/examples/codegen/workflow.yaml", "mvn -B verify");
    }

    @ParameterizedTest
    @MethodSource("maven")
    void shouldGiveMavenOnlyWhatItKnows(final CommandLine line) {
        final List<String> words = line.arguments();
        for (int i = 0; i < words.size(); i++) {
            final String word = words.get(i);
            if (word.equals("-pl")) {
                i++;
                for (final String module : words.get(i).split(",")) {
                    assertThat(pom).contains("<module>" + module + "</module>");
                }
            } else if (word.startsWith("-Dtest=")) {
                for (final String test : word.substring("-Dtest=".length()).split(",")) {
                    final String[] parts = test.split("#");
                    assertThat(sources.hasType(parts[0])).as(test).isTrue();
                    if (parts.length == 2) {
                        assertThat(sources.hasMember(parts[0], parts[1]))
                                .as(test)
                                .isTrue();
                    }
                }
            } else if (word.startsWith("-D")) {
                assertThat(word.substring(2).split("=")[0]).matches(this::isKnownProperty);
            } else {
                assertThat(MAVEN_WORDS).contains(word);
            }
        }
    }

    /** A property of the build, or one that a test of ours reads. */
    private boolean isKnownProperty(final String name) {
        return MAVEN_PROPERTIES.contains(name) || sources.hasWord(name);
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void shouldGiveScriptsOnlyWhatTheyKnow(final CommandLine line) throws IOException {
        final Path script = Documents.ROOT.resolve(line.program());
        assertThat(script).isExecutable();
        final String known = Files.readString(script)
                + (line.program().equals("bench/run")
                        ? Files.readString(
                                Documents.ROOT.resolve("bench/src/main/java/io/signalbox/bench/BenchMain.java"))
                        : "");
        String before = "";
        for (final String word : line.arguments()) {
            if (word.startsWith("--")) {
                assertThat(known).containsPattern("(^|[\\s\"|(])" + Pattern.quote(word) + "\\b");
            } else if (before.equals("--only")) {
                assertThat(Files.readString(
                                Documents.ROOT.resolve("bench/src/main/java/io/signalbox/bench/Catalogue.java")))
                        .contains("\"" + word);
            } else if (before.equals("--quick")) {
                assertThat(sources.hasType(word)).as(word).isTrue();
            } else {
                assertThat(before).as("%s: %s", line, word).isIn("--jdk", "--jvm-arg");
            }
            before = word;
        }
    }
}
