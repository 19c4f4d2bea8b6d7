package io.signalbox.kernel.composition;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Work put together. Every part has an id that no other part beside it has; a step's whole id has those of all parts around it, with
 * slashes between them. Immutable.
 */
public sealed interface Composition {
    /** Its id beside the other parts: not empty, without a slash. */
    String id();

    /** What it declares for what is inside. */
    default List<Variable> variables() {
        return List.of();
    }

    private static void check(final String id) {
        InvalidCompositionException.unless(
                !id.isBlank() && id.indexOf('/') < 0, "a part needs an id without a slash, not '" + id + "'");
    }

    private static <T> List<T> some(final String id, final List<T> parts) {
        check(id);
        InvalidCompositionException.unless(!parts.isEmpty(), "'" + id + "' has no part");
        return List.copyOf(parts);
    }

    /**
     * One piece of work: by a component, or, when that is absent or unsuccessful or none is named, by the ordinary node.
     *
     * @param component name in the library; empty for none.
     * @param version of the component; null for the highest.
     * @param arguments for component and node.
     * @param node the ordinary way; null for none, then the component has to do it.
     */
    record Step(String id, String component, Version version, Map<String, Object> arguments, Node node)
            implements Composition {
        public Step {
            check(id);
            arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
            InvalidCompositionException.unless(
                    !component.isEmpty() || node != null, "step '" + id + "' needs a component or a node");
        }

        /** By a component, of the highest version. */
        public static Step of(final String id, final String component) {
            return new Step(id, component, null, Map.of(), null);
        }

        /** In the ordinary way. */
        public static Step of(final String id, final Node node) {
            return new Step(id, "", null, Map.of(), node);
        }

        /** The same by a component of this version. */
        public Step version(final String text) {
            return new Step(id, component, Version.of(text), arguments, node);
        }

        /** The same with an argument more. */
        public Step with(final String name, final Object value) {
            final Map<String, Object> more = new LinkedHashMap<>(arguments);
            more.put(name, value);
            return new Step(id, component, version, more, node);
        }

        /** The same with an ordinary way. */
        public Step otherwise(final Node ordinary) {
            return new Step(id, component, version, arguments, ordinary);
        }
    }

    /** One part after the other; each builds on what the whole builds on. */
    record Sequential(String id, List<Composition> parts, List<Variable> variables) implements Composition {
        public Sequential {
            parts = some(id, parts);
            variables = List.copyOf(variables);
        }

        public static Sequential of(final String id, final Composition... parts) {
            return new Sequential(id, Arrays.asList(parts), List.of());
        }

        /** The same with variables. */
        public Sequential declaring(final Variable... declared) {
            return new Sequential(id, parts, List.of(declared));
        }
    }

    /** All parts at the same time; each builds on what the whole builds on. */
    record Parallel(String id, List<Composition> parts, List<Variable> variables) implements Composition {
        public Parallel {
            parts = some(id, parts);
            variables = List.copyOf(variables);
        }

        public static Parallel of(final String id, final Composition... parts) {
            return new Parallel(id, Arrays.asList(parts), List.of());
        }

        /** The same with variables. */
        public Parallel declaring(final Variable... declared) {
            return new Parallel(id, parts, List.of(declared));
        }
    }

    /** One part after the other; each builds on the results of the one before. */
    record Pipeline(String id, List<Composition> parts, List<Variable> variables) implements Composition {
        public Pipeline {
            parts = some(id, parts);
            variables = List.copyOf(variables);
        }

        public static Pipeline of(final String id, final Composition... parts) {
            return new Pipeline(id, Arrays.asList(parts), List.of());
        }

        /** The same with variables. */
        public Pipeline declaring(final Variable... declared) {
            return new Pipeline(id, parts, List.of(declared));
        }
    }

    /**
     * One part or another.
     *
     * @param condition asked once, when everything before has ended; it is a step of its own, whose id ends with "/when".
     * @param then what is done when it holds.
     * @param otherwise what is done when it does not; null for nothing.
     */
    record Conditional(
            String id,
            Predicate<StepInput> condition,
            Composition then,
            Composition otherwise,
            List<Variable> variables)
            implements Composition {
        public Conditional {
            check(id);
            InvalidCompositionException.unless(condition != null, "'" + id + "' needs a condition");
            InvalidCompositionException.unless(
                    then != null, "'" + id + "' needs a part that is done when its condition holds");
            variables = List.copyOf(variables);
        }

        public static Conditional of(
                final String id,
                final Predicate<StepInput> condition,
                final Composition then,
                final Composition otherwise) {
            return new Conditional(id, condition, then, otherwise, List.of());
        }

        /** The same with variables. */
        public Conditional declaring(final Variable... declared) {
            return new Conditional(id, condition, then, otherwise, List.of(declared));
        }
    }

    /**
     * A part, and behind it branches at the same time, each of which builds on its results; a branch may be a tree again.
     *
     * @param root what is done first.
     */
    record Tree(String id, Composition root, List<Composition> branches, List<Variable> variables)
            implements Composition {
        public Tree {
            check(id);
            InvalidCompositionException.unless(root != null, "'" + id + "' needs a root");
            branches = List.copyOf(branches);
            variables = List.copyOf(variables);
        }

        public static Tree of(final String id, final Composition root, final Composition... branches) {
            return new Tree(id, root, Arrays.asList(branches), List.of());
        }

        /** The same with variables. */
        public Tree declaring(final Variable... declared) {
            return new Tree(id, root, branches, List.of(declared));
        }
    }

    /** Parts that need each other's results; each begins when the last that it needs has ended. */
    record Graph(String id, List<Part> parts, List<Variable> variables) implements Composition {
        /**
         * A part of a graph.
         *
         * @param needs ids of parts beside it.
         */
        public record Part(Composition part, List<String> needs) {
            public Part {
                needs = List.copyOf(needs);
            }

            public static Part of(final Composition part, final String... needs) {
                return new Part(part, List.of(needs));
            }
        }

        public Graph {
            parts = some(id, parts);
            variables = List.copyOf(variables);
        }

        public static Graph of(final String id, final Part... parts) {
            return new Graph(id, Arrays.asList(parts), List.of());
        }

        /** The same with variables. */
        public Graph declaring(final Variable... declared) {
            return new Graph(id, parts, List.of(declared));
        }
    }

    /**
     * What a template makes; {@link TemplateLibrary} puts that in its place.
     *
     * @param template its name.
     * @param version of the template; null for the highest.
     * @param arguments for its parameters.
     */
    record SubWorkflow(String id, String template, Version version, Map<String, Object> arguments)
            implements Composition {
        public SubWorkflow {
            check(id);
            arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
        }

        /** Of the highest version. */
        public static SubWorkflow of(final String id, final String template) {
            return new SubWorkflow(id, template, null, Map.of());
        }

        /** The same by a template of this version. */
        public SubWorkflow version(final String text) {
            return new SubWorkflow(id, template, Version.of(text), arguments);
        }

        /** The same with an argument more. */
        public SubWorkflow with(final String name, final Object value) {
            final Map<String, Object> more = new LinkedHashMap<>(arguments);
            more.put(name, value);
            return new SubWorkflow(id, template, version, more);
        }
    }
}
