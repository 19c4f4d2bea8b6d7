package io.signalbox.journal.chronicle;

import io.signalbox.kernel.port.Journal;
import io.signalbox.kernel.port.JournalReader;
import io.signalbox.kernel.port.JournalVisitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A journal that keeps, at its opening and after each commit, what a kill of the process would leave of its folder. */
final class CrashImages implements Journal {
    /** Small, so that hundreds of images are cheap. */
    static final ChronicleJournalConfig CONFIG = ChronicleJournalConfig.small().withBlockSizeBytes(128 << 10);

    /** What stands in a folder, by file name, and up to which command it goes. */
    record Image(long position, Map<String, byte[]> files) {
        static Image of(final Path folder, final long position) {
            final Map<String, byte[]> files = new TreeMap<>();
            try (var paths = Files.list(folder)) {
                for (final Path path : (Iterable<Path>) paths::iterator) {
                    if (!path.endsWith("lock")) {
                        files.put(path.getFileName().toString(), Files.readAllBytes(path));
                    }
                }
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
            return new Image(position, files);
        }

        /** Write it into a new folder. */
        Path into(final Path folder) {
            try {
                Files.createDirectories(folder);
                for (final Map.Entry<String, byte[]> file : files.entrySet()) {
                    Files.write(folder.resolve(file.getKey()), file.getValue());
                }
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
            return folder;
        }

        /**
         * What a kill in the middle of the next commit leaves in a folder that has this image: a document that is not finished, with its first bytes.
         *
         * @return the offset at which its bytes break off; negative when the next commit went to another file.
         */
        int tear(final Path folder, final Image next, final Random random) {
            final List<CycleFile> cycles = CycleFile.list(folder);
            final CycleFile last = cycles.get(cycles.size() - 1);
            final String name = last.path().getFileName().toString();
            final byte[] before = files.get(name);
            final byte[] after = next.files.get(name);
            final int begin = (int) end(last);
            final int bytes =
                    ByteBuffer.wrap(after).order(ByteOrder.LITTLE_ENDIAN).getInt(begin) & 0x3fff_ffff;
            if (bytes == 0 || after.length != before.length) {
                return -1;
            }
            final int content = begin + CycleLayout.WORD_BYTES;
            final int copied = random.nextInt(bytes);
            final byte[] torn = before.clone();
            ByteBuffer.wrap(torn).order(ByteOrder.LITTLE_ENDIAN).putInt(begin, CycleLayout.UNFINISHED);
            System.arraycopy(after, content, torn, content, copied);
            try {
                Files.write(last.path(), torn);
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
            return content + copied;
        }

        private static long end(final CycleFile file) {
            try (CycleWalker walker = new CycleWalker(file, CONFIG.blockSizeBytes())) {
                return walker.extent(true).endOffset();
            }
        }
    }

    private final Path folder;
    private final Journal journal;
    private final List<Image> images = new ArrayList<>();

    CrashImages(final Path folder) {
        this.folder = folder;
        journal = ChronicleJournal.open(folder, CONFIG);
        images.add(Image.of(folder, journal.lastPosition()));
    }

    /** In the order of the commits. */
    List<Image> images() {
        return images;
    }

    @Override
    public void commit() {
        journal.commit();
        if (journal.lastPosition() > images.get(images.size() - 1).position()) {
            images.add(Image.of(folder, journal.lastPosition()));
        }
    }

    @Override
    public long lastPosition() {
        return journal.lastPosition();
    }

    @Override
    public void replay(final JournalVisitor visitor) {
        journal.replay(visitor);
    }

    @Override
    public JournalReader newReader() {
        return journal.newReader();
    }

    @Override
    public void append(final long position, final byte[] bytes, final int offset, final int length) {
        journal.append(position, bytes, offset, length);
    }

    @Override
    public void appendMark(final long position, final long[] digests, final int count) {
        journal.appendMark(position, digests, count);
    }

    @Override
    public void sync() {
        journal.sync();
    }

    @Override
    public String name() {
        return journal.name();
    }

    @Override
    public void close() {
        journal.close();
    }
}
