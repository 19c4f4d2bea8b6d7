package io.signalbox.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sources of the repository, to look names up in. What was built is left out. */
final class Sources {
    private static final Pattern TYPE = Pattern.compile(
            "(?:\\b(?:class|record|enum|interface) |<(?:sbe:message|composite) name=\")([A-Z][A-Za-z0-9]*)");
    private static final Pattern CONSTANT =
            Pattern.compile("static final (?:int|long|double) ([A-Z][A-Z0-9_]*)\\s*=\\s*([^;]+);");

    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|//[^\n]*");

    /** Text by file, without comments. */
    private final Map<Path, String> texts = new TreeMap<>();

    private final Map<String, List<Path>> filesByType = new HashMap<>();

    Sources() throws IOException {
        Files.walkFileTree(Documents.ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(final Path folder, final BasicFileAttributes attributes) {
                final String name = folder.getFileName().toString();
                return name.equals("target") || name.equals(".git")
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes) {
                final String name = file.getFileName().toString();
                if (name.matches(".*\\.(java|xml|sh)|run|signalbox")) {
                    read(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private void read(final Path file) {
        final String text;
        try {
            text = COMMENT.matcher(Files.readString(file)).replaceAll("");
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        texts.put(Documents.ROOT.relativize(file), text);
        final Matcher type = TYPE.matcher(text);
        while (type.find()) {
            filesByType
                    .computeIfAbsent(type.group(1), name -> new ArrayList<>())
                    .add(file);
        }
    }

    /** Whether a class, record, enum, interface or command has this name. */
    boolean hasType(final String name) {
        return filesByType.containsKey(name);
    }

    /** Whether a type has a member of this name, as far as its file tells. */
    boolean hasMember(final String type, final String member) {
        return filesByType.getOrDefault(type, List.of()).stream()
                .map(file -> texts.get(Documents.ROOT.relativize(file)))
                .anyMatch(text -> hasWord(text, member));
    }

    /** Whether any source has this word. */
    boolean hasWord(final String word) {
        return texts.values().stream().anyMatch(text -> hasWord(text, word));
    }

    private static boolean hasWord(final String text, final String word) {
        return Pattern.compile("\\b" + Pattern.quote(word) + "\\b")
                .matcher(text)
                .find();
    }

    /** Value of a numeric constant of a type; null when there is none. */
    Double constant(final String type, final String name) {
        for (final Path file : filesByType.getOrDefault(type, List.of())) {
            final Matcher constant = CONSTANT.matcher(texts.get(Documents.ROOT.relativize(file)));
            while (constant.find()) {
                if (constant.group(1).equals(name)) {
                    return value(constant.group(2));
                }
            }
        }
        return null;
    }

    /** A number, or one shifted left. */
    private static double value(final String expression) {
        final String[] parts = expression.replaceAll("[_L\\s]", "").split("<<");
        return Double.parseDouble(parts[0]) * (parts.length == 1 ? 1 : Math.pow(2, Integer.parseInt(parts[1])));
    }
}
