package io.signalbox.kernel.plan;

import io.signalbox.kernel.workflow.StepDefinition;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Tasks and what each depends on. Dependencies may be added before the tasks that they name; {@link #validate} tells whether all came. Questions about order cost time and
 * memory in proportion to tasks and dependencies, and are answered from memory until a task is added. One thread at a time.
 */
public final class DependencyGraph {
    private final Map<String, List<String>> dependenciesById = new LinkedHashMap<>();
    private Compiled compiled;
    private int[] levels; // of what is compiled, once somebody has asked

    /** Names, links and order of the graph as it stands; dependencies on unknown tasks are left out. */
    private record Compiled(List<String> ids, Map<String, Integer> indexById, Links links, int[] order) {
        List<String> names(final Iterable<Integer> indexes) {
            final List<String> names = new ArrayList<>();
            indexes.forEach(index -> names.add(ids.get(index)));
            return names;
        }
    }

    /** The steps of a definition, and the ends that each waits for; compensations stand alone. */
    public static DependencyGraph of(final WorkflowDefinition definition) {
        final DependencyGraph graph = new DependencyGraph();
        for (final StepDefinition step : definition.steps()) {
            graph.addTask(step.id(), step.needs());
        }
        return graph;
    }

    /** Add a task. */
    public DependencyGraph addTask(final String id, final String... dependencies) {
        return addTask(id, List.of(dependencies));
    }

    /**
     * Add a task; what it depends on twice counts once.
     *
     * @throws IllegalArgumentException when its id is empty or there is a task of this id.
     */
    public DependencyGraph addTask(final String id, final Collection<String> dependencies) {
        if (id.isEmpty()) {
            throw new IllegalArgumentException("a task's id must not be empty");
        }
        if (dependenciesById.containsKey(id)) {
            throw new IllegalArgumentException("task '" + id + "' already exists");
        }
        dependenciesById.put(id, List.copyOf(new LinkedHashSet<>(dependencies)));
        compiled = null;
        levels = null;
        return this;
    }

    /** Take every task out. */
    public void clear() {
        dependenciesById.clear();
        compiled = null;
        levels = null;
    }

    /** How many tasks there are. */
    public int size() {
        return dependenciesById.size();
    }

    /** Whether there is a task of this id. */
    public boolean contains(final String id) {
        return dependenciesById.containsKey(id);
    }

    /** The tasks, in declared order. */
    public List<String> tasks() {
        return List.copyOf(dependenciesById.keySet());
    }

    /** What a task depends on; empty when there is no such task. */
    public List<String> dependencies(final String id) {
        return dependenciesById.getOrDefault(id, List.of());
    }

    /** What depends on a task, in declared order; empty when there is no such task. */
    public List<String> dependents(final String id) {
        final Compiled now = compiled();
        final Integer index = now.indexById().get(id);
        final List<String> names = new ArrayList<>();
        if (index != null) {
            for (final int dependent : now.links().dependents()[index]) {
                names.add(now.ids().get(dependent));
            }
        }
        return names;
    }

    /** Each task and what it depends on, in declared order; a copy. */
    public Map<String, List<String>> asMap() {
        return new LinkedHashMap<>(dependenciesById);
    }

    /**
     * Check that every dependency is a task.
     *
     * @throws TaskNotFoundException naming the first that is not.
     */
    public void validate() {
        dependenciesById.forEach((id, dependencies) -> {
            for (final String dependency : dependencies) {
                if (!dependenciesById.containsKey(dependency)) {
                    throw new TaskNotFoundException(id, dependency, tasks(), path(id, dependency));
                }
            }
        });
    }

    /** From a task that nobody needs down to {@code id}, then {@code last}; it ends where it would come round. */
    private List<String> path(final String id, final String last) {
        final LinkedHashSet<String> upwards = new LinkedHashSet<>();
        String at = id;
        while (at != null && upwards.add(at)) {
            final List<String> dependents = dependents(at);
            at = dependents.isEmpty() ? null : dependents.get(0);
        }
        final List<String> path = new ArrayList<>(upwards);
        Collections.reverse(path);
        path.add(last);
        return path;
    }

    /** Whether tasks wait for each other; one that depends on itself does. */
    public boolean hasCycle() {
        final Compiled now = compiled();
        return now.order().length < now.ids().size();
    }

    /** One cycle, closed: each task needs the next one, and the last is the first. Empty when there is none. */
    public List<String> findCyclePath() {
        final Compiled now = compiled();
        final List<String> path = now.names(now.links().cycle(now.order()));
        if (!path.isEmpty()) {
            path.add(path.get(0));
        }
        return path;
    }

    /**
     * Each task after those it depends on, otherwise as declared.
     *
     * @throws TaskNotFoundException when a dependency is no task.
     * @throws CircularDependencyException when there is a cycle.
     */
    public List<String> topologicalSort() {
        final Compiled now = sorted();
        final List<String> names = new ArrayList<>(now.order().length);
        for (final int index : now.order()) {
            names.add(now.ids().get(index));
        }
        return names;
    }

    /**
     * Tasks by the length of the longest path to them: how one might show the graph. Nothing waits for a wave: a task starts when its last dependency ends.
     *
     * @throws TaskNotFoundException when a dependency is no task.
     * @throws CircularDependencyException when there is a cycle.
     */
    public List<List<String>> constructWaves() {
        final Compiled now = sorted();
        levels(now);
        final List<List<String>> waves = new ArrayList<>();
        for (int i = 0; i < levels.length; i++) {
            while (waves.size() <= levels[i]) {
                waves.add(new ArrayList<>());
            }
        }
        for (int i = 0; i < levels.length; i++) {
            waves.get(levels[i]).add(now.ids().get(i));
        }
        return waves;
    }

    /**
     * Every task in exactly one chain: it goes on with the first of its dependencies with which nothing else goes on yet.
     *
     * @throws TaskNotFoundException when a dependency is no task.
     * @throws CircularDependencyException when there is a cycle.
     */
    public List<List<String>> chains() {
        final Compiled now = sorted();
        return now.links().chains(now.order()).stream().map(now::names).toList();
    }

    /** Tasks that depend on nothing, in declared order. */
    public List<String> getIndependentTasks() {
        return dependenciesById.entrySet().stream()
                .filter(each -> each.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * Length of the longest path to a task: 0 for one that depends on nothing.
     *
     * @throws IllegalArgumentException when there is no such task.
     * @throws CircularDependencyException when there is a cycle.
     */
    public int getTaskLevel(final String id) {
        final Compiled now = levels == null ? sorted() : compiled;
        final Integer index = now.indexById().get(id);
        if (index == null) {
            throw new IllegalArgumentException("there is no task '" + id + "'");
        }
        return levels(now)[index];
    }

    private int[] levels(final Compiled now) {
        if (levels == null) {
            levels = now.links().levels(now.order());
        }
        return levels;
    }

    /** The links, once both checks have passed. */
    Links checkedLinks() {
        return sorted().links();
    }

    private Compiled sorted() {
        validate();
        if (hasCycle()) {
            throw new CircularDependencyException(findCyclePath());
        }
        return compiled();
    }

    private Compiled compiled() {
        if (compiled == null) {
            final List<String> ids = tasks();
            final Map<String, Integer> indexById = new LinkedHashMap<>();
            ids.forEach(id -> indexById.put(id, indexById.size()));
            final int[][] needs = new int[ids.size()][];
            for (int i = 0; i < needs.length; i++) {
                needs[i] = dependenciesById.get(ids.get(i)).stream()
                        .map(indexById::get)
                        .filter(index -> index != null)
                        .mapToInt(Integer::intValue)
                        .toArray();
            }
            final Links links = Links.of(needs);
            compiled = new Compiled(ids, indexById, links, links.order());
        }
        return compiled;
    }
}
