package io.signalbox.bench.subject;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** One lock, one condition each way, a flag that says whose turn it is: the plain way to write it. */
final class LockPingPong implements HandoffSubject {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition pinged = lock.newCondition();
    private final Condition answered = lock.newCondition();
    private boolean pending;
    private long value;

    @Override
    public long roundTrip(final long token) {
        lock.lock();
        try {
            value = token;
            pending = true;
            pinged.signal();
            while (pending) {
                answered.awaitUninterruptibly();
            }
            return value;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void serve(final Echo echo) {
        long token;
        do {
            lock.lock();
            try {
                while (!pending) {
                    pinged.awaitUninterruptibly();
                }
                token = value;
                value = echo.onToken(token);
                pending = false;
                answered.signal();
            } finally {
                lock.unlock();
            }
        } while (token >= 0);
    }

    @Override
    public int extraSpinners() {
        return 0;
    }

    @Override
    public void close() {
        // holds nothing
    }
}
