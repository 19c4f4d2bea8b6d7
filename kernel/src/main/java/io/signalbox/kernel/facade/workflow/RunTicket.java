package io.signalbox.kernel.facade.workflow;

import io.signalbox.kernel.Coordination;
import io.signalbox.kernel.context.DocumentJson;
import io.signalbox.kernel.context.DocumentValue;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.UUID;

/**
 * What a run of functions is started with: whose it is, written so that another process finds it again.
 *
 * @param kind of work.
 * @param coordination name of the coordination that it belongs to.
 * @param name of the workflow; empty where the kind has none.
 * @param number no other run has it.
 */
record RunTicket(WorkKind kind, String coordination, String name, String number) {
    private static final String KIND = "functions_of";

    static RunTicket of(final WorkKind kind, final Coordination coordination, final String name) {
        return new RunTicket(kind, coordination.name(), name, UUID.randomUUID().toString());
    }

    /** The ticket in the inputs of a run; null when it is no run of functions. */
    static RunTicket in(final byte[] inputs) {
        final DocumentValue ticket = DocumentJson.mapIn(inputs);
        return WorkKind.find(ticket.textOf(KIND))
                .map(kind -> new RunTicket(
                        kind, ticket.textOf("coordination"), ticket.textOf("name"), ticket.textOf("number")))
                .orElse(null);
    }

    byte[] bytes() {
        return DocumentJson.bytes(DocumentValue.of(
                Map.of(KIND, kind.word(), "coordination", coordination, "name", name, "number", number)));
    }

    /** What tells runs apart by their inputs. */
    static ByteBuffer key(final byte[] inputs) {
        return ByteBuffer.wrap(inputs);
    }
}
