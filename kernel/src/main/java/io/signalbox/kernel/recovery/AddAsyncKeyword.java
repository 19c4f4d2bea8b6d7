package io.signalbox.kernel.recovery;

import java.util.Map;

/** {@code def execute...} becomes {@code async def execute...}; what is async already stays as it is. */
final class AddAsyncKeyword implements CodeFix {
    private static final String WRONG = "def execute";

    @Override
    public String name() {
        return "add_async_keyword";
    }

    @Override
    public String apply(final String code, final Map<String, String> details) {
        return PythonLines.each(code, line -> {
            final int indent = PythonLines.indent(line);
            return line.startsWith(WRONG, indent)
                    ? line.substring(0, indent) + "async " + line.substring(indent)
                    : line;
        });
    }

    @Override
    public String problem(final String corrected, final Map<String, String> details) {
        for (final String line : PythonLines.of(corrected)) {
            final String text = line.strip();
            if (text.startsWith(WRONG) || text.startsWith("async async")) {
                return "this line is not as it should be: " + text;
            }
        }
        return "";
    }
}
