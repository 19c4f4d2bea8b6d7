package io.signalbox.kernel.composition;

/**
 * A variable that a composition declares.
 *
 * @param name not empty.
 * @param scope who sees it.
 * @param initial its value in the beginning; null for none. A global one that is there already keeps its value.
 */
public record Variable(String name, Scope scope, Object initial) {
    public Variable {
        InvalidCompositionException.unless(!name.isBlank(), "a variable needs a name");
    }

    /** {@link Scope#GLOBAL}. */
    public static Variable global(final String name, final Object initial) {
        return new Variable(name, Scope.GLOBAL, initial);
    }

    /** {@link Scope#LOCAL}. */
    public static Variable local(final String name, final Object initial) {
        return new Variable(name, Scope.LOCAL, initial);
    }

    /** {@link Scope#INHERITED}. */
    public static Variable inherited(final String name, final Object initial) {
        return new Variable(name, Scope.INHERITED, initial);
    }

    /** {@link Scope#SHARED}. */
    public static Variable shared(final String name, final Object initial) {
        return new Variable(name, Scope.SHARED, initial);
    }
}
