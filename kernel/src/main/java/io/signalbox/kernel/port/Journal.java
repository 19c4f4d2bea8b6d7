package io.signalbox.kernel.port;

/**
 * Where commands are kept before they are applied. One engine stands behind this port at a time; every engine passes
 * the same suite ({@code JournalContract} in the journal module).
 *
 * <p>The kernel calls {@link #append}, {@link #appendMark} and {@link #commit} under its apply baton: one thread at a
 * time, but not always the same thread, with a happens-before edge between two holders. {@link #sync} is called under a
 * second baton, beside appends of another thread. None of them may use an interruptible channel: an interrupted
 * caller must neither close the file nor lose its flag.
 *
 * <p>An engine frames every record with its own length, CRC32C, position, and the CRC32C of the record before it, so
 * that a reader can prove that it saw every record, unchanged.
 */
public interface Journal extends AutoCloseable {
    /**
     * Position of the last whole command, or -1 when there is none: after open that of the last one found, which
     * {@link #replay} ends with; then of the last one appended. Under the baton.
     */
    long lastPosition();

    /**
     * Show every whole record that was there at open, in order, from the first; each is checked before it is shown.
     * Called after open and before the first append.
     *
     * @throws JournalException if a complete record fails its checks; the message names the place.
     */
    void replay(JournalVisitor visitor);

    /**
     * A reader of its own, from the first record on, of what has been committed and what is committed later. Any thread, any number
     * of them, also while another thread appends; each is closed by who asked for it.
     *
     * @throws JournalException CORRUPT or IO.
     */
    JournalReader newReader();

    /**
     * Append one stamped command. It counts as {@code JOURNALED} only after {@link #commit}.
     *
     * @param position dense: one more than the last one appended or replayed.
     * @param bytes the encoded command, valid only during the call.
     * @throws JournalException with {@code NO_ROOM} before anything of the record is visible: it may be appended again when
     *     there is room. With {@code IO}, or {@code NO_ROOM} out of {@link #commit}, when a write failed: nothing since the
     *     last commit counts, and the journal refuses everything until it is opened again.
     * @throws IllegalArgumentException if the position is not the next one, or the record is longer than the engine takes.
     * @throws UnsupportedOperationException if the journal was opened read-only.
     */
    void append(long position, byte[] bytes, int offset, int length);

    /**
     * Append a mark: the running digests of the machine's rooms after the command at {@code position}.
     *
     * @param digests valid only during the call.
     */
    void appendMark(long position, long[] digests, int count);

    /** End of a batch: everything appended so far survives the death of the process when this returns. */
    void commit();

    /**
     * Everything committed before this call survives the power cord when it returns. Any thread, one at a time, also
     * while another thread appends.
     *
     * @throws JournalException IO if the disk refused. It stays so: what a failed sync left behind is not known, so
     *     every later sync fails too.
     */
    void sync();

    /** What a person calls this journal in a message: a directory, as a rule. */
    String name();

    /** Commit, release files and the lock, also when the commit fails. Closing twice is harmless. Does not sync. */
    @Override
    void close();
}
