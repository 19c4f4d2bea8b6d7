package io.signalbox.kernel.recovery;

import java.util.Map;

/** The parameter {@code parameter} of every definition that gives it no type gets {@code type_hint}. */
final class AddTypeHint implements CodeFix {
    private static final String PARAMETER = "parameter";

    @Override
    public String name() {
        return "add_type_hint";
    }

    @Override
    public String apply(final String code, final Map<String, String> details) {
        final String parameter = PythonLines.required(details, PARAMETER, name());
        final String hint = PythonLines.required(details, "type_hint", name());
        return PythonLines.each(code, line -> {
            final int at = PythonLines.untyped(line, parameter);
            final int end = at + parameter.length();
            return at < 0 ? line : line.substring(0, end) + ": " + hint + line.substring(end);
        });
    }

    @Override
    public String problem(final String corrected, final Map<String, String> details) {
        final String parameter = PythonLines.required(details, PARAMETER, name());
        return PythonLines.of(corrected).stream().anyMatch(line -> PythonLines.untyped(line, parameter) >= 0)
                ? "'" + parameter + "' still has no type"
                : "";
    }
}
