package io.signalbox.kernel.conformance;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.signalbox.kernel.conformance.Catalogue.Case;
import io.signalbox.kernel.conformance.Catalogue.Section;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The catalogue and the tests that name its cases. */
final class Conformance {
    /** Why a page says that it is generated, and how to make it again. */
    private static final String HEAD = """
            # Conformance

            Signalbox does what the Python systems it comes from did, what their documents promised, and what they left undone. This page lists it case by case,
            in our own words, with the test that shows it. Generated from `kernel/src/test/resources/conformance` and the tests' `@Conforms`;
            [HACKING](HACKING.md#conformance) says how to add to it.

            *Put right*: the others were wrong there, and the test shows what is right. *Ruled otherwise*: we chose otherwise, on the page named.
            *Later*: belongs to a part that is not there yet. *Open*: nobody has shown it yet.
            """;

    private final List<Section> sections = Catalogue.sections();
    private final SortedMap<String, List<JavaMethod>> testsById = new TreeMap<>();

    Conformance(final Path testClasses) {
        for (final JavaClass type : new ClassFileImporter().importPath(testClasses)) {
            for (final JavaMethod method : type.getMethods()) {
                if (method.isAnnotatedWith(Conforms.class)) {
                    for (final String id :
                            method.getAnnotationOfType(Conforms.class).value()) {
                        testsById.computeIfAbsent(id, none -> new ArrayList<>()).add(method);
                    }
                }
            }
        }
    }

    List<Section> sections() {
        return sections;
    }

    Map<String, List<JavaMethod>> testsById() {
        return testsById;
    }

    boolean isTested(final Case one) {
        return testsById.containsKey(one.id());
    }

    /** The written status, but what was open or for later is covered once a test shows it. */
    Status status(final Case one) {
        final boolean waits = one.written() == Status.OPEN || one.written() == Status.LATER;
        return waits && isTested(one) ? Status.COVERED : one.written();
    }

    long count(final Section section, final Status status) {
        return section.cases().stream().filter(one -> status(one) == status).count();
    }

    long count(final Status status) {
        return sections.stream().mapToLong(section -> count(section, status)).sum();
    }

    String page() {
        final StringBuilder page = new StringBuilder(HEAD).append("\n| section | cases |");
        for (final Status status : Status.values()) {
            page.append(' ').append(status.words).append(" |");
        }
        page.append("\n|---").append("|---:".repeat(1 + Status.values().length)).append("|\n");
        for (final Section section : sections) {
            page.append(row(section.title(), section.cases().size(), status -> count(section, status)));
        }
        final int cases =
                sections.stream().mapToInt(section -> section.cases().size()).sum();
        page.append(row("*all*", cases, this::count));
        sections.forEach(section -> append(page, section));
        return page.toString();
    }

    private interface Counting {
        long count(Status status);
    }

    private static String row(final String title, final int cases, final Counting counting) {
        final StringBuilder row = new StringBuilder("| " + title + " | " + cases + " |");
        for (final Status status : Status.values()) {
            final long count = counting.count(status);
            row.append(count == 0 ? " |" : " " + count + " |");
        }
        return row.append('\n').toString();
    }

    private void append(final StringBuilder page, final Section section) {
        page.append("\n## ")
                .append(section.title())
                .append("\n\n| id | what | | shown by, or why |\n|---|---|---|---|\n");
        for (final Case one : section.cases()) {
            page.append("| %s | %s | %s | %s |\n"
                    .formatted(one.id(), one.what(), status(one).words, shown(one))
                    .replace("|  |", "| |"));
        }
    }

    /** The note, unless a test has overtaken it, and the tests. */
    private String shown(final Case one) {
        final List<String> parts = new ArrayList<>();
        if (status(one) == one.written() && !one.note().isEmpty()) {
            parts.add(one.note());
        }
        testsById.getOrDefault(one.id(), List.of()).stream()
                .map(test -> "`" + test.getOwner().getSimpleName() + "." + test.getName() + "`")
                .sorted()
                .distinct()
                .forEach(parts::add);
        return String.join("; ", parts);
    }
}
