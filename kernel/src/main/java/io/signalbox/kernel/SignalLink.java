package io.signalbox.kernel;

import io.signalbox.kernel.command.SignalCommands.Send;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.port.SignalTransport;
import io.signalbox.kernel.port.SignalTransport.Message;
import io.signalbox.kernel.port.SignalTransport.TransportException;
import io.signalbox.kernel.signal.SignalKind;
import io.signalbox.kernel.state.StateValue;
import io.signalbox.kernel.store.SignalTail;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.zip.CRC32C;

/**
 * Joins a kernel to a {@link SignalTransport}: sends out what is raised here, raises here what comes in. It has no thread: its owner
 * calls {@link #sendOut} from one thread and {@link #takeIn} from one, as often as it likes.
 *
 * <p><b>Outwards</b> it follows the order of signals; how far it has come is a kernel-wide state value, so in a journaled kernel it goes
 * on where it was, and what was sent just before a crash is sent again. It never holds up the kernel: what left the tail before it was
 * sent is reported to the transport as missed. What came in by a transport does not go out by it again.
 *
 * <p><b>Inwards</b> each message is a numbered command, so one that is given twice is raised once. Responses stay inside their kernel:
 * positions mean nothing to another.
 */
public final class SignalLink {
    private static final String STATE_KEY = "signal_link:";

    private final Kernel kernel;
    private final SignalTransport transport;
    private final Predicate<Message> wanted;
    private final SignalTail.Cursor cursor;
    private final Ingress inbound;
    private final int origin;
    private final String key;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong missed = new AtomicLong();
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private long noted;

    SignalLink(final Kernel kernel, final SignalTransport transport, final Predicate<Message> wanted) {
        this.kernel = kernel;
        this.transport = transport;
        this.wanted = wanted;
        inbound = kernel.newIngress();
        origin = kernel.nameId(transport.name());
        key = STATE_KEY + transport.name();
        final StateValue before = kernel.global().get(key);
        noted = before == null ? 0 : before.asLong();
        cursor = kernel.machine().tail().newCursor(noted);
    }

    /**
     * Send out what there is, then note how far it has come.
     *
     * @param max signals looked at, at most.
     * @return how many were looked at; 0: there is nothing new.
     * @throws TransportException from the transport; the signal is sent again by the next call.
     */
    public int sendOut(final int max) throws TransportException {
        int looked = 0;
        try {
            boolean isMore = true;
            while (isMore && looked < max) {
                final long before = cursor.nextSequence();
                try {
                    isMore = sendNext();
                } catch (final TransportException e) {
                    cursor.seek(before);
                    throw e;
                }
                looked += isMore ? 1 : 0;
            }
        } finally {
            note();
        }
        return looked;
    }

    private boolean sendNext() throws TransportException {
        final int found = cursor.poll();
        if (found == SignalTail.Cursor.NOTHING) {
            return false;
        }
        if (found == SignalTail.Cursor.LAPPED) {
            transport.missed(cursor.gapFrom() + 1, cursor.gapTo() + 1);
            missed.addAndGet(cursor.gapTo() - cursor.gapFrom() + 1);
            return true;
        }
        final String coordination = kernel.signalDesk().coordinationName(cursor.coordination());
        if (cursor.coordination() != 0 && coordination.isEmpty()) { // closed by now: nobody knows what it was called
            transport.missed(cursor.sequence() + 1, cursor.sequence() + 1);
            missed.incrementAndGet();
        } else if (cursor.origin() != origin) {
            final Message message = message(coordination);
            if (wanted.test(message)) {
                transport.send(message);
                sent.incrementAndGet();
            }
        }
        return true;
    }

    private Message message(final String coordination) {
        final byte[] payload = new byte[cursor.payloadLength()];
        cursor.copyPayload(payload, 0);
        final List<String> recipients = new ArrayList<>(cursor.recipientCount());
        for (int i = 0; i < cursor.recipientCount(); i++) {
            recipients.add(kernel.name(cursor.recipient(i)));
        }
        return new Message(
                kernel.config().name(),
                cursor.sequence() + 1,
                coordination,
                kernel.name(cursor.signalType()),
                kernel.name(cursor.sender()),
                kernel.name(cursor.subject()),
                recipients,
                cursor.completion(),
                cursor.priority(),
                cursor.quality(),
                payload);
    }

    private void note() {
        if (cursor.nextSequence() != noted && kernel.isOpen()) {
            final long next = cursor.nextSequence();
            kernel.global().set(key, next);
            noted = next;
        }
    }

    /**
     * Raise here what has come in.
     *
     * @param max messages taken, at most.
     * @param timeoutNs how long to wait for the first.
     * @return how many were taken.
     * @throws TransportException from the transport; what was not acknowledged comes again.
     */
    public int takeIn(final int max, final long timeoutNs) throws TransportException {
        int took = 0;
        Message message = transport.receive(timeoutNs);
        while (message != null) {
            final long answer = raise(message);
            if (answer < 0 && Rejection.ofAnswer(answer) == null) {
                throw new TransportException("kernel " + kernel.config().name() + " takes no commands now", null);
            }
            if (answer >= 0) {
                taken.incrementAndGet();
            } else {
                refused.incrementAndGet();
            }
            transport.acknowledge(message);
            took++;
            message = took < max ? transport.receive(0) : null;
        }
        return took;
    }

    private long raise(final Message message) {
        try {
            final Coordination coordination =
                    message.coordination().isEmpty() ? kernel.global() : kernel.coordination(message.coordination());
            final SignalKind kind = SignalKind.named(message.signalType());
            final boolean isPlain = kind == null || kind == SignalKind.AGENT_STALLED;
            final Send send = new Send()
                    .with(coordination.handle(), isPlain ? SignalKind.FREE : kind.code(), id(message.signalType()))
                    .sender(id(message.sender()))
                    .subject(id(message.subject()))
                    .recipients(message.recipients().stream().mapToInt(this::id).toArray())
                    .completion(message.completion())
                    .priority(message.priority())
                    .quality(message.quality())
                    .origin(origin)
                    .payload(message.payload(), 0, message.payload().length);
            return inbound.numbered(clientOf(message.source()), message.number())
                    .signals()
                    .send(send);
        } catch (final CommandRefusedException e) { // a name or a coordination that this kernel has no room for
            return e.rejection().answer();
        }
    }

    private int id(final String name) {
        return name.isEmpty() ? 0 : kernel.nameId(name);
    }

    /** The same for the same source and transport; not 0. */
    private long clientOf(final String source) {
        final CRC32C crc = new CRC32C();
        final byte[] both = (transport.name() + '\n' + source).getBytes(StandardCharsets.UTF_8);
        crc.update(both, 0, both.length);
        return 1L << 62 | crc.getValue() << 20 | both.length & 0xFFFFF;
    }

    /** Signals sent out. Any thread. */
    public long sent() {
        return sent.get();
    }

    /** Signals that left the tail before they were sent; the transport was told. Any thread. */
    public long missed() {
        return missed.get();
    }

    /** Messages that were raised here, repeats included. Any thread. */
    public long taken() {
        return taken.get();
    }

    /** Messages that this kernel refused; they are acknowledged all the same. Any thread. */
    public long refused() {
        return refused.get();
    }
}
