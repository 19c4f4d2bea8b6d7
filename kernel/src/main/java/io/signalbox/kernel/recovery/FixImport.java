package io.signalbox.kernel.recovery;

import java.util.Map;

/** In lines that import, {@code old_import} becomes {@code new_import}. */
final class FixImport implements CodeFix {
    private static final String OLD = "old_import";

    @Override
    public String name() {
        return "fix_import";
    }

    @Override
    public String apply(final String code, final Map<String, String> details) {
        final String from = PythonLines.required(details, OLD, name());
        final String to = PythonLines.required(details, "new_import", name());
        return PythonLines.each(code, line -> PythonLines.isImport(line) ? PythonLines.replaced(line, from, to) : line);
    }

    @Override
    public String problem(final String corrected, final Map<String, String> details) {
        final String from = PythonLines.required(details, OLD, name());
        return PythonLines.of(corrected).stream()
                        .filter(PythonLines::isImport)
                        .anyMatch(line -> PythonLines.wordAt(line, from, 0) >= 0)
                ? "'" + from + "' is still imported"
                : "";
    }
}
