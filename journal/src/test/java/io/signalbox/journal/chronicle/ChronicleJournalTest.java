package io.signalbox.journal.chronicle;

import io.signalbox.journal.JournalContract;
import io.signalbox.journal.JournalEngine;

/** Chronicle Queue keeps the contract of the port. */
class ChronicleJournalTest extends JournalContract {
    @Override
    protected JournalEngine engine() {
        return new ChronicleEngine();
    }
}
