package io.signalbox.kernel.ring;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The right to turn the machine: one thread at a time. Taking is a CAS; putting down is a release store, a full fence, and the
 * duty to look at the next slot again, so that a publisher who found the baton taken can leave: either it sees the baton free
 * or the one who put it down sees its command (Dekker; the publisher's fence stands between its publish and its look).
 *
 * <p>Handing on goes to a named thread without putting down.
 */
abstract class BatonPad0 {
    byte p000, p001, p002, p003, p004, p005, p006, p007, p008, p009, p010, p011, p012, p013, p014, p015;
    byte p016, p017, p018, p019, p020, p021, p022, p023, p024, p025, p026, p027, p028, p029, p030, p031;
    byte p032, p033, p034, p035, p036, p037, p038, p039, p040, p041, p042, p043, p044, p045, p046, p047;
    byte p048, p049, p050, p051, p052, p053, p054, p055, p056, p057, p058, p059, p060, p061, p062, p063;
}

abstract class BatonOwner extends BatonPad0 {
    Thread owner;
}

abstract class BatonPad1 extends BatonOwner {
    byte q000, q001, q002, q003, q004, q005, q006, q007, q008, q009, q010, q011, q012, q013, q014, q015;
    byte q016, q017, q018, q019, q020, q021, q022, q023, q024, q025, q026, q027, q028, q029, q030, q031;
    byte q032, q033, q034, q035, q036, q037, q038, q039, q040, q041, q042, q043, q044, q045, q046, q047;
    byte q048, q049, q050, q051, q052, q053, q054, q055, q056, q057, q058, q059, q060, q061, q062, q063;
}

/** See {@link BatonPad0}: this class adds only the operations to the padded field. */
public final class Baton extends BatonPad1 {
    private static final VarHandle OWNER;

    static {
        try {
            OWNER = MethodHandles.lookup().findVarHandle(BatonOwner.class, "owner", Thread.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Take it if nobody has it. The caller has published behind a full fence. */
    public boolean tryTake() {
        return OWNER.getOpaque(this) == null && OWNER.compareAndSet(this, null, Thread.currentThread());
    }

    /** Whether somebody seems to have it: a guess, before something that costs more than a look. */
    boolean isTaken() {
        return OWNER.getOpaque(this) != null;
    }

    /** Put it down: everything done under it is visible to the next holder. Then look at the next slot again. */
    public void putDown() {
        OWNER.setRelease(this, null);
        VarHandle.fullFence();
    }

    /** Hand it to a thread that waits; the caller then wakes that thread. */
    public void handTo(final Thread successor) {
        OWNER.setRelease(this, successor);
        VarHandle.fullFence();
    }

    /** Take it from a thread that has ended with it in hand. */
    boolean tryTakeFrom(final Thread ended) {
        return !ended.isAlive() && OWNER.compareAndSet(this, ended, Thread.currentThread());
    }

    /** Whether that thread holds it. To be asked by that thread; else it is a guess. */
    public boolean isHeldBy(final Thread thread) {
        return OWNER.getAcquire(this) == thread;
    }

    /** Whether the calling thread holds it, having taken it or having been handed it. */
    public boolean isMine() {
        return OWNER.getAcquire(this) == Thread.currentThread();
    }
}
