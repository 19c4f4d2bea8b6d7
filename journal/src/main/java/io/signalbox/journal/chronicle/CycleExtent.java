package io.signalbox.journal.chronicle;

import java.util.List;

/**
 * How far one data file goes.
 *
 * @param file the file.
 * @param endOffset where the next document would begin.
 * @param tornEndOffset end of an unfinished document that begins at {@code endOffset}; equal to it when there is none.
 * @param sealed Chronicle closed the file; a newer one follows, or will.
 * @param lastDocumentOffset where the last of our documents begins, or 0 when there is none.
 * @param unmarkedBytes length of the last document when its word does not say it, see {@link CycleWalker#judge}; else 0.
 * @param indexOffsets where Chronicle's index documents begin; the first is the index of the others.
 */
record CycleExtent(
        CycleFile file,
        long endOffset,
        long tornEndOffset,
        boolean sealed,
        long lastDocumentOffset,
        int unmarkedBytes,
        List<Long> indexOffsets) {
    CycleExtent {
        indexOffsets = List.copyOf(indexOffsets);
    }

    /** Does the file end in a document that was never finished? */
    boolean torn() {
        return tornEndOffset > endOffset;
    }
}
