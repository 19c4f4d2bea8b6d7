package io.signalbox.cli.process;

import java.util.Optional;

/**
 * The standard output of an attempt, secrets masked.
 *
 * @param text without its last newline; at most {@link StdoutCapture#INLINE_LENGTH_MAX} bytes of UTF-8, cut between two
 *     characters; what is not UTF-8 stands as U+FFFD
 * @param whole whether {@code text} is all of it
 * @param file the whole of it, when {@code text} is not: longer, or not UTF-8
 */
public record StepOutput(String text, boolean whole, Optional<StoredFile> file) {}
