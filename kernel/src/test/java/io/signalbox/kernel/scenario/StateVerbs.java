package io.signalbox.kernel.scenario;

import io.signalbox.kernel.command.StateCommands;
import io.signalbox.kernel.state.MergeRule;
import io.signalbox.kernel.state.StateChanges;
import io.signalbox.kernel.state.StateOperator;
import io.signalbox.kernel.state.StateRules;
import io.signalbox.kernel.state.ValueType;
import io.signalbox.kernel.store.SlotBuffer;
import java.util.Arrays;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The verbs of the state room: update, clear, merge, rule, rollback, forget, awaitstate. */
final class StateVerbs {
    /** A change in an update: {@code key}, {@code key@version}, {@code key:TYPE}; {@code -key} deletes; {@code key[0..9]} is ten of them. */
    private static final Pattern CHANGE =
            Pattern.compile("(-?)([#\\w]+)(?:\\[0\\.\\.(\\d+)\\])?(?:@(\\d+))?(?::(\\w+))?(?:=(.*))?");

    private final ToIntFunction<String> ids;

    StateVerbs(final ToIntFunction<String> ids) {
        this.ids = ids;
    }

    CommandWriter.Written write(final String verb, final Words words, final long coordination, final String label) {
        return switch (verb) {
            case "update" -> update(words);
            case "clear" -> {
                final SlotBuffer buffer = new SlotBuffer(StateCommands.CLEAR_LENGTH);
                StateCommands.encodeClear(buffer, 0, 0, coordination, by(words));
                yield CommandWriter.done(buffer);
            }
            case "merge" -> merge(words, coordination);
            case "rule" -> rule(words, coordination);
            case "rollback" -> {
                final SlotBuffer buffer = new SlotBuffer(StateCommands.ROLL_BACK_LENGTH);
                final int by = by(words);
                StateCommands.encodeRollBack(buffer, 0, 0, coordination, Long.parseLong(words.next()), by);
                yield CommandWriter.done(buffer);
            }
            case "forget" -> {
                final SlotBuffer buffer = new SlotBuffer(StateCommands.FORGET_HISTORY_LENGTH);
                StateCommands.encodeForgetHistory(buffer, coordination);
                yield CommandWriter.done(buffer);
            }
            case "awaitstate" -> await(words, coordination, label);
            default -> throw new IllegalArgumentException("no such verb: " + verb);
        };
    }

    private int by(final Words words) {
        return ids.applyAsInt(words.after("by", ""));
    }

    private CommandWriter.Written update(final Words words) {
        final int by = by(words);
        final long expected = Long.parseLong(words.after("expect", "-1"));
        final int cut = words.number("cut", 0);
        final int badKind = words.number("kind", -1);
        final StateChanges changes = new StateChanges();
        while (!words.isEmpty()) {
            add(words.next(), changes);
        }
        final byte[] encoded = changes.encode();
        if (badKind >= 0) {
            encoded[4] = (byte) badKind;
        }
        final byte[] bytes = Arrays.copyOf(encoded, encoded.length - cut);
        final SlotBuffer buffer = new SlotBuffer(StateCommands.updateLength(bytes));
        StateCommands.encodeUpdate(buffer, 0, 0, 0, expected, by, bytes);
        return CommandWriter.done(buffer);
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
            final int key = ids.applyAsInt(change.group(2) + (many ? i : ""));
            if (change.group(1).isEmpty()) {
                changes.set(key, type, CommandWriter.value(type, value), expected);
            } else {
                changes.delete(key, expected);
            }
        }
    }

    private CommandWriter.Written merge(final Words words, final long coordination) {
        final int by = by(words);
        final ValueType type = ValueType.valueOf(words.after("type", "LONG"));
        final int code = words.number("code", type.ordinal());
        final int key = ids.applyAsInt(words.next());
        final byte[] value = CommandWriter.value(type, type == ValueType.NULL ? "" : words.next());
        final SlotBuffer buffer = new SlotBuffer(StateCommands.mergeLength(value));
        StateCommands.encodeMerge(buffer, 0, 0, coordination, key, code, by, value);
        return CommandWriter.done(buffer);
    }

    private CommandWriter.Written rule(final Words words, final long coordination) {
        final int key = ids.applyAsInt(words.next());
        final String rule = words.next();
        final int code = rule.charAt(0) == '#'
                ? Integer.parseInt(rule.substring(1))
                : MergeRule.valueOf(rule).code();
        final SlotBuffer buffer = new SlotBuffer(StateCommands.DECLARE_MERGE_LENGTH);
        StateCommands.encodeDeclareMerge(buffer, coordination, key, code);
        return CommandWriter.done(buffer);
    }

    private CommandWriter.Written await(final Words words, final long coordination, final String label) {
        final int owner = ids.applyAsInt(words.after("owner", ""));
        final long timeoutNs = Words.ns(words.after("within", "0ns"));
        final ValueType type = ValueType.valueOf(words.after("type", "NULL"));
        final int code = words.number("code", type.ordinal());
        final int key = ids.applyAsInt(words.next());
        final String operator = words.next();
        final int operatorCode = operator.charAt(0) == '#'
                ? Integer.parseInt(operator.substring(1))
                : StateOperator.valueOf(operator).code();
        final byte[] operand = CommandWriter.value(type, type == ValueType.NULL ? "" : words.next());
        final SlotBuffer buffer = new SlotBuffer(StateCommands.awaitLength(operand));
        StateCommands.encodeAwait(buffer, coordination, owner, key, operatorCode, code, timeoutNs, operand);
        return new CommandWriter.Written(buffer.byteArray(), CommandWriter.DEPENDENCY, label);
    }
}
