package io.signalbox.kernel.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class SimilarityTest {
    private static int permille(final String one, final String other) {
        return Similarity.permille(pairs(one), pairs(other));
    }

    private static char[] pairs(final String name) {
        return Similarity.pairs(name.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldCallEqualNamesWhole() {
        assertThat(permille("yaml_parsing", "yaml_parsing")).isEqualTo(Similarity.WHOLE);
        assertThat(permille("a", "a")).isEqualTo(Similarity.WHOLE);
    }

    @Test
    void shouldSeeNothingInCommon() {
        assertThat(permille("abc", "xyz")).isZero();
        assertThat(permille("", "xyz")).isZero();
    }

    @Test
    void shouldCountThePairsThatBothHave() {
        // ^n ni ig gh ht t$ against ^n na ac ch ht t$
        assertThat(permille("night", "nacht")).isEqualTo(500);
        // ^a aa a$ against ^a aa aa a$
        assertThat(permille("aa", "aaa")).isEqualTo(857);
    }

    @Test
    void shouldBeUsualForNamesThatPeopleTakeForTheSame() {
        final int alike = (int) (AgentQuery.ALIKE * 1000);
        assertThat(permille("yaml_parsing", "yaml_parser")).isGreaterThanOrEqualTo(alike);
        assertThat(permille("contract_inference", "contract_inferencer")).isGreaterThanOrEqualTo(alike);
        assertThat(permille("code-generation", "code_generation")).isGreaterThanOrEqualTo(alike);
        assertThat(permille("validation", "testing")).isLessThan(alike);
    }

    @Test
    void shouldFoldAsciiLettersAndNothingElse() {
        assertThat(permille("YAML", "yaml")).isEqualTo(Similarity.WHOLE);
        assertThat(permille("Ä", "ä")).isLessThan(Similarity.WHOLE);
    }

    @Property(tries = 500)
    void shouldBeTheSameBothWays(
            @ForAll @AlphaChars @StringLength(max = 12) final String one,
            @ForAll @AlphaChars @StringLength(max = 12) final String other) {
        assertThat(permille(one, other)).isEqualTo(permille(other, one)).isBetween(0, Similarity.WHOLE);
        assertThat(permille(one, one)).isEqualTo(Similarity.WHOLE);
    }
}
