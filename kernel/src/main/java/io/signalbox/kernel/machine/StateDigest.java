package io.signalbox.kernel.machine;

import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.Room;
import io.signalbox.kernel.store.DigestSink;
import java.util.function.LongConsumer;
import java.util.zip.CRC32C;

/** A digest of what the machine remembers, as opposed to what it went through: every store, walked in canonical order. */
final class StateDigest implements DigestSink {
    private final CRC32C crc = new CRC32C();
    private long h;

    private StateDigest() {}

    /** Of everything. */
    static long of(final Stores stores) {
        final StateDigest all = new StateDigest();
        for (final Room room : Room.values()) {
            all.add(of(stores, room));
        }
        return all.h;
    }

    /** Of what one room remembers. */
    static long of(final Stores stores, final Room room) {
        final StateDigest digest = new StateDigest();
        switch (room) {
            case MACHINE -> digest.machine(stores);
            case COORDINATION -> stores.coordinations.digestInto(digest);
            case STATE -> {
                digest.forEachScope(stores, scope -> stores.states.digestInto(digest, scope));
                stores.predicates.digestInto(digest, stores.dependencies.used());
            }
            case SIGNAL -> {
                digest.forEachScope(stores, scope -> stores.signals.digestInto(digest, (int) scope));
                stores.signals.kinds().digestInto(digest);
                stores.subscriptions.digestInto(digest);
            }
            case DEPENDENCY -> {
                digest.forEachScope(stores, scope -> stores.dependencies.digestBoardInto(digest, (int) scope));
                stores.dependencies.digestInto(digest);
            }
            case WORKFLOW -> {
                stores.uploads.digestInto(digest);
                stores.workflows.digestInto(digest);
            }
            case SYNC -> {
                stores.syncs.digestInto(digest);
                stores.leases.digestInto(digest);
            }
            case AGENT -> stores.agents.digestInto(digest);
            case ROUTING -> stores.routings.digestInto(digest);
            case CONTEXT -> {
                // these have no store
            }
        }
        return digest.h;
    }

    private void forEachScope(final Stores stores, final LongConsumer digestScope) {
        digestScope.accept(0);
        stores.coordinations.forEachOpen(handle -> {
            add(handle);
            digestScope.accept(handle);
        });
    }

    private void machine(final Stores stores) {
        add(stores.names.size());
        for (int id = 1; id <= stores.names.size(); id++) {
            add(stores.names.bytes(id));
        }
        stores.deadlines.forEachOrdered((id, deadlineNs) -> {
            add(id);
            add(deadlineNs);
        });
        for (final RepeatWindow.Client client : stores.repeats.clients()) {
            add(client.id);
            for (int i = 0; i < RepeatWindow.WINDOW; i++) {
                add(client.sequences[i]);
                add(client.answers[i]);
            }
        }
        stores.backlog.forEach(item -> {
            add(item.cursor);
            add(item.factId);
            for (final long word : item.fact) {
                add(word);
            }
            add(item.command);
        });
        add(stores.rulesVersion.current());
    }

    @Override
    public void add(final byte[] bytes) {
        if (bytes == null) {
            add(-1);
            return;
        }
        crc.reset();
        crc.update(bytes, 0, bytes.length);
        add(Fact.pair(bytes.length, (int) crc.getValue()));
    }

    @Override
    public void add(final long word) {
        h = Digest.mix(h ^ word);
    }
}
