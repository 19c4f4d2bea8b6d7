package io.signalbox.kernel.ring;

import io.signalbox.kernel.command.CommandView;
import io.signalbox.kernel.store.SlotBuffer;
import io.signalbox.kernel.wait.Reply;

/**
 * What sits in the ring: the bytes of one command, inline when short, else one array made for it; and where its answer goes.
 * Written by the publisher between claim and publish, then by the turn.
 */
final class CommandSlot {
    /** Commands up to this length stand in the slot itself. */
    static final int INLINE_LENGTH_MAX = 512;

    private final byte[] inline = new byte[INLINE_LENGTH_MAX];
    private final SlotBuffer buffer = new SlotBuffer(0);
    private final CommandView view = new CommandView();
    private byte[] bytes = inline;
    private int length;
    private Reply reply;

    /**
     * A buffer for a command of this length. Publisher only.
     *
     * @param large an array of that length, or null when the command is to stand in the slot.
     */
    SlotBuffer prepare(final int length, final byte[] large, final Reply reply) {
        bytes = large == null ? inline : large;
        this.length = length;
        this.reply = reply;
        buffer.wrap(bytes, 0, length);
        return buffer;
    }

    /** The command. Turn only. */
    CommandView view() {
        return view.wrap(bytes, 0, length);
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Where the answer goes, or null. Turn only; racy for who only wakes its owner, who will look again. */
    Reply reply() {
        return reply;
    }

    /** Forget a large array and who asked, once it has been applied and answered. Turn only. */
    void release() {
        bytes = inline;
        reply = null;
    }
}
