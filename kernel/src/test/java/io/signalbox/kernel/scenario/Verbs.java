package io.signalbox.kernel.scenario;

/** The words with which scenarios speak to one room. */
interface Verbs {
    /**
     * One line to the bytes of a command.
     *
     * @param words of the line behind the verb, without label, client and scope.
     * @param label that the line gives to what is answered, empty for none.
     * @param coordination handle of the scope that the line names, 0 for none.
     * @return null when the verb is another room's.
     */
    Written write(String verb, Words words, String label, long coordination);

    /** A question to the machine between two turns; null when it is another room's. */
    default Look look(final String what, final Words words) {
        return null;
    }
}
