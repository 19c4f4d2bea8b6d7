package io.signalbox.cli.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringTokenizer;

/** What {@code /proc} tells about processes. A process that ends while it is read is simply not there. */
final class ProcessTable {
    private static final Path PROC = Path.of("/proc");

    private ProcessTable() {}

    /** One process: fields 1, 3, 5, 6 and 22 of {@code /proc/PID/stat}. */
    record Entry(long pid, char state, long group, long session, long startTicks) {
        /** False for one that has ended and was not yet waited for. */
        boolean isAlive() {
            return state != 'Z' && state != 'X' && state != 'x';
        }
    }

    static Optional<Entry> find(final long pid) {
        try {
            return Optional.of(parse(pid, Files.readString(PROC.resolve(pid + "/stat"), ISO_8859_1)));
        } catch (final IOException ended) {
            return Optional.empty();
        }
    }

    /** All processes that are visible, in no order. */
    static List<Entry> all() throws IOException {
        final List<Entry> entries = new ArrayList<>();
        try (DirectoryStream<Path> numbers = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (final Path number : numbers) {
                find(Long.parseLong(number.getFileName().toString())).ifPresent(entries::add);
            }
        } catch (final DirectoryIteratorException e) {
            throw e.getCause();
        }
        return entries;
    }

    /** Whether the process was started with {@code variable=value}. False for one of another user. */
    static boolean carries(final long pid, final String variable, final String value) {
        try {
            final String environment = new String(Files.readAllBytes(PROC.resolve(pid + "/environ")), UTF_8);
            return ('\0' + environment + '\0').contains('\0' + variable + '=' + value + '\0');
        } catch (final IOException endedOrForeign) {
            return false;
        }
    }

    /** The boot and the pid namespace: within one, a pid with its start time is never given twice. */
    static String boot() throws IOException {
        final String boot =
                Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
        return boot + "/" + Files.readSymbolicLink(PROC.resolve("self/ns/pid"));
    }

    private static Entry parse(final long pid, final String stat) throws IOException {
        // pid (name) state ppid pgrp session ...: the name may hold blanks and brackets
        final StringTokenizer fields = new StringTokenizer(stat.substring(stat.lastIndexOf(')') + 1));
        if (fields.countTokens() < 20) {
            throw new IOException("/proc/" + pid + "/stat has an unknown form: " + stat);
        }
        final char state = fields.nextToken().charAt(0);
        fields.nextToken();
        final long group = Long.parseLong(fields.nextToken());
        final long session = Long.parseLong(fields.nextToken());
        for (int field = 7; field < 22; field++) {
            fields.nextToken();
        }
        return new Entry(pid, state, group, session, Long.parseLong(fields.nextToken()));
    }
}
