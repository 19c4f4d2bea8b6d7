package io.signalbox.kernel.agent;

/** A capability or a tag that at least one agent ever had, and who has it now. */
final class Feature {
    final int name;
    final char[] pairs;
    final Posting agents = new Posting();

    Feature(final int name, final char[] pairs) {
        this.name = name;
        this.pairs = pairs;
    }
}
