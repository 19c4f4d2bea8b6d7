package io.signalbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the sources must not hold, read as text. Each finding names its file and line. */
class TidyTest {
    private static final Path MAIN = Path.of("src/main/java");
    private static final Path TEST = Path.of("src/test/java");
    private static final int LINES_MAX = 400;

    /** Longer than {@value #LINES_MAX} lines, and why. */
    private static final Map<String, String> LONG =
            Map.of("Driver.java", "publishing, turning and syncing under one baton, and the front for who waits");

    private static final Set<String> PURE = Set.of(
            "names",
            "deadline",
            "store",
            "event",
            "command",
            "coordination",
            "agent",
            "state",
            "signal",
            "subscription",
            "dependency",
            "context",
            "routing",
            "workflow",
            "pattern",
            "machine");

    /** Fields of a type whose order of iteration is a matter of hashes. */
    private static final Pattern HASHED_FIELD = Pattern.compile(
            "\\b(?:HashMap|HashSet|Map|Set|IdentityHashMap|[A-Z][A-Za-z0-9]*2[A-Z][A-Za-z]*HashMap|\\w+HashSet)(?:<[^;=]*>)?\\s+(\\w+)\\s*(?:=|;|\\))");

    private static final String ITERATION =
            "\\s*\\.\\s*(forEach|keySet|values|entrySet|iterator|stream|longForEach|intForEach|toString|hashCode)\\b";

    private static List<Path> files(final Path root, final Predicate<Path> wanted) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).filter(wanted).sorted().toList();
        }
    }

    private static List<Path> sources(final Path... roots) throws IOException {
        final List<Path> sources = new ArrayList<>();
        for (final Path root : roots) {
            sources.addAll(files(root, file -> file.toString().endsWith(".java")));
        }
        return sources;
    }

    private static List<String> findings(final List<Path> files, final Pattern pattern) throws IOException {
        final List<String> findings = new ArrayList<>();
        for (final Path file : files) {
            final String text = Files.readString(file);
            final Matcher matcher = pattern.matcher(text);
            while (matcher.find()) {
                final long line = text.substring(0, matcher.start()).lines().count();
                findings.add(file + ":" + line + ": " + matcher.group().strip());
            }
        }
        return findings;
    }

    @Test
    void shouldIterateNoHashTableInTheMachine() throws IOException {
        final List<String> findings = new ArrayList<>();
        for (final Path file : sources(MAIN)) {
            final String room = MAIN.resolve("io/signalbox/kernel")
                    .relativize(file.getParent())
                    .toString();
            if (PURE.contains(room)) {
                final Matcher field = HASHED_FIELD.matcher(Files.readString(file));
                while (field.find()) {
                    findings.addAll(findings(List.of(file), Pattern.compile("\\b" + field.group(1) + ITERATION)));
                    findings.addAll(
                            findings(List.of(file), Pattern.compile("for \\([^)]*:\\s*" + field.group(1) + "\\s*\\)")));
                }
            }
        }
        assertThat(findings).isEmpty();
    }

    @Test
    void shouldFindAnIterationWhereThereIsOne() {
        final Matcher field = HASHED_FIELD.matcher("private final Long2LongHashMap byId = new Long2LongHashMap(1);");
        assertThat(field.find()).isTrue();
        assertThat(Pattern.compile("\\b" + field.group(1) + ITERATION)
                        .matcher("byId.forEach(x)")
                        .find())
                .isTrue();
        assertThat(HASHED_FIELD
                        .matcher("private final Map<String, Integer> slotByName = x;")
                        .find())
                .isTrue();
    }

    @Test
    void shouldLeaveNothingUndone() throws IOException {
        assertThat(findings(sources(MAIN, TEST), Pattern.compile("\\b(TO" + "DO|FIX" + "ME|X" + "XX)\\b")))
                .isEmpty();
    }

    @Test
    void shouldNotSleep() throws IOException {
        assertThat(findings(
                        sources(MAIN, TEST),
                        Pattern.compile("\\bThread\\s*\\.\\s*sl" + "eep\\b|\\bSECONDS\\s*\\.\\s*sl" + "eep\\b")))
                .isEmpty();
    }

    @Test
    void shouldSwallowNoFailure() throws IOException {
        assertThat(findings(sources(MAIN, TEST), Pattern.compile("catch\\s*\\([^)]*\\)\\s*\\{\\s*}")))
                .isEmpty();
        assertThat(findings(sources(MAIN, TEST), Pattern.compile("catch\\s*\\([^)]*\\big" + "nored?\\s*\\)")))
                .isEmpty();
    }

    @Test
    void shouldKeepClassesShort() throws IOException {
        final List<String> tooLong = new ArrayList<>();
        for (final Path file : sources(MAIN)) {
            final String name = file.getFileName().toString();
            final int lines = Files.readAllLines(file).size();
            if (lines > LINES_MAX && !LONG.containsKey(name)) {
                tooLong.add(file + ": " + lines + " lines; split it, or name it here with the reason");
            }
        }
        assertThat(tooLong).isEmpty();
        assertThat(LONG.keySet()).allMatch(name -> {
            try {
                return files(MAIN, file -> file.endsWith(name)).stream().anyMatch(file -> lines(file) > LINES_MAX);
            } catch (final IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static int lines(final Path file) {
        try {
            return Files.readAllLines(file).size();
        } catch (final IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldSayWhatEachPackageIs() throws IOException {
        final List<Path> mute = sources(MAIN).stream()
                .map(Path::getParent)
                .distinct()
                .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
                .toList();
        assertThat(mute).isEmpty();
    }

    @Test
    void shouldEndEveryTextWithANewlineAndUseNoOther() throws IOException {
        final List<String> findings = new ArrayList<>();
        for (final Path file : files(Path.of("src"), file -> true)) {
            final String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            if (!text.endsWith("\n") || text.indexOf('\r') >= 0) {
                findings.add(file.toString());
            }
        }
        assertThat(findings).isEmpty();
    }
}
