package io.signalbox.kernel.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.conformance.Conforms;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the plan of a phase says: who owns which files, what may go on at the same time. */
class PhaseTasksTest {
    private static final PhaseTasks PLAN = PhaseTasks.of(Map.of(
            "tasks",
            List.of(
                    Map.of(
                            "id", "task_1",
                            "files_to_create", List.of("src/a.py", "src/b.py"),
                            "files_to_modify", List.of("src/a.py", "src/c.py")),
                    Map.of("id", "task_2", "files_to_create", List.of("tests/")),
                    Map.of("id", "task_3", "depends_on", List.of("task_1", "task_2"))),
            "parallel_opportunities",
            List.of(Map.of("tasks", List.of("task_1", "task_2")))));

    @Test
    @Conforms({"T-OACT-01", "T-OACT-02", "T-OACT-05"})
    void shouldTellWhatEachTaskMayWriteOnce() {
        assertThat(PLAN.ownedFiles("task_1")).containsExactly("src/a.py", "src/b.py", "src/c.py");
        assertThat(PLAN.ownedFiles("task_2")).hasSize(1);
        assertThat(PLAN.ownedFiles("task_9")).isEmpty();
    }

    @Test
    @Conforms("T-OACT-04")
    void shouldTellAFolderAsEverythingInIt() {
        assertThat(PLAN.ownedFiles("task_2")).containsExactly("tests/**");
    }

    @Test
    @Conforms({"T-OACT-06", "T-OACT-08"})
    void shouldFindTheGroupAndTheTaskThatJoinsIt() {
        assertThat(PLAN.groups()).containsExactly(new PhaseTasks.Group(List.of("task_1", "task_2"), "task_3"));
    }

    @Test
    @Conforms({"T-OACT-07", "T-OACT-10"})
    void shouldFindEachOpportunity() {
        assertThat(PhaseTasks.of(Map.of("parallel_opportunities", List.of(List.of("a", "b"), List.of("c", "d"))))
                        .groups())
                .extracting(PhaseTasks.Group::taskIds)
                .containsExactly(List.of("a", "b"), List.of("c", "d"));
        assertThat(PhaseTasks.of(Map.of("tasks", List.of())).groups()).isEmpty();
    }
}
