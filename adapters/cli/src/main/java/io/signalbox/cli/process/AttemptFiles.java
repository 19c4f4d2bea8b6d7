package io.signalbox.cli.process;

import java.nio.file.Path;

/**
 * Where the files of one attempt go. All of them are absolute and may not exist yet.
 *
 * @param out the step's own directory, {@code SIGNALBOX_OUT}
 * @param stdout written when the standard output is longer than {@link StdoutCapture#INLINE_LENGTH_MAX} or is not UTF-8
 * @param stderr the bounded log of the standard error, written when there is any
 */
public record AttemptFiles(Path out, Path stdout, Path stderr) {}
