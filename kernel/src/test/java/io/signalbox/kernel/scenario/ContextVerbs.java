package io.signalbox.kernel.scenario;

import io.signalbox.kernel.command.ContextCommands;
import io.signalbox.kernel.context.ContextSnapshot;
import io.signalbox.kernel.context.DocumentJson;
import io.signalbox.kernel.context.DocumentValue;
import io.signalbox.kernel.context.IntelligenceKind;
import io.signalbox.kernel.context.SharedIntelligence;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * {@code distribute DOCUMENT}, {@code share KIND DATA [deep] [remove A,B] [to AGENT,AGENT] [keep] [expect VERSION]}, {@code clear-contexts},
 * {@code begin-attempt AGENT}, {@code release-attempt AGENT}, {@code look contexts}, {@code look context AGENT}, {@code look shared AGENT VERSION}.
 * Documents are JSON without blanks. The agents of a document get their names first, unless the line says {@code strangers}.
 */
final class ContextVerbs implements Verbs {
    private final Pen pen;

    ContextVerbs(final Pen pen) {
        this.pen = pen;
    }

    @Override
    public Written write(final String verb, final Words words, final String label, final long coordination) {
        return switch (verb) {
            case "distribute" -> distribute(words, coordination);
            case "share" -> share(words, coordination);
            case "clear-contexts" -> Pen.done(new ContextCommands.Clear().with(coordination));
            case "begin-attempt" -> Pen.done(new ContextCommands.Begin().with(coordination, pen.id(words.next())));
            case "release-attempt" -> Pen.done(new ContextCommands.Release().with(coordination, pen.id(words.next())));
            default -> null;
        };
    }

    private Written distribute(final Words words, final long coordination) {
        final boolean areStrangers = words.has("strangers");
        final byte[] document = Pen.utf8(words.next());
        if (!areStrangers) {
            DocumentJson.parse(document, 0, document.length).mapOf("agents").toMap().keySet().stream()
                    .filter(agent -> !agent.isEmpty())
                    .forEach(pen::id);
        }
        return Pen.done(new ContextCommands.Distribute().with(coordination, document));
    }

    private Written share(final Words words, final long coordination) {
        final String kindName = words.next();
        final IntelligenceKind kind = IntelligenceKind.named(kindName);
        final int mode = words.number("mode", words.has("deep") ? 1 : 0);
        final boolean keeps = words.has("keep");
        final long expected = Long.parseLong(words.after("expect", "-1"));
        final Map<String, Object> document = new TreeMap<>();
        document.put("remove", list(words.after("remove", "")));
        document.put("targets", list(words.after("to", "")));
        final String data = words.next();
        final String text = DocumentJson.parse(Pen.utf8(data), 0, data.length()).toString();
        final String rest = DocumentValue.of(document).toString();
        return Pen.done(new ContextCommands.Update()
                .with(
                        coordination,
                        kind == null ? Integer.parseInt(kindName) : kind.code(),
                        Pen.utf8("{\"data\":" + text + "," + rest.substring(1)))
                .mode(mode)
                .increments(!keeps)
                .expectedVersion(expected));
    }

    private static List<String> list(final String names) {
        return names.isEmpty() ? List.of() : List.of(names.split(","));
    }

    @Override
    public Look look(final String what, final Words words) {
        return switch (what) {
            case "contexts" -> {
                final long scope = pen.scope(words.after("in", ""));
                yield new Look(machine -> Arrays.stream(machine.contexts().agents(scope))
                        .mapToObj(machine.names()::text)
                        .collect(Collectors.joining(", ", "[", "]")));
            }
            case "context" -> {
                final long scope = pen.scope(words.after("in", ""));
                final int agent = pen.id(words.next());
                yield new Look(machine -> context(machine.contexts().snapshot(scope, agent)));
            }
            case "shared" -> {
                final long scope = pen.scope(words.after("in", ""));
                final int agent = pen.id(words.next());
                final long version = Long.parseLong(words.next());
                yield new Look(machine -> {
                    final SharedIntelligence shared = machine.contexts().intelligence(scope, agent, version);
                    return shared == null ? "not retained" : shared.toString();
                });
            }
            default -> null;
        };
    }

    private static String context(final ContextSnapshot context) {
        return context == null
                ? "none"
                : "v" + context.version() + " of " + context.sessionId() + " "
                        + context.assignment().agentRole() + " "
                        + context.standing() + " attempts " + context.attempts() + " active " + context.active()
                        + " failures " + context.failures() + " unmet "
                        + context.unmet().size() + " "
                        + context.intelligence();
    }
}
