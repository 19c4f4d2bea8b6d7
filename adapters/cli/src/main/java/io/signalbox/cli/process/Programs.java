package io.signalbox.cli.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Finds programs as the operating system does, to say clearly what is wrong before anything is started. */
final class Programs {
    private static final String PATH_DEFAULT = "/usr/local/bin:/usr/bin:/bin";

    private Programs() {}

    /**
     * The file that {@code program} names: as it is when it has a slash, else the first runnable one of {@code PATH}.
     *
     * @throws SpawnException with 127 when there is none, with 126 when it may not be run
     */
    static Path find(final String program, final Path directory, final Map<String, String> environment)
            throws SpawnException {
        if (program.isEmpty()) {
            throw new SpawnException(
                    SpawnException.NOT_FOUND, "the program's name is empty: expected run: [PROGRAM, ...]");
        }
        if (program.indexOf('/') >= 0) {
            return runnable(program, directory.resolve(program));
        }
        final String path = environment.getOrDefault("PATH", PATH_DEFAULT);
        Path notRunnable = null;
        for (final String folder : path.split(":", -1)) {
            final Path file = directory.resolve(folder.isEmpty() ? "." : folder).resolve(program);
            if (Files.isRegularFile(file)) {
                if (Files.isExecutable(file)) {
                    return file;
                }
                notRunnable = notRunnable == null ? file : notRunnable;
            }
        }
        if (notRunnable != null) {
            return runnable(program, notRunnable);
        }
        throw new SpawnException(
                SpawnException.NOT_FOUND,
                "program \"" + program + "\" was not found on PATH (" + path + "): install it, or give its path");
    }

    private static Path runnable(final String program, final Path file) throws SpawnException {
        if (!Files.exists(file)) {
            throw new SpawnException(
                    SpawnException.NOT_FOUND,
                    "program \"" + program + "\" does not exist (a step runs in the workflow file's directory, "
                            + file.getParent() + ")");
        }
        if (Files.isDirectory(file) || !Files.isExecutable(file)) {
            throw new SpawnException(
                    SpawnException.NOT_RUNNABLE,
                    "program \"" + program + "\" is " + (Files.isDirectory(file) ? "a directory" : "not executable")
                            + ": expected a program (" + file + ")");
        }
        return file;
    }
}
