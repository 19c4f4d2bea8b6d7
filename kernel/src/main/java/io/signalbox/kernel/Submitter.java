package io.signalbox.kernel;

import io.signalbox.kernel.command.Request;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.metrics.KernelMeter;
import io.signalbox.kernel.ring.CommandRing;
import io.signalbox.kernel.ring.Driver;
import io.signalbox.kernel.store.SlotBuffer;
import io.signalbox.kernel.wait.Reply;

/**
 * How every request of an ingress gets into the ring: measured, claimed, encoded, published, and answered where somebody waits for
 * the answer. Allocates nothing. Belongs to the thread of its ingress.
 */
final class Submitter {
    private final Driver driver;
    private final KernelMeter meter;
    private final int commandLengthMax;
    private Reply reply = new Reply();
    private int probes;
    private long sequence;
    private long startedNs;
    private long position = -1;
    private long clientId;
    private long clientSequence;

    Submitter(final Driver driver, final int commandLengthMax) {
        this.driver = driver;
        meter = driver.meter();
        this.commandLengthMax = commandLengthMax;
    }

    /** Position of the last command that was published here, -1 before the first. */
    long position() {
        return position;
    }

    /** The next request that is submitted bears this number. */
    void number(final long clientId, final long sequence) {
        this.clientId = clientId;
        this.clientSequence = sequence;
    }

    /** Publish a request and wait for its answer. */
    long submit(final Request request) {
        final SlotBuffer buffer = begin(request.length(), true);
        if (buffer == null) {
            return notTaken(sequence);
        }
        try {
            request.encode(buffer, clientId, clientSequence);
        } catch (final RuntimeException | Error e) {
            abandon();
            throw e;
        }
        publish();
        if (!driver.awaitReply(reply)) {
            reply = new Reply();
            return notTaken(Ingress.HALTED);
        }
        meter.answered(request.type(), startedNs);
        return reply.answer();
    }

    /** Publish a request, unnumbered, and do not wait: its position, or why there is none. */
    long offer(final Request request) {
        return offer(request, false);
    }

    /** The same, for a worker that reports: {@link Driver#onReported}. */
    long report(final Request request) {
        return offer(request, true);
    }

    private long offer(final Request request, final boolean isReport) {
        final SlotBuffer buffer = begin(request.length(), false);
        if (buffer == null) {
            return notTaken(sequence);
        }
        try {
            request.encode(buffer, 0, 0);
        } catch (final RuntimeException | Error e) {
            abandon();
            throw e;
        }
        announce();
        if (isReport) {
            driver.onReported();
        } else {
            driver.onPublished();
        }
        // Whoever finds the kernel open behind its publish is served: who closes looks behind closing.
        return driver.isOpen() ? position : notTaken(Ingress.HALTED);
    }

    private long notTaken(final long answer) {
        meter.notTaken(answer);
        return answer;
    }

    private SlotBuffer begin(final int length, final boolean patient) {
        startedNs = meter.startNs();
        if (!driver.isOpen()) {
            sequence = Ingress.HALTED;
            return null;
        }
        if (length > commandLengthMax) {
            sequence = Rejection.TOO_LONG.answer();
            return null;
        }
        if (!driver.hasStackHeadroom(++probes)) {
            sequence = Ingress.NO_STACK;
            return null;
        }
        final byte[] large = CommandRing.largeArray(length);
        sequence = driver.claim(patient);
        if (sequence == CommandRing.FULL) {
            sequence = driver.isOpen() ? Ingress.BACK_PRESSURED : Ingress.HALTED;
            return null;
        }
        try {
            if (patient) {
                reply.arm();
            }
            return driver.ring().prepare(sequence, length, large, patient ? reply : null);
        } catch (final RuntimeException | Error e) {
            abandon();
            throw e;
        }
    }

    /** What was claimed cannot be encoded: it becomes a command that does nothing, so that the order has no gap. */
    private void abandon() {
        driver.ring().voidClaim(sequence);
        publish();
    }

    private void publish() {
        announce();
        driver.onPublished();
    }

    private void announce() {
        clientId = 0;
        position = driver.position(sequence);
        meter.published(sequence, startedNs);
        driver.ring().publish(sequence);
    }
}
