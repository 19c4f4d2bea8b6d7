package io.signalbox.cli.engine;

/**
 * What a replay found.
 *
 * @param commands how many were turned
 * @param position of the last one
 * @param stateDigest of the machine after it, in hex
 * @param marksMet how many digests in the journal were compared and equal
 */
public record Replayed(long commands, long position, String stateDigest, long marksMet) {}
