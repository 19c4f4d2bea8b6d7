package io.signalbox.kernel.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.event.Rejection;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ProfileCodecTest {
    private static final List<String> NAMES = List.of("yaml", "json", "fast");

    private static final AgentProfile PROFILE = AgentProfile.of("ann", "yaml", "json")
            .withTags("fast")
            .withVersion("2.0.10")
            .withDescription("reads")
            .withAuthor("Bö")
            .withOrigin("org.example.Ann")
            .withConfig("{}");

    private static byte[] encode(final AgentProfile profile) {
        return ProfileCodec.encode(profile, name -> NAMES.indexOf(name) + 1);
    }

    private static Rejection check(final byte[] bytes) {
        return ProfileCodec.check(bytes, 0, bytes.length, NAMES.size());
    }

    @Test
    void shouldGiveBackWhatWasWritten() {
        final byte[] bytes = encode(PROFILE);
        assertThat(check(bytes)).isNull();
        assertThat(ProfileCodec.capabilities(bytes)).containsExactly(1, 2);
        assertThat(ProfileCodec.tags(bytes)).containsExactly(3);
        assertThat(ProfileCodec.texts(bytes)).containsExactly("2.0.10", "reads", "Bö", "org.example.Ann", "{}");
    }

    @Test
    void shouldRefuseAVersionThatIsNotThreeNumbers() {
        for (final String version :
                List.of("", "1", "1.0", "1.0.0.0", "1..0", "v1.0.0", "1.0.0-rc", "1.0.1234567890")) {
            assertThat(check(encode(PROFILE.withVersion(version)))).as(version).isEqualTo(Rejection.INVALID_VALUE);
        }
        assertThat(check(encode(PROFILE.withVersion("0.0.0")))).isNull();
    }

    @Test
    void shouldRefuseNamesThatNobodyKnows() {
        assertThat(check(encode(PROFILE.withCapabilities("nobody")))).isEqualTo(Rejection.UNKNOWN_NAME);
        assertThat(check(encode(PROFILE.withTags("nobody")))).isEqualTo(Rejection.UNKNOWN_NAME);
    }

    @Test
    void shouldRefuseNoneTwiceAndTooMany() {
        assertThat(check(encode(PROFILE.withCapabilities()))).isEqualTo(Rejection.INVALID_VALUE);
        assertThat(check(encode(PROFILE.withTags()))).isNull();
        final byte[] twice = encode(PROFILE);
        ByteBuffer.wrap(twice).order(ByteOrder.LITTLE_ENDIAN).putInt(8, 1);
        assertThat(check(twice)).isEqualTo(Rejection.INVALID_VALUE);
        final String[] many = IntStream.rangeClosed(0, AgentRules.FEATURES_MAX)
                .mapToObj(i -> "c" + i)
                .toArray(String[]::new);
        final byte[] tooMany = ProfileCodec.encode(PROFILE.withCapabilities(many), name -> 1);
        assertThat(check(tooMany)).isEqualTo(Rejection.TOO_LONG);
    }

    @Test
    void shouldRefuseEveryPieceOfAProfileAndWhatFollowsIt() {
        final byte[] bytes = encode(PROFILE);
        for (int length = 0; length < bytes.length; length++) {
            assertThat(check(Arrays.copyOf(bytes, length)))
                    .as("%d bytes", length)
                    .isEqualTo(Rejection.INVALID_VALUE);
        }
        assertThat(check(Arrays.copyOf(bytes, bytes.length + 1))).isEqualTo(Rejection.INVALID_VALUE);
    }

    /** Whatever the bytes are, the check ends with an answer; and what it lets through can be read. */
    @Property(tries = 2000)
    void shouldRefuseOrReadAnyBytes(@ForAll final byte[] bytes) {
        if (check(bytes) == null) {
            assertThat(ProfileCodec.texts(bytes)).hasSize(ProfileCodec.TEXTS);
        } else {
            assertThat(check(bytes)).isIn(Rejection.INVALID_VALUE, Rejection.UNKNOWN_NAME, Rejection.TOO_LONG);
        }
    }
}
