package io.signalbox.yaml;

/**
 * A place in the text.
 *
 * @param line from 1, or 0 for the whole file
 * @param column from 1, in code points, or 0 for the whole file
 */
record Place(int line, int column) {
    static final Place WHOLE_FILE = new Place(0, 0);
}
