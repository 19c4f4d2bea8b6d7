package io.signalbox.kernel;

import io.signalbox.kernel.command.SignalCommands.Send;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.signal.HistoryQuery;
import io.signalbox.kernel.signal.Payload;
import io.signalbox.kernel.signal.Progress;
import io.signalbox.kernel.signal.SenderValidation;
import io.signalbox.kernel.signal.SignalKind;
import io.signalbox.kernel.signal.SignalSchema;
import io.signalbox.kernel.signal.SignalView;
import io.signalbox.kernel.signal.StoredSignal;
import io.signalbox.kernel.signal.TypedSignal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The signals of one coordination: typed ones and those of declared kinds are checked before they are sent; what was sent can be looked
 * at, counted, answered. Any thread.
 *
 * <p>A signal that does not suit its kind is answered by a receipt that says what is wrong; it takes no place in the order.
 */
public final class CoordinationSignals {
    /** Signals of the history that one question between two turns looks at. */
    private static final int PAGE = 1024;
    /** Id of a name that nobody has. */
    private static final int NOBODY = -2;

    private final Kernel kernel;
    private final Coordination coordination;

    CoordinationSignals(final Kernel kernel, final Coordination coordination) {
        this.kernel = kernel;
        this.coordination = coordination;
    }

    // ------------------------------------------------------------------ sending

    /** Send a signal of one of the kernel's kinds. */
    public SignalReceipt send(final TypedSignal signal, final Sending how) {
        final String problem = signal.problem();
        return problem == null ? typed(signal, how, -1, -1).receipt : refused(Rejection.INVALID_PAYLOAD, problem);
    }

    /**
     * Send a signal by the name of its kind, the kernel's own or a declared one.
     *
     * @param payload must suit the schema of the kind; fields whose names begin with '@' are the kernel's.
     */
    public SignalReceipt send(final String signalType, final Payload payload, final Sending how) {
        final SignalSchema schema = kernel.signalKinds().schema(signalType);
        if (schema == null) {
            return refused(
                    Rejection.UNKNOWN_KIND,
                    "no kind is called '" + signalType + "'; declared are "
                            + kernel.signalKinds().declared());
        }
        final String problem = schema.problem(payload);
        if (problem != null) {
            return refused(Rejection.INVALID_PAYLOAD, problem);
        }
        final SignalKind kind = SignalKind.named(signalType);
        if (kind == null) {
            return publish(SignalKind.DECLARED, signalType, "", payload, how, send -> {}).receipt;
        }
        return publish(kind.code(), signalType, about(kind, payload), payload, how, send -> marks(send, kind, payload))
                .receipt;
    }

    private static String about(final SignalKind kind, final Payload payload) {
        return kind == SignalKind.ERROR_OCCURRED ? "" : payload.textOr("agent_id", "");
    }

    private static void marks(final Send send, final SignalKind kind, final Payload payload) {
        if (kind == SignalKind.AGENT_COMPLETED) {
            final TypedSignal.AgentCompleted completed = TypedSignal.AgentCompleted.from(payload);
            send.completion(completed.completion()).quality(completed.quality());
        } else if (kind == SignalKind.AGENT_PROGRESS) {
            send.quality(TypedSignal.AgentProgress.from(payload).quality());
        }
    }

    /**
     * Ask for a response. The wait for it is declared in the same command, so none can be missed.
     *
     * @param timeout of the wait, zero for none.
     */
    public SignalRequest request(final TypedSignal signal, final Sending how, final Duration timeout) {
        final String problem = timeout.isNegative() ? "a timeout cannot be negative: " + timeout : signal.problem();
        if (problem != null) {
            return new SignalRequest(this, refused(Rejection.INVALID_PAYLOAD, problem), null);
        }
        final Published published = typed(signal, how, Durations.nanos(timeout), -1);
        return new SignalRequest(
                this,
                published.receipt,
                published.receipt.isAccepted() ? new Dependency(kernel, coordination, published.answer) : null);
    }

    /** Ask for a response, for as long as the message itself says. */
    public SignalRequest request(final TypedSignal.InterAgentMessage message, final Sending how) {
        return request(message, how, Duration.ofNanos((long) Math.min(message.responseTimeoutMs() * 1e6, 9e18)));
    }

    /**
     * Answer a request of this coordination: its wait is resolved in the same turn. Anybody may answer, once; who comes when nobody waits
     * any more is refused ({@link Rejection#NO_OPEN_REQUEST}).
     *
     * @param requestPosition position of the signal that is answered.
     */
    public SignalReceipt respond(final long requestPosition, final TypedSignal signal, final Sending how) {
        final String problem = signal.problem();
        if (problem != null) {
            return refused(Rejection.INVALID_PAYLOAD, problem);
        }
        return requestPosition < 0
                ? refused(Rejection.NO_OPEN_REQUEST, "no signal has the position " + requestPosition)
                : typed(signal, how, -1, requestPosition).receipt;
    }

    /** What became of a command, and what the machine answered. */
    private record Published(SignalReceipt receipt, long answer) {}

    /** What the kind of a signal adds to its command. */
    private interface Marks {
        void on(Send send);
    }

    private Published typed(
            final TypedSignal signal, final Sending how, final long requestTimeoutNs, final long respondsTo) {
        return publish(
                signal.kind().code(), signal.kind().signalType(), signal.about(), signal.payload(), how, send -> {
                    send.completion(signal.completion())
                            .quality(signal.quality())
                            .respondsTo(respondsTo);
                    if (requestTimeoutNs >= 0) {
                        send.asks(requestTimeoutNs);
                    }
                });
    }

    private Published publish(
            final int kind,
            final String signalType,
            final String about,
            final Payload payload,
            final Sending how,
            final Marks marks) {
        final String problem = problem(how);
        if (problem != null) {
            return new Published(refused(Rejection.INVALID_VALUE, problem), -1);
        }
        final Payload whole =
                how.metadata().names().isEmpty() ? payload : payload.fields(Carried.METADATA, how.metadata());
        try {
            final int[] recipients =
                    how.recipients().stream().mapToInt(kernel::nameId).toArray();
            final byte[] bytes = whole.encode();
            final Send send = new Send()
                    .with(coordination.handle(), kind, kernel.nameId(signalType))
                    .sender(how.sender() == null ? 0 : kernel.nameId(how.sender()))
                    .subject(about.isEmpty() ? 0 : kernel.nameId(about))
                    .priority(how.priority())
                    .recipients(recipients)
                    .payload(bytes, 0, bytes.length);
            marks.on(send);
            final Ingress ingress = kernel.ingress();
            final long answer = ingress.signals().send(send);
            final Receipt receipt = kernel.receipt(ingress, answer);
            final String message =
                    receipt.isAccepted() ? "" : receipt.rejection().reason();
            return new Published(
                    new SignalReceipt(receipt.position(), receipt.durability(), receipt.rejection(), message), answer);
        } catch (final CommandRefusedException e) { // a name that cannot be interned
            return new Published(refused(e.rejection(), e.rejection().reason()), -1);
        }
    }

    private static String problem(final Sending how) {
        if (how.sender() != null && how.sender().isEmpty()) {
            return "a sender has a name; say nothing for the system";
        }
        return how.recipients().contains("") ? "a recipient has a name; name none for everybody" : null;
    }

    private SignalReceipt refused(final Rejection rejection, final String message) {
        return new SignalReceipt(-1, kernel.config().durability(), rejection, message);
    }

    // ------------------------------------------------------------------ looking back

    /** What was sent and is still remembered, newest first. */
    public List<PastSignal> history(final HistoryFilter filter) {
        final List<PastSignal> found = new ArrayList<>();
        final HistoryQuery query = kernel.query(() -> query(filter));
        if (query == null || filter.limit() == 0) {
            return found;
        }
        long before = Long.MAX_VALUE;
        while (before > 0) {
            final long from = before;
            final List<StoredSignal> page = new ArrayList<>();
            before = kernel.query(() -> isOpen()
                    ? kernel.machine()
                            .signals()
                            .history()
                            .walkBack((int) coordination.handle(), query, from, PAGE, PAGE, page)
                    : 0L);
            for (final StoredSignal stored : page) {
                final PastSignal signal = PastSignal.of(kernel, stored);
                if (filter.wants(signal.payload())) {
                    found.add(signal);
                    if (found.size() == filter.limit()) {
                        return found;
                    }
                }
            }
        }
        return found;
    }

    /** Null when a name is asked for that nobody has. */
    private HistoryQuery query(final HistoryFilter filter) {
        final int type = find(filter.type());
        final int sender = PastSignal.SYSTEM.equals(filter.sender()) ? HistoryQuery.SYSTEM : find(filter.sender());
        final int recipient = find(filter.recipient());
        return type == NOBODY || sender == NOBODY
                ? null
                : new HistoryQuery(type, sender, recipient, filter.fromPosition());
    }

    private int find(final String name) {
        if (name.isEmpty()) {
            return 0;
        }
        final int known = kernel.machine().names().find(name);
        return known == 0 ? NOBODY : known;
    }

    private boolean isOpen() {
        return kernel.machine().coordinations().slot(coordination.handle()) >= 0;
    }

    /** The signal that the command at a position raised here; null when there is none, or none is remembered. */
    public PastSignal at(final long position) {
        final StoredSignal stored = kernel.query(
                () -> isOpen() ? kernel.machine().signals().history().at((int) coordination.handle(), position) : null);
        return stored == null ? null : PastSignal.of(kernel, stored);
    }

    /** Whether an agent has completed here: it succeeded, or, when failures count too, it ended at all. */
    public boolean hasCompleted(final String agent, final boolean failuresCount) {
        return kernel.query(() -> {
            final int id = find(agent);
            if (id <= 0 || !isOpen()) {
                return false;
            }
            final int completion = kernel.machine().signals().completion((int) coordination.handle(), id);
            return completion == SignalView.SUCCEEDED || failuresCount && completion == SignalView.FAILED;
        });
    }

    /** Counts and times. */
    public SignalMetrics metrics() {
        return SignalCounts.of(kernel, coordination.handle());
    }

    // ------------------------------------------------------------------ settings and progress

    /** What happens to signals of senders whom nobody knows, from now on. */
    public Receipt validateSenders(final SenderValidation validation) {
        final Ingress ingress = kernel.ingress();
        return kernel.receipt(ingress, ingress.signals().validateSenders(coordination.handle(), validation.ordinal()));
    }

    /**
     * Expect an {@code agent_progress} of an agent at least once in each interval, from now on and until it completes. When one goes by
     * without, the kernel marks the agent stalled and raises {@code agent_stalled} about it.
     *
     * @param interval zero: expect nothing any more.
     */
    public Receipt expectProgress(final String agent, final Duration interval) {
        final int agentId = kernel.nameId(agent);
        final int stalledType = kernel.nameId(SignalKind.AGENT_STALLED.signalType());
        final Ingress ingress = kernel.ingress();
        return kernel.receipt(
                ingress,
                ingress.signals()
                        .expectProgress(coordination.handle(), agentId, stalledType, Durations.nanos(interval)));
    }

    /** How far an agent has come; null when nothing is known of it here. */
    public AgentStanding progress(final String agent) {
        final Progress.Standing standing = kernel.query(() -> {
            final int id = find(agent);
            return id <= 0 || !isOpen()
                    ? null
                    : kernel.machine().signals().progress().standing((int) coordination.handle(), id);
        });
        return standing == null
                ? null
                : new AgentStanding(
                        standing.value(),
                        standing.heardNs(),
                        Duration.ofNanos(standing.intervalNs()),
                        standing.isStalled());
    }
}
