package io.signalbox.kernel.recovery;

import java.util.Map;

/** Mends code in one way. Immutable; any thread. */
public interface CodeFix {
    /** Its name, as the {@code fix} of an {@link ErrorPattern} says it. */
    String name();

    /**
     * The code as it should be; the code itself when there is nothing to mend.
     *
     * @param details metadata of the pattern, and the named groups of its expression.
     * @throws IllegalArgumentException when a detail is missing.
     */
    String apply(String code, Map<String, String> details);

    /** What is still wrong with the code, in words; empty when nothing is. */
    String problem(String corrected, Map<String, String> details);
}
