package io.signalbox.kernel.board;

import io.signalbox.kernel.Coordination;
import io.signalbox.kernel.CoordinationSync;
import io.signalbox.kernel.SignalFilter;
import io.signalbox.kernel.Subscription;
import io.signalbox.kernel.context.DocumentJson;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Ends the joins of a coordination whose time is up, as the kernel tells of it. Any thread. */
final class JoinWatch implements Consumer<Subscription.Item> {
    static final SignalFilter BROKEN = SignalFilter.everything().types(CoordinationSync.SYNC_BROKEN);

    private final Coordination coordination;
    private final Synthesis synthesis;

    JoinWatch(final Coordination coordination, final Synthesis synthesis) {
        this.coordination = coordination;
        this.synthesis = synthesis;
    }

    @Override
    public void accept(final Subscription.Item item) {
        if (item instanceof Subscription.Signal signal && signal.coordination() == coordination.handle()) {
            final byte[] json = signal.payload().getBytes(StandardCharsets.UTF_8);
            final String join = JoinLimits.joinOf(DocumentJson.mapIn(json).textOf("sync_id"));
            if (join != null) {
                synthesis.settle(join);
            }
        } else if (!(item instanceof Subscription.Signal)) {
            synthesis.settleOverdue(); // some were missed
        }
    }
}
