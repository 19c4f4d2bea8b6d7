package io.signalbox.kernel.composition;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** The variables that one composition of a run sees: its own, those of the compositions around it, the global ones. Any thread. */
public final class Variables {
    private record Cell(Scope scope, AtomicReference<Object> value) {
        Cell(final Scope scope, final Object initial) {
            this(scope, new AtomicReference<>(initial));
        }
    }

    private final Variables outer; // null for the outermost
    private final Map<String, Cell> cells = new ConcurrentHashMap<>();

    private Variables(final Variables outer) {
        this.outer = outer;
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
        return known(name).value.get();
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
        final Cell cell = known(name);
        final boolean isOfAround = cell.scope == Scope.INHERITED && !cells.containsKey(name);
        final Cell written =
                isOfAround ? cells.computeIfAbsent(name, none -> new Cell(Scope.INHERITED, cell.value.get())) : cell;
        return written.value.updateAndGet(change);
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
                    seen.put(name, cell.value.get());
                }
            });
        }
        return Collections.unmodifiableSortedMap(seen);
    }
}
