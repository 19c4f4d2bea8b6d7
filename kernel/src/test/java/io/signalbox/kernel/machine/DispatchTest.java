package io.signalbox.kernel.machine;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.signalbox.kernel.command.CommandType;
import io.signalbox.kernel.command.codec.MessageHeaderEncoder;
import io.signalbox.kernel.ring.DirectDriver;
import io.signalbox.kernel.store.SlotBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each command is somebody's: a room reads it, and refuses what is nothing but zeros, or does it. */
class DispatchTest {
    private static final int FIELDS_LENGTH = 256;
    private static final int LENGTH = 512;

    static List<CommandType> commands() {
        return Arrays.stream(CommandType.values())
                .filter(type -> type != CommandType.CONTINUE)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldBeDecidedByItsRoom(final CommandType type) {
        final SlotBuffer buffer = new SlotBuffer(LENGTH);
        new MessageHeaderEncoder()
                .wrap(buffer, 0)
                .blockLength(FIELDS_LENGTH)
                .templateId(type.templateId())
                .schemaId(MessageHeaderEncoder.SCHEMA_ID)
                .version(MessageHeaderEncoder.SCHEMA_VERSION);
        final DirectDriver driver = new DirectDriver(new CoordinationMachine(MachineLimits.small()));
        assertThatCode(() -> driver.apply(buffer.byteArray(), 1)).doesNotThrowAnyException();
    }
}
