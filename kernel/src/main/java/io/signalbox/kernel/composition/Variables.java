package io.signalbox.kernel.composition;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The variables that one composition of a run sees: its own, those of the compositions around it, the global ones. Any thread. */
public final class Variables {
    /**
     * A value was written.
     *
     * @param name of the variable, as it is seen where it was written.
     * @param value it has since then; null for none.
     * @param version how often it had been written then: the highest is its last value.
     */
    public record Write(String name, Object value, long version) {}

    private record Versioned(Object value, long version) {}

    private record Cell(Scope scope, AtomicReference<Versioned> content) {
        Cell(final Scope scope, final Versioned initial) {
            this(scope, new AtomicReference<>(initial));
        }

        Cell(final Scope scope, final Object initial) {
            this(scope, new Versioned(initial, 0));
        }

        Object value() {
            return content.get().value();
        }
    }

    private final Variables outer; // null for the outermost
    private final Map<String, Cell> cells;
    private final Consumer<Write> onWrite;

    private Variables(final Variables outer) {
        this(outer, new ConcurrentHashMap<>(), write -> {});
    }

    private Variables(final Variables outer, final Map<String, Cell> cells, final Consumer<Write> onWrite) {
        this.outer = outer;
        this.cells = cells;
        this.onWrite = onWrite;
    }

    /** The same variables, for somebody of whom it is told what he writes. */
    Variables telling(final Consumer<Write> listener) {
        return new Variables(outer, cells, listener);
    }

    /** The outermost ones, which everybody sees. */
    public static Variables of(final Map<String, ?> globals) {
        final Variables variables = new Variables(null);
        globals.forEach((name, value) -> variables.cells.put(name, new Cell(Scope.GLOBAL, value)));
        return variables;
    }

    /** Those of a composition inside the one that these belong to. */
    public Variables inside(final List<Variable> declared) {
        final Variables inner = new Variables(this);
        for (final Variable variable : declared) {
            final Cell cell = new Cell(variable.scope(), variable.initial());
            if (variable.scope() == Scope.GLOBAL) {
                outermost().cells.putIfAbsent(variable.name(), cell);
            } else {
                inner.cells.put(variable.name(), cell);
            }
        }
        return inner;
    }

    private Variables outermost() {
        Variables variables = this;
        while (variables.outer != null) {
            variables = variables.outer;
        }
        return variables;
    }

    /** What a name means here; null when it means nothing. */
    private Cell find(final String name) {
        final Cell own = cells.get(name);
        if (own != null) {
            return own;
        }
        for (Variables around = outer; around != null; around = around.outer) {
            final Cell cell = around.cells.get(name);
            if (cell != null && cell.scope != Scope.LOCAL) {
                return cell;
            }
        }
        return null;
    }

    private Cell known(final String name) {
        final Cell cell = find(name);
        if (cell == null) {
            throw new InvalidCompositionException(
                    "no variable is called '" + name + "' here; there are " + toMap().keySet());
        }
        return cell;
    }

    /** Whether a name means something here. */
    public boolean has(final String name) {
        return find(name) != null;
    }

    /**
     * The value of a variable, null for none.
     *
     * @throws InvalidCompositionException when none of this name can be seen here.
     */
    public Object get(final String name) {
        return known(name).value();
    }

    /**
     * Give a variable a value.
     *
     * @throws InvalidCompositionException as {@link #get}.
     */
    public void set(final String name, final Object value) {
        update(name, before -> value);
    }

    /**
     * Change the value of a variable; of several who do at the same time, none is lost.
     *
     * @param change of the value; may be asked more than once.
     * @return the new value.
     * @throws InvalidCompositionException as {@link #get}.
     */
    public Object update(final String name, final UnaryOperator<Object> change) {
        final Versioned written = written(name)
                .content()
                .updateAndGet(before -> new Versioned(change.apply(before.value()), before.version() + 1));
        onWrite.accept(new Write(name, written.value(), written.version()));
        return written.value();
    }

    /** Write again what was written once, unless something later was. Nobody is told. */
    void repeat(final Write write) {
        written(write.name())
                .content()
                .updateAndGet(before ->
                        before.version() >= write.version() ? before : new Versioned(write.value(), write.version()));
    }

    /** Where it is written from here. */
    private Cell written(final String name) {
        final Cell cell = known(name);
        final boolean isOfAround = cell.scope == Scope.INHERITED && !cells.containsKey(name);
        return isOfAround
                ? cells.computeIfAbsent(
                        name, none -> new Cell(Scope.INHERITED, cell.content().get()))
                : cell;
    }

    /** Everything that can be seen here, by name. */
    public SortedMap<String, Object> toMap() {
        final List<Variables> fromOutside = new ArrayList<>();
        for (Variables variables = this; variables != null; variables = variables.outer) {
            fromOutside.add(0, variables);
        }
        final SortedMap<String, Object> seen = new TreeMap<>();
        for (final Variables variables : fromOutside) {
            variables.cells.forEach((name, cell) -> {
                if (variables == this || cell.scope != Scope.LOCAL) {
                    seen.put(name, cell.value());
                }
            });
        }
        return Collections.unmodifiableSortedMap(seen);
    }
}
