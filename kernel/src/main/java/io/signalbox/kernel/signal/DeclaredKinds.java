package io.signalbox.kernel.signal;

import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactLog;
import io.signalbox.kernel.store.DigestSink;
import io.signalbox.kernel.store.OrderedLongMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The kinds that users have declared, by name, each with its schema as bytes. Kernel-wide; never forgotten. Turn only. */
public final class DeclaredKinds {
    private final OrderedLongMap indexByType = new OrderedLongMap();
    private final List<byte[]> schemas = new ArrayList<>();
    private final int kindsMax;

    DeclaredKinds(final int kindsMax) {
        this.kindsMax = kindsMax;
    }

    /** The schema of a kind, null when it is not declared. Its bytes are the store's own. */
    public byte[] schema(final int signalType) {
        final int index = indexByType.indexOf(signalType);
        return index < 0 ? null : schemas.get(index);
    }

    boolean isDeclared(final int signalType) {
        return indexByType.indexOf(signalType) >= 0;
    }

    boolean isSame(final int signalType, final byte[] schema) {
        return Arrays.equals(schema(signalType), schema);
    }

    boolean isFull() {
        return schemas.size() == kindsMax;
    }

    /** How many there are. */
    public int size() {
        return schemas.size();
    }

    /** Name id of kind number {@code index}, in the order of their declaration. */
    public int signalType(final int index) {
        return (int) indexByType.keyAt(index);
    }

    /** Every kind with its schema, in the order of their declaration. */
    public void digestInto(final DigestSink sink) {
        for (int i = 0; i < schemas.size(); i++) {
            sink.add(signalType(i));
            sink.add(schemas.get(i));
        }
    }

    /** SIGNAL_KIND_DECLARED: a name; payload: the schema. */
    public void onDeclared(final Fact fact, final FactLog log) {
        indexByType.put(fact.a(), schemas.size());
        schemas.add(log.copyOf(fact.payload()));
    }
}
