package io.signalbox.kernel;

import io.signalbox.kernel.workflow.DefinitionCodec;
import io.signalbox.kernel.workflow.WorkflowCompiler;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.util.zip.CRC32C;

/** A definition on its way into the kernel: checked here, then sent in pieces. */
final class Deployment {
    private static final int CHUNK_LENGTH = 200 << 10;

    private Deployment() {}

    /** Answers its id. */
    static int deploy(final Kernel kernel, final WorkflowDefinition definition) {
        WorkflowCompiler.compile(definition);
        final byte[] content = DefinitionCodec.encode(definition);
        final CRC32C crc = new CRC32C();
        crc.update(content, 0, content.length);
        final WorkflowIngress ingress = kernel.ingress().workflows();
        final long upload = kernel.answerOrThrow(ingress.beginUpload(content.length, crc.getValue()));
        for (int at = 0; at < content.length; at += CHUNK_LENGTH) {
            kernel.answerOrThrow(ingress.appendChunk(upload, content, at, Math.min(CHUNK_LENGTH, content.length - at)));
        }
        return (int) kernel.answerOrThrow(ingress.deploy(upload));
    }
}
