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

    /** A buffer for a command of this length. Publisher only. */
    SlotBuffer prepare(final int length, final Reply reply) {
        bytes = length <= INLINE_LENGTH_MAX ? inline : new byte[length];
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

    /** Where the answer goes, or null; taken once. */
    Reply takeReply() {
        final Reply taken = reply;
        reply = null;
        return taken;
    }

    /** Who waits for the answer, or null. Racy; only to wake somebody who will look again. */
    Reply peekReply() {
        return reply;
    }

    /** Forget a large array once it has been applied. */
    void release() {
        bytes = inline;
    }
}
