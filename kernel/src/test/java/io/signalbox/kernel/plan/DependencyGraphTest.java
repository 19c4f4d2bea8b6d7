package io.signalbox.kernel.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.signalbox.kernel.conformance.Conforms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DependencyGraphTest {
    private final DependencyGraph graph = new DependencyGraph();

    @Test
    @Conforms({"T-SCHED-01", "T-SCHED-29"})
    void shouldKnowItsTasksAndWhatTheyDependOn() {
        graph.addTask("task_a").addTask("task_b", "task_a");
        assertThat(graph.size()).isEqualTo(2);
        assertThat(graph.contains("task_a") && graph.contains("task_b")).isTrue();
        assertThat(graph.asMap()).isEqualTo(Map.of("task_a", List.of(), "task_b", List.of("task_a")));
        assertThat(graph.dependents("task_a")).containsExactly("task_b");
        assertThat(graph.dependents("nobody")).isEmpty();
    }

    @Test
    @Conforms("T-SCHED-02")
    void shouldRefuseATaskTwice() {
        graph.addTask("task_a");
        assertThatThrownBy(() -> graph.addTask("task_a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("already exists");
        assertThatThrownBy(() -> graph.addTask("")).hasMessageContaining("must not be empty");
    }

    @Test
    @Conforms("T-SCHED-03")
    void shouldNameADependencyThatIsNoTask() {
        graph.addTask("deploy", "build").addTask("build", "compiler").addTask("compile");
        final TaskNotFoundException refused = catchThrowableOfType(TaskNotFoundException.class, graph::validate);
        assertThat(refused.task()).isEqualTo("build");
        assertThat(refused.missing()).isEqualTo("compiler");
        assertThat(refused.available()).containsExactly("deploy", "build", "compile");
        assertThat(refused.path()).containsExactly("deploy", "build", "compiler");
        assertThat(refused).hasMessageContaining("the nearest is 'compile'");
    }

    @Test
    void shouldTakeADependencyBeforeItsTask() {
        graph.addTask("b", "a").addTask("a");
        graph.validate();
        assertThat(graph.topologicalSort()).containsExactly("a", "b");
    }

    @Test
    @Conforms("T-SCHED-07")
    void shouldTellTheClosedPathOfACycle() {
        graph.addTask("start")
                .addTask("a", "b", "start")
                .addTask("b", "c")
                .addTask("c", "a")
                .addTask("end", "c");
        assertThat(graph.hasCycle()).isTrue();
        assertThat(graph.findCyclePath()).containsExactly("a", "b", "c", "a");
    }

    @Test
    @Conforms("GAP-SCHED-1")
    void shouldCallATaskThatDependsOnItselfACycleAndAnEmptyGraphEmpty() {
        assertThat(graph.topologicalSort()).isEmpty();
        assertThat(graph.constructWaves()).isEmpty();
        assertThat(graph.findCyclePath()).isEmpty();
        graph.addTask("narcissus", "narcissus");
        assertThat(graph.findCyclePath()).containsExactly("narcissus", "narcissus");
        assertThatThrownBy(graph::constructWaves).isInstanceOf(CircularDependencyException.class);
    }

    @Test
    @Conforms("T-SCHED-08")
    void shouldSortAChain() {
        graph.addTask("c", "b").addTask("b", "a").addTask("a");
        assertThat(graph.topologicalSort()).containsExactly("a", "b", "c");
        assertThat(graph.getTaskLevel("c")).isEqualTo(2);
        assertThatThrownBy(() -> graph.getTaskLevel("d")).hasMessageContaining("there is no task 'd'");
    }

    @Test
    @Conforms("T-SCHED-09")
    void shouldNotSortACycle() {
        graph.addTask("a", "b").addTask("b", "a");
        final CircularDependencyException refused =
                catchThrowableOfType(CircularDependencyException.class, graph::topologicalSort);
        assertThat(refused.cyclePath()).containsExactly("a", "b", "a");
        assertThat(refused).hasMessageContaining("a -> b -> a");
    }

    @Test
    @Conforms("T-SCHED-10")
    void shouldPutIndependentTasksIntoOneWave() {
        graph.addTask("a").addTask("b").addTask("c");
        assertThat(graph.constructWaves()).containsExactly(List.of("a", "b", "c"));
    }

    @Test
    @Conforms("T-SCHED-11")
    void shouldPutAChainIntoAWaveEach() {
        graph.addTask("a").addTask("b", "a").addTask("c", "b");
        assertThat(graph.constructWaves()).containsExactly(List.of("a"), List.of("b"), List.of("c"));
    }

    @Test
    @Conforms("T-SCHED-12")
    void shouldPutAJoinIntoTwoWaves() {
        graph.addTask("a").addTask("b").addTask("c", "a", "b");
        assertThat(graph.constructWaves()).containsExactly(List.of("a", "b"), List.of("c"));
    }

    @Test
    @Conforms("T-SCHED-13")
    void shouldListWhatDependsOnNothing() {
        graph.addTask("a").addTask("b").addTask("c", "a");
        assertThat(graph.getIndependentTasks()).containsExactly("a", "b");
    }

    @Test
    void shouldCountADependencyOnce() {
        graph.addTask("a").addTask("b", "a", "a");
        assertThat(graph.dependencies("b")).containsExactly("a");
    }

    @Test
    void shouldPutEveryTaskIntoExactlyOneChain() {
        graph.addTask("a")
                .addTask("b", "a")
                .addTask("c", "a")
                .addTask("d", "b", "c")
                .addTask("lone");
        assertThat(graph.chains()).containsExactly(List.of("a", "b", "d"), List.of("lone"), List.of("c"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldAgreeWithItselfOnRandomGraphs(final long seed) {
        final Random random = new Random(seed);
        final boolean mayCycle = seed % 2 == 0;
        for (int i = 0; i < 200; i++) {
            final List<String> dependencies = new ArrayList<>();
            for (int n = random.nextInt(4); n > 0 && i > 0; n--) {
                dependencies.add("t" + random.nextInt(mayCycle ? 200 : i));
            }
            graph.addTask("t" + i, dependencies);
        }
        if (graph.hasCycle()) {
            final List<String> path = graph.findCyclePath();
            assertThat(path.get(0)).isEqualTo(path.get(path.size() - 1));
            for (int i = 1; i < path.size(); i++) {
                assertThat(graph.dependencies(path.get(i - 1))).contains(path.get(i));
            }
            return;
        }
        final Set<String> seen = new HashSet<>();
        for (final String task : graph.topologicalSort()) {
            assertThat(seen).containsAll(graph.dependencies(task));
            seen.add(task);
        }
        assertThat(seen).hasSize(200);
        final List<List<String>> waves = graph.constructWaves();
        for (int level = 0; level < waves.size(); level++) {
            for (final String task : waves.get(level)) {
                assertThat(graph.getTaskLevel(task)).isEqualTo(level);
                final int here = level;
                assertThat(graph.dependencies(task))
                        .allSatisfy(need -> assertThat(graph.getTaskLevel(need)).isLessThan(here));
            }
        }
        assertThat(graph.chains().stream().flatMap(List::stream)).hasSize(200).doesNotHaveDuplicates();
        for (final List<String> chain : graph.chains()) {
            for (int i = 1; i < chain.size(); i++) {
                assertThat(graph.dependencies(chain.get(i))).contains(chain.get(i - 1));
            }
        }
    }

    @Test
    void shouldSortAHundredThousandTasksInWellUnderASecond() {
        for (int i = 0; i < 100_000; i++) {
            graph.addTask("t" + i, i == 0 ? List.of() : List.of("t" + i / 2 * 9 / 10, "t" + (i - 1)));
        }
        final long startNs = System.nanoTime();
        assertThat(graph.topologicalSort()).hasSize(100_000);
        assertThat(graph.constructWaves()).isNotEmpty();
        assertThat(graph.chains()).isNotEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - startNs))
                .as("300 ms on an idle machine")
                .isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void shouldAnswerLevelsFromMemoryUntilATaskIsAdded() {
        final DependencyGraph graph = new DependencyGraph().addTask("0");
        for (int i = 1; i < 50_000; i++) {
            graph.addTask("" + i, "" + i / 2);
        }
        int highest = 0;
        for (int i = 0; i < 50_000; i++) {
            highest = Math.max(highest, graph.getTaskLevel("" + i));
        }
        assertThat(highest).isEqualTo(16);
        assertThat(graph.addTask("last", "32768").getTaskLevel("last")).isEqualTo(17);
    }
}
