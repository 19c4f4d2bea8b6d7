package io.signalbox.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.docs.Documents.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What stands in backticks in the documents is looked up: paths, types and their members, tests, constants and their numbers. */
class NamesTest {
    private static final Pattern PATH = Pattern.compile(
            "((kernel|journal|bench|stress|adapters|docs|\\.ci|\\.mvn)/[^ *<>{}$:]*|pom\\.xml|[A-Z]+\\.md|LICENSE)");
    private static final Pattern TYPE =
            Pattern.compile("([A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*)(?:[.#]([A-Za-z_]\\w*)(\\(.*\\))?)?");
    private static final Pattern TEST = Pattern.compile("should[A-Z]\\w+");
    private static final Pattern WORD = Pattern.compile("[A-Z][A-Z0-9_]{2,}");
    private static final Pattern NUMBER = Pattern.compile("^ \\(([0-9][0-9,.]*)\\b.*");

    /** Names in backticks that are not ours. */
    private static final Set<String> FOREIGN = Set.of(
            "ArithmeticException",
            "CompletableFuture",
            "EventPoller",
            "Executor",
            "FileChannel",
            "Flow",
            "IllegalArgumentException",
            "IllegalStateException",
            "InternalError",
            "Long2LongHashMap",
            "Map",
            "Math",
            "NullPointerException",
            "RandomAccessFile",
            "RingBuffer",
            "Set",
            "StrictMath",
            "Thread",
            "Throwable",
            "Unsafe",
            "VarHandle");

    private static Sources sources;

    @BeforeAll
    static void read() throws IOException {
        sources = new Sources();
    }

    static List<Path> documents() {
        return Documents.ofTheCode();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void shouldNameOnlyPathsThatExist(final Path document) {
        assertThat(Documents.codes(document))
                .filteredOn(code ->
                        PATH.matcher(code.text()).matches() && !code.text().contains("/target/"))
                .allSatisfy(code -> assertThat(Documents.ROOT.resolve(code.text()))
                        .as("%s", code.place())
                        .exists());
    }

    @ParameterizedTest
    @MethodSource("documents")
    void shouldNameOnlyTypesMembersAndTestsThatExist(final Path document) {
        final List<String> unknown = new ArrayList<>();
        for (final Code code : Documents.codes(document)) {
            final Matcher type = TYPE.matcher(code.text());
            if (type.matches() && !FOREIGN.contains(type.group(1))) {
                final boolean known = type.group(2) == null
                        ? sources.hasType(type.group(1))
                        : sources.hasMember(type.group(1), type.group(2));
                if (!known) {
                    unknown.add(code.place() + ": " + code.text());
                }
            } else if (TEST.matcher(code.text()).matches() && !sources.hasWord(code.text())) {
                unknown.add(code.place() + ": no test is called " + code.text());
            } else if (WORD.matcher(code.text()).matches() && !sources.hasWord(code.text())) {
                unknown.add(code.place() + ": no source knows " + code.text());
            }
        }
        assertThat(unknown).isEmpty();
    }

    /** A number in parentheses right behind a constant in backticks is the constant's. */
    @ParameterizedTest
    @MethodSource("documents")
    void shouldGiveConstantsTheNumbersTheyHave(final Path document) {
        for (final Code code : Documents.codes(document)) {
            final Matcher type = TYPE.matcher(code.text());
            final Matcher number = NUMBER.matcher(code.behind());
            if (type.matches() && type.group(2) != null && number.matches()) {
                assertThat(sources.constant(type.group(1), type.group(2)))
                        .as("%s: %s", code.place(), code.text())
                        .isEqualTo(Double.parseDouble(number.group(1).replace(",", "")));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void shouldFitTheStyleOfTheHouse(final Path document) throws IOException {
        final String text = Files.readString(Documents.ROOT.resolve(document));
        assertThat(text).endsWith("\n").doesNotContain("\r", "\t", "TO" + "DO", "/home/");
        if (document.startsWith("docs/decisions")
                && document.getFileName().toString().matches("\\d.*")) {
            assertThat(text.lines()).hasSizeLessThanOrEqualTo(40);
        }
    }
}
