package io.signalbox.kernel.scenario;

import io.signalbox.kernel.command.SignalCommands;
import io.signalbox.kernel.signal.HistoryQuery;
import io.signalbox.kernel.signal.Progress;
import io.signalbox.kernel.signal.SenderValidation;
import io.signalbox.kernel.signal.SignalKind;
import io.signalbox.kernel.signal.SignalRules;
import io.signalbox.kernel.signal.Signals;
import io.signalbox.kernel.signal.StoredSignal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@code raise}, {@code send}, {@code senders}, {@code kind}, {@code expect}; looks at {@code signals} and {@code progress}. */
final class SignalVerbs implements Verbs {
    private final Pen pen;

    SignalVerbs(final Pen pen) {
        this.pen = pen;
    }

    @Override
    public Written write(final String verb, final Words words, final String label, final long coordination) {
        return switch (verb) {
            case "raise" -> raise(words, label, coordination);
            case "send" -> send(words, label, coordination);
            case "senders" -> senders(words.next(), coordination);
            case "kind" -> kind(words);
            case "expect" -> expect(words, coordination);
            default -> null;
        };
    }

    private Written send(final Words words, final String label, final long coordination) {
        final String kind = words.next();
        final int code = switch (kind) {
            case "free" -> SignalKind.FREE;
            case "declared" -> SignalKind.DECLARED;
            default ->
                kind.charAt(0) == '#' ? pen.id(kind) : SignalKind.named(kind).code();
        };
        final String missing =
                SignalKind.of(code) == null ? "" : SignalKind.of(code).signalType();
        final int type = pen.id(words.after("named", missing));
        final byte[] payload = Pen.utf8(words.after("payload", ""));
        final String to = words.after("to", "");
        final String within = words.after("asks", "");
        final SignalCommands.Send send = new SignalCommands.Send()
                .with(coordination, code, type)
                .sender(pen.id(words.after("by", "")))
                .subject(pen.id(words.after("about", "")))
                .completion(words.has("succeeded") ? 1 : words.has("failed") ? 2 : words.number("completion", 0))
                .priority(words.number("priority", SignalRules.PRIORITY_NORMAL))
                .quality(Double.parseDouble(words.after("quality", "NaN")))
                .respondsTo(request(words.after("answers", "")))
                .origin(pen.id(words.after("from", "")))
                .payload(payload, 0, payload.length);
        if (!to.isEmpty()) {
            send.recipients(Arrays.stream(to.split(",")).mapToInt(pen::id).toArray());
        }
        if (!within.isEmpty()) {
            send.asks(Words.ns(within));
        }
        return Pen.labelled(send, within.isEmpty() ? Labels.NO_KIND : Labels.DEPENDENCY, label);
    }

    private static Written senders(final String validation, final long coordination) {
        final int code = validation.charAt(0) == '#'
                ? Integer.parseInt(validation.substring(1))
                : SenderValidation.valueOf(validation).ordinal();
        return Pen.done(new SignalCommands.Configure().with(coordination, code));
    }

    private Written kind(final Words words) {
        final int type = pen.id(words.next());
        return Pen.done(new SignalCommands.DeclareKind().with(type, Pen.utf8(words.after("schema", ""))));
    }

    private Written expect(final Words words, final long coordination) {
        final int agent = pen.id(words.next());
        final int stalled = pen.id(words.after("named", SignalKind.AGENT_STALLED.signalType()));
        return Pen.done(new SignalCommands.ExpectProgress()
                .with(coordination, agent, stalled, Words.ns(words.after("each", "0ns"))));
    }

    private Written raise(final Words words, final String label, final long coordination) {
        final int type = pen.id(words.next());
        final int completion = words.has("succeeded") ? 1 : words.has("failed") ? 2 : words.number("completion", 0);
        final byte[] payload = Pen.utf8(words.after("payload", ""));
        final int sender = pen.id(words.after("by", ""));
        final int about = pen.id(words.after("about", ""));
        final int recipient = pen.id(words.after("to", ""));
        final double quality = Double.parseDouble(words.after("quality", "NaN"));
        final int awaits = pen.id(words.after("awaits", ""));
        final long timeoutNs = Words.ns(words.after("within", "0ns"));
        final SignalCommands.Raise raise = new SignalCommands.Raise()
                .with(coordination, type)
                .sender(sender)
                .subject(about)
                .recipient(recipient)
                .completion(completion)
                .quality(quality)
                .awaits(awaits)
                .timeoutNs(timeoutNs)
                .payload(payload, 0, payload.length);
        return Pen.labelled(raise, awaits == 0 ? Labels.NO_KIND : Labels.DEPENDENCY, label);
    }

    /** Position of a request: of the one whose wait has this label, or {@code #7}. */
    private long request(final String label) {
        if (label.isEmpty()) {
            return -1;
        }
        return label.charAt(0) == '#'
                ? Long.parseLong(label.substring(1))
                : pen.machine().dependencies().afterPosition((int) pen.handle(Labels.DEPENDENCY, label));
    }

    @Override
    public Look look(final String what, final Words words) {
        return switch (what) {
            case "signals" -> {
                final long scope = pen.scope(words.after("in", ""));
                final int limit = words.number("limit", Integer.MAX_VALUE);
                final HistoryQuery query = new HistoryQuery(
                        pen.id(words.after("named", "")),
                        pen.id(words.after("by", "")),
                        pen.id(words.after("for", "")),
                        words.number("from", 0));
                yield new Look(machine -> signals(machine.signals(), (int) scope, query, limit, pen));
            }
            case "progress" -> {
                final long scope = pen.scope(words.after("in", ""));
                final int agent = pen.id(words.next());
                yield new Look(machine -> progress(machine.signals().progress().standing((int) scope, agent)));
            }
            case "doubted" -> {
                final long scope = pen.scope(words.after("in", ""));
                yield new Look(machine -> Long.toString(machine.signals().doubted((int) scope)));
            }
            default -> null;
        };
    }

    private static String signals(
            final Signals signals, final int scope, final HistoryQuery query, final int limit, final Pen pen) {
        final List<StoredSignal> found = new ArrayList<>();
        signals.history().walkBack(scope, query, Long.MAX_VALUE, Integer.MAX_VALUE, limit, found);
        return found.stream()
                .map(signal -> pen.machine().names().text(signal.signalType()) + "/" + signal.number())
                .toList()
                .toString();
    }

    private static String progress(final Progress.Standing standing) {
        return standing == null
                ? "unknown"
                : standing.value()
                        + (standing.isStalled() ? " stalled" : "")
                        + (standing.intervalNs() == 0 ? "" : " each " + standing.intervalNs() / 1_000_000 + "ms");
    }
}
