package io.signalbox.kernel.machine;

import io.signalbox.kernel.event.Rejection;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/**
 * The state of one scope, written a second time and simply: every version is a whole copy. A value is a Long, a Double, a Boolean, a
 * String, or {@link #NULL}.
 */
final class NaiveState {
    static final int KEYS_MAX = 4;
    static final int BYTES_MAX = 60;
    static final int VERSIONS_MAX = 5;
    static final int VERSION_BYTES_MAX = 40;
    static final Object NULL = "the null value";

    /** What a key holds. */
    record Held(Object value, long version) {}

    /** One change of an update; a null value deletes. */
    record Change(int key, Object value, long expected) {}

    /** A signal of an update that tells of it. */
    record Tell(int type, int sender, int length) {}

    /** A whole version. */
    record Version(long number, Map<Integer, Held> values, int written) {}

    final Map<Integer, Held> values = new TreeMap<>();
    final Map<Integer, String> rules = new HashMap<>();
    final List<Version> past = new ArrayList<>();
    long version;
    private final int times;
    private int written;

    /** One that holds so many times as much as the smallest. */
    NaiveState(final int times) {
        this.times = times;
    }

    static int length(final Object value) {
        return value == NULL
                ? 0
                : value instanceof Boolean
                        ? 1
                        : value instanceof String text ? text.getBytes(StandardCharsets.UTF_8).length : 8;
    }

    private static long refuse(final Rejection rejection) {
        return rejection.answer();
    }

    private int bytes() {
        return values.values().stream().mapToInt(held -> length(held.value())).sum();
    }

    /** Another version begins: the present one is past. */
    private long next(final int writes) {
        past.add(new Version(version, new TreeMap<>(values), written));
        while (past.size() > VERSIONS_MAX * times
                || past.size() > 1 && past.stream().mapToInt(Version::written).sum() > VERSION_BYTES_MAX * times) {
            past.remove(0);
        }
        written = writes;
        return ++version;
    }

    private boolean meets(final int key, final long expected) {
        return expected == -1
                || expected == (values.containsKey(key) ? values.get(key).version() : 0);
    }

    /** Why the keys cannot hold these instead; 0 when they can. */
    private long full(final Map<Integer, Held> after) {
        if (after.size() > KEYS_MAX * times && after.size() > values.size()) {
            return refuse(Rejection.TOO_MANY_KEYS);
        }
        final int bytes =
                after.values().stream().mapToInt(held -> length(held.value())).sum();
        return bytes > BYTES_MAX * times && bytes > bytes() ? refuse(Rejection.TOO_MANY_BYTES) : 0;
    }

    private long become(final Map<Integer, Held> after, final int writes) {
        final long full = full(after);
        if (full != 0) {
            return full;
        }
        next(writes);
        values.clear();
        values.putAll(after);
        return version;
    }

    long set(final int key, final long expected, final Object value) {
        if (!meets(key, expected)) {
            return refuse(Rejection.VERSION_MISMATCH);
        }
        final Map<Integer, Held> after = new TreeMap<>(values);
        after.put(key, new Held(value, version + 1));
        return become(after, length(value));
    }

    long delete(final int key, final long expected) {
        if (!values.containsKey(key)) {
            return refuse(Rejection.UNKNOWN_KEY);
        }
        if (!meets(key, expected)) {
            return refuse(Rejection.VERSION_MISMATCH);
        }
        next(0);
        values.remove(key);
        return version;
    }

    /** @param refusalToTell why the signals that tell of it cannot be raised, 0 when they can. */
    long update(final long expected, final List<Change> changes, final int namesMax, final LongSupplier refusalToTell) {
        if (expected != -1 && expected != version) {
            return refuse(Rejection.VERSION_MISMATCH);
        }
        final Map<Integer, Held> after = new TreeMap<>(values);
        final Set<Integer> seen = new HashSet<>();
        int writes = 0;
        for (final Change change : changes) {
            if (change.key() < 1 || change.key() > namesMax) {
                return refuse(Rejection.UNKNOWN_NAME);
            }
            if (!seen.add(change.key())) {
                return refuse(Rejection.DUPLICATE_KEY);
            }
            if (change.value() == null && !values.containsKey(change.key())) {
                return refuse(Rejection.UNKNOWN_KEY);
            }
            if (!meets(change.key(), change.expected())) {
                return refuse(Rejection.VERSION_MISMATCH);
            }
            if (change.value() == null) {
                after.remove(change.key());
            } else {
                after.put(change.key(), new Held(change.value(), version + 1));
                writes += length(change.value());
            }
        }
        return refusalToTell.getAsLong() == 0 ? become(after, writes) : refusalToTell.getAsLong();
    }

    long clear() {
        next(0);
        values.clear();
        return version;
    }

    long rollback(final long target) {
        if (target < 0 || target >= version) {
            return refuse(Rejection.UNKNOWN_VERSION);
        }
        for (final Version candidate : past) {
            if (candidate.number() == target) {
                final Map<Integer, Held> restored = candidate.values();
                next(0);
                values.clear();
                values.putAll(restored);
                return version;
            }
        }
        return refuse(Rejection.VERSION_NOT_RETAINED);
    }

    long forget() {
        past.clear();
        return 0;
    }

    long declareMerge(final int key, final String rule) {
        if (rule == null) {
            rules.remove(key);
        } else if (!rules.containsKey(key) && rules.size() == KEYS_MAX * times) {
            return refuse(Rejection.TOO_MANY_KEYS);
        } else {
            rules.put(key, rule);
        }
        return 0;
    }

    long merge(final int key, final Object value, final int lengthMax) {
        final String rule = rules.get(key);
        if (rule == null) {
            return refuse(Rejection.NO_MERGE_RULE);
        }
        final Object before = values.containsKey(key) ? values.get(key).value() : NULL;
        final Object merged = merged(rule, before, value);
        if (merged == null) {
            return refuse(Rejection.NOT_MERGEABLE);
        }
        if (length(merged) > lengthMax) {
            return refuse(Rejection.TOO_LONG);
        }
        final Map<Integer, Held> after = new TreeMap<>(values);
        after.put(key, new Held(merged, version + 1));
        return become(after, length(merged));
    }

    private static Object merged(final String rule, final Object before, final Object value) {
        if (rule.equals("LAST")) {
            return value;
        }
        if (value == NULL || rule.equals("SUM") && (value instanceof String || value instanceof Boolean)) {
            return null;
        }
        if ((rule.equals("UNION") || rule.equals("APPEND")) && !(value instanceof String)) {
            return null;
        }
        if (before != NULL && before.getClass() != value.getClass()) {
            return null;
        }
        return switch (rule) {
            case "UNION" -> union(before == NULL ? "" : (String) before, (String) value);
            case "APPEND" -> (before == NULL ? "" : (String) before) + value;
            case "SUM" -> before == NULL ? value : sum(before, value);
            default -> before == NULL ? value : (natural(before, value) >= 0) == rule.equals("MAX") ? before : value;
        };
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // both are of one class
    private static int natural(final Object one, final Object two) {
        return ((Comparable) one).compareTo(two);
    }

    private static Object sum(final Object one, final Object two) {
        if (one instanceof Double fraction) {
            return fraction + (Double) two;
        }
        try {
            return Math.addExact((Long) one, (Long) two);
        } catch (final ArithmeticException e) {
            return null;
        }
    }

    private static String union(final String one, final String two) {
        final Set<String> lines = new TreeSet<>(Comparator.naturalOrder());
        lines.addAll(one.lines().toList());
        lines.addAll(two.lines().toList());
        lines.remove("");
        return String.join("\n", lines);
    }

    /** Whether what a key holds is so; every type but numbers compares with its own kind. */
    boolean holds(final int key, final int operator, final Object operand) {
        final Held held = values.get(key);
        if (operator == 1 || operator == 2) {
            return (held != null) == (operator == 1);
        }
        if (held == null) {
            return false;
        }
        final Integer order = order(held.value(), operand);
        return switch (operator) {
            case 3 -> order != null && order == 0;
            case 4 -> order == null || order != 0;
            case 5 -> order != null && order < 0;
            case 6 -> order != null && order <= 0;
            case 7 -> order != null && order > 0;
            case 8 -> order != null && order >= 0;
            case 9 -> held.value() != NULL && held.value() instanceof String text && text.contains((String) operand);
            case 10 -> held.value() != NULL && held.value() instanceof String text && text.startsWith((String) operand);
            case 11 -> held.value() != NULL && held.value() instanceof String text && text.endsWith((String) operand);
            default -> held.version() > (Long) operand;
        };
    }

    private static Integer order(final Object value, final Object operand) {
        if (value == NULL || operand == NULL) {
            return value == operand ? 0 : null;
        }
        if (value instanceof Number one && operand instanceof Number two) {
            return exact(one).compareTo(exact(two));
        }
        return value.getClass() == operand.getClass() ? (Integer) natural(value, operand) : null;
    }

    private static BigDecimal exact(final Number number) {
        return number instanceof Double fraction ? new BigDecimal(fraction) : BigDecimal.valueOf(number.longValue());
    }
}
