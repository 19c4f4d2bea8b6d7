package io.signalbox.kernel.command;

import io.signalbox.kernel.command.codec.AcquireLeaseEncoder;
import io.signalbox.kernel.command.codec.ReleaseLeaseEncoder;
import io.signalbox.kernel.command.codec.ReleaseLeasesEncoder;
import io.signalbox.kernel.command.codec.RenewLeaseEncoder;
import io.signalbox.kernel.store.SlotBuffer;

/** What may be asked of leases. */
public final class LeaseCommands {
    private LeaseCommands() {}

    /** Ask for a lease; answers the handle of the wait for it. */
    public static final class Acquire extends Request {
        private final AcquireLeaseEncoder encoder = new AcquireLeaseEncoder();
        private int resource;
        private int owner;
        private int mode;
        private int flags;
        private long leaseNs;
        private long timeoutNs;

        public Acquire() {
            super(CommandType.ACQUIRE_LEASE, AcquireLeaseEncoder.BLOCK_LENGTH);
        }

        public Acquire with(final long coordination, final int resource, final int owner, final int mode) {
            scope(coordination);
            this.resource = resource;
            this.owner = owner;
            this.mode = mode;
            this.flags = 0;
            this.leaseNs = SyncCommands.NO_LIMIT;
            this.timeoutNs = SyncCommands.NO_LIMIT;
            return this;
        }

        /** Bit 1: answer at once, do not wait. */
        public Acquire flags(final int flags) {
            this.flags = flags;
            return this;
        }

        /** How long it is granted for: above 0, {@link SyncCommands#NO_LIMIT} for without a limit. */
        public Acquire leaseNs(final long leaseNs) {
            this.leaseNs = leaseNs;
            return this;
        }

        /** How long to wait for it: above 0, {@link SyncCommands#NO_LIMIT} for without a limit. */
        public Acquire timeoutNs(final long timeoutNs) {
            this.timeoutNs = timeoutNs;
            return this;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY)
                    .resource(resource)
                    .owner(owner)
                    .mode((short) mode)
                    .flags((short) flags)
                    .leaseNs(leaseNs)
                    .timeoutNs(timeoutNs);
        }
    }

    /** Keep a lease for longer. */
    public static final class Renew extends Request {
        private final RenewLeaseEncoder encoder = new RenewLeaseEncoder();
        private int resource;
        private int owner;
        private long fencing;
        private long leaseNs;

        public Renew() {
            super(CommandType.RENEW_LEASE, RenewLeaseEncoder.BLOCK_LENGTH);
        }

        public Renew with(
                final long coordination, final int resource, final int owner, final long fencing, final long leaseNs) {
            scope(coordination);
            this.resource = resource;
            this.owner = owner;
            this.fencing = fencing;
            this.leaseNs = leaseNs;
            return this;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY)
                    .resource(resource)
                    .owner(owner)
                    .fencing(fencing)
                    .leaseNs(leaseNs);
        }
    }

    /** Give a lease back. */
    public static final class Release extends Request {
        private final ReleaseLeaseEncoder encoder = new ReleaseLeaseEncoder();
        private int resource;
        private int owner;
        private long fencing;

        public Release() {
            super(CommandType.RELEASE_LEASE, ReleaseLeaseEncoder.BLOCK_LENGTH);
        }

        public Release with(final long coordination, final int resource, final int owner, final long fencing) {
            scope(coordination);
            this.resource = resource;
            this.owner = owner;
            this.fencing = fencing;
            return this;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY).resource(resource).owner(owner).fencing(fencing);
        }
    }

    /** Give everything back that an owner holds in a coordination, and wait for nothing there; answers how many it held. */
    public static final class ReleaseAll extends Request {
        private final ReleaseLeasesEncoder encoder = new ReleaseLeasesEncoder();
        private int owner;

        public ReleaseAll() {
            super(CommandType.RELEASE_LEASES, ReleaseLeasesEncoder.BLOCK_LENGTH);
        }

        public ReleaseAll with(final long coordination, final int owner) {
            scope(coordination);
            this.owner = owner;
            return this;
        }

        @Override
        void body(final SlotBuffer buffer) {
            encoder.wrap(buffer, BODY).owner(owner);
        }
    }
}
