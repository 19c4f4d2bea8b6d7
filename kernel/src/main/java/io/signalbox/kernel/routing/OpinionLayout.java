package io.signalbox.kernel.routing;

/**
 * The bytes of opinions as they stand in a command, in the journal and in the history. Little endian; one follows the other.
 *
 * <pre>
 *  0        4          8            16         17         18        19       20           22        23
 *  | router | nextTask | confidence | strategy | decision | finding | weight | textLength | numbers | tasks |
 *  24: numbers, 8 bytes each | tasks, 4 bytes each | text, UTF-8
 * </pre>
 *
 * Router and tasks are name ids; a next task of 0 is none.
 */
final class OpinionLayout {
    static final int ROUTER = 0;
    static final int NEXT_TASK = 4;
    static final int CONFIDENCE = 8;
    static final int STRATEGY = 16;
    static final int DECISION = 17;
    static final int FINDING = 18;
    static final int WEIGHT = 19;
    static final int TEXT_LENGTH = 20;
    static final int NUMBERS = 22;
    static final int TASKS = 23;
    static final int HEADER = 24;

    private OpinionLayout() {}
}
