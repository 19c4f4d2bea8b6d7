package io.signalbox.cli.process;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Moves the declared outputs of a successful attempt into place: each whole, or not at all. */
public final class StepOutputs {
    private StepOutputs() {}

    /** A declared output is not there, or is not what may be kept. The message is for the workflow's author. */
    public static final class OutputException extends Exception {
        private static final long serialVersionUID = 1L;

        OutputException(final String message) {
            super(message);
        }
    }

    /**
     * Checks all outputs, then moves them to {@code target/<path>}, replacing what an earlier attempt left there.
     *
     * @param declared name to path, relative to {@code out}
     * @param out the attempt's {@code SIGNALBOX_OUT}
     * @param target the step's folder below the run's {@code outputs}; on the same file system
     * @return what was kept, by name, in declared order
     * @throws OutputException when one is missing or refused; then none has been moved
     * @throws IOException when the disk refuses
     */
    public static Map<String, StoredFile> collect(final Map<String, String> declared, final Path out, final Path target)
            throws OutputException, IOException {
        final Map<String, Path> sources = new LinkedHashMap<>();
        for (final Map.Entry<String, String> output : declared.entrySet()) {
            final String what = "output \"" + output.getKey() + "\" (" + output.getValue() + ")";
            final Path relative = relative(what, output.getValue());
            for (final Map.Entry<String, Path> other : sources.entrySet()) {
                if (relative.startsWith(other.getValue()) || other.getValue().startsWith(relative)) {
                    throw new OutputException(what + " and output \"" + other.getKey()
                            + "\" overlap: expected paths of which none holds another");
                }
            }
            check(what, out, relative);
            sources.put(output.getKey(), relative);
        }
        final Map<String, StoredFile> kept = new LinkedHashMap<>();
        for (final Map.Entry<String, Path> source : sources.entrySet()) {
            final Path place = target.resolve(source.getValue().toString());
            move(out.resolve(source.getValue()), place);
            kept.put(source.getKey(), ContentHash.of(place));
        }
        return kept;
    }

    private static Path relative(final String what, final String path) throws OutputException {
        try {
            final Path relative = Path.of(path).normalize();
            if (!relative.isAbsolute()
                    && !relative.startsWith("..")
                    && !relative.toString().isEmpty()) {
                return relative;
            }
        } catch (final InvalidPathException e) {
            throw new OutputException(what + ": not a path: " + e.getReason());
        }
        throw new OutputException(what + ": expected a relative path inside SIGNALBOX_OUT, without \"..\"");
    }

    private static void check(final String what, final Path out, final Path relative)
            throws OutputException, IOException {
        final Path source = out.resolve(relative);
        if (!Files.exists(source)) {
            final boolean isDangling = Files.isSymbolicLink(source);
            throw new OutputException(what + (isDangling ? " is a link to nowhere" : " does not exist")
                    + ": expected after success inside SIGNALBOX_OUT");
        }
        if (!source.toRealPath().startsWith(out.toRealPath())) {
            throw new OutputException(what + " leads outside SIGNALBOX_OUT, to " + source.toRealPath() + ": refused");
        }
        if (Files.isDirectory(source) && Files.isSymbolicLink(source)) {
            throw new OutputException(what + " is a link to a directory: expected the directory itself");
        }
        if (Files.isDirectory(source)) {
            checkTree(what, source.toRealPath());
        } else if (!Files.isRegularFile(source)) {
            throw new OutputException(what + " is neither a file nor a directory: refused");
        }
    }

    private static void checkTree(final String what, final Path root) throws OutputException, IOException {
        final List<String> refused = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes) throws IOException {
                if (attributes.isSymbolicLink()) {
                    final Path link = Files.readSymbolicLink(file);
                    final Path end = file.getParent().resolve(link).normalize();
                    if (link.isAbsolute()
                            || !end.startsWith(root)
                            || (Files.exists(end) && !end.toRealPath().startsWith(root))) {
                        refused.add(root.relativize(file) + " leads outside of it, to " + link);
                    }
                } else if (!attributes.isRegularFile()) {
                    refused.add(root.relativize(file) + " is neither a file nor a directory");
                }
                return refused.isEmpty() ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
            }
        });
        if (!refused.isEmpty()) {
            throw new OutputException(what + ": " + refused.get(0) + ": refused");
        }
    }

    private static void move(final Path source, final Path place) throws IOException {
        final Path folder = place.toAbsolutePath().getParent();
        PrivateFiles.createFolders(folder);
        final Path old = folder.resolve("." + place.getFileName() + ".replaced");
        deleteTree(old);
        Path moved = source;
        if (Files.isSymbolicLink(source)) {
            moved = folder.resolve("." + place.getFileName() + ".copy");
            Files.copy(source, moved, StandardCopyOption.REPLACE_EXISTING);
        }
        if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)
                && (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS) || Files.isDirectory(moved))) {
            Files.move(place, old, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(moved, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        deleteTree(old);
    }

    /** Deletes a file or a directory with all it holds; links are not followed. Nothing there is fine. */
    static void deleteTree(final Path root) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(final Path folder, final IOException e) throws IOException {
                if (e != null) {
                    throw e;
                }
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
