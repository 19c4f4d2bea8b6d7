package io.signalbox.kernel.scenario;

import io.signalbox.kernel.command.CoordinationCommands;
import io.signalbox.kernel.coordination.CoordinationSnapshot;

/** {@code open}, {@code begin}, {@code keep}, {@code close}, {@code look session}, {@code look forgotten}. */
final class CoordinationVerbs implements Verbs {
    private final Pen pen;

    CoordinationVerbs(final Pen pen) {
        this.pen = pen;
    }

    @Override
    public Written write(final String verb, final Words words, final String label, final long coordination) {
        return switch (verb) {
            case "open" -> open(words.next(), label);
            case "begin" -> begin(words, label);
            case "keep" -> keep(words);
            case "close" -> Pen.done(new CoordinationCommands.Close().with(pen.scope(words.next())));
            default -> null;
        };
    }

    private static Written begin(final Words words, final String label) {
        final CoordinationCommands.Begin begin = new CoordinationCommands.Begin();
        final byte[] session = Pen.utf8(words.after("session", ""));
        final byte[] correlation = Pen.utf8(words.after("correlation", ""));
        final byte[] parentRun = Pen.utf8(words.after("parent", ""));
        final long timeToLiveNs = Words.ns(words.after("ttl", "0ns"));
        final String name = words.next();
        begin.with(Pen.utf8OrNothing(name))
                .session(session)
                .correlation(correlation)
                .parentRun(parentRun)
                .timeToLiveNs(timeToLiveNs);
        return Pen.labelled(begin, Labels.COORDINATION, label.isEmpty() ? name : label);
    }

    private Written keep(final Words words) {
        final long timeToLiveNs = Words.ns(words.after("ttl", "-1ns"));
        return Pen.done(new CoordinationCommands.Keep().with(pen.scope(words.next()), timeToLiveNs));
    }

    @Override
    public Look look(final String what, final Words words) {
        return switch (what) {
            case "session" -> {
                final long handle = pen.scope(words.next());
                yield new Look(
                        machine -> session(machine.coordinations().snapshot(handle), machine.appliedTimestampNs()));
            }
            case "forgotten" ->
                new Look(machine -> Long.toString(machine.coordinations().forgotten()));
            default -> null;
        };
    }

    private static String session(final CoordinationSnapshot session, final long nowNs) {
        if (session == null) {
            return "none";
        }
        final String left = session.timeToLiveNs() == 0
                ? "for ever"
                : "for " + (session.forgottenNs() - nowNs) / 1_000_000.0 + "ms more";
        return session.name() + ", session '" + session.sessionId() + "', correlation '" + session.correlationId()
                + "', parent '" + session.parentRunId() + "', " + left;
    }

    private static Written open(final String name, final String label) {
        return Pen.labelled(
                new CoordinationCommands.Open().with(Pen.utf8OrNothing(name)),
                Labels.COORDINATION,
                label.isEmpty() ? name : label);
    }
}
