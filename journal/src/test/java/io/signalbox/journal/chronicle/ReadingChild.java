package io.signalbox.journal.chronicle;

import io.signalbox.kernel.port.Journal;
import java.nio.file.Path;

/** Opens a journal read-only and prints its last position. */
final class ReadingChild {
    private ReadingChild() {}

    /** @param arguments the folder. */
    public static void main(final String... arguments) {
        try (Journal journal = ChronicleJournal.openReadOnly(Path.of(arguments[0]))) {
            System.out.println("last " + journal.lastPosition());
        }
    }
}
