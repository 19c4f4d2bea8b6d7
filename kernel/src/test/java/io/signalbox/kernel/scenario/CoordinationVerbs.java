package io.signalbox.kernel.scenario;

import io.signalbox.kernel.command.CoordinationCommands;

/** {@code open}, {@code close}. */
final class CoordinationVerbs implements Verbs {
    private final Pen pen;

    CoordinationVerbs(final Pen pen) {
        this.pen = pen;
    }

    @Override
    public Written write(final String verb, final Words words, final String label, final long coordination) {
        return switch (verb) {
            case "open" -> open(words.next(), label);
            case "close" -> Pen.done(new CoordinationCommands.Close().with(pen.scope(words.next())));
            default -> null;
        };
    }

    private static Written open(final String name, final String label) {
        return Pen.labelled(
                new CoordinationCommands.Open().with(Pen.utf8OrNothing(name)),
                Labels.COORDINATION,
                label.isEmpty() ? name : label);
    }
}
