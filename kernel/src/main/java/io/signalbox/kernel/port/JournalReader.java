package io.signalbox.kernel.port;

/**
 * A place in a journal, from its first record on, that reads beside the writer and never holds it up. It has files of its own, so it
 * may go on when the journal is closed. One thread at a time, with a happens-before edge between two.
 */
public interface JournalReader extends AutoCloseable {
    /**
     * Show the next committed record, checked as {@link Journal#replay} checks it.
     *
     * @return false when nothing more has been committed; a later call looks again.
     * @throws JournalException CORRUPT or IO, naming the place. It goes through, as what the visitor throws does, and the reader is of no
     *     more use then.
     */
    boolean next(JournalVisitor visitor);

    /** Release the files. Closing twice is harmless. */
    @Override
    void close();
}
