package io.signalbox.kernel.machine;

import io.signalbox.kernel.command.MachineCommands;
import io.signalbox.kernel.command.Request;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.store.SlotBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Clients who number their commands, and send some of them again. */
final class RandomClients {
    static final int CLIENTS_MAX = 3;

    /** Answers that the machine keeps for each client. */
    private static final int WINDOW = 64;

    private static final class Client {
        final List<byte[]> commands = new ArrayList<>();
        final List<Long> answers = new ArrayList<>();
        long sequence;
    }

    private final Map<Long, Client> clients = new TreeMap<>();
    private final RandomTrial trial;

    RandomClients(final RandomTrial trial) {
        this.trial = trial;
    }

    /** Who sends the next command, 0 for nobody who could repeat it. */
    long next() {
        return trial.random.nextInt(8) == 0 ? 1L + trial.random.nextInt(CLIENTS_MAX) : 0;
    }

    /** The number that a client gives to its next command. */
    long nextSequence(final long id) {
        return id == 0 ? 0 : ++clients.computeIfAbsent(id, any -> new Client()).sequence;
    }

    /** A client sent this and has the answer. */
    void answered(final long id, final SlotBuffer command, final long answer) {
        if (id == 0) {
            return;
        }
        final Client client = clients.get(id);
        client.commands.add(command.byteArray().clone());
        client.answers.add(answer);
        if (client.commands.size() > WINDOW) {
            client.commands.remove(0);
            client.answers.remove(0);
        }
    }

    /** Somebody sends a command again: it is answered as before, and nothing happens. */
    void again(final String what) {
        final long id = 1L + trial.random.nextInt(CLIENTS_MAX);
        final Client client = clients.get(id);
        if (client == null || trial.random.nextInt(10) == 0) {
            unfit(what, id);
            return;
        }
        final int index = trial.random.nextInt(client.commands.size());
        final SlotBuffer command = new SlotBuffer(0);
        command.wrap(client.commands.get(index).clone());
        trial.expect(what, client.answers.get(index), trial.repeat(command));
    }

    private void unfit(final String what, final long id) {
        final Client client = clients.get(id);
        if (client != null && client.sequence > WINDOW) {
            final long old = 1L + trial.random.nextInt((int) client.sequence - WINDOW);
            trial.expect(what, NaiveKernel.refuse(Rejection.REPEAT_UNKNOWN), send(id, old));
        } else if (clients.size() == CLIENTS_MAX && trial.random.nextBoolean()) {
            trial.expect(what, NaiveKernel.refuse(Rejection.CAPACITY_EXHAUSTED), send(99, 1));
        } else {
            trial.expect(what, NaiveKernel.refuse(Rejection.INVALID_VALUE), send(id, -trial.random.nextInt(2)));
        }
    }

    private long send(final long id, final long sequence) {
        final Request request = new MachineCommands.InternName().with("n1".getBytes(StandardCharsets.UTF_8));
        final SlotBuffer buffer = new SlotBuffer(request.length());
        request.encode(buffer, id, sequence);
        return trial.repeat(buffer);
    }
}
