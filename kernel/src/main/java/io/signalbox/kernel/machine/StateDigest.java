package io.signalbox.kernel.machine;

import io.signalbox.kernel.dependency.Dependencies;
import io.signalbox.kernel.dependency.DependencyState;
import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.signal.DeclaredKinds;
import io.signalbox.kernel.signal.Signals;
import io.signalbox.kernel.state.StateSnapshot;
import io.signalbox.kernel.store.OrderedLongMap;
import java.util.zip.CRC32C;

/** A digest of what the machine remembers, as opposed to what it went through: every store, walked in canonical order. */
final class StateDigest {
    private final CRC32C crc = new CRC32C();
    private long h;

    private StateDigest() {}

    static long of(final Stores stores) {
        final StateDigest digest = new StateDigest();
        digest.names(stores);
        digest.scopes(stores);
        digest.dependencies(stores);
        digest.workflows(stores);
        stores.deadlines.forEachOrdered((id, deadlineNs) -> {
            digest.add(id);
            digest.add(deadlineNs);
        });
        digest.signalKinds(stores);
        digest.repeats(stores);
        digest.backlog(stores);
        digest.add(stores.rulesVersion.current());
        return digest.h;
    }

    private void names(final Stores stores) {
        add(stores.names.size());
        for (int id = 1; id <= stores.names.size(); id++) {
            add(stores.names.bytes(id));
        }
    }

    private void scopes(final Stores stores) {
        scope(stores, 0);
        stores.coordinations.forEachOpen(handle -> scope(stores, handle));
    }

    private void scope(final Stores stores, final long handle) {
        final int slot = (int) handle;
        add(handle);
        final String name = stores.coordinations.name(slot);
        for (int i = 0; i < name.length(); i++) {
            add(name.charAt(i));
        }
        final StateSnapshot snapshot = stores.states.snapshot(handle);
        add(snapshot.version());
        snapshot.values().forEach((key, value) -> {
            add(key);
            add(value.type().ordinal());
            add(value.version());
            add(value.factId());
            add(value.changedBy());
            add(value.bytes());
        });
        final Signals signals = stores.signals;
        add(signals.raised(slot));
        add(signals.completions(slot));
        signals(signals, slot);
        final Dependencies.Board board = stores.dependencies.board(slot);
        if (board != null) {
            add(board.resources);
            add(board.gates);
        }
    }

    private void signals(final Signals signals, final int slot) {
        add(Fact.pair(signals.validation(slot).ordinal(), (int) signals.doubted(slot)));
        add(signals.sentByType(slot));
        add(signals.introduced(slot));
        for (final long word : signals.progress().wordsOf(slot)) {
            add(word);
        }
        signals.history().forEach(slot, (words, bytes) -> {
            for (final long word : words) {
                add(word);
            }
            add(bytes);
        });
    }

    private void signalKinds(final Stores stores) {
        final DeclaredKinds kinds = stores.signals.kinds();
        for (int i = 0; i < kinds.size(); i++) {
            add(kinds.signalType(i));
            add(kinds.schema(kinds.signalType(i)));
        }
    }

    private void dependencies(final Stores stores) {
        final Dependencies dependencies = stores.dependencies;
        add(dependencies.pending());
        for (int slot = 0; slot < dependencies.used(); slot++) {
            add(dependencies.handle(slot));
            add(dependencies.stateOf(slot).ordinal());
            if (dependencies.stateOf(slot) == DependencyState.PENDING) {
                add(dependencies.coordination(slot));
                add(Fact.pair(dependencies.kind(slot).code(), dependencies.target(slot)));
                add(Fact.pair(dependencies.flags(slot), dependencies.owner(slot)));
                add(Double.doubleToLongBits(dependencies.threshold(slot)));
                add(dependencies.afterPosition(slot));
                add(dependencies.deadlineNs(slot));
            }
        }
    }

    private void workflows(final Stores stores) {
        for (int slot = 0; slot < stores.uploads.capacity(); slot++) {
            if (stores.uploads.content(slot) != null) {
                add(stores.uploads.handle(slot));
                add(stores.uploads.crc(slot));
                add(stores.uploads.filled(slot));
                add(stores.uploads.content(slot));
            }
        }
        stores.workflows.digest(this::add, this::add);
    }

    private void repeats(final Stores stores) {
        for (final RepeatWindow.Client client : stores.repeats.clients()) {
            add(client.id);
            for (int i = 0; i < RepeatWindow.WINDOW; i++) {
                add(client.sequences[i]);
                add(client.answers[i]);
            }
        }
    }

    private void backlog(final Stores stores) {
        stores.backlog.forEach(item -> {
            add(item.cursor);
            add(item.factId);
            for (final long word : item.fact) {
                add(word);
            }
            add(item.command);
        });
    }

    private void add(final OrderedLongMap map) {
        if (map == null) {
            return;
        }
        for (int i = 0; i < map.size(); i++) {
            add(map.keyAt(i));
            add(map.valueAt(i));
        }
    }

    private void add(final byte[] bytes) {
        if (bytes == null) {
            add(-1);
            return;
        }
        crc.reset();
        crc.update(bytes, 0, bytes.length);
        add(Fact.pair(bytes.length, (int) crc.getValue()));
    }

    private void add(final long word) {
        h = Digest.mix(h ^ word);
    }
}
