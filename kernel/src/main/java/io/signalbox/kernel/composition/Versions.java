package io.signalbox.kernel.composition;

import io.signalbox.kernel.context.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Things by name and version. What is there stays: a version is never given to something else. Any thread. */
final class Versions<T> {
    private static final int COUNT_MAX = 100_000;

    private final String what;
    private final SortedMap<String, SortedMap<Version, T>> byName = new TreeMap<>();
    private int count;

    Versions(final String what) {
        this.what = what;
    }

    synchronized void add(final String name, final Version version, final T thing) {
        InvalidCompositionException.unless(!name.isBlank(), "a " + what + " needs a name");
        InvalidCompositionException.unless(count < COUNT_MAX, "there are " + COUNT_MAX + " of " + what + " already");
        final T known = byName.computeIfAbsent(name, none -> new TreeMap<>()).putIfAbsent(version, thing);
        InvalidCompositionException.unless(
                known == null, what + " '" + name + "' has a version " + version + " already; give it a higher one");
        count++;
    }

    /** The one of this version, the highest one when that is null; null when there is none. */
    synchronized T find(final String name, final Version version) {
        final SortedMap<Version, T> versions = byName.get(name);
        if (versions == null) {
            return null;
        }
        return versions.get(version == null ? versions.lastKey() : version);
    }

    /** As {@link #find}, but there must be one. */
    synchronized T get(final String name, final Version version) {
        final T found = find(name, version);
        if (found != null) {
            return found;
        }
        final List<String> names = names();
        final String hint;
        if (names.contains(name)) {
            hint = "of version " + version + "; there are " + versions(name);
        } else {
            hint = names.isEmpty() ? "; there is none" : "; did you mean '" + NearestName.of(name, names) + "'?";
        }
        throw new InvalidCompositionException("no " + what + " is called '" + name + "' " + hint);
    }

    synchronized List<Version> versions(final String name) {
        return byName.containsKey(name) ? new ArrayList<>(byName.get(name).keySet()) : List.of();
    }

    synchronized List<String> names() {
        return new ArrayList<>(byName.keySet());
    }
}
