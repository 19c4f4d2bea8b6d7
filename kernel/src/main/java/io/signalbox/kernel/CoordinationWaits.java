package io.signalbox.kernel;

import io.signalbox.kernel.command.DependencyCommands;
import io.signalbox.kernel.dependency.Approvals;
import io.signalbox.kernel.dependency.DeadlockRules;
import io.signalbox.kernel.dependency.DependencyKind;
import io.signalbox.kernel.dependency.DependencyRules;
import io.signalbox.kernel.event.Rejection;
import io.signalbox.kernel.signal.SignalView;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The waits of one coordination: documents of them, composites, approvals, and who waits for whom. Any thread. */
public final class CoordinationWaits {
    /** Signal type that tells of a deadlock: its sender closed the ring. */
    public static final String DEADLOCK_DETECTED = DeadlockRules.SIGNAL_TYPE;

    /**
     * What a person has decided.
     *
     * @param subject what it was about.
     * @param isApproved whether it was approved; else it was denied.
     * @param by who decided.
     * @param reason why.
     * @param position of the command.
     */
    public record Decision(String subject, boolean isApproved, String by, String reason, long position) {}

    private final Kernel kernel;
    private final Coordination coordination;

    CoordinationWaits(final Kernel kernel, final Coordination coordination) {
        this.kernel = kernel;
        this.coordination = coordination;
    }

    /**
     * Declare everything that a document needs, all of it at the same time.
     *
     * @throws CommandRefusedException when the kernel refuses one of them; those before it are cancelled then.
     */
    public DependencySet declare(final DependencyDocument document) {
        if (!document.owner().isEmpty()) {
            kernel.nameId(DEADLOCK_DETECTED);
        }
        final Map<String, Dependency> waits = new LinkedHashMap<>();
        for (final DependencyDocument.Entry entry : document.entries()) {
            final Dependency wait = new Dependency(kernel, coordination, declare(document, entry, waits));
            if (wait.handle() < 0) {
                waits.values().forEach(Dependency::cancel);
                throw new CommandRefusedException(Rejection.ofAnswer(wait.handle()));
            }
            waits.put(entry.id(), wait);
        }
        return new DependencySet(kernel, document, waits);
    }

    private long declare(
            final DependencyDocument document,
            final DependencyDocument.Entry entry,
            final Map<String, Dependency> waits) {
        final int owner = nameOrNone(document.owner());
        final int label = kernel.nameId(entry.id());
        final int part = document.isPart(entry.id()) ? DependencyRules.PART : 0;
        if (entry.kind() == DependencyKind.STATE_PREDICATE) {
            final int key = kernel.nameId(entry.target());
            final StateIngress ingress = kernel.ingress().states();
            return ingress.await(ingress.awaitRequest(coordination.handle(), key, entry.predicate())
                    .flags(part | (entry.waits() ? 0 : DependencyRules.ANSWER_AT_ONCE))
                    .owner(owner)
                    .label(label)
                    .timeoutNs(Durations.nanos(entry.timeout()))
                    .retriesMax(entry.retriesMax()));
        }
        if (entry.kind() == DependencyKind.COMPOSITE) {
            final long[] members = entry.members().stream()
                    .mapToLong(member -> waits.get(member).handle())
                    .toArray();
            final DependencyIngress ingress = kernel.ingress().dependencies();
            return ingress.declare(ingress.compositeRequest()
                    .with(coordination.handle(), entry.needed(), members)
                    .flags(part | (entry.cancelsRest() ? DependencyRules.CANCEL_REST : 0))
                    .owner(owner)
                    .label(label)
                    .timeoutNs(Durations.nanos(entry.timeout()))
                    .retriesMax(entry.retriesMax()));
        }
        final int flags = part
                | (entry.successRequired() ? DependencyRules.SUCCESS_REQUIRED : 0)
                | (entry.waits() ? 0 : DependencyRules.ANSWER_AT_ONCE);
        final int target = kernel.nameId(entry.target());
        final int from = nameOrNone(entry.from());
        final DependencyIngress ingress = kernel.ingress().dependencies();
        return ingress.declare(ingress.request()
                .with(coordination.handle(), entry.kind().code(), target)
                .flags(flags)
                .owner(owner)
                .timeoutNs(Durations.nanos(entry.timeout()))
                .threshold(entry.threshold())
                .from(from)
                .label(label)
                .retriesMax(entry.retriesMax()));
    }

    private int nameOrNone(final String name) {
        return name.isEmpty() ? 0 : kernel.nameId(name);
    }

    /**
     * An agent waits for another's success; a ring of such waits is told as a deadlock.
     *
     * @param timeout zero for no limit.
     */
    public Dependency awaitsCompletion(final String owner, final String agent, final Duration timeout) {
        kernel.nameId(DEADLOCK_DETECTED);
        return declare(DependencyKind.AGENT_COMPLETION, DependencyRules.SUCCESS_REQUIRED, owner, agent, "", timeout);
    }

    /**
     * Wait for a signal that is raised after this.
     *
     * @param sender empty for anybody.
     * @param timeout zero for no limit.
     */
    public Dependency awaitsSignal(final String type, final String sender, final Duration timeout) {
        return declare(DependencyKind.SIGNAL, 0, "", type, sender, timeout);
    }

    /**
     * Wait for a person to approve; a denial fails the wait.
     *
     * @param approver whose decision counts; empty for anybody's.
     * @param timeout zero for no limit.
     */
    public Dependency awaitsApproval(final String subject, final String approver, final Duration timeout) {
        return declare(DependencyKind.APPROVAL, 0, "", subject, approver, timeout);
    }

    private Dependency declare(
            final DependencyKind kind,
            final int flags,
            final String owner,
            final String target,
            final String from,
            final Duration timeout) {
        final int ownerId = nameOrNone(owner);
        final int targetId = kernel.nameId(target);
        final int fromId = nameOrNone(from);
        final DependencyIngress ingress = kernel.ingress().dependencies();
        final DependencyCommands.Declare request = ingress.request()
                .with(coordination.handle(), kind.code(), targetId)
                .flags(flags)
                .owner(ownerId)
                .from(fromId)
                .timeoutNs(Durations.nanos(timeout));
        return new Dependency(kernel, coordination, ingress.declare(request));
    }

    /** Wait for all of these. */
    public Dependency allOf(final Dependency... members) {
        return atLeast(members.length, members);
    }

    /** Wait for any of these. */
    public Dependency anyOf(final Dependency... members) {
        return atLeast(1, members);
    }

    /** Wait for at least {@code needed} of these; it fails as soon as too few are left. */
    public Dependency atLeast(final int needed, final Dependency... members) {
        final long[] handles =
                Arrays.stream(members).mapToLong(Dependency::handle).toArray();
        final DependencyIngress ingress = kernel.ingress().dependencies();
        final DependencyCommands.DeclareComposite request =
                ingress.compositeRequest().with(coordination.handle(), needed, handles);
        return new Dependency(kernel, coordination, ingress.declare(request));
    }

    /**
     * An agent has succeeded, told by an event of its own: who waits for that event goes on, and who waits for any.
     *
     * @param event signal type, as a wait's {@code from} names it.
     */
    public Receipt complete(final String agent, final String event, final String summary) {
        return complete(agent, event, SignalView.SUCCEEDED, summary);
    }

    /** As {@link #complete}, but it has failed: who needs its success has failed too. */
    public Receipt fail(final String agent, final String event, final String reason) {
        return complete(agent, event, SignalView.FAILED, reason);
    }

    private Receipt complete(final String agent, final String event, final int completion, final String text) {
        final int eventId = kernel.nameId(event);
        final int agentId = kernel.nameId(agent);
        final Ingress ingress = kernel.ingress();
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return kernel.receipt(
                ingress, ingress.raise(coordination.handle(), eventId, agentId, 0, 0, completion, Double.NaN, bytes));
    }

    /** A person approves what waits for a decision. */
    public Receipt approve(final String subject, final String by, final String reason) {
        return decide(subject, true, by, reason);
    }

    /** A person denies what waits for a decision: whoever waits for it fails. */
    public Receipt deny(final String subject, final String by, final String reason) {
        return decide(subject, false, by, reason);
    }

    private Receipt decide(final String subject, final boolean isApproved, final String by, final String reason) {
        final int subjectId = kernel.nameId(subject);
        final int byId = kernel.nameId(by);
        final Ingress ingress = kernel.ingress();
        final byte[] bytes = reason.getBytes(StandardCharsets.UTF_8);
        return kernel.receipt(
                ingress, ingress.dependencies().decide(coordination.handle(), subjectId, isApproved, byId, bytes));
    }

    /** The last decision on a subject in this coordination, or null. */
    public Decision decision(final String subject) {
        final int subjectId = kernel.nameId(subject);
        final Approvals.Decision last =
                kernel.query(() -> new DependencyReader(kernel).decision(coordination.handle(), subjectId));
        return last == null
                ? null
                : new Decision(subject, last.approved(), kernel.name(last.by()), last.reasonText(), last.position());
    }

    /**
     * Say how far a resource is available.
     *
     * @param level 0 to 1; a wait for it is resolved at or above its threshold.
     */
    public Receipt markResource(final String resource, final double level) {
        return mark(resource, DependencyRules.AVAILABLE, level);
    }

    /** Say that a resource will not come: who waits for it fails, until it is marked again. */
    public Receipt withdrawResource(final String resource) {
        return mark(resource, DependencyRules.WITHDRAWN, Double.NaN);
    }

    private Receipt mark(final String resource, final int mark, final double level) {
        final int resourceId = kernel.nameId(resource);
        final Ingress ingress = kernel.ingress();
        return kernel.receipt(
                ingress, ingress.dependencies().markResource(coordination.handle(), resourceId, mark, level));
    }

    /** How the wait stands that was last declared under an id; see {@link DependencyStatus#isKnown}. */
    public DependencyStatus status(final String id) {
        final int label = kernel.nameId(id);
        return kernel.query(() -> new DependencyReader(kernel).status(coordination.handle(), id, label));
    }

    /** The wait that was last declared under an id, also when the kernel was started again since; null when there is none. */
    public Dependency find(final String id) {
        final int label = kernel.nameId(id);
        final long handle = kernel.query(() -> new DependencyReader(kernel).handle(coordination.handle(), label));
        return handle < 0 ? null : new Dependency(kernel, coordination, handle);
    }

    /** Everything that waits, in declared order. */
    public List<DependencyStatus> pending() {
        return kernel.query(() -> new DependencyReader(kernel).pending(coordination.handle()));
    }

    /** How many waits are pending; those that have expired or failed are not. */
    public int pendingCount() {
        return kernel.query(() -> new DependencyReader(kernel).pendingCount(coordination.handle()));
    }

    /** Give up every wait of this coordination and forget the ids; the receipt's value is how many waited. */
    public Receipt clear() {
        return clear("");
    }

    /** As {@link #clear()}, those of one owner. */
    public Receipt clear(final String owner) {
        final int ownerId = nameOrNone(owner);
        final Ingress ingress = kernel.ingress();
        return kernel.receipt(ingress, ingress.dependencies().clear(coordination.handle(), ownerId));
    }

    /** Which agents wait for which, and the deadlock that formed last. */
    public WaitGraph graph() {
        return kernel.query(() -> new DependencyReader(kernel).graph(coordination.handle()));
    }
}
