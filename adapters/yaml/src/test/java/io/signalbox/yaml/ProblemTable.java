package io.signalbox.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.provider.Arguments;

/** Reads a table of bad files: for each a name, its text, and behind an arrow the full text of what is said about it. Blocks that begin with {@code #} are comments. */
final class ProblemTable {
    private static final String ARROW = "--->\n";

    private ProblemTable() {}

    /** @param writtenOut makes the text of a file of what stands in the table. */
    static List<Arguments> read(final String resource, final UnaryOperator<String> writtenOut) throws IOException {
        final String table;
        try (InputStream in = ProblemTable.class.getResourceAsStream(resource)) {
            table = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        final List<Arguments> cases = new ArrayList<>();
        for (final String block : table.split("(?m)^=== ")) {
            if (!block.startsWith("#")) {
                final int line = block.indexOf('\n') + 1;
                final int arrow = block.indexOf(ARROW);
                cases.add(Arguments.of(
                        block.substring(0, line - 1),
                        writtenOut.apply(block.substring(line, arrow)),
                        block.substring(arrow + ARROW.length()).strip()));
            }
        }
        return cases;
    }
}
