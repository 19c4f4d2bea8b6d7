package io.signalbox.journal.chronicle;

import io.signalbox.journal.JournalEngine;
import io.signalbox.kernel.port.Journal;
import java.nio.file.Path;
import java.util.List;

/** The Chronicle engine as the suite sees it. */
public final class ChronicleEngine implements JournalEngine {
    @Override
    public Journal open(final Path folder) {
        return ChronicleJournal.open(folder, ChronicleJournalConfig.small());
    }

    @Override
    public Journal readOnly(final Path folder) {
        return ChronicleJournal.openReadOnly(folder);
    }

    @Override
    public Path lastDataFile(final Path folder) {
        final List<CycleFile> files = CycleFile.list(folder);
        return files.get(files.size() - 1).path();
    }

    @Override
    public List<String> jvmFlags() {
        return List.of(System.getProperty("signalbox.journal.opens").split(" "));
    }

    @Override
    public int payloadLengthMax() {
        return ChronicleJournalConfig.small().payloadLengthMax();
    }
}
