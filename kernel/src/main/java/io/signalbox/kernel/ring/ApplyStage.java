package io.signalbox.kernel.ring;

import com.lmax.disruptor.EventPoller;
import io.signalbox.kernel.command.CommandType;
import io.signalbox.kernel.command.CommandView;
import io.signalbox.kernel.dependency.Dependencies;
import io.signalbox.kernel.machine.Answers;
import io.signalbox.kernel.machine.CoordinationMachine;
import io.signalbox.kernel.metrics.KernelMeter;
import io.signalbox.kernel.state.States;
import io.signalbox.kernel.wait.Reply;
import io.signalbox.kernel.workflow.Handouts;
import io.signalbox.kernel.workflow.Workflows;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.collections.LongObjConsumer;

/** Second stage: the machine decides and changes, outcomes are released, and whom to wake is noted for when the baton is down. */
final class ApplyStage implements EventPoller.Handler<CommandSlot> {
    private final CoordinationMachine machine;
    private final TaskFeed feed;
    private final int batchMax;
    private final KernelMeter meter;
    private final Long2ObjectHashMap<Reply> deferred = new Long2ObjectHashMap<>();
    private WakeList wakes;
    private int batch;
    private int batchBefore;
    private boolean continueInFlight;
    private boolean pulseLanded;
    private final AtomicBoolean pulseInFlight = new AtomicBoolean();
    private final AtomicLong applied = new AtomicLong();

    ApplyStage(final CoordinationMachine machine, final TaskFeed feed, final int batchMax, final KernelMeter meter) {
        this.machine = machine;
        this.feed = feed;
        this.batchMax = batchMax;
        this.meter = meter;
    }

    /** Start a turn; at most {@code batchMax} commands are applied in it, less those this thread has applied just before. */
    void begin(final WakeList wakes, final int appliedBefore) {
        this.wakes = wakes;
        batch = appliedBefore;
        batchBefore = appliedBefore;
    }

    /** The turn ends. */
    void end() {
        meter.turned(batch - batchBefore);
    }

    /** Commands applied since {@link #begin}, and those before. Holder of the baton only. */
    int batch() {
        return batch;
    }

    @Override
    public boolean onEvent(final CommandSlot slot, final long sequence, final boolean endOfBatch) {
        final CommandView command = slot.view();
        final CommandType type = command.type();
        machine.apply(command);
        meter.applied(type, sequence, machine.facts());
        machine.releaseOutcomes();
        tell(slot, command.position());
        if (type == CommandType.CONTINUE) {
            continueInFlight = false;
        } else if (type == CommandType.PULSE) {
            pulseLanded = true;
        }
        slot.release();
        applied.lazySet(applied.getPlain() + 1);
        return ++batch < batchMax;
    }

    private void tell(final CommandSlot slot, final long position) {
        final Answers answers = machine.answers();
        Reply own = slot.reply();
        for (int i = 0; i < answers.count(); i++) {
            if (answers.position(i) == position) {
                complete(own, position, answers.answer(i));
                own = null;
            } else {
                // Found until it is on the list: should this throw, the halt still wakes it.
                complete(deferred.get(answers.position(i)), answers.position(i), answers.answer(i));
                deferred.remove(answers.position(i));
            }
        }
        if (own != null) {
            deferred.put(position, own);
        }
        final Dependencies dependencies = machine.dependencies();
        for (int i = 0; i < dependencies.concludedCount(); i++) {
            wakes.addCell(dependencies.concludedSlot(i));
        }
        final States states = machine.states();
        for (int i = 0; i < states.changedCount(); i++) {
            wakes.addState(states.changedSlot(i));
        }
        wakes.signals |= machine.hasRaised();
        final Workflows workflows = machine.workflows();
        if (workflows.handouts().count() > 0) {
            handOut(workflows, workflows.handouts());
        }
    }

    private void handOut(final Workflows workflows, final Handouts handouts) {
        for (int i = 0; i < handouts.count(); i++) {
            final long run = handouts.run(i);
            final int what = handouts.what(i);
            feed.offer(new TaskFeed.Entry(
                    what,
                    run,
                    handouts.step(i),
                    handouts.attempt(i),
                    what == Handouts.OFFER ? workflows.reader(run) : null));
            wakes.tasks++;
            if (what == Handouts.RUN_FINISHED) {
                wakes.addRun((int) run);
            }
        }
    }

    private void complete(final Reply reply, final long position, final long answer) {
        if (reply == null) {
            return;
        }
        reply.complete(position, answer);
        if (reply.owner() != Thread.currentThread()) {
            wakes.addReply(reply);
        }
    }

    /** Whether this turn has applied as much as it may. */
    boolean isSpent() {
        return batch >= batchMax;
    }

    /** Whether a {@code Continue} has to be published. Holder of the baton only. */
    boolean wantsContinue() {
        return machine.hasBacklog() && !continueInFlight;
    }

    void onContinuePublished() {
        continueInFlight = true;
    }

    /** Whether a {@code Pulse} is on its way. Any thread. */
    boolean isPulseInFlight() {
        return pulseInFlight.get();
    }

    /** Be the one that publishes the next {@code Pulse}. Any thread; false while one is on its way. */
    boolean tryBeginPulse() {
        return !pulseInFlight.get() && pulseInFlight.compareAndSet(false, true);
    }

    /** It was not published after all. */
    void endPulse() {
        pulseInFlight.set(false);
    }

    /** Another one may follow, now that the next deadline is known. Holder of the baton only. */
    void landPulse() {
        if (pulseLanded) {
            pulseLanded = false;
            pulseInFlight.set(false);
        }
    }

    /** Commands applied since launch. Any thread. */
    long applied() {
        return applied.get();
    }

    /** Those whose command waits in the backlog. Holder of the baton, or anybody once nothing changes any more. Allocates nothing. */
    void forEachDeferred(final LongObjConsumer<Reply> consumer) {
        deferred.forEachLong(consumer);
    }
}
