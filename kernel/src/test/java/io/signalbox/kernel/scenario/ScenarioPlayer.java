package io.signalbox.kernel.scenario;

import io.signalbox.kernel.command.CommandView;
import io.signalbox.kernel.command.Commands;
import io.signalbox.kernel.command.MachineCommands;
import io.signalbox.kernel.event.Room;
import io.signalbox.kernel.machine.Answers;
import io.signalbox.kernel.machine.CoordinationMachine;
import io.signalbox.kernel.store.SlotBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Plays a scenario on a machine, one command a turn, a {@code Continue} after each batch while there is a backlog, a {@code Pulse}
 * where a line says so; records everything, so that the same can be played on other drivers and compared.
 */
public final class ScenarioPlayer {
    private static final int BATCH_MAX = 100;
    private static final int CONTINUES_MAX = 500;
    private static final int DIGESTED_TURNS_MAX = 400;

    private final Scenario scenario;
    private final CoordinationMachine machine;
    private final Recording recording;
    private final Labels labels = new Labels();
    private final FactPrinter printer;
    private final CommandWriter writer;
    private final CommandView view = new CommandView();
    private long nowNs = Recording.ORIGIN_NS;
    private int lineNumber;

    private ScenarioPlayer(final Scenario scenario, final CoordinationMachine machine) {
        this.scenario = scenario;
        this.machine = machine;
        recording = new Recording(scenario);
        printer = new FactPrinter(machine, labels, Recording.ORIGIN_NS);
        writer = new CommandWriter(new Pen(machine, labels, this::nameId), scenario.definitions());
    }

    /** Play it to its end. What a line came to is in the recording, also where it is not what was expected. */
    public static Recording play(final Scenario scenario, final CoordinationMachine machine) {
        return new ScenarioPlayer(scenario, machine).play();
    }

    private Recording play() {
        int at = 0;
        while (at < scenario.lines().size()) {
            int end = at + 1;
            while (end < scenario.lines().size() && scenario.lines().get(end).joins()) {
                end++;
            }
            final List<Scenario.Line> joined = scenario.lines().subList(at, end);
            try {
                play(joined);
            } catch (final RuntimeException e) {
                throw new IllegalStateException(
                        recording.table() + "line " + joined.get(0).number() + " broke: "
                                + joined.get(0).text(),
                        e);
            }
            at = end;
        }
        return recording;
    }

    private void play(final List<Scenario.Line> joined) {
        final Scenario.Line first = joined.get(0);
        lineNumber = first.number();
        final long timeNs = Recording.ORIGIN_NS + Words.ns(first.time());
        if (timeNs < nowNs) {
            throw new IllegalArgumentException("time goes back");
        }
        nowNs = timeNs;
        if (first.text().startsWith("look")) {
            look(first);
        } else if ("pulse".equals(first.text())) {
            pulse(first);
        } else if (machine.nextDeadlineNs() <= nowNs) {
            throw new IllegalArgumentException("something is due before this line: write a line 'pulse' first");
        } else if (first.repeat() > 1) {
            repeat(first);
        } else {
            batch(joined);
        }
    }

    private void look(final Scenario.Line line) {
        final Look look = writer.look(line.text());
        final String seen = look.at(machine);
        recording.steps().add(new Recording.Step(line.number(), nowNs, List.of(), new long[0], look, seen, applied()));
        recording.rows().add(new Recording.Row(line, seen));
    }

    private void pulse(final Scenario.Line line) {
        final StringBuilder actual = new StringBuilder();
        final long giveUpAt = machine.appliedPosition() + CONTINUES_MAX;
        while (machine.nextDeadlineNs() <= nowNs) {
            if (machine.appliedPosition() >= giveUpAt) {
                throw new IllegalStateException("something is still due after " + CONTINUES_MAX + " turns");
            }
            final SlotBuffer buffer = new SlotBuffer(Commands.PLAIN_LENGTH);
            Commands.encodePulse(buffer);
            turn(buffer.byteArray());
            actual.append(actual.isEmpty() ? "" : " ~ ").append(printer.print(machine.facts()));
            serveBacklog(text -> actual.append(" ~ ").append(text), new long[0], new Written[0], 0);
        }
        recording.steps().add(new Recording.Step(line.number(), nowNs, List.of(), new long[0], null, null, applied()));
        recording.rows().add(new Recording.Row(line, actual.isEmpty() ? "nothing due" : actual.toString()));
    }

    private void repeat(final Scenario.Line line) {
        final List<String> texts = new ArrayList<>();
        for (int from = 0; from < line.repeat(); from += BATCH_MAX) {
            final List<Written> batch = new ArrayList<>();
            for (int i = from; i < Math.min(from + BATCH_MAX, line.repeat()); i++) {
                final Written written = writer.write(line.text().replace("$i", Integer.toString(i)));
                batch.add(new Written(written.bytes(), written.kind(), written.label() + i));
            }
            texts.addAll(submit(batch));
        }
        final String last = texts.get(texts.size() - 1);
        recording.rows().add(new Recording.Row(line, texts.get(0) + " .. " + last + " x" + texts.size()));
    }

    private void batch(final List<Scenario.Line> lines) {
        final List<Written> batch =
                lines.stream().map(line -> writer.write(line.text())).toList();
        final List<String> texts = submit(batch);
        for (int i = 0; i < lines.size(); i++) {
            final boolean isLast = i == lines.size() - 1;
            final String rest = isLast ? String.join(" ~ ", texts.subList(i, texts.size())) : texts.get(i);
            recording.rows().add(new Recording.Row(lines.get(i), rest));
        }
    }

    /** Publish commands together; what each turn came to, those of the backlog last. */
    private List<String> submit(final List<Written> batch) {
        final List<byte[]> commands =
                batch.stream().map(written -> written.bytes().clone()).toList();
        final long[] answers = new long[batch.size()];
        final Written[] written = batch.toArray(new Written[0]);
        final List<String> texts = new ArrayList<>();
        final long firstPosition = machine.appliedPosition() + 1;
        for (int i = 0; i < written.length; i++) {
            turn(written[i].bytes());
            final String answer = answers(answers, written, firstPosition, machine.appliedPosition());
            texts.add(answer + (machine.facts().count() == 0 ? "" : "; " + printer.print(machine.facts())));
        }
        serveBacklog(texts::add, answers, written, firstPosition);
        recording.steps().add(new Recording.Step(lineNumber, nowNs, commands, answers, null, null, applied()));
        return texts;
    }

    private void serveBacklog(
            final Consumer<String> texts, final long[] answers, final Written[] written, final long firstPosition) {
        final long giveUpAt = machine.appliedPosition() + CONTINUES_MAX;
        while (machine.hasBacklog()) {
            if (machine.appliedPosition() == giveUpAt) {
                throw new IllegalStateException("the backlog is not empty after " + CONTINUES_MAX + " turns");
            }
            final SlotBuffer buffer = new SlotBuffer(Commands.PLAIN_LENGTH);
            Commands.encodeContinue(buffer);
            turn(buffer.byteArray());
            final String answer = answers(answers, written, firstPosition, -1);
            final String facts = printer.print(machine.facts());
            texts.accept(answer + (answer.isEmpty() || facts.isEmpty() ? "" : "; ") + facts);
        }
    }

    /** Note the turn's answers and label the handles among them. */
    private String answers(final long[] noted, final Written[] written, final long firstPosition, final long own) {
        String text = own < 0 ? "" : "later";
        final Answers answers = machine.answers();
        for (int i = 0; i < answers.count(); i++) {
            final long index = answers.position(i) - firstPosition;
            if (index >= 0 && index < written.length) {
                final Written command = written[(int) index];
                noted[(int) index] = answers.answer(i);
                if (command.kind() != Labels.NO_KIND && answers.answer(i) > 0) {
                    labels.put(command.kind(), command.label(), answers.answer(i));
                }
                final String answer = printer.answer(answers.answer(i), command.kind());
                text = answers.position(i) == own ? answer : "answers " + (index + 1) + ": " + answer;
            }
        }
        return text;
    }

    private int nameId(final String name) {
        final int known = machine.names().find(name);
        if (known != 0) {
            return known;
        }
        submit(List.of(Pen.done(new MachineCommands.InternName().with(Pen.utf8(name)))));
        return machine.names().find(name);
    }

    private void turn(final byte[] command) {
        view.wrap(command, 0, command.length);
        view.stamp(machine.appliedPosition() + 1, nowNs);
        machine.apply(view);
        machine.releaseOutcomes();
        final long[] rooms = new long[Room.COUNT];
        machine.digest().copyTo(rooms);
        final boolean isDigested = recording.turns().size() < DIGESTED_TURNS_MAX;
        recording
                .turns()
                .add(new Recording.Turn(
                        machine.appliedPosition(), command.clone(), isDigested ? machine.stateDigest() : 0, rooms));
    }

    private long applied() {
        return machine.appliedPosition() + 1;
    }
}
