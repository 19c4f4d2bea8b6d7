package io.signalbox.kernel.scenario;

import io.signalbox.kernel.command.SignalCommands;

/** {@code raise}. */
final class SignalVerbs implements Verbs {
    private final Pen pen;

    SignalVerbs(final Pen pen) {
        this.pen = pen;
    }

    @Override
    public Written write(final String verb, final Words words, final String label, final long coordination) {
        return switch (verb) {
            case "raise" -> raise(words, label, coordination);
            default -> null;
        };
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
}
