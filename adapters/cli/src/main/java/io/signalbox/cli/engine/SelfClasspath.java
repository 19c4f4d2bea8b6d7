package io.signalbox.cli.engine;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * {@code ${signalbox.classpath}}: the class path of this program with absolute entries, which holds Jackson 3 and SnakeYAML Engine.
 * Started by the launcher or by {@code java -jar} it is the self-contained jar alone.
 */
public final class SelfClasspath {
    private SelfClasspath() {}

    /** The text for {@code java -cp}. */
    public static String text() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> Path.of(entry).toAbsolutePath().normalize().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
