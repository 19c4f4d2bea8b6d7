package io.signalbox.kernel;

import io.signalbox.kernel.dependency.DependencyKind;
import io.signalbox.kernel.state.StateOperator;
import io.signalbox.kernel.state.StatePredicate;
import io.signalbox.kernel.state.ValueType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** One entry of a {@link DependencyDocument} as a map: read with every unknown field refused, and written. */
final class DependencyMap {
    /** Threshold of a gate that gives none. */
    static final double GATE_THRESHOLD = 0.8;

    /** What the systems before ours wrote where any completion was meant. */
    static final String ANY_COMPLETION = "completion";

    /** Names that the systems before ours used, and what they are here. */
    private static final Map<String, String> OLD_NAMES = Map.ofEntries(
            Map.entry("dependency_id", "id"),
            Map.entry("dependency_type", "type"),
            Map.entry("completion_event", "from"),
            Map.entry("availability_threshold", "threshold"),
            Map.entry("resource_type", "sort"),
            Map.entry("gate_type", "sort"));

    private static final Set<String> KNOWN = new TreeSet<>(List.of(
            "id",
            "type",
            "target",
            "agent_id",
            "timeout",
            "max_retries",
            "wait",
            "from",
            "require_success",
            "threshold",
            "needed",
            "members",
            "cancel_rest",
            "operator",
            "operand",
            "operand_type",
            "sort",
            "check_interval_ms",
            "metadata"));

    private final Map<String, Object> fields = new LinkedHashMap<>();

    DependencyMap(final Map<String, ?> map) {
        map.forEach(this::put);
        if (fields.remove("metadata") instanceof Map<?, ?> metadata) {
            metadata.forEach((name, value) -> put(String.valueOf(name), value));
        }
    }

    private void put(final String name, final Object value) {
        final String ours = OLD_NAMES.getOrDefault(name, name);
        if (!KNOWN.contains(ours)) {
            throw refusal("has the unknown field '" + name + "'; there are " + KNOWN);
        }
        if (fields.containsKey(ours)) {
            throw refusal("gives '" + name + "' twice");
        }
        fields.put(ours, value);
    }

    private IllegalArgumentException refusal(final String text) {
        return new IllegalArgumentException("dependency '" + fields.getOrDefault("id", "") + "' " + text);
    }

    /** Anything else than a {@code type} is refused; null when the field is not there. */
    private <T> T field(final String name, final Class<T> type, final String expected) {
        final Object value = fields.get(name);
        if (value != null && !type.isInstance(value)) {
            throw refusal("needs " + expected + " as '" + name + "', not " + value);
        }
        return type.cast(value);
    }

    private String text(final String name, final String otherwise) {
        final String value = field(name, String.class, "a text");
        return value == null ? otherwise : value;
    }

    private boolean isTrue(final String name, final boolean otherwise) {
        final Boolean value = field(name, Boolean.class, "true or false");
        return value == null ? otherwise : value;
    }

    private double number(final String name, final double otherwise) {
        final Number value = field(name, Number.class, "a number");
        return value == null ? otherwise : value.doubleValue();
    }

    private int count(final String name, final int otherwise) {
        final double value = number(name, otherwise);
        if (value != (int) value) {
            throw refusal("needs a whole number as '" + name + "', not " + value);
        }
        return (int) value;
    }

    DependencyDocument.Entry entry() {
        final DependencyKind kind = DependencyDocument.kindNamed(text("type", ""));
        final String target = text("agent_id", text("target", ""));
        final DependencyDocument.Draft draft = new DependencyDocument.Draft(text("id", ""), kind, target);
        final String from = text("from", "");
        draft.from = kind == DependencyKind.AGENT_COMPLETION && from.equals(ANY_COMPLETION) ? "" : from;
        draft.timeout = timeout();
        draft.retriesMax = count("max_retries", 0);
        draft.successRequired = isTrue("require_success", true);
        draft.threshold = number("threshold", kind == DependencyKind.QUALITY_GATE ? GATE_THRESHOLD : draft.threshold);
        draft.waits = isTrue("wait", true);
        draft.members = members();
        draft.needed = count("needed", draft.members.size());
        draft.cancelsRest = isTrue("cancel_rest", false);
        draft.predicate = kind == DependencyKind.STATE_PREDICATE ? predicate() : null;
        draft.sort = text("sort", "");
        return draft.entry();
    }

    private List<String> members() {
        final List<?> members = field("members", List.class, "a list of ids");
        return members == null
                ? List.of()
                : members.stream().map(String::valueOf).toList();
    }

    private Duration timeout() {
        if (!fields.containsKey("timeout")) {
            return DependencyDocument.TIMEOUT;
        }
        final Object value = fields.get("timeout");
        if (value == null) {
            return Duration.ZERO;
        }
        final Duration timeout = duration(value);
        if (timeout.isZero() || timeout.isNegative()) {
            throw refusal("needs a timeout above 0, or null for no limit, not " + value);
        }
        return timeout;
    }

    private Duration duration(final Object value) {
        try {
            return value instanceof Number seconds
                    ? Duration.ofNanos((long) (seconds.doubleValue() * 1e9))
                    : Duration.parse(String.valueOf(value));
        } catch (final DateTimeException e) {
            throw new IllegalArgumentException(
                    refusal("needs seconds, or a text like PT2M, as 'timeout', not " + value)
                            .getMessage(),
                    e);
        }
    }

    static StatePredicate predicate(final String id, final Map<String, ?> asked) {
        final DependencyMap map = new DependencyMap(asked);
        map.fields.put("id", id);
        return map.predicate();
    }

    private StatePredicate predicate() {
        final String name = text("operator", "");
        final StateOperator operator = Arrays.stream(StateOperator.values())
                .filter(one -> name(one).equals(name))
                .findFirst()
                .orElseThrow(() -> refusal("has the unknown operator '" + name + "'; there are "
                        + Arrays.stream(StateOperator.values())
                                .map(DependencyMap::name)
                                .toList()));
        final Object operand = fields.get("operand");
        final String type = text("operand_type", "");
        if (operand == null) {
            return new StatePredicate(operator, ValueType.NULL, new byte[0]);
        } else if (operand instanceof Boolean yes) {
            return StatePredicate.is(operator, (boolean) yes);
        } else if (operand instanceof Double || operand instanceof Float) {
            return StatePredicate.is(operator, ((Number) operand).doubleValue());
        } else if (operand instanceof Number whole) {
            return StatePredicate.is(operator, whole.longValue());
        } else if (type.equals("bytes")) {
            return new StatePredicate(
                    operator, ValueType.BYTES, Base64.getDecoder().decode(String.valueOf(operand)));
        }
        final byte[] text = String.valueOf(operand).getBytes(StandardCharsets.UTF_8);
        return new StatePredicate(operator, type.equals("json") ? ValueType.JSON : ValueType.TEXT, text);
    }

    private static String name(final StateOperator operator) {
        return operator.name().toLowerCase(Locale.ROOT);
    }

    /** An entry as a map. */
    static Map<String, Object> of(final DependencyDocument.Entry entry) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", entry.id());
        map.put("type", DependencyDocument.name(entry.kind()));
        putUnless(map, "target", entry.target(), "");
        putUnless(map, "from", entry.from(), "");
        if (!entry.timeout().equals(DependencyDocument.TIMEOUT)) {
            map.put("timeout", seconds(entry.timeout()));
        }
        putUnless(map, "max_retries", entry.retriesMax(), 0);
        putUnless(map, "require_success", entry.successRequired(), true);
        if (entry.kind() == DependencyKind.QUALITY_GATE || entry.kind() == DependencyKind.RESOURCE) {
            map.put("threshold", entry.threshold());
        }
        putUnless(map, "wait", entry.waits(), true);
        putUnless(map, "needed", entry.needed(), 0);
        putUnless(map, "members", entry.members(), List.of());
        putUnless(map, "cancel_rest", entry.cancelsRest(), false);
        putUnless(map, "sort", entry.sort(), "");
        map.putAll(asked(entry));
        return map;
    }

    /** What it asks of its key. */
    static Map<String, Object> asked(final DependencyDocument.Entry entry) {
        final Map<String, Object> map = new LinkedHashMap<>();
        if (entry.predicate() != null) {
            map.put("operator", name(entry.predicate().operator()));
            putOperand(map, entry.predicate());
        }
        return map;
    }

    private static void putUnless(
            final Map<String, Object> map, final String name, final Object value, final Object asItWouldBe) {
        if (!value.equals(asItWouldBe)) {
            map.put(name, value);
        }
    }

    /** Whole seconds as a number, others as text, no limit as null. */
    private static Object seconds(final Duration timeout) {
        if (timeout.isZero()) {
            return null;
        }
        final long whole = timeout.toSeconds();
        return Duration.ofSeconds(whole).equals(timeout) ? (Object) whole : timeout.toString();
    }

    private static void putOperand(final Map<String, Object> map, final StatePredicate predicate) {
        final byte[] operand = predicate.operand();
        final ByteBuffer bytes = ByteBuffer.wrap(operand).order(ByteOrder.LITTLE_ENDIAN);
        switch (predicate.type()) {
            case NULL -> {
                // nothing stands for it
            }
            case BOOLEAN -> map.put("operand", operand[0] != 0);
            case LONG -> map.put("operand", bytes.getLong());
            case DOUBLE -> map.put("operand", bytes.getDouble());
            case TEXT -> map.put("operand", new String(operand, StandardCharsets.UTF_8));
            case JSON -> {
                map.put("operand", new String(operand, StandardCharsets.UTF_8));
                map.put("operand_type", "json");
            }
            case BYTES -> {
                map.put("operand", Base64.getEncoder().encodeToString(operand));
                map.put("operand_type", "bytes");
            }
        }
    }
}
