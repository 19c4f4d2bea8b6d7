package io.signalbox.kernel.workflow;

import java.util.List;

/**
 * When and where the attempts of a step run, beside its needs.
 *
 * @param priority -1,000 to 1,000; among steps that are ready the higher goes first, equal ones in the order in which they became ready.
 * @param uses what an attempt takes of the definition's limits.
 * @param placement which agents may have it.
 * @param leaseNs a started attempt whose worker is not heard of for so long is offered again; 0 for no lease.
 */
public record Scheduling(int priority, List<LimitUse> uses, Placement placement, long leaseNs) {
    /** No priority, no limit, anybody, no lease. */
    public static final Scheduling PLAIN = new Scheduling(0, List.of(), Placement.ANYBODY, 0);

    public Scheduling {
        uses = List.copyOf(uses);
        if (priority < -1000 || priority > 1000) {
            throw new IllegalArgumentException("priority must be in -1000..1000: " + priority);
        }
        if (leaseNs < 0) {
            throw new IllegalArgumentException("leaseNs must not be negative: " + leaseNs);
        }
    }

    /** The same, with another priority. */
    public Scheduling withPriority(final int priority) {
        return new Scheduling(priority, uses, placement, leaseNs);
    }

    /** The same, taking these units. */
    public Scheduling using(final LimitUse... uses) {
        return new Scheduling(priority, List.of(uses), placement, leaseNs);
    }

    /** The same, for these agents. */
    public Scheduling on(final Placement placement) {
        return new Scheduling(priority, uses, placement, leaseNs);
    }

    /** The same, under a lease. */
    public Scheduling withLeaseNs(final long leaseNs) {
        return new Scheduling(priority, uses, placement, leaseNs);
    }
}
