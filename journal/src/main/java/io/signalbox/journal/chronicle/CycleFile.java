package io.signalbox.journal.chronicle;

import io.signalbox.kernel.port.JournalException;
import io.signalbox.kernel.port.JournalException.Kind;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * One data file.
 *
 * @param path of the file.
 * @param cycle the number in its name: days since 1970-01-01. Files follow each other by it.
 */
record CycleFile(Path path, int cycle) {
    static final String SUFFIX = ".cq4";

    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyyMMdd'F'", Locale.ROOT);

    /** The file of a cycle. */
    static CycleFile of(final Path folder, final int cycle) {
        return new CycleFile(folder.resolve(LocalDate.ofEpochDay(cycle).format(NAME) + SUFFIX), cycle);
    }

    /** All data files of a folder, oldest first. */
    static List<CycleFile> list(final Path folder) {
        final List<CycleFile> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (final Path path : found) {
                files.add(new CycleFile(path, cycleOf(path)));
            }
        } catch (final IOException e) {
            throw new JournalException(Kind.IO, -1, "Cannot list the journal folder " + folder + ": " + e, e);
        }
        files.sort(Comparator.comparingInt(CycleFile::cycle));
        return files;
    }

    private static int cycleOf(final Path path) {
        final String name = path.getFileName().toString();
        try {
            return (int) LocalDate.parse(name.substring(0, name.length() - SUFFIX.length()), NAME)
                    .toEpochDay();
        } catch (final DateTimeException e) {
            throw new JournalException(
                    Kind.CORRUPT,
                    -1,
                    "A data file is named like 20260131F.cq4; found " + path + ". Move it out of the journal's folder.",
                    e);
        }
    }
}
