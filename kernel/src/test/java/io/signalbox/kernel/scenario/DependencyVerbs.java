package io.signalbox.kernel.scenario;

import io.signalbox.kernel.command.DependencyCommands;
import io.signalbox.kernel.dependency.DependencyState;
import io.signalbox.kernel.store.OutcomeCells;

/** {@code await}, {@code cancel}, {@code mark}, {@code score}, {@code look wait}. */
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
            default -> null;
        };
    }

    private Written await(final Words words, final String label, final long coordination) {
        final String what = words.next();
        final int kind = switch (what) {
            case "agent" -> 1;
            case "resource" -> 2;
            case "gate" -> 3;
            default -> Integer.parseInt(what);
        };
        final int flags = (words.has("success") ? 1 : 0) | (words.has("at-once") ? 2 : 0) | words.number("flags", 0);
        final int owner = pen.id(words.after("owner", ""));
        final long after = Long.parseLong(words.after("after", "-1"));
        final long timeoutNs = Words.ns(words.after("within", "0ns"));
        final double threshold = Double.parseDouble(words.after("threshold", "0"));
        final DependencyCommands.Declare declare = new DependencyCommands.Declare()
                .with(coordination, kind, pen.id(words.next()))
                .flags(flags)
                .owner(owner)
                .afterPosition(after)
                .timeoutNs(timeoutNs)
                .threshold(threshold);
        return Pen.labelled(declare, Labels.DEPENDENCY, label);
    }

    private Written mark(final Words words, final long coordination) {
        final int resource = pen.id(words.next());
        return Pen.done(
                new DependencyCommands.MarkResource().with(coordination, resource, "available".equals(words.next())));
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
