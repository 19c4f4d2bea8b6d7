package io.signalbox.kernel.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PayloadTest {
    private static final Payload FULL = Payload.of()
            .text("text", "naïve \"plan\"\n")
            .number("number", -0.5)
            .integer("integer", Long.MIN_VALUE)
            .flag("flag", true)
            .texts("texts", List.of("a", "", "c"))
            .fields("fields", Payload.of().text("inner", "x"));

    @Test
    void shouldReadBackWhatWasWritten() {
        final Payload read = Payload.decode(FULL.encode());

        assertThat(read).isEqualTo(FULL).hasSameHashCodeAs(FULL);
        assertThat(read.textOr("text", "")).isEqualTo("naïve \"plan\"\n");
        assertThat(read.numberOr("number", 0)).isEqualTo(-0.5);
        assertThat(read.integerOr("integer", 0)).isEqualTo(Long.MIN_VALUE);
        assertThat(read.flagOr("flag", false)).isTrue();
        assertThat(read.textsOf("texts")).containsExactly("a", "", "c");
        assertThat(read.fieldsOf("fields").textOr("inner", "")).isEqualTo("x");
        assertThat(read.names()).containsExactly("fields", "flag", "integer", "number", "text", "texts");
    }

    @Test
    void shouldHaveEqualBytesWhateverTheOrderOfSetting() {
        final Payload one = Payload.of().text("b", "2").text("a", "1").text("é", "3");
        final Payload two =
                Payload.of().text("é", "0").text("a", "1").text("b", "2").text("é", "3");

        assertThat(one.encode()).isEqualTo(two.encode());
        assertThat(one).isNotEqualTo(two.text("a", "9"));
    }

    @Test
    void shouldLeaveOutWhatIsNull() {
        assertThat(Payload.of().text("a", null).texts("b", null).fields("c", null))
                .isEqualTo(Payload.of());
        assertThat(FULL.text("text", null).type("text")).isNull();
    }

    @Test
    void shouldAnswerWhatIsMissing() {
        assertThat(FULL.textOr("nothing", "none")).isEqualTo("none");
        assertThat(FULL.textOr("number", "none")).as("another type").isEqualTo("none");
        assertThat(FULL.numberOr("integer", 0)).as("a whole number counts").isEqualTo((double) Long.MIN_VALUE);
        assertThat(FULL.flagOr("nothing", true)).isTrue();
        assertThat(FULL.integerOr("nothing", 7)).isEqualTo(7);
        assertThat(FULL.textsOf("nothing")).isEmpty();
        assertThat(FULL.fieldsOf("nothing").names()).isEmpty();
        assertThat(FULL.holds("flag", true)).isTrue();
        assertThat(FULL.holds("nothing", true)).isFalse();
    }

    @Test
    void shouldBeReadableForPeople() {
        assertThat(FULL)
                .hasToString("{\"fields\":{\"inner\":\"x\"},\"flag\":true,\"integer\":-9223372036854775808,"
                        + "\"number\":-0.5,\"text\":\"naïve \\\"plan\\\"\\u000a\",\"texts\":[\"a\",\"\",\"c\"]}");
        assertThat(Payload.of().number("n", Double.NaN)).hasToString("{\"n\":\"NaN\"}");
    }

    @Test
    void shouldRefuseNamesAndDepthsOutOfBounds() {
        assertThatThrownBy(() -> Payload.of().text("", "x")).isInstanceOf(IllegalArgumentException.class);
        Payload deep = Payload.of().text("leaf", "x");
        for (int depth = 1; depth < Payload.DEPTH_MAX; depth++) {
            deep = Payload.of().fields("in", deep);
        }
        final Payload deepest = deep;
        assertThat(Payload.decode(deepest.encode())).isEqualTo(deepest);
        assertThatThrownBy(() -> Payload.of().fields("in", deepest)).hasMessageContaining("8 deep");
    }

    @Test
    void shouldTellPayloadsFromText() {
        assertThat(Payload.isEncoded(Payload.of().encode())).isTrue();
        assertThat(Payload.isEncoded("plain".getBytes(StandardCharsets.UTF_8))).isFalse();
        assertThat(Payload.isEncoded(new byte[0])).isFalse();
        assertThatThrownBy(() -> Payload.decode("plain".getBytes(StandardCharsets.UTF_8)))
                .hasMessage("these bytes do not begin as a payload does");
    }

    /** Whatever the bytes: they are read back to the same bytes, or refused; nothing else comes out. */
    @Property(tries = 2000)
    void shouldReadOneWayOnlyOrRefuse(@ForAll final long seed) {
        final Random random = new Random(seed);
        final byte[] bytes = FULL.encode();
        for (int i = random.nextInt(3); i >= 0; i--) {
            bytes[2 + random.nextInt(bytes.length - 2)] = (byte) random.nextInt(256);
        }
        final byte[] damaged = Arrays.copyOf(bytes, bytes.length - (random.nextBoolean() ? random.nextInt(20) : 0));
        final Payload read;
        try {
            read = Payload.decode(damaged);
        } catch (final IllegalArgumentException refused) {
            assertThat(refused).hasMessageMatching("(?s).+");
            return;
        }
        assertThat(Payload.decode(read.encode())).isEqualTo(read);
    }
}
