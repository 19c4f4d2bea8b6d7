package io.signalbox.cli.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.signalbox.cli.process.ContentHash;
import io.signalbox.cli.view.StepState;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a run has brought about, as one SHA-256: the same for an undisturbed run and for one that was killed and resumed. Holds no
 * time, attempt, position or run id.
 */
public final class ResultDigest {
    private ResultDigest() {}

    /**
     * One step or instance that is over.
     *
     * @param id such as {@code parse[3]}
     * @param state final
     * @param exitCode of its last attempt, when that ended by itself
     * @param result its text; for a result in a file {@code sha256:} and the file's hash
     * @param outputs name to SHA-256
     */
    public record Entry(
            String id,
            StepState state,
            OptionalInt exitCode,
            Optional<String> result,
            SortedMap<String, String> outputs) {
        public Entry {
            outputs = new TreeMap<>(outputs);
        }
    }

    /** Hex; the order of the entries does not count. */
    public static String of(final Collection<Entry> entries) {
        final MessageDigest digest = ContentHash.sha256();
        final List<Entry> sorted =
                entries.stream().sorted(Comparator.comparing(Entry::id)).toList();
        for (final Entry entry : sorted) {
            add(digest, entry.id());
            add(digest, entry.state().word());
            add(
                    digest,
                    entry.exitCode().isPresent()
                            ? Integer.toString(entry.exitCode().getAsInt())
                            : "-");
            add(digest, entry.result().isPresent() ? "+" : "-");
            add(digest, entry.result().orElse(""));
            add(digest, Integer.toString(entry.outputs().size()));
            for (final Map.Entry<String, String> output : entry.outputs().entrySet()) {
                add(digest, output.getKey());
                add(digest, output.getValue());
            }
        }
        return ContentHash.hex(digest.digest());
    }

    /** Length first, so no two lists of texts look the same. */
    private static void add(final MessageDigest digest, final String text) {
        final byte[] bytes = text.getBytes(UTF_8);
        digest.update((bytes.length + ":").getBytes(UTF_8));
        digest.update(bytes);
    }
}
