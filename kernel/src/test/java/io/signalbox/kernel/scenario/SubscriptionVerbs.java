package io.signalbox.kernel.scenario;

import io.signalbox.kernel.command.SubscriptionCommands;
import io.signalbox.kernel.subscription.SubscriptionStatus;

/** {@code subscribe}, {@code take}, {@code ack}, {@code unsubscribe}, {@code look subscription}. */
final class SubscriptionVerbs implements Verbs {
    private final Pen pen;

    SubscriptionVerbs(final Pen pen) {
        this.pen = pen;
    }

    @Override
    public Written write(final String verb, final Words words, final String label, final long coordination) {
        return switch (verb) {
            case "subscribe" -> subscribe(words, label, coordination);
            case "take" ->
                Pen.done(new SubscriptionCommands.Take().with(coordination, handle(words), words.number("max", 256)));
            case "ack" -> acknowledge(words, coordination);
            case "unsubscribe" -> Pen.done(new SubscriptionCommands.Close().with(coordination, handle(words)));
            default -> null;
        };
    }

    private long handle(final Words words) {
        return pen.handle(Labels.SUBSCRIPTION, words.next());
    }

    private Written subscribe(final Words words, final String label, final long coordination) {
        final int name = pen.id(words.next());
        final long redeliveryNs = Words.ns(words.after("again", "1h"));
        final int[] types = ids(words.after("types", ""));
        final int[] senders = ids(words.after("senders", ""));
        final boolean refuses = words.has("refuses");
        final int recipient = pen.id(words.after("to", ""));
        return Pen.labelled(
                new SubscriptionCommands.Declare()
                        .with(
                                coordination,
                                name,
                                redeliveryNs,
                                words.number("deliveries", 3),
                                words.number("outstanding", 100))
                        .recipient(recipient)
                        .refuses(refuses)
                        .types(types)
                        .senders(senders),
                Labels.SUBSCRIPTION,
                label);
    }

    private int[] ids(final String names) {
        final String[] each = names.isEmpty() ? new String[0] : names.split(",");
        final int[] ids = new int[each.length];
        for (int i = 0; i < each.length; i++) {
            ids[i] = pen.id(each[i]);
        }
        return ids;
    }

    private Written acknowledge(final Words words, final long coordination) {
        final long handle = handle(words);
        final long factId = Long.parseLong(words.next()) << 16;
        return Pen.done(new SubscriptionCommands.Acknowledge().with(coordination, handle, factId));
    }

    @Override
    public Look look(final String what, final Words words) {
        if (!"subscription".equals(what)) {
            return null;
        }
        final long handle = handle(words);
        return new Look(machine -> {
            final SubscriptionStatus status = machine.subscriptions().status(handle);
            return status == null
                    ? "unknown"
                    : "ready " + status.ready() + " given " + status.given() + " acknowledged " + status.acknowledged()
                            + " lapsed " + status.lapsed() + " abandoned " + status.abandoned() + " missed "
                            + status.missed();
        });
    }
}
