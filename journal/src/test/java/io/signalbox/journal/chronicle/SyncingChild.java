package io.signalbox.journal.chronicle;

import io.signalbox.kernel.port.Journal;
import java.nio.file.Path;

/** Makes a journal, appends three times and syncs each time. */
final class SyncingChild {
    private SyncingChild() {}

    /** @param arguments the folder. */
    public static void main(final String... arguments) {
        try (Journal journal = ChronicleJournal.open(Path.of(arguments[0]), ChronicleJournalConfig.small())) {
            for (int position = 0; position < 3; position++) {
                journal.append(position, new byte[64], 0, 64);
                journal.commit();
                journal.sync();
            }
            System.out.println("synced");
        }
    }
}
