package io.signalbox.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The project's documents, taken apart: fenced blocks, the prose between them, and what stands in backticks. */
public final class Documents {
    /** The top of the repository. Tests run in adapters/cli. */
    public static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    private static final Pattern FENCE = Pattern.compile("^ *```(.*)$");
    private static final Pattern CODE = Pattern.compile("(?<!`)`([^`\n]+)`(?!`)");
    private static final Pattern PROGRAM = Pattern.compile("(adapters/cli/)?signalbox|mvn|(bench|stress|\\.ci)/run");

    private Documents() {}

    /**
     * A place in a document.
     *
     * @param document it stands in, from the top of the repository.
     * @param line from 1.
     */
    public record Place(Path document, int line) {
        @Override
        public String toString() {
            return document + ":" + line;
        }
    }

    /**
     * A fenced block.
     *
     * @param place of its first fence.
     * @param info what stands behind that fence, {@code java HelloSignalbox.java} say.
     * @param text between the fences.
     */
    public record Block(Place place, String info, String text) {
        String language() {
            return info.split(" ", 2)[0];
        }
    }

    /**
     * A text in backticks.
     *
     * @param place of its line.
     * @param text between the backticks.
     * @param behind what follows on that line.
     */
    public record Code(Place place, String text, String behind) {}

    /**
     * A command line of ours.
     *
     * @param place of its line.
     * @param words program and arguments; the folder of the launcher is left out.
     */
    public record CommandLine(Place place, List<String> words) {
        /** The program. */
        public String program() {
            return words.get(0);
        }

        /** What is passed to it. */
        public List<String> arguments() {
            return words.subList(1, words.size());
        }
    }

    /** Every document that this project writes for people, from the top of the repository. */
    public static List<Path> all() {
        final List<Path> documents = new ArrayList<>(
                List.of(Path.of("README.md"), Path.of("bench/README.md"), Path.of("docs/examples/codegen/README.md")));
        documents.addAll(under("docs"));
        documents.addAll(under("docs/decisions"));
        documents.addAll(under("docs/rooms"));
        return documents;
    }

    /** Those whose names and numbers are looked up: they speak of the present code throughout. */
    public static List<Path> ofTheCode() {
        final List<Path> documents = new ArrayList<>(List.of(
                Path.of("README.md"),
                Path.of("docs/HACKING.md"),
                Path.of("docs/ARCHITECTURE.md"),
                Path.of("docs/determinism.md"),
                Path.of("docs/metrics.md"),
                Path.of("docs/operating.md"),
                Path.of("docs/recovery.md"),
                Path.of("docs/composition.md"),
                Path.of("docs/found-by-our-tests.md"),
                Path.of("docs/coming-from-the-python-system.md")));
        documents.addAll(under("docs/decisions"));
        documents.addAll(under("docs/rooms"));
        return documents;
    }

    private static List<Path> under(final String folder) {
        try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .map(ROOT::relativize)
                    .sorted()
                    .toList();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines of a file of the repository. */
    public static List<String> lines(final Path file) {
        try {
            return Files.readAllLines(ROOT.resolve(file));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The fenced blocks of a document, in order. */
    public static List<Block> blocks(final Path document) {
        final List<Block> blocks = new ArrayList<>();
        final StringBuilder text = new StringBuilder();
        String info = null;
        int start = 0;
        final List<String> lines = lines(document);
        for (int i = 0; i < lines.size(); i++) {
            final Matcher fence = FENCE.matcher(lines.get(i));
            if (!fence.matches()) {
                text.append(lines.get(i)).append('\n');
            } else if (info == null) {
                info = fence.group(1).strip();
                start = i + 1;
                text.setLength(0);
            } else {
                blocks.add(new Block(new Place(document, start), info, text.toString()));
                info = null;
            }
        }
        if (info != null) {
            throw new IllegalStateException(document + ":" + start + ": this fence is not closed");
        }
        return blocks;
    }

    /** A document's lines with those of its fenced blocks left empty. */
    public static List<String> prose(final Path document) {
        final List<String> prose = new ArrayList<>();
        boolean inside = false;
        for (final String line : lines(document)) {
            final boolean fence = FENCE.matcher(line).matches();
            prose.add(inside || fence ? "" : line);
            inside ^= fence;
        }
        return prose;
    }

    /** What stands in backticks in a document's prose. */
    public static List<Code> codes(final Path document) {
        final List<Code> codes = new ArrayList<>();
        final List<String> prose = prose(document);
        for (int i = 0; i < prose.size(); i++) {
            final Matcher code = CODE.matcher(prose.get(i));
            while (code.find()) {
                codes.add(new Code(
                        new Place(document, i + 1), code.group(1), prose.get(i).substring(code.end())));
            }
        }
        return codes;
    }

    /** The command lines of ours that stand in a document, in {@code sh} blocks and in backticks. */
    public static List<CommandLine> commandLines(final Path document) {
        final List<CommandLine> found = new ArrayList<>();
        for (final Block block : blocks(document)) {
            if (block.language().equals("sh")) {
                final List<String> lines = block.text().lines().toList();
                for (int i = 0; i < lines.size(); i++) {
                    final Place place = new Place(document, block.place().line() + 1 + i);
                    addCommandLine(place, lines.get(i), found);
                }
            }
        }
        for (final Code code : codes(document)) {
            if (code.text().contains(" ")) {
                addCommandLine(code.place(), code.text(), found);
            }
        }
        return found;
    }

    private static void addCommandLine(final Place place, final String line, final List<CommandLine> found) {
        final List<String> words = words(line);
        if (!words.isEmpty() && PROGRAM.matcher(words.get(0)).matches()) {
            words.set(0, words.get(0).replace("adapters/cli/", ""));
            found.add(new CommandLine(place, words));
        }
    }

    /** Words as a shell would see them, up to a comment, a pipe or a redirection; settings of variables in front are left out. */
    static List<String> words(final String line) {
        final List<String> words = new ArrayList<>();
        final Matcher word =
                Pattern.compile("(?:[^\\s'\"]|'[^']*'|\"[^\"]*\")+").matcher(line);
        while (word.find() && !word.group().matches("#.*|[|>&;<].*|\\\\")) {
            if (!words.isEmpty() || !word.group().matches("[A-Z_]+=.*")) {
                words.add(word.group().replaceAll("['\"]", ""));
            }
        }
        return words;
    }
}
