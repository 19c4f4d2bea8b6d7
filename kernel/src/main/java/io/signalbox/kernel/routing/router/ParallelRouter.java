package io.signalbox.kernel.routing.router;

import io.signalbox.kernel.routing.Finding;
import io.signalbox.kernel.routing.Opinion;
import io.signalbox.kernel.routing.RoutingDecision;
import io.signalbox.kernel.routing.RoutingStrategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Finds what may run beside a task. The first hint speaks whose group holds the task, whose dependencies have all ended, and that has
 * another task left which is independent of it and for which there are resources.
 *
 * <p>What has ended stands in the state's {@code completed_tasks}; a task that has ended itself runs beside nothing. How many units of a
 * resource there are stands in the state at {@code resources_available.NAME}; one that is not there has none.
 */
public final class ParallelRouter implements Router {
    /** Most hints. */
    public static final int HINTS_MAX = 1024;

    private static final String COMPLETED = "completed_tasks";
    private static final String AVAILABLE = "resources_available";

    private static final int TEXT_LENGTH_MAX = 300;

    private final List<ParallelizationHint> hints;
    private final Opinion[] opinions;

    /** A router without hints: it finds nothing. */
    public ParallelRouter() {
        this(List.of());
    }

    public ParallelRouter(final List<ParallelizationHint> hints) {
        Checks.inRange("the number of hints", hints.size(), 0, HINTS_MAX);
        this.hints = List.copyOf(hints);
        opinions = new Opinion[hints.size()];
        for (int i = 0; i < opinions.length; i++) {
            opinions[i] = opinion(this.hints.get(i), i + 1);
        }
    }

    /** What is said when a hint holds, but for the tasks. */
    private static Opinion opinion(final ParallelizationHint hint, final int number) {
        final String after = String.join(", ", hint.dependencies());
        return new Opinion(
                RoutingDecision.PARALLEL,
                0.9,
                Finding.TASKS_PARALLEL,
                after.isEmpty() ? "" : "after " + after.substring(0, Math.min(after.length(), TEXT_LENGTH_MAX)),
                "",
                List.of(),
                hint.estimatedDurationMs(),
                number);
    }

    /** A router of these hints. */
    public static ParallelRouter of(final ParallelizationHint... hints) {
        return new ParallelRouter(List.of(hints));
    }

    @Override
    public RoutingStrategy strategy() {
        return RoutingStrategy.PARALLEL;
    }

    @Override
    public Opinion evaluate(final RoutingContext context, final RoutingState state) {
        final Search search = new Search(context, state);
        for (int i = 0; i < hints.size(); i++) {
            final List<String> beside = search.look(hints.get(i));
            if (!beside.isEmpty()) {
                return opinions[i].withTasks(beside);
            }
        }
        return search.nothing(hints.size());
    }

    /** One look at the hints. */
    private static final class Search {
        private final RoutingContext context;
        private final RoutingState state;
        private final Object completed;
        private int dependenciesOpen;
        private int notIndependent;
        private int resourcesShort;

        Search(final RoutingContext context, final RoutingState state) {
            this.context = context;
            this.state = state;
            completed = state.get(COMPLETED);
        }

        private boolean hasEnded(final String task) {
            return !(completed instanceof String) && Values.contains(completed, task);
        }

        /** The tasks of a hint that may run beside the current one. */
        List<String> look(final ParallelizationHint hint) {
            final String current = context.currentTask();
            if (!hint.taskGroup().contains(current) || hasEnded(current)) {
                return List.of();
            }
            for (int i = 0; i < hint.dependencies().size(); i++) {
                if (!hasEnded(hint.dependencies().get(i))) {
                    dependenciesOpen++;
                    return List.of();
                }
            }
            return beside(hint, current);
        }

        /** Tasks are taken in the group's order, each if it suits all that were taken before it. */
        private List<String> beside(final ParallelizationHint hint, final String current) {
            final List<String> beside = new ArrayList<>();
            final List<TaskNeeds> taken = new ArrayList<>();
            take(hint.needsOf(current), taken);
            for (int i = 0; i < hint.taskGroup().size(); i++) {
                final String task = hint.taskGroup().get(i);
                if (!task.equals(current) && !hasEnded(task) && suits(hint.needsOf(task), taken)) {
                    beside.add(task);
                    take(hint.needsOf(task), taken);
                }
            }
            return beside;
        }

        private static void take(final TaskNeeds needs, final List<TaskNeeds> taken) {
            if (needs != null) {
                taken.add(needs);
            }
        }

        private boolean suits(final TaskNeeds needs, final List<TaskNeeds> taken) {
            if (needs == null) {
                return true;
            }
            for (int i = 0; i < needs.after().size(); i++) {
                if (!hasEnded(needs.after().get(i))) {
                    notIndependent++;
                    return false;
                }
            }
            for (int i = 0; i < taken.size(); i++) {
                if (!needs.isIndependentOf(taken.get(i))) {
                    notIndependent++;
                    return false;
                }
            }
            if (!hasUnits(needs, taken)) {
                resourcesShort++;
                return false;
            }
            return true;
        }

        private boolean hasUnits(final TaskNeeds needs, final List<TaskNeeds> taken) {
            for (int i = 0; i < needs.resources().size(); i++) {
                final String resource = needs.resources().get(i);
                double units = units(needs, resource);
                for (int j = 0; j < taken.size(); j++) {
                    units += units(taken.get(j), resource);
                }
                if (available(resource) < units) {
                    return false;
                }
            }
            return true;
        }

        private double available(final String resource) {
            final Object whole = state.get(AVAILABLE);
            final Object units =
                    whole instanceof Map<?, ?> map ? map.get(resource) : state.get(AVAILABLE + "." + resource);
            return units instanceof Number number ? number.doubleValue() : 0;
        }

        private static int units(final TaskNeeds needs, final String resource) {
            int units = 0;
            for (int i = 0; i < needs.resources().size(); i++) {
                units += needs.resources().get(i).equals(resource) ? 1 : 0;
            }
            return units;
        }

        Opinion nothing(final int hintsChecked) {
            return new Opinion(
                    RoutingDecision.CONTINUE,
                    0.7,
                    Finding.NOTHING_PARALLEL,
                    "",
                    "",
                    List.of(),
                    hintsChecked,
                    dependenciesOpen,
                    notIndependent,
                    resourcesShort);
        }
    }
}
