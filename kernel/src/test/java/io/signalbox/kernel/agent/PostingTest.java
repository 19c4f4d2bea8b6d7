package io.signalbox.kernel.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PostingTest {
    private static Agent agent(final int number) {
        return new Agent(number, number, 0);
    }

    private static List<Long> numbers(final Posting posting) {
        final List<Long> numbers = new ArrayList<>();
        for (int place = 0; place < posting.end(); place++) {
            if (posting.at(place) != null) {
                numbers.add(posting.at(place).number);
            }
        }
        return numbers;
    }

    @Test
    void shouldTakeOneInBetween() {
        final Posting posting = new Posting();
        posting.add(agent(1));
        posting.add(agent(3));
        posting.add(agent(2));
        assertThat(numbers(posting)).containsExactly(1L, 2L, 3L);
        assertThat(posting.placeOf(3)).isEqualTo(2);
        assertThat(posting.placeOf(4)).isEqualTo(3);
    }

    @Test
    void shouldFillTheHoleThatAnAgentLeft() {
        final Posting posting = new Posting();
        final Agent one = agent(1);
        posting.add(one);
        posting.add(agent(2));
        posting.remove(one);
        assertThat(posting.at(0)).isNull();
        posting.add(one);
        assertThat(posting.end()).isEqualTo(2);
        assertThat(numbers(posting)).containsExactly(1L, 2L);
    }

    /** A change of an agent that is there takes it out, one that is not puts it in; as a sorted map does. */
    @Property(tries = 200)
    void shouldHoldWhatASortedMapHolds(
            @ForAll @Size(max = 400) final List<@IntRange(min = 1, max = 60) Integer> changes) {
        final Posting posting = new Posting();
        final Map<Long, Agent> expected = new TreeMap<>();
        for (final int number : changes) {
            final Agent known = expected.remove((long) number);
            if (known == null) {
                expected.put((long) number, agent(number));
                posting.add(expected.get((long) number));
            } else {
                posting.remove(known);
            }
            assertThat(numbers(posting)).containsExactlyElementsOf(expected.keySet());
            assertThat(posting.size()).isEqualTo(expected.size());
            assertThat(posting.end()).isLessThanOrEqualTo(Math.max(9, 2 * expected.size() + 2));
        }
    }
}
