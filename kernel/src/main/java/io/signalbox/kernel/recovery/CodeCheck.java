package io.signalbox.kernel.recovery;

/** Judges corrected code before it counts as corrected: a compiler, a parser, a linter. */
@FunctionalInterface
public interface CodeCheck {
    /**
     * What is wrong with the code, in words; empty when it may be used.
     *
     * @throws Exception when it could not be judged; then it is not accepted.
     */
    String problem(String corrected) throws Exception;
}
