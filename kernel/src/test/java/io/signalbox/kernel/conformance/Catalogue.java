package io.signalbox.kernel.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The cases, as they are written down: a file for each section, its title behind a {@code #} in the first line, then a line for each case with an id, a
 * {@link Status}, what it is about, and a note ({@code -} for none), divided by tabs.
 */
final class Catalogue {
    private static final Path ROOT = Path.of("src/test/resources/conformance");
    private static final List<String> ORDER = List.of(
            "state",
            "signal",
            "agent",
            "context",
            "dependency",
            "sync",
            "routing",
            "facade",
            "names",
            "differences",
            "future",
            "requirements",
            "workflows",
            "metrics",
            "codegen");

    private Catalogue() {}

    /**
     * One case.
     *
     * @param id that tests name.
     * @param written status, as the file has it.
     * @param what it is about, one line.
     * @param note why, by which page, or whose it is; empty for none.
     */
    record Case(String id, Status written, String what, String note) {}

    /**
     * What belongs together.
     *
     * @param name of its file, without the ending.
     * @param title for readers.
     * @param cases in the order of the file.
     */
    record Section(String name, String title, List<Case> cases) {}

    static List<Section> sections() {
        try (Stream<Path> files = Files.list(ROOT)) {
            return files.map(Catalogue::section)
                    .sorted(Comparator.comparing(Catalogue::place).thenComparing(Section::name))
                    .toList();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int place(final Section section) {
        final int place = ORDER.indexOf(section.name());
        return place < 0 ? ORDER.size() : place;
    }

    private static Section section(final Path file) {
        try {
            final List<String> lines = Files.readAllLines(file);
            final List<Case> cases = new ArrayList<>();
            for (int i = 1; i < lines.size(); i++) {
                cases.add(parse(file + ":" + (i + 1), lines.get(i)));
            }
            final String name = file.getFileName().toString().replaceFirst("\\.tsv$", "");
            return new Section(name, lines.get(0).replaceFirst("^# ", ""), List.copyOf(cases));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Case parse(final String place, final String line) {
        final String[] columns = line.split("\t", -1);
        if (columns.length != 4) {
            throw new IllegalArgumentException(place + ": not id, status, what and note, divided by tabs: " + line);
        }
        return new Case(columns[0], Status.valueOf(columns[1]), columns[2], columns[3].equals("-") ? "" : columns[3]);
    }
}
