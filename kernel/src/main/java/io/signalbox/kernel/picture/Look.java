package io.signalbox.kernel.picture;

/**
 * The colours of a box, {@code #rrggbb}. Choose them so that text on fill has a contrast of at least 4.5.
 *
 * @param fill of the box.
 * @param line of its border.
 * @param text on the fill.
 */
public record Look(String fill, String line, String text) {}
