package io.signalbox.kernel.port;

/** Receives the records of a journal in their order. The arrays are valid only during the call. */
public interface JournalVisitor {
    /** A whole command, its checks passed. */
    void onCommand(long position, byte[] bytes, int offset, int length);

    /** A mark: the running digests of the machine's rooms after the command at {@code position}. */
    void onMark(long position, long[] digests, int count);
}
