package io.signalbox.kernel.recovery;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What is known of an error: its text, and the classes of its exception and of what caused that. Immutable; it can be made of a text
 * alone, so that what a process printed is judged as an exception is.
 *
 * @param message of the error, at most {@link #TEXT_LENGTH_MAX} characters of it.
 * @param links the exception, its cause, the cause of that; none when there is only a text that names no class.
 */
public record ErrorDescription(String message, List<Link> links) {
    /** Of a longer text only so many characters are looked at. */
    public static final int TEXT_LENGTH_MAX = 16 << 10;

    /** Of a longer chain of causes only so many are looked at. */
    public static final int LINKS_MAX = 16;

    private static final Set<String> GENERAL =
            Set.of("Object", "Throwable", "Exception", "RuntimeException", "Error", "CompletionException");

    /**
     * One exception.
     *
     * @param types names of its class and of the classes that extends, the most special first.
     * @param message what it says, empty for nothing.
     */
    public record Link(List<String> types, String message) {
        public Link {
            types = List.copyOf(types);
            message = clipped(message);
        }
    }

    public ErrorDescription {
        message = clipped(message);
        links = List.copyOf(links);
    }

    /** Of an exception and of what caused it. */
    public static ErrorDescription of(final Throwable exception) {
        return of(exception, "");
    }

    /**
     * Of an exception, with a text of one's own.
     *
     * @param message empty for the exception's.
     */
    public static ErrorDescription of(final Throwable exception, final String message) {
        final List<Link> links = new ArrayList<>();
        for (Throwable cause = exception;
                cause != null && links.size() < LINKS_MAX;
                cause = cause.getCause() == cause ? null : cause.getCause()) {
            final List<String> types = new ArrayList<>();
            for (Class<?> type = cause.getClass(); type != Object.class; type = type.getSuperclass()) {
                types.add(type.getName());
            }
            links.add(new Link(types, said(cause)));
        }
        final String own = said(exception).isEmpty() ? exception.getClass().getName() : said(exception);
        return new ErrorDescription(message.isEmpty() ? own : message, links);
    }

    /** What an exception says; nothing when it has no message, or throws when it is asked. */
    private static String said(final Throwable exception) {
        try {
            return Objects.requireNonNullElse(exception.getMessage(), "");
        } catch (final RuntimeException | StackOverflowError speechless) {
            return "";
        }
    }

    /** Of a text; {@code Type: text} names a class. */
    public static ErrorDescription ofText(final String message) {
        final String named = ErrorClasses.namedBy(message);
        return new ErrorDescription(
                message,
                named.isEmpty()
                        ? List.of()
                        : List.of(new Link(
                                List.of(named),
                                message.substring(message.indexOf(':') + 1).strip())));
    }

    /**
     * Of a process. How it ended stands where the class of an exception would, so that patterns can name it.
     *
     * @param end such as {@code exit 75}.
     * @param message what it said.
     */
    public static ErrorDescription ofProcess(final String end, final String message) {
        return new ErrorDescription(message, List.of(new Link(List.of(end), message)));
    }

    /** Whether it, or what caused it, is of a class of this name, with or without its package. */
    public boolean isOf(final String type) {
        return links.stream()
                .flatMap(link -> link.types.stream())
                .anyMatch(name -> name.equals(type) || ErrorClasses.simple(name).equals(type));
    }

    /**
     * What kind of error it is: by the classes of the exception, then by those of its causes; a text that begins with the name of a class
     * counts as that class.
     */
    public ErrorType type() {
        for (final Link link : links) {
            for (final String name : link.types) {
                final ErrorType type = ErrorClasses.ofClass(ErrorClasses.simple(name));
                if (type != null) {
                    return type;
                }
            }
            final ErrorType told = ErrorClasses.ofClass(ErrorClasses.namedBy(link.message));
            if (told != null) {
                return told;
            }
        }
        final ErrorType told = ErrorClasses.ofClass(ErrorClasses.namedBy(message));
        if (told != null) {
            return told;
        }
        return links.isEmpty() ? ErrorType.UNKNOWN : ErrorType.RUNTIME;
    }

    /** The texts that a pattern is looked for in: the message, and for each class {@code Class: message}. */
    public List<String> texts() {
        final List<String> texts = new ArrayList<>(List.of(message));
        for (final Link link : links) {
            for (final String name : link.types) {
                final String simple = ErrorClasses.simple(name);
                if (!GENERAL.contains(simple)) {
                    texts.add(simple + ": " + link.message);
                }
            }
            texts.add(link.message);
        }
        return texts.stream().distinct().toList();
    }

    private static String clipped(final String text) {
        return text.length() <= TEXT_LENGTH_MAX ? text : text.substring(0, TEXT_LENGTH_MAX);
    }
}
