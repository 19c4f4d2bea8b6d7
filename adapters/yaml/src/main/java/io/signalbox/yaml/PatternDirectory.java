package io.signalbox.yaml;

import io.signalbox.kernel.pattern.Pattern;
import io.signalbox.kernel.pattern.PatternLibrary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A folder of pattern files, {@code NAME.yaml} or {@code NAME.yml}, before the patterns that come with Signalbox. A file is read at each look, so what is changed
 * counts at once; it is checked anew only when its text is another one. Any thread.
 */
public final class PatternDirectory implements PatternLibrary {
    private static final List<String> EXTENSIONS = List.of(".yaml", ".yml");

    private record Checked(String text, Pattern pattern) {}

    private final Path folder;
    private final Map<Path, Checked> checked = new ConcurrentHashMap<>();

    /** The files of this folder; they may come and go. */
    public PatternDirectory(final Path folder) {
        this.folder = folder;
    }

    /**
     * The pattern of a name; null when there is no such file, and none comes with Signalbox.
     *
     * @throws WorkflowFileException when the file is no pattern.
     */
    @Override
    public Pattern find(final String name) {
        final Path file = fileOf(name);
        if (file != null) {
            return load(file);
        }
        return PatternFiles.shippedNames().contains(name) ? PatternFiles.shipped(name) : null;
    }

    private Path fileOf(final String name) {
        if (name.isEmpty() || name.indexOf('/') >= 0 || name.indexOf('\\') >= 0 || name.startsWith(".")) {
            return null;
        }
        for (final String extension : EXTENSIONS) {
            final Path file = folder.resolve(name + extension);
            if (Files.isRegularFile(file)) {
                return file;
            }
        }
        return null;
    }

    private Pattern load(final Path file) {
        final String text = WorkflowFiles.textOf(file, "pattern");
        final Checked known = checked.get(file);
        if (known != null && known.text.equals(text)) {
            return known.pattern;
        }
        final Pattern pattern = PatternFiles.parse(text, file);
        checked.put(file, new Checked(text, pattern));
        return pattern;
    }

    /**
     * The names of all files, and of the patterns that come with Signalbox, sorted.
     *
     * @throws UncheckedIOException when the folder cannot be read.
     */
    @Override
    public List<String> names() {
        final TreeSet<String> names = new TreeSet<>(PatternFiles.shippedNames());
        try (Stream<Path> files = Files.list(folder)) {
            files.map(file -> file.getFileName().toString())
                    .forEach(file -> EXTENSIONS.stream()
                            .filter(file::endsWith)
                            .filter(extension -> file.length() > extension.length())
                            .forEach(extension -> names.add(file.substring(0, file.length() - extension.length()))));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(names);
    }
}
