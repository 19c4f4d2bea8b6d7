package io.signalbox.cli.view;

import java.util.Optional;

/**
 * A stage, a group or another block of steps has ended.
 *
 * @param id of the block
 * @param state a final state
 * @param elapsedMs since the first of its steps could start, as far as this command has seen it
 * @param winner id of the member that won, where one does
 * @param message why it failed; empty when it did not
 */
public record BlockEnd(String id, StepState state, long elapsedMs, Optional<String> winner, String message) {}
