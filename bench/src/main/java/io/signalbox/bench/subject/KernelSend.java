package io.signalbox.bench.subject;

import io.signalbox.kernel.Coordination;
import io.signalbox.kernel.Ingress;
import io.signalbox.kernel.Kernel;
import io.signalbox.kernel.KernelConfig;
import io.signalbox.kernel.machine.MachineLimits;
import io.signalbox.kernel.signal.SignalLimits;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.concurrent.Semaphore;

/**
 * What one send costs, into a session that holds very many signals or into one that holds next to none. The turn has one thread: the
 * asking one sends, and says itself what the serving one would answer. Both kinds open and close a session now and then; the almost
 * empty one sends into that, so the two differ in the length of the history and in nothing else.
 */
final class KernelSend implements HandoffSubject {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int SIGNALS_BEFORE = 100_000;
    private static final int HISTORY_MAX = 1 << 18;
    private static final int SENDS_IN_A_SESSION = 1024;

    private final Kernel kernel;
    private final Coordination full;
    private final boolean isLong;
    private final int type;
    private final int agent;
    private final byte[] payload = new byte[Long.BYTES];
    private Coordination fresh;
    private Ingress ingress;
    private int sends;
    private volatile Echo echo;
    private final Semaphore over = new Semaphore(0);

    KernelSend(final boolean isLong) {
        this.isLong = isLong;
        final MachineLimits limits =
                MachineLimits.standard().withSignals(new SignalLimits(HISTORY_MAX, 1 << 28, 1, 1, 1));
        kernel = Kernel.launch(KernelConfig.standard().withLimits(limits));
        full = kernel.coordination("full");
        fresh = kernel.coordination("fresh");
        type = kernel.nameId("tick");
        agent = kernel.nameId("clock");
        final Ingress filling = kernel.newIngress();
        for (int i = 0; i < SIGNALS_BEFORE; i++) {
            send(filling, full);
        }
    }

    private void send(final Ingress from, final Coordination into) {
        final long answer = from.signals().raise(into.handle(), type, agent, 0, 0, 0, Double.NaN, payload);
        if (answer != 0) {
            throw new IllegalStateException("expected the signal to be raised, the answer was " + answer);
        }
    }

    @Override
    public long roundTrip(final long token) {
        if (ingress == null) {
            ingress = kernel.newIngress();
            while (echo == null) {
                Thread.onSpinWait();
            }
        }
        if (++sends % SENDS_IN_A_SESSION == 0) {
            fresh.close();
            fresh = kernel.coordination("fresh");
        }
        LONG.set(payload, 0, token);
        send(ingress, isLong ? full : fresh);
        final long answer = echo.onToken(token);
        if (token < 0) {
            over.release();
        }
        return answer;
    }

    @Override
    public void serve(final Echo echo) {
        this.echo = echo;
        over.acquireUninterruptibly();
    }

    @Override
    public int extraSpinners() {
        return 0;
    }

    @Override
    public void close() {
        kernel.close();
    }
}
