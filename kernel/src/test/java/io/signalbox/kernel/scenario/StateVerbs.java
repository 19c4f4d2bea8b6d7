package io.signalbox.kernel.scenario;

import io.signalbox.kernel.command.StateCommands;
import io.signalbox.kernel.state.StateValue;
import io.signalbox.kernel.state.ValueType;

/** {@code set}, {@code delete}, {@code look state}. */
final class StateVerbs implements Verbs {
    private final Pen pen;

    StateVerbs(final Pen pen) {
        this.pen = pen;
    }

    @Override
    public Written write(final String verb, final Words words, final String label, final long coordination) {
        return switch (verb) {
            case "set" -> set(words, coordination);
            case "delete" -> delete(words, coordination);
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
        final byte[] value = switch (type) {
            case LONG -> Pen.word(Long.parseLong(text));
            case DOUBLE -> Pen.word(Double.doubleToRawLongBits(Double.parseDouble(text)));
            case BOOLEAN -> new byte[] {Byte.parseByte(text)};
            default -> Pen.utf8(text);
        };
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

    @Override
    public Look look(final String what, final Words words) {
        if (!"state".equals(what)) {
            return null;
        }
        final String name = words.next();
        final long scope = pen.scope(words.after("in", ""));
        final int key = pen.id(name);
        return new Look(machine -> value(machine.states().snapshot(scope).get(key)));
    }

    private static String value(final StateValue value) {
        if (value == null) {
            return "absent";
        }
        final String text = value.type() == ValueType.LONG ? Long.toString(value.asLong()) : value.text();
        return value.type() + " \"" + text + "\" v" + value.version();
    }
}
