package io.signalbox.kernel.names;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class NameTableTest {
    private static final int LENGTH_MAX = 64;

    @Test
    void shouldGiveDenseIdsFromOneAndKnowThemAgain() {
        final NameTable names = new NameTable(10, LENGTH_MAX);

        assertThat(intern(names, "coder")).isEqualTo(1);
        assertThat(intern(names, "tester")).isEqualTo(2);
        assertThat(intern(names, "coder")).isEqualTo(1);
        assertThat(names.find("tester")).isEqualTo(2);
        assertThat(names.find("reviewer")).isEqualTo(NameTable.NONE);
        assertThat(names.find("")).isEqualTo(NameTable.NONE);
        assertThat(names.text(1)).isEqualTo("coder").isSameAs(names.text(1));
        assertThat(names.bytes(2)).isEqualTo("tester".getBytes(UTF_8));
        assertThat(names.size()).isEqualTo(2);
    }

    @Property(tries = 300)
    void shouldFindEveryNameWhenHashesCollide(@ForAll @Size(max = 100) final List<String> texts) {
        final NameTable allCollide = new NameTable(200, 4096, (source, offset, length) -> 0);
        final NameTable someCollide = new NameTable(200, 4096, (source, offset, length) -> length & 3);
        final List<byte[]> byId = new ArrayList<>();
        for (final String text : texts) {
            final byte[] name = ("." + text).getBytes(UTF_8);
            final int id = allCollide.intern(name, 0, name.length);
            assertThat(someCollide.intern(name, 0, name.length)).isEqualTo(id);
            if (id > byId.size()) {
                byId.add(name);
            }
            assertThat(byId.get(id - 1)).isEqualTo(name);
        }
        for (int id = 1; id <= byId.size(); id++) {
            final byte[] name = byId.get(id - 1);
            assertThat(allCollide.find(name, 0, name.length)).isEqualTo(id);
            assertThat(someCollide.find(name, 0, name.length)).isEqualTo(id);
            assertThat(allCollide.bytes(id)).isEqualTo(name);
        }
        assertThat(allCollide.size()).isEqualTo(byId.size());
    }

    @Test
    void shouldCompareBytesAndOnlyThoseOfTheName() {
        final NameTable names = new NameTable(10, LENGTH_MAX);
        final byte[] source = "xxcoderxx".getBytes(UTF_8);

        assertThat(names.intern(source, 2, 5)).isEqualTo(1);
        source[2] = 'C';
        assertThat(names.find("coder")).isEqualTo(1);
        assertThat(names.find("Coder")).isEqualTo(NameTable.NONE);
        assertThat(intern(names, "e\u0301")).isNotEqualTo(intern(names, "\u00e9"));
    }

    @Test
    void shouldAnswerFullAndStillKnowTheOthers() {
        final NameTable names = new NameTable(600, LENGTH_MAX);
        for (int i = 1; i <= 600; i++) {
            assertThat(intern(names, "agent-" + i)).isEqualTo(i);
        }

        assertThat(intern(names, "one too many")).isEqualTo(NameTable.FULL);
        assertThat(intern(names, "agent-600")).isEqualTo(600);
        assertThat(names.find("one too many")).isEqualTo(NameTable.NONE);
        assertThat(names.text(257)).isEqualTo("agent-257");
    }

    @Test
    void shouldRefuseALengthOutsideItsRangeAndAnUnknownId() {
        final NameTable names = new NameTable(10, 4);

        assertThatThrownBy(() -> intern(names, "coder"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a name must have 1 to 4 UTF-8 bytes, found 5: \"coder\"");
        assertThatThrownBy(() -> intern(names, "")).hasMessageContaining("an empty name");
        assertThatThrownBy(() -> names.text(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no name has id 1: ids run from 1 to 0");
        assertThatThrownBy(() -> names.bytes(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new NameTable(0, 4)).hasMessage("namesMax must be 1 to 2^30: 0");
        assertThatThrownBy(() -> new NameTable(1, 0)).hasMessage("nameLengthMax must be 1 or more: 0");
    }

    @Test
    void shouldAllocateNothingForAKnownName() {
        final NameTable names = new NameTable(100, LENGTH_MAX);
        final byte[] name = "coder".getBytes(UTF_8);
        names.intern(name, 0, name.length);
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        internOften(names, name, 10_000);
        threads.getCurrentThreadAllocatedBytes();

        final long before = threads.getCurrentThreadAllocatedBytes();
        internOften(names, name, 100_000);
        final long allocatedBytes = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocatedBytes).isLessThan(10_000);
    }

    @Test
    void shouldSpreadSimilarNames() {
        final Set<Integer> lowBits = new HashSet<>();
        final Set<Integer> hashes = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            final byte[] name = ("step[" + i + "]").getBytes(UTF_8);
            final int hash = NameHash.of(name, 0, name.length);
            hashes.add(hash);
            lowBits.add(hash & 0xfff);
        }
        assertThat(hashes).hasSizeGreaterThan(9_990);
        assertThat(lowBits).hasSizeGreaterThan(3_500);
        assertThat(NameHash.of(new byte[] {'a'}, 0, 1)).isEqualTo(NameHash.of(new byte[] {'b', 'a'}, 1, 1));
    }

    @Test
    void shouldShowEveryCountedNameToAReader() throws Exception {
        final int namesMax = 50_000;
        final NameTable names = new NameTable(namesMax, LENGTH_MAX);
        final ExecutorService reader = Executors.newSingleThreadExecutor();
        try {
            final Callable<Integer> reading = () -> {
                int id = 0;
                while (id < namesMax) {
                    final int known = names.size();
                    if (known == id) {
                        Thread.onSpinWait();
                    }
                    while (id < known) {
                        id++;
                        if (!names.text(id).equals("name-" + id)) {
                            return id;
                        }
                    }
                }
                return 0;
            };
            final Future<Integer> firstWrong = reader.submit(reading);
            for (int i = 1; i <= namesMax; i++) {
                intern(names, "name-" + i);
            }
            assertThat(firstWrong.get(30, TimeUnit.SECONDS)).isZero();
        } finally {
            reader.shutdownNow();
        }
    }

    private static void internOften(final NameTable names, final byte[] name, final int times) {
        for (int i = 0; i < times; i++) {
            if (names.intern(name, 0, name.length) != 1) {
                throw new AssertionError("the known name got another id");
            }
        }
    }

    private static int intern(final NameTable names, final String text) {
        final byte[] name = text.getBytes(UTF_8);
        return names.intern(name, 0, name.length);
    }
}
