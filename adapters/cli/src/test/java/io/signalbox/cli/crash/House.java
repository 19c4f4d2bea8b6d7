package io.signalbox.cli.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/**
 * The real launcher in a checkout of its own, whose jar is nothing but a class path of the classes under test. So it has nothing to
 * build, and a test does not depend on which phase of the build it runs in.
 */
public final class House {
    private static final Path ROOT = build();

    private House() {}

    /** The launcher, absolute. */
    public static Path launcher() {
        return ROOT.resolve("adapters/cli/signalbox");
    }

    private static Path build() {
        try {
            final Path root = Files.createTempDirectory("signalbox-house").toRealPath();
            for (final String module : List.of("kernel", "journal", "adapters/yaml", "adapters/cli")) {
                Files.createDirectories(root.resolve(module).resolve("src/main"));
                Files.writeString(root.resolve(module).resolve("pom.xml"), "<project/>");
            }
            Files.writeString(root.resolve("pom.xml"), "<project/>");
            Files.createDirectories(root.resolve(".mvn"));
            final Path launcher = root.resolve("adapters/cli/signalbox");
            Files.copy(Path.of("signalbox"), launcher, StandardCopyOption.COPY_ATTRIBUTES);
            final Path launch = Files.createDirectories(root.resolve("adapters/cli/target/launch"));
            jar(launch.resolve("signalbox.jar"));
            Files.writeString(launch.resolve("signalbox.stamp"), "");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> deleteTree(root)));
            return root;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void jar(final Path path) throws IOException {
        final Manifest manifest = new Manifest();
        final Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, "io.signalbox.cli.Main");
        attributes.put(
                Attributes.Name.CLASS_PATH,
                Arrays.stream(System.getProperty("java.class.path").split(":"))
                        .filter(entry -> !entry.endsWith("test-classes"))
                        .map(entry -> Path.of(entry).toAbsolutePath().toUri().toString())
                        .collect(Collectors.joining(" ")));
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(path), manifest)) {
            jar.flush();
        }
    }

    /** Delete a folder with all that is in it. */
    static void deleteTree(final Path root) {
        try (var paths = Files.walk(root)) {
            for (final Path path :
                    paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
