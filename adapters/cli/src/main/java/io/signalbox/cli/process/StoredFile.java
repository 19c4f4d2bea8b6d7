package io.signalbox.cli.process;

import java.nio.file.Path;

/**
 * A file or directory that was kept.
 *
 * @param path where it is
 * @param sizeBytes its length; of a directory the sum of its files
 * @param sha256 hex; of a directory see {@link ContentHash#directory}
 */
public record StoredFile(Path path, long sizeBytes, String sha256) {}
