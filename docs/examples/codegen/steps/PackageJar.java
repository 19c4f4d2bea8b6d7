import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * Packs the classes with the JDK's own {@code jar} tool. The same classes give the same bytes: the entries are sorted,
 * all have one date, and the manifest does not name the JDK.
 */
public final class PackageJar {
    private static final String DATE = "2026-01-01T00:00:00Z";

    private PackageJar() {}

    public static void main(final String[] args) throws IOException, NoSuchAlgorithmException {
        final Path classes = Path.of(args[0]);
        final Path jar = Path.of(System.getenv("SIGNALBOX_OUT"), args[1]);
        final List<String> command =
                new ArrayList<>(List.of("--create", "--date=" + DATE, "--no-manifest", "--file", jar.toString()));
        final Path manifest = jar.resolveSibling("manifest");
        Files.createDirectories(manifest.resolve("META-INF"));
        Files.writeString(manifest.resolve("META-INF/MANIFEST.MF"), "Manifest-Version: 1.0\r\n\r\n");
        command.addAll(List.of("-C", manifest.toString(), "META-INF/MANIFEST.MF"));
        final List<String> entries = entries(classes);
        entries.forEach(entry -> command.addAll(List.of("-C", classes.toString(), entry)));
        System.err.println("packing " + entries.size() + " classes into " + args[1]);
        final ToolProvider tool = ToolProvider.findFirst("jar")
                .orElseThrow(() -> new IllegalStateException("this Java has no jar tool; run with a JDK, not a JRE"));
        if (tool.run(System.err, System.err, command.toArray(String[]::new)) != 0) {
            System.err.println("the jar tool failed, see above");
            System.exit(1);
        }
        final byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar));
        System.out.println("{\"jar\":\"" + args[1] + "\",\"classes\":" + entries.size() + ",\"bytes\":"
                + Files.size(jar) + ",\"sha256\":\"" + HexFormat.of().formatHex(digest) + "\"}");
    }

    private static List<String> entries(final Path classes) throws IOException {
        try (Stream<Path> files = Files.walk(classes)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> classes.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
