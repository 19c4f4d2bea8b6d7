package io.signalbox.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Loads workflow files. Any thread; no state. */
public final class WorkflowFiles {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private WorkflowFiles() {}

    /**
     * Read and check one file.
     *
     * @throws WorkflowFileException with every problem that can be found, if there is one
     */
    public static WorkflowFile load(final Path path) {
        return load(path, CallReader.Loading.start());
    }

    static WorkflowFile load(final Path path, final CallReader.Loading loading) {
        return parse(textOf(path, "workflow"), path, loading);
    }

    /** The text of a file that is to be a {@code what}. */
    static String textOf(final Path path, final String what) {
        if (Files.notExists(path)) {
            throw whole(path, "no such file; give the path of a " + what + " file");
        }
        if (Files.isDirectory(path)) {
            throw whole(
                    path,
                    "is a directory; give the path of a " + what + " file, such as " + path.resolve(what + ".yaml"));
        }
        final byte[] bytes;
        try (InputStream in = Files.newInputStream(path)) {
            bytes = in.readNBytes(Limits.FILE_LENGTH_MAX + 1);
        } catch (final IOException e) {
            throw whole(
                    path,
                    "cannot be read (" + e.getClass().getSimpleName()
                            + "); check that it is a file and its permissions");
        }
        if (bytes.length > Limits.FILE_LENGTH_MAX) {
            throw tooLong(path);
        }
        return decode(bytes, path);
    }

    /**
     * Check a text.
     *
     * @param source what to call it in messages, and the folder that relative paths start from
     * @throws WorkflowFileException with every problem that can be found, if there is one
     */
    public static WorkflowFile parse(final String text, final Path source) {
        return parse(text, source, CallReader.Loading.start());
    }

    private static WorkflowFile parse(final String text, final Path source, final CallReader.Loading loading) {
        final String content = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        if (content.length() > Limits.FILE_LENGTH_MAX
                && content.codePointCount(0, content.length()) > Limits.FILE_LENGTH_MAX) {
            throw tooLong(source);
        }
        final Problems problems = new Problems(new SourceText(content));
        try {
            final WorkflowFile file =
                    new WorkflowReader(problems).read(YamlComposer.compose(problems), source, loading);
            if (problems.isEmpty()) {
                return file;
            }
        } catch (final FatalProblem e) {
            problems.add(e);
        }
        throw problems.exception(source);
    }

    private static String decode(final byte[] bytes, final Path path) {
        final CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        final ByteBuffer in = ByteBuffer.wrap(bytes);
        final CharBuffer out = CharBuffer.allocate(bytes.length);
        final CoderResult result = decoder.decode(in, out, true);
        out.flip();
        if (result.isError()) {
            final Place place = new SourceText(out.toString()).place(out.length());
            throw new WorkflowFileException(
                    path,
                    List.of(new Problem(
                            place.line(),
                            place.column(),
                            String.format(
                                    "not UTF-8: byte 0x%02X at offset %d; save the file as UTF-8",
                                    bytes[in.position()], in.position()))));
        }
        return out.toString();
    }

    private static WorkflowFileException tooLong(final Path path) {
        return whole(
                path, "longer than " + Limits.FILE_LENGTH_MAX + " bytes (3 MiB); move data into files that steps read");
    }

    private static WorkflowFileException whole(final Path path, final String message) {
        return new WorkflowFileException(path, List.of(new Problem(0, 0, message)));
    }
}
