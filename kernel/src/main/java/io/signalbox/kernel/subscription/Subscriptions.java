package io.signalbox.kernel.subscription;

import io.signalbox.kernel.deadline.DeadlineQueue;
import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactLog;
import io.signalbox.kernel.store.DigestSink;
import io.signalbox.kernel.store.SignalRecord;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Declared subscriptions and what they have outstanding. A handle is {@code generation << 32 | slot}.
 *
 * <p>Memory order: one word for each slot says the generation and whether there is something to give. It is stored with release at the
 * end of a turn and read with acquire by whoever waits; everything else belongs to the turn.
 */
public final class Subscriptions implements SubscriptionView {
    private static final int[] NOBODY = {};
    private static final VarHandle WORDS = MethodHandles.arrayElementVarHandle(long[].class);

    private final SubscriptionLimits limits;
    private final DeadlineQueue deadlines;
    private final Outstanding[] bySlot;
    private final int[] generations;
    private final long[] published;
    private final List<Outstanding> inOrder = new ArrayList<>();
    private int refusing;
    private int outstanding;
    private long outstandingBytes;
    private boolean changed;
    private boolean tells;

    public Subscriptions(final SubscriptionLimits limits, final DeadlineQueue deadlines) {
        this.limits = limits;
        this.deadlines = deadlines;
        bySlot = new Outstanding[limits.subscriptionsMax()];
        generations = new int[limits.subscriptionsMax()];
        published = new long[limits.subscriptionsMax()];
    }

    // ------------------------------------------------------------------ reading

    /** The handle that the next one gets, or -1 when all places are taken. */
    long nextHandle() {
        for (int slot = 0; slot < bySlot.length; slot++) {
            if (bySlot[slot] == null) {
                return (long) (generations[slot] + 1) << 32 | slot;
            }
        }
        return -1;
    }

    Outstanding of(final long handle) {
        final int slot = (int) handle;
        final Outstanding found = slot >= 0 && slot < bySlot.length ? bySlot[slot] : null;
        return found != null && found.handle == handle ? found : null;
    }

    Outstanding inSlot(final int slot) {
        return bySlot[slot];
    }

    Outstanding named(final long coordination, final int name) {
        for (final Outstanding each : inOrder) {
            if (each.coordination == coordination && each.terms.name() == name) {
                return each;
            }
        }
        return null;
    }

    @Override
    public boolean admits(
            final long coordination, final int type, final int sender, final int recipient, final int[] several) {
        if (refusing == 0) {
            return true;
        }
        for (final Outstanding each : inOrder) {
            if (each.terms.refuses()
                    && each.wants(coordination, type, sender, recipient, several)
                    && (each.isFull() || outstanding >= limits.outstandingMax())) {
                return false;
            }
        }
        return true;
    }

    @Override
    public SubscriptionStatus status(final long handle) {
        final Outstanding found = of(handle);
        return found == null ? null : found.status();
    }

    @Override
    public OutstandingSignal outstanding(final long handle, final long factId) {
        final Outstanding of = of(handle);
        final Outstanding.Entry entry = of == null ? null : of.find(factId);
        return entry == null ? null : entry.signal;
    }

    @Override
    public GivenSignal outstandingFor(final int recipient, final long factId) {
        for (final Outstanding each : inOrder) {
            final Outstanding.Entry entry = each.terms.recipient() == recipient ? each.find(factId) : null;
            if (entry != null) {
                return new GivenSignal(entry.signal, entry.attempts, entry.deadlineNs);
            }
        }
        return null;
    }

    @Override
    public List<GivenSignal> givenAt(final long handle, final long position) {
        final List<GivenSignal> given = new ArrayList<>();
        final Outstanding found = of(handle);
        if (found != null) {
            found.given.forEach((factId, entry) -> {
                if (entry.givenPosition == position) {
                    given.add(new GivenSignal(entry.signal, entry.attempts, entry.deadlineNs));
                }
            });
        }
        return given;
    }

    @Override
    public boolean readyNow(final long handle) {
        final long word = (long) WORDS.getAcquire(published, (int) handle);
        return word >>> 32 != handle >>> 32 || (int) word != 0;
    }

    /** Open subscriptions, for tests. */
    public int open() {
        return inOrder.size();
    }

    /** Everything, in the order of declaration. */
    public void digestInto(final DigestSink sink) {
        for (int slot = 0; slot < generations.length; slot++) {
            if (generations[slot] != 0) {
                sink.add(Fact.pair(slot, generations[slot]));
            }
        }
        for (final Outstanding each : inOrder) {
            each.digestInto(sink);
        }
    }

    // ------------------------------------------------------------------ changing, one method for each fact

    /** SUBSCRIPTION_DECLARED: a handle, b name and recipient, c time until redelivery, d deliveries and outstanding at most. */
    public void onDeclared(final Fact fact, final FactLog log) {
        final int slot = (int) fact.a();
        final Terms terms = new Terms(
                (int) (fact.b() >>> 32),
                (int) fact.b(),
                fact.extra() != 0,
                fact.c(),
                (int) (fact.d() >>> 32),
                (int) fact.d(),
                ids(log.copyOf(fact.secondPayload())),
                ids(log.copyOf(fact.payload())));
        bySlot[slot] = new Outstanding(fact.a(), fact.coordination(), terms);
        generations[slot] = (int) (fact.a() >>> 32);
        inOrder.add(bySlot[slot]);
        refusing += terms.refuses() ? 1 : 0;
        changed = true;
    }

    static int[] ids(final byte[] bytes) {
        final int[] ids = new int[bytes.length / Integer.BYTES];
        for (int i = 0; i < ids.length; i++) {
            final int at = i * Integer.BYTES;
            ids[i] = bytes[at] & 0xff
                    | (bytes[at + 1] & 0xff) << 8
                    | (bytes[at + 2] & 0xff) << 16
                    | (bytes[at + 3] & 0xff) << 24;
        }
        return ids;
    }

    /** SIGNAL_RAISED: whoever wants it has it outstanding now, or has missed it. */
    public void onRaised(final Fact fact, final FactLog log) {
        if (inOrder.isEmpty()) {
            return;
        }
        final int[] several =
                fact.recipient() == SignalRecord.SEVERAL ? recipients(log.copyOf(fact.secondPayload())) : null;
        OutstandingSignal kept = null;
        for (final Outstanding each : inOrder) {
            if (each.wants(fact.coordination(), fact.signalType(), fact.sender(), fact.recipient(), several)) {
                final int length = (int) fact.payload();
                if (each.isFull()
                        || outstanding >= limits.outstandingMax()
                        || outstandingBytes + length > limits.outstandingBytesMax()) {
                    each.missed++;
                    each.lastMissedFactId = fact.factId();
                } else {
                    kept = kept == null ? kept(fact, several, log) : kept;
                    each.ready.put(fact.factId(), new Outstanding.Entry(kept));
                    outstanding++;
                    outstandingBytes += length;
                    changed = true;
                }
            }
        }
    }

    private static int[] recipients(final byte[] attachment) {
        return ids(Arrays.copyOfRange(attachment, SignalRecord.ATTACHMENT_HEAD, attachment.length));
    }

    private static OutstandingSignal kept(final Fact fact, final int[] several, final FactLog log) {
        return new OutstandingSignal(
                fact.factId(),
                fact.timestampNs(),
                fact.coordination(),
                fact.signalType(),
                fact.sender(),
                fact.subject(),
                several == null ? fact.recipient() == 0 ? NOBODY : new int[] {fact.recipient()} : several,
                fact.priority(),
                log.copyOf(fact.payload()));
    }

    /** DELIVERY_GIVEN: a handle, b fact id of the signal, c attempt, d deadline. */
    public void onGiven(final Fact fact) {
        final Outstanding of = bySlot[(int) fact.a()];
        of.give(fact.b(), fact.position(), fact.d());
        schedule(of);
    }

    /** DELIVERY_ACKNOWLEDGED: a handle, b fact id of the signal. */
    public void onAcknowledged(final Fact fact) {
        final Outstanding of = bySlot[(int) fact.a()];
        drop(of, fact.b());
        of.acknowledged++;
    }

    /** DELIVERY_LAPSED: a handle, b fact id of the signal. */
    public void onLapsed(final Fact fact) {
        final Outstanding of = bySlot[(int) fact.a()];
        of.lapse(fact.b());
        schedule(of);
        tells = true;
    }

    /** DELIVERY_ABANDONED: a handle, b fact id of the signal. */
    public void onAbandoned(final Fact fact) {
        final Outstanding of = bySlot[(int) fact.a()];
        drop(of, fact.b());
        of.abandoned++;
        of.lastAbandonedFactId = fact.b();
    }

    private void drop(final Outstanding of, final long factId) {
        final Outstanding.Entry entry = of.remove(factId);
        outstanding--;
        outstandingBytes -= entry.signal.payload().length;
        schedule(of);
    }

    private void schedule(final Outstanding of) {
        final Outstanding.Entry next = of.oldestGiven();
        final long timer = TIMER_TAG | (int) of.handle;
        if (next == null) {
            deadlines.cancel(timer);
        } else {
            deadlines.schedule(timer, next.deadlineNs);
        }
        changed = true;
    }

    /** SUBSCRIPTION_CLOSED: a handle. */
    public void onClosed(final Fact fact) {
        close(bySlot[(int) fact.a()]);
    }

    /** COORDINATION_CLOSED. */
    public void onCoordinationClosed(final Fact fact) {
        for (int i = inOrder.size() - 1; i >= 0; i--) {
            if (inOrder.get(i).coordination == fact.coordination()) {
                close(inOrder.get(i));
            }
        }
    }

    private void close(final Outstanding of) {
        inOrder.remove(of);
        bySlot[(int) of.handle] = null;
        refusing -= of.terms.refuses() ? 1 : 0;
        outstanding -= of.count();
        of.ready.forEach((factId, entry) -> outstandingBytes -= entry.signal.payload().length);
        of.given.forEach((factId, entry) -> outstandingBytes -= entry.signal.payload().length);
        deadlines.cancel(TIMER_TAG | (int) of.handle);
        WORDS.setRelease(published, (int) of.handle, 0L);
        changed = true;
        tells = true;
    }

    // ------------------------------------------------------------------ telling

    /** A turn begins. */
    public void beginTurn() {
        tells = false;
    }

    /** Whether the turn brings a waiting subscriber something besides signals that were raised. */
    public boolean tells() {
        return tells;
    }

    /** Let those who wait see what there is to give. Writer only, at the end of a turn. */
    public void publish() {
        if (!changed) {
            return;
        }
        changed = false;
        for (final Outstanding each : inOrder) {
            final long word = each.handle >>> 32 << 32 | (each.ready.isEmpty() ? 0 : 1);
            WORDS.setRelease(published, (int) each.handle, word);
        }
    }
}
