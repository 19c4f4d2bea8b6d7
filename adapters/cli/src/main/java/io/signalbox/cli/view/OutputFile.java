package io.signalbox.cli.view;

import java.nio.file.Path;

/** A declared output in its place. */
public record OutputFile(String step, String name, Path path, long sizeBytes, String sha256) {}
