package io.signalbox.kernel.recovery;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Of equal lines that import, the first stays. Other lines may well stand twice. */
final class RemoveDuplicate implements CodeFix {
    @Override
    public String name() {
        return "remove_duplicate";
    }

    @Override
    public String apply(final String code, final Map<String, String> details) {
        final Set<String> seen = new HashSet<>();
        return PythonLines.of(code).stream()
                .filter(line -> !PythonLines.isImport(line) || seen.add(line))
                .collect(Collectors.joining("\n"));
    }

    @Override
    public String problem(final String corrected, final Map<String, String> details) {
        final List<String> imports =
                PythonLines.of(corrected).stream().filter(PythonLines::isImport).toList();
        return new HashSet<>(imports).size() < imports.size() ? "one thing is still imported twice" : "";
    }
}
