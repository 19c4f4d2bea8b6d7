package io.signalbox.kernel.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.dependency.DependencyState;
import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.event.FactLog;
import io.signalbox.kernel.sync.LeaseEnd;
import io.signalbox.kernel.sync.LeaseMode;
import io.signalbox.kernel.sync.LeaseSnapshot;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What follows when an owner of leases falls silent: the room of agents calls this rule from its own fact. */
class SilentOwnerTest {
    private static final long FOREVER = Long.MAX_VALUE;

    private final MachineLimits limits = MachineLimits.small();
    private final Stores stores = new Stores(limits, RulesVersion.FIRST);
    private final FactLog log = new FactLog();
    private final Rules rules = new Rules(stores, new Facts(log, stores), limits);
    private final Consequences consequences = new Consequences(rules, stores);
    private long position;

    private int name(final String name) {
        final byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return stores.names.intern(bytes, 0, bytes.length);
    }

    private void begin() {
        log.begin(++position, position);
    }

    private void follow() {
        final Fact fact = new Fact();
        for (int i = 0; i < log.count(); i++) {
            assertThat(consequences.follow(fact.wrap(log, i), -1)).isEqualTo(Consequences.DONE);
        }
    }

    private long acquire(final String resource, final String owner, final LeaseMode mode) {
        begin();
        final long handle = rules.leases.acquire(0, name(resource), name(owner), mode.code(), 0, FOREVER, FOREVER);
        follow();
        return handle;
    }

    @Test
    void shouldHoldNothingAndWaitForNothingAnyMore() {
        final long held = acquire("file", "ann", LeaseMode.EXCLUSIVE);
        final long next = acquire("file", "ben", LeaseMode.EXCLUSIVE);
        acquire("other", "cho", LeaseMode.EXCLUSIVE);
        final long waiting = acquire("other", "ann", LeaseMode.SHARED);
        final long behind = acquire("other", "dan", LeaseMode.SHARED);

        begin();
        assertThat(rules.leases.onOwnerGone(name("ann"), LeaseEnd.OWNER_SILENT)).isTrue();
        follow();

        assertThat(stores.leases.snapshot(held)).isNull();
        assertThat(stores.leases.snapshot(next)).matches(LeaseSnapshot::isHeld);
        assertThat(stores.leases.snapshot(waiting)).isNull();
        assertThat(stores.dependencies.state(waiting)).isEqualTo(DependencyState.CANCELLED);
        assertThat(stores.dependencies.state(next)).isEqualTo(DependencyState.RESOLVED);
        assertThat(stores.leases.snapshot(behind)).matches(lease -> !lease.isHeld());
    }

    @Test
    void shouldGoOnInALaterTurnWhenOneIsNotEnough() {
        for (int i = 0; i < 1000; i++) {
            acquire("file-" + i, "ann", LeaseMode.EXCLUSIVE);
        }
        begin();
        for (int i = 0; i < 600; i++) {
            rules.signals.raise(0, 1, 0, 0, 0, 0, Double.NaN, 0);
        }
        assertThat(rules.leases.onOwnerGone(name("ann"), LeaseEnd.OWNER_SILENT)).isFalse();
        begin();
        assertThat(rules.leases.onOwnerGone(name("ann"), LeaseEnd.OWNER_SILENT)).isTrue();
        assertThat(stores.leases.snapshots()).isEmpty();
    }
}
