package io.signalbox.kernel.agent;

import io.signalbox.kernel.names.NameTable;
import java.nio.charset.StandardCharsets;

/**
 * The names that a search is about, turned into ids and into what is alike, a bounded piece at a time, so that a search with similarity
 * over many capabilities stands in nobody's way.
 */
final class Criteria {
    /** Comparisons of two names in one piece. */
    private static final int COMPARISONS = 2048;

    /** Looks at one name of one agent in one piece of a walk. */
    private static final int LOOKS = 4096;

    private static final int AGENTS_MIN = 8;

    private final Wanted[] capabilities;
    private final Wanted[] tags;
    private final byte[] type;
    private int typeName;
    private int next = -1;

    Criteria(final Wanted[] capabilities, final Wanted[] tags, final String type) {
        this.capabilities = capabilities;
        this.tags = tags;
        this.type = type.getBytes(StandardCharsets.UTF_8);
    }

    static Wanted[] join(final Wanted[] some, final Wanted[] others) {
        final Wanted[] all = new Wanted[some.length + others.length];
        System.arraycopy(some, 0, all, 0, some.length);
        System.arraycopy(others, 0, all, some.length, others.length);
        return all;
    }

    /** One piece of it. Whether all is resolved. */
    boolean resolve(final Agents agents, final NameTable names) {
        if (next < 0) {
            next = 0;
            typeName = names.find(type, 0, type.length);
            findExact(capabilities, names);
            findExact(tags, names);
        }
        final int piece = Math.max(1, COMPARISONS / Math.max(1, capabilities.length + tags.length));
        final int end = Math.max(agents.capabilities().size(), agents.tags().size());
        for (int i = 0; i < piece && next < end; i++, next++) {
            compare(capabilities, agents.capabilities());
            compare(tags, agents.tags());
        }
        return next >= end || isExact();
    }

    private static void findExact(final Wanted[] wanted, final NameTable names) {
        for (final Wanted each : wanted) {
            if (each.isExact()) {
                each.find(names);
            }
        }
    }

    private void compare(final Wanted[] wanted, final Features features) {
        if (next < features.size()) {
            for (final Wanted each : wanted) {
                if (!each.isExact()) {
                    each.compare(features.at(next));
                }
            }
        }
    }

    private boolean isExact() {
        final Wanted some = capabilities.length > 0 ? capabilities[0] : tags.length > 0 ? tags[0] : null;
        return some == null || some.isExact();
    }

    boolean isOfType(final Agent agent) {
        return type.length == 0 || typeName != NameTable.NONE && agent.type == typeName;
    }

    /** Agents in one piece of a walk. */
    int agentsPerPiece() {
        int looks = 1;
        for (final Wanted each : capabilities) {
            looks += each.count();
        }
        for (final Wanted each : tags) {
            looks += each.count();
        }
        return Math.max(AGENTS_MIN, LOOKS / looks);
    }

    /** The shorter of two postings; null stands for one that is unknown. */
    static Posting shorter(final Posting one, final Posting other) {
        return other == null || one.size() <= other.size() ? one : other;
    }
}
