package io.signalbox.kernel.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.command.CommandView;
import io.signalbox.kernel.command.Commands;
import io.signalbox.kernel.command.Request;
import io.signalbox.kernel.command.WorkflowCommands;
import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactLog;
import io.signalbox.kernel.store.SlotBuffer;
import io.signalbox.kernel.workflow.DefinitionCodec;
import io.signalbox.kernel.workflow.RunSnapshot;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/** A machine under a clock of its own, with a journal: every turn's command is kept, and the machine can be made anew from them. */
final class FlowMachine {
    static final MachineLimits LIMITS =
            MachineLimits.small().withDefinitionLengthMax(1 << 24).withRunsMax(2);
    private static final byte[] NOTHING = {};

    /** One turn's command. */
    private record Entry(byte[] command, long timestampNs) {}

    private final List<Entry> journal = new ArrayList<>();
    private final CommandView view = new CommandView();
    private final Fact fact = new Fact();
    private final Consumer<Fact> observer;
    private CoordinationMachine machine = new CoordinationMachine(LIMITS);
    private int factsMost;
    long nowNs = 1;

    FlowMachine(final Consumer<Fact> observer) {
        this.observer = observer;
    }

    /** One that goes on from the first so many entries of another's journal. */
    FlowMachine(final FlowMachine other, final int entries, final Consumer<Fact> observer) {
        this(observer);
        for (final Entry entry : other.journal.subList(0, entries)) {
            nowNs = entry.timestampNs;
            turn(entry.command);
        }
    }

    CoordinationMachine machine() {
        return machine;
    }

    int entries() {
        return journal.size();
    }

    /** Facts of the largest turn. */
    int factsMost() {
        return factsMost;
    }

    /** Forget the machine and make it again from the journal; it has to remember the same. */
    void restart() {
        final long digest = machine.stateDigest();
        final FlowMachine again = new FlowMachine(this, entries(), fact -> {});
        machine = again.machine;
        assertThat(machine.stateDigest()).isEqualTo(digest);
    }

    /** The rest of a turn that was cut off. */
    void goOn() {
        while (machine.hasBacklog()) {
            final SlotBuffer buffer = new SlotBuffer(Commands.PLAIN_LENGTH);
            Commands.encodeContinue(buffer);
            turn(buffer.byteArray());
        }
    }

    long apply(final Request request) {
        final SlotBuffer buffer = new SlotBuffer(request.length());
        request.encode(buffer, 0, 0);
        final long answer = turn(buffer.byteArray());
        goOn();
        return answer;
    }

    void pulse() {
        while (machine.nextDeadlineNs() <= nowNs) {
            final SlotBuffer buffer = new SlotBuffer(Commands.PLAIN_LENGTH);
            Commands.encodePulse(buffer);
            turn(buffer.byteArray());
            goOn();
        }
    }

    private long turn(final byte[] command) {
        journal.add(new Entry(command, nowNs));
        view.wrap(command, 0, command.length).stamp(machine.appliedPosition() + 1, nowNs);
        machine.apply(view);
        machine.releaseOutcomes();
        final FactLog facts = machine.facts();
        factsMost = Math.max(factsMost, facts.count());
        for (int i = 0; i < facts.count(); i++) {
            observer.accept(fact.wrap(facts, i));
        }
        return machine.answers().count() == 0 ? 0 : machine.answers().answer(0);
    }

    int deploy(final WorkflowDefinition definition) {
        final byte[] content = DefinitionCodec.encode(definition);
        final CRC32C crc = new CRC32C();
        crc.update(content);
        final long upload = apply(new WorkflowCommands.BeginUpload().with(content.length, crc.getValue()));
        assertThat(apply(new WorkflowCommands.AppendChunk().with(upload, content, 0, content.length)))
                .isZero();
        return (int) apply(new WorkflowCommands.Deploy().with(upload));
    }

    /** Start a run of a definition that is deployed first. */
    long start(final WorkflowDefinition definition) {
        return apply(new WorkflowCommands.StartRun().with(0, deploy(definition), NOTHING));
    }

    long finish(final long run, final int step, final int attempt, final int ending) {
        return apply(
                new WorkflowCommands.FinishStep().with(0, run, step, attempt).ending(ending));
    }

    RunSnapshot run(final long handle) {
        return machine.inspector().run(handle);
    }
}
