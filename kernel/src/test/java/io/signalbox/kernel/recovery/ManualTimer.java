package io.signalbox.kernel.recovery;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/** A clock that moves when told, or, when eager, to the next appointment as soon as that is made. */
final class ManualTimer implements RecoveryTimer {
    private record Appointment(long dueNs, int number, Runnable work) {}

    private final boolean isEager;
    private final PriorityQueue<Appointment> appointments =
            new PriorityQueue<>((a, b) -> a.dueNs == b.dueNs ? a.number - b.number : Long.compare(a.dueNs, b.dueNs));
    private final List<Long> pausesNs = new ArrayList<>();
    private long nowNs = 1_000_000;
    private int made;

    private ManualTimer(final boolean isEager) {
        this.isEager = isEager;
    }

    static ManualTimer standing() {
        return new ManualTimer(false);
    }

    static ManualTimer eager() {
        return new ManualTimer(true);
    }

    @Override
    public synchronized long nowNs() {
        return nowNs;
    }

    @Override
    public synchronized void after(final long delayNs, final Runnable work) {
        pausesNs.add(delayNs);
        if (isEager) {
            nowNs += delayNs;
            work.run();
        } else {
            appointments.add(new Appointment(nowNs + delayNs, made++, work));
        }
    }

    /** Everything that was asked for, in order. */
    synchronized List<Long> pausesNs() {
        return List.copyOf(pausesNs);
    }

    synchronized void advance(final long ns) {
        final long untilNs = nowNs + ns;
        while (!appointments.isEmpty() && appointments.peek().dueNs <= untilNs) {
            final Appointment next = appointments.poll();
            nowNs = next.dueNs;
            next.work.run();
        }
        nowNs = untilNs;
    }
}
