package io.signalbox.kernel.context;

import java.util.TreeMap;

/** The contexts of one coordination. Turn only. */
final class ContextScope {
    final long coordination;
    /** By name id of the agent: ordered, so that it may be walked. */
    final TreeMap<Integer, ContextEntry> entries = new TreeMap<>();

    /** What was given to all: a new agent begins with it. */
    SharedIntelligence common = SharedIntelligence.EMPTY;

    long distributions;

    ContextScope(final long coordination) {
        this.coordination = coordination;
    }
}
