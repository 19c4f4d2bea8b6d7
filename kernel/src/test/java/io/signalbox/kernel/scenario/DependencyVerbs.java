package io.signalbox.kernel.scenario;

import io.signalbox.kernel.command.DependencyCommands;
import io.signalbox.kernel.dependency.DependencyState;
import io.signalbox.kernel.store.OutcomeCells;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** {@code await}, {@code cancel}, {@code mark}, {@code score}, {@code approve}, {@code deny}, {@code compose}, {@code clear-waits}, {@code look wait}. */
final class DependencyVerbs implements Verbs {
    private final Pen pen;

    DependencyVerbs(final Pen pen) {
        this.pen = pen;
    }

    @Override
    public Written write(final String verb, final Words words, final String label, final long coordination) {
        return switch (verb) {
            case "await" -> await(words, label, coordination);
            case "cancel" ->
                Pen.done(new DependencyCommands.Cancel()
                        .with(coordination, pen.handle(Labels.DEPENDENCY, words.next())));
            case "mark" -> mark(words, coordination);
            case "score" -> score(words, coordination);
            case "approve" -> decide(words, 1, coordination);
            case "deny" -> decide(words, 0, coordination);
            case "compose" -> compose(words, label, coordination);
            case "clear-waits" ->
                Pen.done(new DependencyCommands.Clear().with(coordination, pen.id(words.after("owner", ""))));
            default -> null;
        };
    }

    private Written await(final Words words, final String label, final long coordination) {
        final String what = words.next();
        final int kind = switch (what) {
            case "agent" -> 1;
            case "resource" -> 2;
            case "gate" -> 3;
            case "signal" -> 4;
            case "approval" -> 5;
            case "syncpoint" -> 21;
            default -> Integer.parseInt(what);
        };
        final int flags = (words.has("success") ? 1 : 0)
                | (words.has("at-once") ? 2 : 0)
                | (words.has("part") ? 8 : 0)
                | words.number("flags", 0);
        final int owner = pen.id(words.after("owner", ""));
        final long after = Long.parseLong(words.after("after", "-1"));
        final long timeoutNs = Words.ns(words.after("within", "0ns"));
        final double threshold = Double.parseDouble(words.after("threshold", "0"));
        final int target = pen.id(words.next());
        final DependencyCommands.Declare declare = new DependencyCommands.Declare()
                .with(coordination, kind, target)
                .flags(flags)
                .owner(owner)
                .afterPosition(after)
                .timeoutNs(timeoutNs)
                .threshold(threshold)
                .from(pen.id(words.after("from", "")))
                .label(pen.id(words.after("label", "")))
                .retriesMax(words.number("retries", 0));
        return Pen.labelled(declare, Labels.DEPENDENCY, label);
    }

    private Written compose(final Words words, final String label, final long coordination) {
        final int needed = Integer.parseInt(words.next());
        final int flags = (words.has("cancel-rest") ? 4 : 0) | (words.has("part") ? 8 : 0) | words.number("flags", 0);
        final DependencyCommands.DeclareComposite composite = new DependencyCommands.DeclareComposite();
        final int owner = pen.id(words.after("owner", ""));
        final int id = pen.id(words.after("label", ""));
        final long timeoutNs = Words.ns(words.after("within", "0ns"));
        final int retries = words.number("retries", 0);
        final long[] members = Arrays.stream(words.after("of", "").split(","))
                .filter(member -> !member.isEmpty())
                .mapToLong(member -> pen.handle(Labels.DEPENDENCY, member))
                .toArray();
        return Pen.labelled(
                composite
                        .with(coordination, needed, members)
                        .flags(flags)
                        .owner(owner)
                        .label(id)
                        .timeoutNs(timeoutNs)
                        .retriesMax(retries),
                Labels.DEPENDENCY,
                label);
    }

    private Written decide(final Words words, final int decision, final long coordination) {
        final int subject = pen.id(words.next());
        final int by = pen.id(words.after("by", ""));
        final byte[] reason = words.after("because", "").getBytes(StandardCharsets.UTF_8);
        return Pen.done(new DependencyCommands.Decide()
                .with(coordination, subject, words.number("decision", decision), by, reason));
    }

    private Written mark(final Words words, final long coordination) {
        final int resource = pen.id(words.next());
        final double level = Double.parseDouble(words.after("level", "NaN"));
        final String how = words.next();
        final int mark = switch (how) {
            case "available" -> 1;
            case "unavailable" -> 0;
            case "withdrawn" -> 2;
            default -> Integer.parseInt(how);
        };
        return Pen.done(new DependencyCommands.MarkResource()
                .with(coordination, resource, mark)
                .level(level));
    }

    private Written score(final Words words, final long coordination) {
        final int gate = pen.id(words.next());
        final String score = words.next();
        final boolean failed = "failed".equals(score);
        return Pen.done(new DependencyCommands.ScoreGate()
                .with(coordination, gate, failed, failed ? 0 : Double.parseDouble(score)));
    }

    @Override
    public Look look(final String what, final Words words) {
        if (!"wait".equals(what)) {
            return null;
        }
        final long handle = pen.handle(Labels.DEPENDENCY, words.next());
        return new Look(machine -> outcome(machine.cells().outcome((int) handle, (int) (handle >>> 32))));
    }

    private static String outcome(final int outcome) {
        return outcome == OutcomeCells.RETIRED
                ? "RETIRED"
                : outcome == OutcomeCells.NOT_YET
                        ? "NOT_YET"
                        : DependencyState.of(outcome).name();
    }
}
