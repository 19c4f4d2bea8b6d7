package io.signalbox.kernel;

/** Where in the order a reader begins. */
public sealed interface Start {
    /** With the oldest signal that is kept: in a journaled kernel the very first, else the oldest in the tail. */
    record Earliest() implements Start {}

    /** With what is raised from now on. */
    record Latest() implements Start {}

    /** With the first signal of the command at this position, 0 or more, or after it. */
    record Position(long position) implements Start {
        public Position {
            require("position", position);
        }
    }

    /** With the first signal behind this one; what a reader goes on with that remembers the last signal it has dealt with. */
    record After(long factId) implements Start {
        public After {
            require("factId", factId);
        }
    }

    /** With the signal of this number, 0 or more: the cheapest way to go on, see {@link Subscription.Signal#sequence}. */
    record Sequence(long sequence) implements Start {
        public Sequence {
            require("sequence", sequence);
        }
    }

    static Start earliest() {
        return new Earliest();
    }

    static Start latest() {
        return new Latest();
    }

    static Start position(final long position) {
        return new Position(position);
    }

    static Start after(final long factId) {
        return new After(factId);
    }

    static Start sequence(final long sequence) {
        return new Sequence(sequence);
    }

    private static void require(final String what, final long value) {
        if (value < 0) {
            throw new IllegalArgumentException(what + " must be 0 or more: " + value);
        }
    }
}
