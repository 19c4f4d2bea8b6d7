package io.signalbox.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PersistentIntMapTest {
    /** One change: set the key to the value, or remove it when the value is null. */
    record Change(int key, String value) {}

    @Provide
    Arbitrary<List<Change>> changes() {
        final Arbitrary<Integer> keys = Arbitraries.oneOf(
                Arbitraries.integers().between(0, 70),
                Arbitraries.integers().between(1000, 1100),
                Arbitraries.integers().between(0, Integer.MAX_VALUE),
                Arbitraries.of(0, 31, 32, 1023, 1024, 1 << 30, Integer.MAX_VALUE));
        final Arbitrary<String> values = Arbitraries.of("a", "b", "c").injectNull(0.4);
        return Combinators.combine(keys, values).as(Change::new).list().ofMaxSize(200);
    }

    @Property(tries = 500)
    void shouldBehaveAsATreeMapAndNeverChangeAnOldVersion(@ForAll("changes") final List<Change> changes) {
        final TreeMap<Integer, String> model = new TreeMap<>();
        final List<PersistentIntMap<String>> versions = new ArrayList<>();
        final List<Map<Integer, String>> expected = new ArrayList<>();
        PersistentIntMap<String> map = PersistentIntMap.empty();
        for (final Change change : changes) {
            if (change.value() == null) {
                model.remove(change.key());
                map = map.without(change.key());
            } else {
                model.put(change.key(), change.value());
                map = map.with(change.key(), change.value());
            }
            assertThat(map.get(change.key())).isEqualTo(change.value());
            assertThat(map.size()).isEqualTo(model.size());
            versions.add(map);
            expected.add(new TreeMap<>(model));
        }
        for (int i = 0; i < versions.size(); i++) {
            assertThat(walk(versions.get(i)))
                    .isEqualTo(List.copyOf(expected.get(i).entrySet()));
        }
        for (final Change change : changes) {
            assertThat(map.get(change.key())).isEqualTo(model.get(change.key()));
            assertThat(map.get(change.key() ^ 1)).isEqualTo(model.get(change.key() ^ 1));
        }
    }

    @Property(tries = 500)
    @SuppressWarnings("ReferenceEquality") // that is what it compares by
    void shouldFindEveryDifferenceBetweenTwoVersionsAndNoOther(
            @ForAll("changes") final List<Change> changes, @ForAll final Random random) {
        final List<PersistentIntMap<String>> versions = new ArrayList<>(List.of(PersistentIntMap.empty()));
        for (final Change change : changes) {
            final PersistentIntMap<String> last = versions.get(versions.size() - 1);
            versions.add(change.value() == null ? last.without(change.key()) : last.with(change.key(), change.value()));
        }
        final PersistentIntMap<String> one = versions.get(random.nextInt(versions.size()));
        final PersistentIntMap<String> two = versions.get(random.nextInt(versions.size()));
        final TreeSet<Integer> expected = new TreeSet<>();
        one.forEach((key, value) -> expected.add(key));
        two.forEach((key, value) -> expected.add(key));
        expected.removeIf(key -> one.get(key) == two.get(key));
        final List<Integer> found = new ArrayList<>();
        long from = 0;
        while (from <= Integer.MAX_VALUE) {
            final int key = one.nextDifference(two, (int) from);
            assertThat(two.nextDifference(one, (int) from)).isEqualTo(key);
            if (key >= 0) {
                found.add(key);
            }
            from = key < 0 ? Long.MAX_VALUE : key + 1L;
        }
        assertThat(found).isEqualTo(List.copyOf(expected));
    }

    @Property(tries = 300)
    void shouldWalkTheSameWhateverTheOrderOfInsertion(
            @ForAll("changes") final List<Change> changes, @ForAll final Random random) {
        final TreeMap<Integer, String> content = new TreeMap<>();
        PersistentIntMap<String> byHistory = PersistentIntMap.empty();
        for (final Change change : changes) {
            if (change.value() == null) {
                content.remove(change.key());
                byHistory = byHistory.without(change.key());
            } else {
                content.put(change.key(), change.value());
                byHistory = byHistory.with(change.key(), change.value());
            }
        }
        final List<Map.Entry<Integer, String>> shuffled = new ArrayList<>(content.entrySet());
        Collections.shuffle(shuffled, random);
        PersistentIntMap<String> byContent = PersistentIntMap.empty();
        for (final Map.Entry<Integer, String> entry : shuffled) {
            byContent = byContent.with(entry.getKey(), entry.getValue());
        }

        assertThat(walk(byHistory)).isEqualTo(walk(byContent)).isEqualTo(List.copyOf(content.entrySet()));
        assertThat(byHistory).usingRecursiveComparison().isEqualTo(byContent);
    }

    @Test
    void shouldHoldAHundredThousandDenseKeys() {
        PersistentIntMap<Integer> map = PersistentIntMap.empty();
        for (int key = 0; key < 100_000; key++) {
            map = map.with(key, key);
        }
        final int[] next = {0};
        map.forEach((key, value) -> {
            assertThat(key).isEqualTo(next[0]++);
            assertThat(value).isEqualTo(key);
        });
        assertThat(next[0]).isEqualTo(100_000);
        for (int key = 99_999; key >= 0; key--) {
            map = map.without(key);
        }
        assertThat(map).isSameAs(PersistentIntMap.empty());
    }

    @Test
    void shouldReturnItselfWhenNothingChanges() {
        final PersistentIntMap<String> map = PersistentIntMap.<String>empty().with(5, "a");

        assertThat(map.with(5, "a")).isSameAs(map);
        assertThat(map.without(6)).isSameAs(map);
        assertThat(map.without(-1)).isSameAs(map);
        assertThat(map.get(-1)).isNull();
        assertThat(map.get(Integer.MAX_VALUE)).isNull();
    }

    @Test
    void shouldRefuseANegativeKeyAndANullValue() {
        assertThatThrownBy(() -> PersistentIntMap.empty().with(-1, "a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("key must be 0 or more: -1");
        assertThatThrownBy(() -> PersistentIntMap.empty().with(1, null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("value");
    }

    private static <V> List<Map.Entry<Integer, V>> walk(final PersistentIntMap<V> map) {
        final List<Map.Entry<Integer, V>> entries = new ArrayList<>();
        map.forEach((key, value) -> entries.add(Map.entry(key, value)));
        return entries;
    }
}
