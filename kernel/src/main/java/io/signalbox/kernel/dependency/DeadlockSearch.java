package io.signalbox.kernel.dependency;

import io.signalbox.kernel.event.Fact;
import java.util.Arrays;
import org.agrona.collections.Int2IntHashMap;

/**
 * Looks whether a wait has closed a ring of agents that wait for each other and that nobody outside can free.
 *
 * <p>It walks backwards: who waits for the owner of the new wait, who waits for those, and so on. All of them are suspects. Then it
 * lets go of each suspect that has no wait which the suspects alone hold up: one of a resource, a gate, a signal or a person may
 * always be ended from outside, and a composite that can still get enough members from outside as well. Who is left cannot go on. If
 * the new wait belongs to one of them and leads back to its owner over them, that shortest way is the deadlock.
 *
 * <p>Where the awaited agent waits for nothing, or nobody waits for the owner, the answer costs one look into a table. Otherwise the
 * walk is bounded: beyond {@value #AGENTS_MAX} suspects, or {@value #LOOKS_MAX} looks, it finds nothing.
 */
final class DeadlockSearch {
    static final int AGENTS_MAX = 256;
    static final int LOOKS_MAX = 65_536;
    private static final int ROOTS_MAX = 4 * AGENTS_MAX;
    private static final int UNKNOWN = -1;

    private final Dependencies dependencies;
    private final Composites composites;
    private final Int2IntHashMap indexByAgent = new Int2IntHashMap(UNKNOWN);
    private final Int2IntHashMap indexByRoot = new Int2IntHashMap(UNKNOWN);
    private final int[] agents = new int[AGENTS_MAX];
    private final boolean[] stuck = new boolean[AGENTS_MAX];
    private final boolean[] held = new boolean[AGENTS_MAX];
    private final int[] queue = new int[AGENTS_MAX];
    private final int[] nextAgent = new int[AGENTS_MAX];
    private final int[] nextWait = new int[AGENTS_MAX];
    private final int[] roots = new int[ROOTS_MAX];
    private final long[] waits = new long[AGENTS_MAX];
    private final long[] pairs = new long[AGENTS_MAX];
    private int agentCount;
    private int rootCount;
    private int looks;
    private int scope;
    private int size;

    DeadlockSearch(final Dependencies dependencies, final Composites composites) {
        this.dependencies = dependencies;
        this.composites = composites;
    }

    /** Agents in the ring that was found last. */
    int size() {
        return size;
    }

    /** Handle of the wait of agent {@code index}. */
    long wait(final int index) {
        return waits[index];
    }

    /** The agent {@code index} and whom it awaits, as a pair of name ids. */
    long pair(final int index) {
        return pairs[index];
    }

    /** Whether the pending wait in this slot closes a deadlock. */
    boolean find(final int closing) {
        size = 0;
        final int owner = dependencies.owner(closing);
        if (owner == 0 || !isRoot(closing)) {
            return false;
        }
        scope = (int) dependencies.coordination(closing);
        final boolean isPlain = dependencies.kind(closing) == DependencyKind.AGENT_COMPLETION;
        if (!isPlain && dependencies.kind(closing) != DependencyKind.COMPOSITE || firstFor(owner) < 0) {
            return false;
        }
        return suspect(owner) && letGo() && stuck[0] && isHeld(closing) && trace(closing);
    }

    /** Whether the wait in this slot can close anything at all: two looks into arrays. */
    boolean mayClose(final int slot, final int owner) {
        final PendingCounts pending = dependencies.pendingCounts();
        return pending.forAgent(owner) != 0
                && (dependencies.kind(slot) != DependencyKind.AGENT_COMPLETION
                        || pending.of(dependencies.target(slot)) != 0);
    }

    private int firstFor(final int agent) {
        return dependencies.firstOnTarget(scope, DependencyKind.AGENT_COMPLETION, agent);
    }

    private boolean isRoot(final int slot) {
        return (dependencies.flags(slot) & DependencyRules.PART) == 0;
    }

    /** Collect the agents that wait for the owner, directly or not; false when there are too many. */
    private boolean suspect(final int owner) {
        indexByAgent.clear();
        indexByRoot.clear();
        looks = 0;
        rootCount = 0;
        agents[0] = owner;
        agentCount = 1;
        stuck[0] = true;
        indexByAgent.put(owner, 0);
        for (int i = 0; i < agentCount; i++) {
            for (int slot = firstFor(agents[i]); slot >= 0; slot = dependencies.nextOnTarget(slot)) {
                if (!collect(slot)) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean collect(final int slot) {
        if (++looks > LOOKS_MAX) {
            return false;
        }
        for (final long parent : composites.parents(slot)) {
            if (!collect((int) parent)) {
                return false;
            }
        }
        final int owner = dependencies.owner(slot);
        if (!isRoot(slot) || owner == 0 || indexByRoot.get(slot) != UNKNOWN) {
            return true;
        }
        if (rootCount == ROOTS_MAX || indexByAgent.get(owner) == UNKNOWN && agentCount == AGENTS_MAX) {
            return false;
        }
        indexByRoot.put(slot, rootCount);
        roots[rootCount++] = slot;
        if (indexByAgent.get(owner) == UNKNOWN) {
            indexByAgent.put(owner, agentCount);
            stuck[agentCount] = true;
            agents[agentCount++] = owner;
        }
        return true;
    }

    /** Let go of suspects that somebody else can free, until none is left to let go; false when that takes too long. */
    private boolean letGo() {
        boolean changed = true;
        while (changed && looks <= LOOKS_MAX) {
            Arrays.fill(held, 0, agentCount, false);
            for (int i = 0; i < rootCount; i++) {
                if (isHeld(roots[i])) {
                    held[indexByAgent.get(dependencies.owner(roots[i]))] = true;
                }
            }
            changed = false;
            for (int i = 0; i < agentCount; i++) {
                changed |= stuck[i] && !held[i];
                stuck[i] &= held[i];
            }
        }
        return looks <= LOOKS_MAX;
    }

    /** Whether a pending wait cannot resolve as long as those who are stuck complete nothing. */
    private boolean isHeld(final int slot) {
        looks++;
        return switch (dependencies.kind(slot)) {
            case AGENT_COMPLETION -> isStuck(dependencies.target(slot));
            case COMPOSITE -> {
                final Composites.Composite composite = composites.composite(dependencies.handle(slot));
                int possible = composite.resolved;
                for (int i = 0; i < composite.members.length && possible < composite.needed; i++) {
                    final long member = composite.members[i];
                    final boolean isOpen = dependencies.state(member) == DependencyState.PENDING;
                    possible += isOpen && (looks > LOOKS_MAX || !isHeld((int) member)) ? 1 : 0;
                }
                yield possible < composite.needed;
            }
            default -> false;
        };
    }

    private boolean isStuck(final int agent) {
        final int index = indexByAgent.get(agent);
        return index != UNKNOWN && stuck[index];
    }

    /** Find the shortest way from what the closing wait awaits back to its owner, over those who are stuck. */
    private boolean trace(final int closing) {
        Arrays.fill(nextWait, 0, agentCount, UNKNOWN);
        nextWait[0] = closing;
        queue[0] = 0;
        int queued = 1;
        for (int at = 0; at < queued; at++) {
            for (int i = 0; i < rootCount; i++) {
                final int owner = indexByAgent.get(dependencies.owner(roots[i]));
                final boolean isNew = nextWait[owner] == UNKNOWN && stuck[owner] && isHeld(roots[i]);
                if (isNew && awaits(roots[i], agents[queue[at]])) {
                    nextWait[owner] = roots[i];
                    nextAgent[owner] = queue[at];
                    queue[queued++] = owner;
                }
            }
        }
        for (int i = 0; i < queued; i++) {
            if (awaits(closing, agents[queue[i]])) {
                link(closing, 0, queue[i]);
                for (int from = queue[i]; from != 0; from = nextAgent[from]) {
                    link(nextWait[from], from, nextAgent[from]);
                }
                return true;
            }
        }
        return false;
    }

    /** Whether a wait, or a member of it however deep, waits for an agent. */
    private boolean awaits(final int slot, final int agent) {
        looks++;
        if (dependencies.kind(slot) != DependencyKind.COMPOSITE) {
            return dependencies.kind(slot) == DependencyKind.AGENT_COMPLETION && dependencies.target(slot) == agent;
        }
        final Composites.Composite composite = composites.composite(dependencies.handle(slot));
        for (int i = 0; i < composite.members.length && looks <= 2 * LOOKS_MAX; i++) {
            final long member = composite.members[i];
            if (dependencies.state(member) == DependencyState.PENDING && awaits((int) member, agent)) {
                return true;
            }
        }
        return false;
    }

    private void link(final int wait, final int from, final int to) {
        waits[size] = dependencies.handle(wait);
        pairs[size++] = Fact.pair(agents[from], agents[to]);
    }
}
