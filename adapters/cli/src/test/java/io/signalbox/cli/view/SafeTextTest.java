package io.signalbox.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b]0;title\u0007",
                "\u001b]8;;http://evil\u001b\\",
                "\u001b[31m",
                "\u001b[2J\u001b[1;1H",
                "\u001b[?1049h",
                "\u009b31m",
                "\u009d0;title\u009c",
                "\u001bP1$qm\u001b\\",
                "\u001bc",
                "\u001b(0",
                "\u001b_apc\u001b\\",
                "\u0007",
                "\b",
                "\u007f",
                "\u0000",
                "\u0085",
                "\u202e",
                "\u2066",
                "\u001b"
            })
    void shouldTakeItOut(final String sequence) {
        assertThat(SafeText.strip("a" + sequence)).isEqualTo("a");
    }

    @Test
    void shouldKeepWhatStandsAround() {
        assertThat(SafeText.strip("a\u001b]0;x\u0007b\u001b[1mc\u001b[0md\u009b1me"))
                .isEqualTo("abcde");
    }

    @Test
    void shouldKeepTheTextBehindASequenceWithoutAnEnd() {
        assertThat(SafeText.strip("a\u001b]0;text")).isEqualTo("a0;text");
        assertThat(SafeText.strip("a\u001b[12")).isEqualTo("a");
    }

    @Test
    void shouldKeepLinesTabsAndLetters() {
        assertThat(SafeText.strip("x\ty\nž✓😀\r\n50 %\rdone")).isEqualTo("x    y\nž✓😀\n50 %\ndone");
        assertThat(SafeText.line(" a\nb ")).isEqualTo("a b");
    }
}
