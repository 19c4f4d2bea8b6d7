package io.signalbox.kernel.scenario;

import io.signalbox.kernel.command.StateCommands;
import io.signalbox.kernel.state.MergeRule;
import io.signalbox.kernel.state.StateChange;
import io.signalbox.kernel.state.StateChanges;
import io.signalbox.kernel.state.StateOperator;
import io.signalbox.kernel.state.StateRules;
import io.signalbox.kernel.state.StateValue;
import io.signalbox.kernel.state.ValueType;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * {@code set}, {@code delete}, {@code update}, {@code clear}, {@code merge}, {@code rule}, {@code rollback}, {@code forget}, {@code
 * awaitstate}; {@code look state}, {@code look changes}, {@code look held}.
 */
final class StateVerbs implements Verbs {
    /** A signal in an update: {@code tell:TYPE:SENDER:PAYLOAD}. */
    private static final String TELL = "tell:";

    /** A change in an update: {@code key}, {@code key@version}, {@code key:TYPE}; {@code -key} deletes; {@code key[0..9]} is ten. */
    private static final Pattern CHANGE =
            Pattern.compile("(-?)([#\\w]+)(?:\\[0\\.\\.(\\d+)\\])?(?:@(\\d+))?(?::(\\w+))?(?:=(.*))?");

    private final Pen pen;

    StateVerbs(final Pen pen) {
        this.pen = pen;
    }

    @Override
    public Written write(final String verb, final Words words, final String label, final long coordination) {
        return switch (verb) {
            case "set" -> set(words, coordination);
            case "delete" -> delete(words, coordination);
            case "update" -> update(words, coordination);
            case "clear" ->
                Pen.done(new StateCommands.Clear().with(coordination).changedBy(by(words)));
            case "merge" -> merge(words, coordination);
            case "rule" -> rule(words, coordination);
            case "rollback" -> {
                final int by = by(words);
                final long target = Long.parseLong(words.next());
                yield Pen.done(
                        new StateCommands.RollBack().with(coordination, target).changedBy(by));
            }
            case "forget" -> Pen.done(new StateCommands.ForgetHistory().with(coordination));
            case "awaitstate" -> await(words, coordination, label);
            default -> null;
        };
    }

    private Written set(final Words words, final long coordination) {
        final int key = pen.id(words.next());
        final ValueType type = ValueType.valueOf(words.after("type", "TEXT"));
        final int code = words.number("code", type.ordinal());
        final long expected = Long.parseLong(words.after("expect", "-1"));
        final int by = pen.id(words.after("by", ""));
        final String text = type == ValueType.NULL ? "" : words.next();
        final byte[] value = value(type, text);
        return Pen.done(new StateCommands.Set()
                .with(coordination, key, code, value)
                .expectedVersion(expected)
                .changedBy(by));
    }

    private Written delete(final Words words, final long coordination) {
        final long expected = Long.parseLong(words.after("expect", "-1"));
        final int by = pen.id(words.after("by", ""));
        return Pen.done(new StateCommands.Delete()
                .with(coordination, pen.id(words.next()))
                .expectedVersion(expected)
                .changedBy(by));
    }

    private int by(final Words words) {
        return pen.id(words.after("by", ""));
    }

    private static byte[] value(final ValueType type, final String text) {
        return switch (type) {
            case LONG -> Pen.word(Long.parseLong(text));
            case DOUBLE -> Pen.word(Double.doubleToRawLongBits(Double.parseDouble(text)));
            case BOOLEAN -> new byte[] {Byte.parseByte(text)};
            case NULL -> new byte[0];
            case TEXT, JSON, BYTES -> Pen.utf8(text);
        };
    }

    private Written update(final Words words, final long coordination) {
        final int by = by(words);
        final long expected = Long.parseLong(words.after("expect", "-1"));
        final int cut = words.number("cut", 0);
        final int kind = words.number("kind", -1);
        final StateChanges changes = new StateChanges();
        while (!words.isEmpty()) {
            final String word = words.next();
            if (word.startsWith(TELL)) {
                tell(word.substring(TELL.length()).split(":", -1), changes);
            } else {
                add(word, changes);
            }
        }
        final byte[] encoded = changes.encode();
        if (kind >= 0) {
            encoded[4] = (byte) kind;
        }
        return Pen.done(new StateCommands.Update()
                .with(coordination, Arrays.copyOf(encoded, encoded.length - cut))
                .expectedVersion(expected)
                .changedBy(by));
    }

    private void tell(final String[] parts, final StateChanges changes) {
        final int sender = parts[1].isEmpty() ? 0 : pen.id(parts[1]);
        changes.tell(pen.id(parts[0]), sender, Pen.utf8(parts[2]));
    }

    private void add(final String text, final StateChanges changes) {
        final Matcher change = CHANGE.matcher(text);
        if (!change.matches()) {
            throw new IllegalArgumentException("no change of a key: " + text);
        }
        final boolean many = change.group(3) != null;
        final long expected = change.group(4) == null ? StateRules.ANY_VERSION : Long.parseLong(change.group(4));
        final String value = change.group(6) == null ? "" : change.group(6);
        final ValueType type = change.group(5) == null ? ValueType.TEXT : ValueType.valueOf(change.group(5));
        for (int i = 0; i <= (many ? Integer.parseInt(change.group(3)) : 0); i++) {
            final int key = pen.id(change.group(2) + (many ? i : ""));
            if (change.group(1).isEmpty()) {
                changes.set(key, type, value(type, value), expected);
            } else {
                changes.delete(key, expected);
            }
        }
    }

    private Written merge(final Words words, final long coordination) {
        final int by = by(words);
        final ValueType type = ValueType.valueOf(words.after("type", "LONG"));
        final int code = words.number("code", type.ordinal());
        final int key = pen.id(words.next());
        final byte[] value = value(type, type == ValueType.NULL ? "" : words.next());
        return Pen.done(
                new StateCommands.Merge().with(coordination, key, code, value).changedBy(by));
    }

    private Written rule(final Words words, final long coordination) {
        final int key = pen.id(words.next());
        final String rule = words.next();
        final int code = rule.charAt(0) == '#'
                ? Integer.parseInt(rule.substring(1))
                : MergeRule.valueOf(rule).code();
        return Pen.done(new StateCommands.DeclareMerge().with(coordination, key, code));
    }

    private Written await(final Words words, final long coordination, final String label) {
        final int flags = (words.has("at-once") ? 2 : 0) | (words.has("part") ? 8 : 0) | words.number("flags", 0);
        final int owner = pen.id(words.after("owner", ""));
        final int id = pen.id(words.after("label", ""));
        final int retries = words.number("retries", 0);
        final long timeoutNs = Words.ns(words.after("within", "0ns"));
        final ValueType type = ValueType.valueOf(words.after("type", "NULL"));
        final int code = words.number("code", type.ordinal());
        final int key = pen.id(words.next());
        final String operator = words.next();
        final int comparison = operator.charAt(0) == '#'
                ? Integer.parseInt(operator.substring(1))
                : StateOperator.valueOf(operator).code();
        final byte[] operand = value(type, type == ValueType.NULL ? "" : words.next());
        return Pen.labelled(
                new StateCommands.Await()
                        .with(coordination, key, comparison, code, operand)
                        .flags(flags)
                        .owner(owner)
                        .label(id)
                        .retriesMax(retries)
                        .timeoutNs(timeoutNs),
                Labels.DEPENDENCY,
                label);
    }

    @Override
    public Look look(final String what, final Words words) {
        if ("held".equals(what)) {
            final long wait = pen.handle(Labels.DEPENDENCY, words.next());
            return new Look(machine -> "v" + machine.statePredicates().heldVersion(wait));
        }
        if (!"state".equals(what) && !"changes".equals(what)) {
            return null;
        }
        final String name = words.next();
        final long scope = pen.scope(words.after("in", ""));
        final int key = pen.id(name);
        return new Look(machine -> "state".equals(what)
                ? value(machine.states().snapshot(scope).get(key))
                : changes(machine.states().history(scope).changesOf(key, 9)));
    }

    private static String changes(final List<StateChange> changes) {
        return changes.stream()
                .map(change -> "v" + change.version() + " " + change.operation() + ": " + value(change.before())
                        + " to " + value(change.after()))
                .collect(Collectors.joining("; "));
    }

    private static String value(final StateValue value) {
        if (value == null) {
            return "absent";
        }
        final String text = value.type() == ValueType.LONG ? Long.toString(value.asLong()) : value.text();
        return value.type() + " \"" + text.replace('\n', '|') + "\" v" + value.version();
    }
}
