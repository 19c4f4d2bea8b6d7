package io.signalbox.journal.chronicle;

import io.signalbox.journal.RecordCheck;
import io.signalbox.kernel.port.JournalException;
import io.signalbox.kernel.port.JournalException.Kind;
import io.signalbox.kernel.port.JournalVisitor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Walks the documents of one data file, header word by header word, and knows strictly what may stand there: Chronicle's
 * header, its index documents, our batches, at the end perhaps one unfinished document or the end mark, and then zeros.
 * Anything else is corruption with a name. May walk a file that another process is appending to. One thread.
 */
final class CycleWalker implements AutoCloseable {
    private static final int LENGTH_MASK = 0x3fffffff;
    /** Answer of {@link #finishedBytes}. */
    static final int SEALED = -1;

    private static final int TAIL_ZEROS = 8; // a last frame may end in this many zeros less one
    private static final JournalVisitor NOBODY = new JournalVisitor() {
        @Override
        public void onCommand(final long position, final byte[] bytes, final int offset, final int length) {
            // Only the checks are wanted.
        }

        @Override
        public void onMark(final long position, final long[] digests, final int count) {
            // Only the checks are wanted.
        }
    };

    private final CycleFile file;
    private final int blockBytes;
    private final FileWindow window;

    CycleWalker(final CycleFile file, final int blockBytes) {
        this.file = file;
        this.blockBytes = blockBytes;
        this.window = new FileWindow(file.path());
    }

    /**
     * Find the end of the file.
     *
     * @param newest no newer data file follows: only then the file may end in an unfinished document.
     */
    CycleExtent extent(final boolean newest) {
        requireWholeBlocks();
        long at = 0;
        long lastDocument = 0;
        final List<Long> indexes = new ArrayList<>();
        while (true) {
            final int word = window.word(at);
            if (word == 0 || word == CycleLayout.UNFINISHED || word == CycleLayout.END_OF_FILE) {
                final CycleExtent extent = tail(at, word, lastDocument, indexes, newest);
                if (extent != null) {
                    return extent;
                }
            } else {
                final int bytes = documentBytes(at, word);
                if ((word & CycleLayout.METADATA) == 0) {
                    lastDocument = at;
                } else if (at > 0) {
                    indexes.add(at);
                }
                at = align(at + CycleLayout.WORD_BYTES + bytes);
            }
        }
    }

    /** Check the records from {@code fromOffset} (0 or an end found before) to the end, and show them. */
    void read(final CycleExtent extent, final long fromOffset, final RecordCheck check, final JournalVisitor visitor) {
        final long endOffset = extent.endOffset();
        window.forget();
        long at = fromOffset;
        while (at < endOffset) {
            final boolean unmarked = extent.unmarkedBytes() > 0 && at == extent.lastDocumentOffset();
            final int word = unmarked ? extent.unmarkedBytes() : window.word(at);
            final int bytes = documentBytes(at, word);
            final long content = at + CycleLayout.WORD_BYTES;
            if ((word & CycleLayout.METADATA) == 0) {
                window.hold(content, bytes);
                check.accept(
                        window.array(),
                        window.index(content),
                        bytes,
                        file.path(),
                        content,
                        visitor == null ? NOBODY : visitor);
            }
            at = align(content + bytes);
        }
        if (at != endOffset) {
            throw corrupt(endOffset, "a document ends at " + at + " and not here");
        }
    }

    /**
     * Look anew at a document of a file that may be growing.
     *
     * @return its length, 0 when it is not finished yet, or {@link #SEALED} when Chronicle has closed the file here.
     */
    int finishedBytes(final long at) {
        int word = window.word(at);
        if (word == 0 || (word & CycleLayout.UNFINISHED) != 0) {
            window.forget();
            word = window.word(at);
        }
        if (word == CycleLayout.END_OF_FILE) {
            return SEALED;
        }
        return word == 0 || (word & CycleLayout.UNFINISHED) != 0 ? 0 : documentBytes(at, word);
    }

    /** Whether the finished document here is one of ours, and not Chronicle's own. */
    boolean isBatch(final long at) {
        return (window.word(at) & CycleLayout.METADATA) == 0;
    }

    /**
     * Check and show one record of a finished document.
     *
     * @param content where the document's content begins, {@code done} bytes of its {@code bytes} have been shown.
     * @return the record's length.
     */
    int readOne(
            final long content,
            final int done,
            final int bytes,
            final RecordCheck check,
            final JournalVisitor visitor) {
        window.hold(content, bytes);
        return check.acceptOne(
                window.array(), window.index(content) + done, bytes - done, file.path(), content + done, visitor);
    }

    /** Where the document after this one begins. */
    static long after(final long at, final int bytes) {
        return align(at + CycleLayout.WORD_BYTES + bytes);
    }

    /** Files grow by whole blocks, plus what the last mapping reaches beyond its own; any other size was cut. */
    private void requireWholeBlocks() {
        final long size = window.fileBytes();
        final long overlap = CycleLayout.overlapBytes(blockBytes);
        if (size != 0 && (size <= overlap || (size - overlap) % blockBytes != 0)) {
            throw corrupt(
                    size,
                    "the file ends here; its size should be a multiple of " + blockBytes + " plus " + overlap
                            + ". It was cut or copied only in part");
        }
    }

    private int documentBytes(final long at, final int word) {
        final int bytes = word & LENGTH_MASK;
        if ((word & CycleLayout.UNFINISHED) != 0 || bytes == 0) {
            throw corrupt(at, "no document begins with the word 0x" + Integer.toHexString(word));
        }
        if (at == 0) {
            requireHeader();
        } else if ((word & CycleLayout.METADATA) != 0) {
            requireIndex(at, bytes);
        } else {
            requireBatch(at, bytes);
        }
        return bytes;
    }

    private void requireHeader() {
        if (!window.hold(0, CycleLayout.headerBytes())) {
            throw corrupt(0, "the file is too short for its header");
        }
        final int mismatch = CycleLayout.headerMismatch(window.array(), window.index(0));
        if (mismatch >= 0) {
            throw corrupt(mismatch, "the header of a data file has an unexpected byte here");
        }
    }

    private void requireBatch(final long at, final int bytes) {
        if (bytes > ChronicleJournalConfig.batchBytesMax(blockBytes)
                || bytes % Long.BYTES != 0
                || !window.hold(at + CycleLayout.WORD_BYTES, bytes)) {
            throw corrupt(at, "a batch of records cannot be " + bytes + " bytes long");
        }
    }

    /** An index document: its name, padding, and an array whose length must agree with the document's. */
    private void requireIndex(final long at, final int bytes) {
        final boolean first = at == CycleLayout.headerBytes();
        final byte[] name = first ? CycleLayout.FIRST_INDEX_NAME : CycleLayout.INDEX_NAME;
        if (bytes > CycleLayout.INDEX_BYTES_MAX || !window.hold(at + CycleLayout.WORD_BYTES, bytes)) {
            throw corrupt(at, "an index cannot be " + bytes + " bytes long");
        }
        final byte[] array = window.array();
        int i = window.index(at + CycleLayout.WORD_BYTES);
        final int end = i + bytes;
        for (final byte expected : name) {
            if (array[i++] != expected) {
                throw corrupt(at, "a document of an unknown kind");
            }
        }
        final int arrayBytes = CycleLayout.INDEX_ENTRIES * Long.BYTES;
        final int arrayHeader = end - arrayBytes - CycleLayout.ARRAY_HEADER_BYTES;
        while (i < arrayHeader && array[i] == CycleLayout.PADDING) {
            i++;
        }
        if (i < arrayHeader && array[i] == CycleLayout.LONG_PADDING) {
            i += 1 + Integer.BYTES + array[i + 1];
        }
        if (i != arrayHeader || array[i] != CycleLayout.LONG_ARRAY) {
            throw corrupt(at, "an index whose length does not fit");
        }
    }

    /** Judge the end of the file, or null when another process has just gone on writing there. */
    private CycleExtent tail(
            final long at, final int word, final long lastDocument, final List<Long> indexes, final boolean newest) {
        long tornEnd = at;
        long zerosFrom = at + CycleLayout.WORD_BYTES;
        if (word == CycleLayout.END_OF_FILE) {
            final int comment = window.word(zerosFrom);
            if (comment == CycleLayout.END_OF_FILE_COMMENT) {
                zerosFrom += Integer.BYTES;
            }
        } else {
            zerosFrom += Math.max(ChronicleJournalConfig.batchBytesMax(blockBytes), CycleLayout.INDEX_BYTES_MAX);
            tornEnd = window.lastNonZeroEnd(at, zerosFrom);
        }
        final long stray = window.firstNonZero(zerosFrom, Long.MAX_VALUE);
        if (stray >= 0) {
            window.forget();
            if (window.word(at) != word) {
                return null;
            }
            throw corrupt(
                    stray,
                    "the documents end at offset " + at
                            + ", so zeros were expected up to the end of the file, but here is a byte that is not");
        }
        if (!newest && tornEnd > at) {
            throw corrupt(at, "an unfinished document in a file that a newer one follows");
        }
        return new CycleExtent(file, at, tornEnd, word == CycleLayout.END_OF_FILE, lastDocument, 0, indexes);
    }

    /**
     * Judge a document whose word does not say that it is finished; {@code check} has passed all before it. Chronicle copies a
     * batch from its begin to its end and writes the word last, so there are three cases. All its records are whole and
     * only zeros follow: it was copied in full, and taking it is right whether the word was about to be written or was damaged
     * later. Behind something that is not whole stands a whole record, or an index: then this document was finished once, which
     * is corruption. Anything else was never finished, and the journal ends before it.
     */
    CycleExtent judge(final CycleExtent extent, final RecordCheck check) {
        final long at = extent.endOffset();
        final long content = at + CycleLayout.WORD_BYTES;
        final int bytes = (int) (extent.tornEndOffset() - content);
        if (bytes <= 0 || !window.hold(at, CycleLayout.WORD_BYTES + bytes + TAIL_ZEROS)) {
            return extent;
        }
        final int index = window.index(content);
        final int whole = check.wholeBytes(window.array(), index, bytes + TAIL_ZEROS);
        if (whole >= bytes) {
            return new CycleExtent(file, content + whole, content + whole, false, at, whole, extent.indexOffsets());
        }
        if (isIndexAt(index + whole, bytes - whole) || hasWholeRecord(check, index + whole, bytes - whole)) {
            window.forget(); // unless another process has written both just now
            final int word = window.word(at);
            if (word == 0 || word == CycleLayout.UNFINISHED) {
                throw corrupt(at, "the word of a document is missing or wrong, though another document follows");
            }
        }
        return extent;
    }

    private boolean isIndexAt(final int index, final int length) {
        final byte[] name = CycleLayout.INDEX_NAME;
        final int at = index + CycleLayout.WORD_BYTES;
        return length > CycleLayout.WORD_BYTES + name.length
                && Arrays.equals(window.array(), at, at + name.length, name, 0, name.length);
    }

    private boolean hasWholeRecord(final RecordCheck check, final int index, final int length) {
        for (int i = 0; i < length; i += CycleLayout.WORD_BYTES) {
            if (check.isWhole(window.array(), index + i, length - i + TAIL_ZEROS)) {
                return true;
            }
        }
        return false;
    }

    private static long align(final long offset) {
        return (offset + 3) & -4L;
    }

    private JournalException corrupt(final long offset, final String what) {
        return new JournalException(
                Kind.CORRUPT,
                "Journal corrupt in " + file.path() + " at offset " + offset + ": " + what
                        + ". Restore the folder from a copy, or keep it and repair it with the journal tools.");
    }

    @Override
    public void close() {
        window.close();
    }
}
