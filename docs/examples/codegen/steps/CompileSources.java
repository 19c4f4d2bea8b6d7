import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Compiles the generated code for Java 17, with every warning on and each an error: first the records and validators,
 * which need nothing but the JDK, then the tests.
 */
public final class CompileSources {
    private CompileSources() {}

    public static void main(final String[] args) throws IOException {
        final List<Path> sources = new ArrayList<>(javaFiles(Path.of(args[0])));
        sources.addAll(javaFiles(Path.of(args[1])));
        final List<Path> testSources = javaFiles(Path.of(args[2]));
        final Path out = Path.of(System.getenv("SIGNALBOX_OUT"));
        final Path classes = Files.createDirectories(out.resolve("classes"));
        final Path testClasses = Files.createDirectories(out.resolve("test-classes"));
        compile("records and validators", sources, classes, "");
        compile("tests", testSources, testClasses, classes + java.io.File.pathSeparator + args[3]);
        System.out.println("{\"sources\":" + sources.size() + ",\"test_sources\":" + testSources.size() + "}");
    }

    private static void compile(final String what, final List<Path> sources, final Path classes, final String classPath)
            throws IOException {
        System.err.println("compiling " + sources.size() + " files: " + what);
        final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        final DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        final List<String> options = List.of(
                "--release",
                "17",
                "-Xlint:all,-path",
                "-Werror",
                "-proc:none",
                "-encoding",
                "UTF-8",
                "-classpath",
                classPath,
                "-d",
                classes.toString());
        final boolean done;
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(diagnostics, Locale.ROOT, StandardCharsets.UTF_8)) {
            done = compiler.getTask(null, files, diagnostics, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
        }
        diagnostics.getDiagnostics().forEach(diagnostic -> System.err.println(diagnostic));
        if (!done) {
            System.err.println("the generated " + what + " do not compile. Look at the step that generated them.");
            System.exit(1);
        }
    }

    private static List<Path> javaFiles(final Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }
}
