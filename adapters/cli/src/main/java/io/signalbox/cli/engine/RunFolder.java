package io.signalbox.cli.engine;

import io.signalbox.cli.process.AttemptFiles;
import io.signalbox.cli.process.PrivateFiles;
import io.signalbox.cli.view.Words;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * The folder of one run, {@code <data>/runs/<id>}: 0700, its files 0600.
 *
 * <pre>
 * journal/                    the run's journal, and its lock
 * attempts/STEP/N/out/        SIGNALBOX_OUT of attempt N
 * attempts/STEP/N/stdout      a result that is long or not UTF-8
 * outputs/STEP/               declared outputs of steps that succeeded
 * logs/STEP.N.stderr          standard error of attempt N, bounded
 * </pre>
 *
 * An instance {@code parse[3]} is the folder {@code parse.3}: a step's id in the file holds no dot, and none is called by a number. The folder of a step in a sub-workflow,
 * {@code build/parse}, is {@code build+parse}.
 *
 * @param id sorts by time of creation, to the millisecond, UTC
 * @param root the folder, absolute
 */
public record RunFolder(String id, Path root) {
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

    /** Digits and letters without those that look alike; 32, in ascending order. */
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

    private static final String ID_PATTERN = "\\d{8}-\\d{6}-[0-9a-z]{4}";
    private static final int TRIES_MAX = 1_000;

    /**
     * Makes a new run's folder. Safe against other processes that do the same in the same millisecond.
     *
     * @param data made if missing, with a {@code .gitignore} that keeps it out of repositories
     */
    public static RunFolder create(final Path data, final Clock clock, final RandomGenerator random)
            throws IOException {
        final Path absolute = data.toAbsolutePath().normalize();
        if (!Files.exists(absolute)) {
            PrivateFiles.createFolders(absolute);
            Files.writeString(absolute.resolve(".gitignore"), "*\n");
        }
        final Path runs = PrivateFiles.createFolders(absolute.resolve("runs"));
        for (int tries = 1; ; tries++) {
            final String id = newId(clock, random);
            try {
                return new RunFolder(id, PrivateFiles.createFolder(runs.resolve(id)));
            } catch (final FileAlreadyExistsException taken) {
                if (tries == TRIES_MAX) {
                    throw taken;
                }
            }
        }
    }

    /** Seconds, then the millisecond in two digits of base 32, then two that are drawn. */
    private static String newId(final Clock clock, final RandomGenerator random) {
        final LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
        final int milli = now.get(ChronoField.MILLI_OF_SECOND);
        final int drawn = random.nextInt(ALPHABET.length() * ALPHABET.length());
        return SECONDS.format(now) + '-' + twoDigits(milli) + twoDigits(drawn);
    }

    private static String twoDigits(final int number) {
        final int base = ALPHABET.length();
        return "" + ALPHABET.charAt(number / base) + ALPHABET.charAt(number % base);
    }

    /** All runs, the oldest first. Empty when there is no such folder. */
    public static List<RunFolder> all(final Path data) throws IOException {
        final Path runs = data.toAbsolutePath().normalize().resolve("runs");
        if (!Files.isDirectory(runs)) {
            requireFolder(data.toAbsolutePath().normalize());
            return List.of();
        }
        try (Stream<Path> folders = Files.list(runs)) {
            return folders.filter(folder -> folder.getFileName().toString().matches(ID_PATTERN))
                    .filter(Files::isDirectory)
                    .map(folder -> new RunFolder(folder.getFileName().toString(), folder))
                    .sorted(Comparator.comparing(RunFolder::id))
                    .toList();
        }
    }

    /** A data folder that is not there holds no runs; something else under its name is a mistake. */
    private static void requireFolder(final Path data) throws IOException {
        if (Files.exists(data) && !Files.isDirectory(data)) {
            throw new FileSystemException(
                    data.toString(), null, "expected the folder that holds the runs, found a file: correct --data");
        }
    }

    /**
     * The run that {@code name} names: its id, or a beginning or end of it that no other run has.
     *
     * @throws CommandException when there is none, or more than one
     */
    public static RunFolder find(final Path data, final String name) throws CommandException, IOException {
        final List<RunFolder> all = all(data);
        final List<RunFolder> named = all.stream()
                .filter(run -> run.id().equals(name)
                        || (!name.isEmpty()
                                && (run.id().startsWith(name) || run.id().endsWith(name))))
                .toList();
        if (named.size() == 1) {
            return named.get(0);
        }
        throw new CommandException(
                ExitCode.WRONG_USE,
                named.isEmpty()
                        ? "no run \"" + name + "\" in " + data.resolve("runs") + " (" + Words.count(all.size(), "run")
                                + " there): see signalbox list"
                        : "\"" + name + "\" names " + named.size() + " runs, among them "
                                + named.get(0).id() + " and " + named.get(1).id() + ": write more of the id");
    }

    /**
     * The newest run.
     *
     * @throws CommandException when there is none
     */
    public static RunFolder latest(final Path data) throws CommandException, IOException {
        final List<RunFolder> all = all(data);
        if (all.isEmpty()) {
            throw new CommandException(
                    ExitCode.WRONG_USE,
                    "there are no runs in " + data.resolve("runs")
                            + ": start one with signalbox run FILE, or say where with --data");
        }
        return all.get(all.size() - 1);
    }

    /** The journal's folder. */
    public Path journal() {
        return root.resolve("journal");
    }

    /** Where an attempt's files go; not made by this. */
    public AttemptFiles attempt(final String stepId, final int attempt) {
        final String name = folderName(stepId);
        final Path folder = root.resolve("attempts").resolve(name).resolve(Integer.toString(attempt));
        return new AttemptFiles(
                folder.resolve("out"),
                folder.resolve("stdout"),
                root.resolve("logs").resolve(name + "." + attempt + ".stderr"));
    }

    /** Deletes what attempts of a step left, because they are counted anew. */
    void clearAttempts(final String stepId) throws IOException {
        final Path attempts = root.resolve("attempts").resolve(folderName(stepId));
        if (Files.isDirectory(attempts)) {
            try (Stream<Path> all = Files.walk(attempts)) {
                for (final Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    /** Where the declared outputs of a step stand once it has succeeded. */
    public Path outputs(final String stepId) {
        return root.resolve("outputs").resolve(folderName(stepId));
    }

    /** {@code parse} or, for an instance {@code parse[3]}, {@code parse.3}. */
    static String folderName(final String stepId) {
        if (!stepId.matches("[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*(\\.[a-z]+)?(\\[\\d+])?")) {
            throw new IllegalArgumentException("not the id of a step: " + stepId);
        }
        return stepId.replace("[", ".").replace("]", "").replace('/', '+');
    }
}
