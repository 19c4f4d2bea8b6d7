package io.signalbox.kernel.scenario;

import java.util.ArrayList;
import java.util.List;

/** A scenario that was played: what was asked when, what was answered, and what the machine came to after each turn. */
public final class Recording {
    /** Kernel time at which every scenario starts. */
    public static final long ORIGIN_NS = 1_000_000_000_000L;

    /**
     * One turn.
     *
     * @param bytes of the command with its position and time.
     * @param stateDigest after it, 0 where it was not taken.
     * @param rooms the room digests after it.
     */
    public record Turn(long position, byte[] bytes, long stateDigest, long[] rooms) {}

    /**
     * Commands that are published together, a pulse, or a look.
     *
     * @param line it stands in.
     * @param timeNs kernel time.
     * @param commands none for a pulse and for a look.
     * @param answers in the order of the commands.
     * @param look the question, null for commands and pulses.
     * @param seen its answer.
     * @param applied commands applied when it was over.
     */
    public record Step(
            int line, long timeNs, List<byte[]> commands, long[] answers, Look look, String seen, long applied) {
        /** Whether it is a pulse. */
        public boolean isPulse() {
            return commands.isEmpty() && look == null;
        }
    }

    /**
     * What was expected of a line, and what came.
     *
     * @param actual null when the line was not reached.
     */
    record Row(Scenario.Line line, String actual) {}

    private final Scenario scenario;
    private final List<Turn> turns = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();

    Recording(final Scenario scenario) {
        this.scenario = scenario;
    }

    public Scenario scenario() {
        return scenario;
    }

    public List<Turn> turns() {
        return turns;
    }

    public List<Step> steps() {
        return steps;
    }

    List<Row> rows() {
        return rows;
    }

    /** The last turn. */
    public Turn last() {
        return turns.get(turns.size() - 1);
    }

    /** Whether every line came as expected. */
    public boolean isAsExpected() {
        return rows.stream().allMatch(row -> normal(row.line().expected()).equals(normal(row.actual())));
    }

    private static String normal(final String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    /** The event table: each line with what came; where something else was expected, that too. */
    public String table() {
        final StringBuilder table = new StringBuilder(scenario.toString()).append('\n');
        for (final Row row : rows) {
            final Scenario.Line line = row.line();
            final boolean same = normal(line.expected()).equals(normal(row.actual()));
            table.append(
                    String.format("%4d %-6s %-50s -> %s%n", line.number(), line.time(), line.text(), row.actual()));
            if (!same) {
                table.append(String.format("%62s!! expected %s%n", "", line.expected()));
            }
        }
        return table.toString();
    }
}
