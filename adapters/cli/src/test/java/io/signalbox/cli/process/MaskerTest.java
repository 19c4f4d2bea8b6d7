package io.signalbox.cli.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class MaskerTest {
    @Test
    void shouldMaskEveryOccurrence() {
        assertThat(Masker.of(List.of("hunter2")).mask("hunter2 and hunter2hunter2, not hunter"))
                .isEqualTo("*** and ******, not hunter");
    }

    @Test
    void shouldMaskAllOfOverlappingSecrets() {
        assertThat(Masker.of(List.of("abcdef", "defghi", "abcd")).mask("xabcdefghix"))
                .isEqualTo("x***x");
    }

    @Test
    void shouldMaskTheLongerOfTwoThatBeginAlike() {
        assertThat(Masker.of(List.of("pass", "password")).mask("password")).isEqualTo("***");
    }

    @Test
    void shouldLeaveShortValuesAlone() {
        assertThat(Masker.of(List.of("abc", "", "\n\n")).mask("abc abc")).isEqualTo("abc abc");
    }

    @Test
    void shouldMaskALongSecretLineByLine() {
        assertThat(Masker.of(List.of("first line\r\nsecond line\n")).mask("> second line\n> first line"))
                .isEqualTo("> ***\n> ***");
    }

    @Test
    void shouldMaskWhereverTheChunksAreCut() {
        final byte[] text = "..tokén-1234..tokén-1234tok".getBytes(UTF_8);
        for (int cut = 0; cut <= text.length; cut++) {
            for (int length = 1; length <= 3; length++) {
                final ByteArrayOutputStream masked = new ByteArrayOutputStream();
                final Masker.Stream stream = Masker.of(List.of("tokén-1234")).newStream(masked::write);
                stream.write(text, 0, cut);
                for (int at = cut; at < text.length; at += length) {
                    stream.write(text, at, Math.min(length, text.length - at));
                }
                stream.end();
                assertThat(masked.toString(UTF_8)).isEqualTo("..***..***tok");
            }
        }
    }
}
