package io.signalbox.yaml;

import io.signalbox.kernel.context.NearestName;
import io.signalbox.kernel.pattern.InvalidPatternException;
import io.signalbox.kernel.pattern.Pattern;
import io.signalbox.kernel.pattern.PatternLibrary;
import io.signalbox.kernel.pattern.PatternParameter;
import io.signalbox.kernel.pattern.Patterns;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Loads pattern files, and the patterns that come with Signalbox. Any thread; no state.
 *
 * <pre>{@code
 * Pattern pattern = PatternFiles.load(Path.of("vote.yaml"));
 * Expansion steps = Patterns.expand(pattern, Map.of("option_count", 5), PatternFiles.shipped());
 * }</pre>
 */
public final class PatternFiles {
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final List<String> SHIPPED =
            List.of("majority_vote", "parallel_implementation", "review_feedback_loop");

    private PatternFiles() {}

    /**
     * Read and check one file. A pattern that needs nothing said is tried too: that its ids name its tasks, that no more are required than there are. What it
     * uses is looked for among the shipped ones when it is expanded.
     *
     * @throws WorkflowFileException with every problem that can be found, if there is one
     */
    public static Pattern load(final Path path) {
        return parse(WorkflowFiles.textOf(path, "pattern"), path);
    }

    /**
     * Check a text.
     *
     * @param source what to call it in messages; its file name without extension is the pattern's name when it says none
     * @throws WorkflowFileException with every problem that can be found, if there is one
     */
    public static Pattern parse(final String text, final Path source) {
        final String content = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        final Problems problems = new Problems(new SourceText(content));
        try {
            final PatternNodes nodes = new PatternNodes(problems, YamlComposer.compose(problems));
            final Pattern pattern = problems.isEmpty() ? pattern(nodes, source) : null;
            if (pattern != null && problems.isEmpty()) {
                return pattern;
            }
        } catch (final FatalProblem e) {
            problems.add(e);
        }
        throw problems.exception(source);
    }

    /** The pattern in these nodes; null, and problems, when there is none. */
    private static Pattern pattern(final PatternNodes nodes, final Path source) {
        try {
            final Pattern pattern = Pattern.of(nodes.document(), nodes.places(source), nameOf(source));
            if (needsNothingSaid(pattern)) {
                Patterns.expand(pattern, Map.of());
            }
            return pattern;
        } catch (final InvalidPatternException e) {
            e.problems().forEach(nodes::add);
            return null;
        }
    }

    private static boolean needsNothingSaid(final Pattern pattern) {
        return pattern.body().get("uses") == null
                && pattern.parameters().stream().noneMatch(PatternParameter::isRequired);
    }

    private static String nameOf(final Path source) {
        final String file =
                source.getFileName() == null ? "pattern" : source.getFileName().toString();
        final int dot = file.lastIndexOf('.');
        return dot > 0 ? file.substring(0, dot) : file;
    }

    /** The names of the patterns that come with Signalbox, sorted. */
    public static List<String> shippedNames() {
        return SHIPPED;
    }

    /**
     * A pattern that comes with Signalbox.
     *
     * @throws IllegalArgumentException when there is none of this name; the message names the nearest.
     */
    public static Pattern shipped(final String name) {
        if (!SHIPPED.contains(name)) {
            throw new IllegalArgumentException("no pattern '" + name + "' comes with Signalbox; there are "
                    + String.join(", ", SHIPPED) + NearestName.hint(name, SHIPPED));
        }
        return parse(shippedText(name), Path.of(name + ".yaml"));
    }

    /** The text of a pattern that comes with Signalbox. */
    static String shippedText(final String name) {
        try (InputStream in = PatternFiles.class.getResourceAsStream("patterns/" + name + ".yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The patterns that come with Signalbox. */
    public static PatternLibrary shipped() {
        final List<Pattern> patterns = new ArrayList<>();
        SHIPPED.forEach(name -> patterns.add(shipped(name)));
        return PatternLibrary.of(patterns.toArray(new Pattern[0]));
    }
}
