package io.signalbox.kernel.scenario;

import io.signalbox.kernel.command.Commands;
import io.signalbox.kernel.command.MachineCommands;
import io.signalbox.kernel.store.SlotBuffer;
import java.nio.ByteOrder;

/** {@code void}, {@code unknown}, {@code upgrade}, {@code intern}. */
final class MachineVerbs implements Verbs {
    private static final int NOBODYS_TEMPLATE = 255;

    @Override
    public Written write(final String verb, final Words words, final String label, final long coordination) {
        return switch (verb) {
            case "void" -> plain(0);
            case "unknown" -> plain(words.number("template", NOBODYS_TEMPLATE));
            case "upgrade" -> Pen.done(new MachineCommands.UpgradeRules().with(Integer.parseInt(words.next())));
            case "intern" -> Pen.done(new MachineCommands.InternName().with(Pen.utf8OrNothing(words.next())));
            default -> null;
        };
    }

    private static Written plain(final int template) {
        final SlotBuffer buffer = new SlotBuffer(Commands.PLAIN_LENGTH);
        Commands.encodeVoid(buffer);
        if (template != 0) {
            buffer.putShort(2, (short) template, ByteOrder.LITTLE_ENDIAN);
        }
        return new Written(buffer.byteArray(), Labels.NO_KIND, "");
    }
}
