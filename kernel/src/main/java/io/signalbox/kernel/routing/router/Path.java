package io.signalbox.kernel.routing.router;

import java.util.List;
import java.util.Map;

/**
 * Where a value stands: {@code review.findings.0.severity}. A key that has that very name, dots and all, comes first; else the
 * segments lead through maps by key and through lists by index.
 *
 * <p>A path that starts with {@code @} leads into the task: {@code @task}, {@code @execution_time_ms}, {@code @retry_count},
 * {@code @correlation_id}, and {@code @custom.key} into its data.
 */
public final class Path {
    /** Most segments. */
    public static final int SEGMENTS_MAX = 16;

    private static final char SEPARATOR = '.';
    private static final String CUSTOM = "@custom.";
    private static final int INDEX_DIGITS_MAX = 9;

    private final String text;
    private final String[] segments;
    private final int[] indexes;

    private Path(final String text) {
        this.text = Checks.name("a path", text);
        segments = segments(text.startsWith(CUSTOM) ? text.substring(CUSTOM.length()) : text);
        indexes = new int[segments.length];
        for (int i = 0; i < segments.length; i++) {
            indexes[i] = index(segments[i]);
        }
    }

    /**
     * The path of this text.
     *
     * @throws InvalidRouterException when it is empty, too long, has an empty segment or too many, or starts with an unknown {@code @}.
     */
    public static Path of(final String text) {
        final Path path = new Path(text);
        if (text.charAt(0) == '@' && !text.startsWith(CUSTOM) && !TASK_PATHS.contains(text)) {
            throw new InvalidRouterException("unknown path '" + text + "'; of the task there are "
                    + String.join(", ", TASK_PATHS) + " and " + CUSTOM + "KEY");
        }
        return path;
    }

    private static final List<String> TASK_PATHS =
            List.of("@task", "@execution_time_ms", "@retry_count", "@correlation_id");

    /** The value there; null when there is none, or it is null. */
    public Object value(final RoutingContext context, final RoutingState state) {
        if (text.charAt(0) != '@') {
            final Object whole = state.get(text);
            return whole != null || segments.length == 1 ? whole : below(state.get(segments[0]));
        }
        return switch (text) {
            case "@task" -> context.currentTask();
            case "@execution_time_ms" -> context.executionTimeMs();
            case "@retry_count" -> context.retryCount();
            case "@correlation_id" -> context.correlationId();
            default -> below(context.customData().get(segments[0]));
        };
    }

    private Object below(final Object first) {
        Object value = first;
        for (int i = 1; i < segments.length && value != null; i++) {
            if (value instanceof Map<?, ?> map) {
                value = map.get(segments[i]);
            } else if (value instanceof List<?> list) {
                value = indexes[i] >= 0 && indexes[i] < list.size() ? list.get(indexes[i]) : null;
            } else {
                return null;
            }
        }
        return value;
    }

    private static String[] segments(final String text) {
        int count = 1;
        for (int i = 0; i < text.length(); i++) {
            count += text.charAt(i) == SEPARATOR ? 1 : 0;
        }
        if (count > SEGMENTS_MAX) {
            throw new InvalidRouterException(
                    "a path may have " + SEGMENTS_MAX + " segments, '" + text + "' has " + count);
        }
        final String[] segments = new String[count];
        int from = 0;
        for (int i = 0; i < count; i++) {
            final int dot = text.indexOf(SEPARATOR, from);
            segments[i] = text.substring(from, dot < 0 ? text.length() : dot);
            if (segments[i].isEmpty()) {
                throw new InvalidRouterException("path '" + text + "' has an empty segment");
            }
            from = dot + 1;
        }
        return segments;
    }

    private static int index(final String segment) {
        int index = 0;
        for (int i = 0; i < segment.length(); i++) {
            final char c = segment.charAt(i);
            if (c < '0' || c > '9' || i == INDEX_DIGITS_MAX) {
                return -1;
            }
            index = index * 10 + c - '0';
        }
        return index;
    }

    @Override
    public String toString() {
        return text;
    }
}
