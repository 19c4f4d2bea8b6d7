package io.signalbox.kernel;

import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.signal.SignalKind;
import io.signalbox.kernel.signal.SignalSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The kinds that users have declared in a kernel, each with the schema of its payload. They hold in every coordination and are never
 * forgotten. Any thread.
 */
public final class SignalKinds {
    private final Kernel kernel;
    private final ConcurrentHashMap<String, SignalSchema> schemas = new ConcurrentHashMap<>();

    SignalKinds(final Kernel kernel) {
        this.kernel = kernel;
    }

    /**
     * Declare a kind; to declare it again with the same schema changes nothing. Refused: a name of the kernel's own kinds
     * ({@link Rejection#INVALID_VALUE}), a name with another schema ({@link Rejection#DECLARED_OTHERWISE}), too many
     * ({@link Rejection#CAPACITY_EXHAUSTED}).
     */
    public Receipt declare(final String signalType, final SignalSchema schema) {
        final int typeId = kernel.nameId(signalType);
        final Ingress ingress = kernel.ingress();
        return kernel.receipt(ingress, ingress.signals().declareKind(typeId, schema.encode()));
    }

    /** The schema of a kind, the kernel's own ones included; null when there is none of this name. */
    public SignalSchema schema(final String signalType) {
        final SignalKind own = SignalKind.named(signalType);
        if (own != null) {
            return own.schema();
        }
        final SignalSchema known = schemas.get(signalType);
        if (known != null) {
            return known;
        }
        final byte[] bytes = kernel.query(() -> {
            final int typeId = kernel.machine().names().find(signalType);
            return typeId == 0 ? null : kernel.machine().signals().kinds().schema(typeId);
        });
        if (bytes == null) {
            return null;
        }
        final SignalSchema schema = SignalSchema.decode(bytes);
        schemas.put(signalType, schema); // for good: a kind is never declared otherwise
        return schema;
    }

    /** The names of all declared kinds, in the order of their declaration. */
    public List<String> declared() {
        return kernel.query(() -> {
            final List<String> names = new ArrayList<>();
            for (int i = 0; i < kernel.machine().signals().kinds().size(); i++) {
                names.add(kernel.name(kernel.machine().signals().kinds().signalType(i)));
            }
            return names;
        });
    }
}
