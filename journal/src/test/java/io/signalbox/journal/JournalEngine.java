package io.signalbox.journal;

import io.signalbox.kernel.port.Journal;
import java.nio.file.Path;
import java.util.List;

/**
 * One engine behind the port, as its suite sees it. Implementations have a constructor without arguments, so that a child
 * JVM can make one by its name.
 */
public interface JournalEngine {
    /** Open for writing with small files, or make a journal. */
    Journal open(Path folder);

    /** Open for reading. */
    Journal readOnly(Path folder);

    /** The data file that the next record goes to. */
    Path lastDataFile(Path folder);

    /** Flags for a JVM that opens a journal for writing. */
    List<String> jvmFlags();

    /** The longest payload that {@link #open} journals take. */
    int payloadLengthMax();
}
