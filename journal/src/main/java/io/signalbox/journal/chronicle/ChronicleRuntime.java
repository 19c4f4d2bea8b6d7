package io.signalbox.journal.chronicle;

import io.signalbox.kernel.port.JournalException;
import io.signalbox.kernel.port.JournalException.Kind;
import java.util.List;
import net.openhft.chronicle.queue.ChronicleQueue;

/** What must be so in this JVM before a class of Chronicle is initialised. */
final class ChronicleRuntime {
    private static final String ANALYTICS_OFF = "chronicle.analytics.disable";
    private static final List<String> OPENED = List.of("java.lang.reflect", "sun.nio.ch", "jdk.internal.ref");

    private ChronicleRuntime() {}

    /**
     * Switch the telemetry off (its library is not on the class path either) and see that the JVM was started with what
     * Chronicle Queue needs, which otherwise fails in the middle of a mapping.
     *
     * @throws JournalException IO, naming the flags.
     */
    static void prepare() {
        if (System.getProperty(ANALYTICS_OFF) == null) {
            System.setProperty(ANALYTICS_OFF, "true");
        }
        final Module base = Object.class.getModule();
        final Module chronicle = ChronicleQueue.class.getModule();
        final StringBuilder flags = new StringBuilder();
        for (final String name : OPENED) {
            if (!base.isOpen(name, chronicle)) {
                flags.append(" --add-opens=java.base/").append(name).append("=ALL-UNNAMED");
            }
        }
        if (!flags.isEmpty()) {
            throw new JournalException(
                    Kind.IO,
                    "Writing a journal through Chronicle Queue needs JVM flags that this JVM was started without:"
                            + flags
                            + ". Add them to its command line (or Add-Opens to the manifest of a jar started with -jar). "
                            + "Reading a journal needs none.");
        }
    }
}
