package io.signalbox.bench.subject;

import io.signalbox.kernel.Coordination;
import io.signalbox.kernel.Ingress;
import io.signalbox.kernel.Kernel;
import io.signalbox.kernel.KernelConfig;
import io.signalbox.kernel.Subscription;
import io.signalbox.kernel.Threading;
import io.signalbox.kernel.dependency.DependencyKind;
import io.signalbox.kernel.dependency.DependencyRules;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The kernel with its full semantics: each side raises a typed signal that carries the token, declares in the same command its wait
 * for the other side's completion, waits, and reads the answer from a subscription of its own.
 */
final class KernelPingPong implements HandoffSubject {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final Kernel kernel;
    private final Coordination coordination;
    private final int completed;
    private final int asking;
    private final int serving;
    private final long firstWait;
    private final byte[] question = new byte[Long.BYTES];
    private final byte[] read = new byte[Long.BYTES];
    private Subscription answers;
    private Ingress ingress;

    KernelPingPong(final KernelConfig config) {
        kernel = Kernel.launch(config);
        coordination = kernel.coordination("ping-pong");
        completed = kernel.nameId(Coordination.AGENT_COMPLETED);
        asking = kernel.nameId("asking");
        serving = kernel.nameId("serving");
        firstWait = checked(kernel.newIngress()
                .declare(
                        coordination.handle(),
                        DependencyKind.AGENT_COMPLETION,
                        DependencyRules.SUCCESS_REQUIRED,
                        serving,
                        asking,
                        -1,
                        0,
                        0));
    }

    @Override
    public long roundTrip(final long token) {
        if (ingress == null) {
            ingress = kernel.newIngress();
            answers = kernel.subscribe();
        }
        LONG.set(question, 0, token);
        final long wait = raise(ingress, asking, serving, question);
        await(ingress, wait);
        return next(answers, serving, read);
    }

    @Override
    public void serve(final Echo echo) {
        final Ingress own = kernel.newIngress();
        final Subscription questions = kernel.subscribeFromOldest();
        final byte[] asked = new byte[Long.BYTES];
        final byte[] answer = new byte[Long.BYTES];
        long wait = firstWait;
        long token = 0;
        while (token >= 0) {
            await(own, wait);
            token = next(questions, asking, asked);
            LONG.set(answer, 0, echo.onToken(token));
            wait = raise(own, serving, token < 0 ? 0 : asking, answer);
        }
    }

    private long raise(final Ingress from, final int agent, final int awaits, final byte[] payload) {
        return checked(from.raise(coordination.handle(), completed, agent, 0, 0, 1, Double.NaN, awaits, 0, payload));
    }

    private static void await(final Ingress from, final long wait) {
        final int end = from.await(wait, Long.MAX_VALUE);
        if (end != Ingress.RESOLVED) {
            throw new IllegalStateException("expected the wait to resolve, it ended with " + end);
        }
    }

    /** The next signal of this sender: both sides read the whole order, their own signals too. */
    private static long next(final Subscription subscription, final int sender, final byte[] target) {
        int found = subscription.advance();
        while (found == 1 && subscription.sender() != sender) {
            found = subscription.advance();
        }
        if (found != 1) {
            throw new IllegalStateException("the wait resolved but its signal is not there: " + found);
        }
        subscription.copyPayload(target, 0);
        return (long) LONG.get(target, 0);
    }

    private static long checked(final long answer) {
        if (answer < 0) {
            throw new IllegalStateException("the kernel refused: " + answer);
        }
        return answer;
    }

    @Override
    public int extraSpinners() {
        return kernel.config().threading() == Threading.DEDICATED ? 1 : 0;
    }

    @Override
    public void close() {
        kernel.close();
    }
}
