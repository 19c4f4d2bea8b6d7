package io.signalbox.kernel.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {
    @Test
    void shouldFindWhatWasProbablyMeant() {
        assertThat(NearestName.hint("prase", List.of("build", "parse"))).isEqualTo("; did you mean 'parse'?");
        assertThat(NearestName.near("NEEDS", List.of("need", "needs")))
                .as("case is free")
                .isEqualTo("needs");
        assertThat(NearestName.near("rest", List.of("best", "rust")))
                .as("the same first letter")
                .isEqualTo("rust");
        assertThat(NearestName.near("ab", List.of("zz", "xy"))).isEmpty();
        assertThat(NearestName.hint("", List.of("a"))).isEqualTo("; did you mean 'a'?");
        assertThat(NearestName.near("x".repeat(61), List.of("x".repeat(61))))
                .as("longer names cost too much")
                .isEmpty();
    }

    @Test
    void shouldFindTheNearestHoweverFar() {
        assertThat(NearestName.of("package", List.of("zebra", "packages", "pack")))
                .isEqualTo("packages");
        assertThat(NearestName.of("a", List.of("long_name", "another"))).isEqualTo("another");
        assertThat(NearestName.of("a", List.of())).isEmpty();
    }
}
