package io.signalbox.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Where and with what a report was made.
 *
 * @param machine operating system, processor
 * @param cores processors that the JVM sees
 * @param jdk version and vendor
 * @param flags JVM flags of every fork
 * @param load load average over the last minute at the start, negative where unknown
 */
record Machine(String machine, int cores, String jdk, List<String> flags, double load) {

    static Machine here(final List<String> flags) {
        return new Machine(
                "%s %s %s, %s"
                        .formatted(
                                System.getProperty("os.name"),
                                System.getProperty("os.version"),
                                System.getProperty("os.arch"),
                                processor()),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.vm.name") + " " + Runtime.version() + " (" + System.getProperty("java.vendor")
                        + ")",
                flags,
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static String processor() {
        final Path cpuInfo = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(cpuInfo)) {
            return "processor unknown";
        }
        try {
            return Files.readAllLines(cpuInfo).stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst()
                    .orElse("processor unknown");
        } catch (final IOException e) {
            return "processor unknown (" + e.getMessage() + ")";
        }
    }
}
