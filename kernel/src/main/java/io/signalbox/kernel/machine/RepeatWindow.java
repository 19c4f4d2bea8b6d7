package io.signalbox.kernel.machine;

import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.Rejection;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;

/** The last {@value #WINDOW} answers of each client that numbers its commands, so that a repeated command is not applied twice. */
final class RepeatWindow {
    static final int WINDOW = 64;

    /** {@link #recall}: the command is new. */
    static final long NEW = Long.MIN_VALUE;

    private final Long2ObjectHashMap<Client> byId = new Long2ObjectHashMap<>();

    private final List<Client> inOrder = new ArrayList<>();
    private final int clientsMax;

    RepeatWindow(final int clientsMax) {
        this.clientsMax = clientsMax;
    }

    static final class Client {
        final long id;
        final long[] sequences = new long[WINDOW];
        final long[] answers = new long[WINDOW];
        long last;

        Client(final long id) {
            this.id = id;
        }
    }

    /** The kept answer, {@link #NEW}, or a refusal. */
    long recall(final long clientId, final long sequence) {
        if (sequence <= 0) {
            return Rejection.INVALID_VALUE.answer();
        }
        final Client client = byId.get(clientId);
        if (client == null) {
            return inOrder.size() < clientsMax ? NEW : Rejection.CAPACITY_EXHAUSTED.answer();
        }
        if (sequence > client.last) {
            return NEW;
        }
        final int at = (int) sequence & WINDOW - 1;
        return client.sequences[at] == sequence ? client.answers[at] : Rejection.REPEAT_UNKNOWN.answer();
    }

    /** CLIENT_ANSWERED: a client, b sequence, c answer. */
    void onAnswered(final Fact fact) {
        Client client = byId.get(fact.a());
        if (client == null) {
            client = new Client(fact.a());
            byId.put(fact.a(), client);
            inOrder.add(client);
        }
        final int at = (int) fact.b() & WINDOW - 1;
        client.sequences[at] = fact.b();
        client.answers[at] = fact.c();
        client.last = Math.max(client.last, fact.b());
    }

    /** Clients in the order in which they were first heard of. */
    List<Client> clients() {
        return inOrder;
    }
}
