package io.signalbox.kernel.scenario;

import io.signalbox.kernel.command.LeaseCommands;
import io.signalbox.kernel.command.SyncCommands;
import io.signalbox.kernel.machine.CoordinationMachine;
import io.signalbox.kernel.sync.LeaseSnapshot;
import io.signalbox.kernel.sync.SyncChange;
import io.signalbox.kernel.sync.SyncSnapshot;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * {@code barrier}, {@code latch}, {@code condition}, {@code point}, {@code meet}, {@code arrive}, {@code wait}, {@code signal},
 * {@code reset}, {@code notify}, {@code notifyone}, {@code drop}, {@code change}, {@code lease}, {@code renew}, {@code release},
 * {@code releaseall}, {@code look sync}, {@code look results}, {@code look lease}.
 */
final class SyncVerbs implements Verbs {
    private final Pen pen;

    SyncVerbs(final Pen pen) {
        this.pen = pen;
    }

    @Override
    public Written write(final String verb, final Words words, final String label, final long coordination) {
        return switch (verb) {
            case "barrier" -> declare(words, coordination, 1);
            case "latch" -> declare(words, coordination, 2);
            case "condition" -> declare(words, coordination, 3);
            case "point" -> declare(words, coordination, 4);
            case "meet" -> declare(words, coordination, Integer.parseInt(words.next()));
            case "arrive" -> arrive(words, label, coordination);
            case "wait" -> await(words, label, coordination);
            case "signal" -> change(words, coordination, SyncChange.SET.code());
            case "reset" -> change(words, coordination, SyncChange.RESET.code());
            case "notify" -> change(words, coordination, SyncChange.NOTIFY_ALL.code());
            case "notifyone" -> change(words, coordination, SyncChange.NOTIFY_FIRST.code());
            case "drop" -> change(words, coordination, SyncChange.DROP.code());
            case "change" -> change(words, coordination, words.number("code", 0));
            case "lease" -> acquire(words, label, coordination);
            case "renew" -> renew(words, coordination);
            case "release" -> release(words, coordination);
            case "releaseall" ->
                Pen.done(new LeaseCommands.ReleaseAll().with(coordination, pen.id(words.after("by", ""))));
            default -> null;
        };
    }

    private Written declare(final Words words, final long coordination, final int kind) {
        final String list = words.after("of", "");
        final int[] parties = list.isEmpty()
                ? new int[0]
                : Arrays.stream(list.split(","))
                        .flatMap(SyncVerbs::expand)
                        .mapToInt(pen::id)
                        .toArray();
        final int flags =
                (words.has("failures-count") ? 1 : 0) | (words.has("on-key") ? 2 : 0) | words.number("flags", 0);
        final int required = words.number("needs", 0);
        final long timeoutNs = Words.ns(words.after("within", "forever"));
        return Pen.done(new SyncCommands.Declare()
                .with(coordination, kind, pen.id(words.next()))
                .flags(flags)
                .required(required)
                .timeoutNs(timeoutNs)
                .parties(parties));
    }

    /** {@code p[0..9]} is ten names. */
    private static Stream<String> expand(final String name) {
        final int at = name.indexOf("[0..");
        return at < 0
                ? Stream.of(name)
                : IntStream.rangeClosed(0, Integer.parseInt(name.substring(at + 4, name.length() - 1)))
                        .mapToObj(i -> name.substring(0, at) + i);
    }

    private Written arrive(final Words words, final String label, final long coordination) {
        final byte[] partial = Pen.utf8(words.after("with", ""));
        final int agent = pen.id(words.after("by", ""));
        final SyncCommands.Arrive arrive =
                new SyncCommands.Arrive().with(coordination, pen.id(words.next()), agent, partial);
        return Pen.labelled(arrive, Labels.DEPENDENCY, label);
    }

    private Written await(final Words words, final String label, final long coordination) {
        final int owner = pen.id(words.after("by", ""));
        final long after = Long.parseLong(words.after("after", "-1"));
        final long timeoutNs = Words.ns(words.after("within", "forever"));
        final SyncCommands.Await await = new SyncCommands.Await()
                .with(coordination, pen.id(words.next()))
                .owner(owner)
                .afterGeneration(after)
                .timeoutNs(timeoutNs);
        return Pen.labelled(await, Labels.DEPENDENCY, label);
    }

    private Written change(final Words words, final long coordination, final int code) {
        return Pen.done(new SyncCommands.Change().with(coordination, pen.id(words.next()), code));
    }

    private Written acquire(final Words words, final String label, final long coordination) {
        final int owner = pen.id(words.after("by", ""));
        final int mode = words.has("shared") ? 2 : words.number("mode", 1);
        final int flags = (words.has("at-once") ? 2 : 0) | words.number("flags", 0);
        final long leaseNs = Words.ns(words.after("for", "forever"));
        final long timeoutNs = Words.ns(words.after("within", "forever"));
        final LeaseCommands.Acquire acquire = new LeaseCommands.Acquire()
                .with(coordination, pen.id(words.next()), owner, mode)
                .flags(flags)
                .leaseNs(leaseNs)
                .timeoutNs(timeoutNs);
        return Pen.labelled(acquire, Labels.DEPENDENCY, label);
    }

    private Written renew(final Words words, final long coordination) {
        final int owner = pen.id(words.after("by", ""));
        final long fencing = fencing(words);
        final long leaseNs = Words.ns(words.after("for", "forever"));
        return Pen.done(new LeaseCommands.Renew().with(coordination, pen.id(words.next()), owner, fencing, leaseNs));
    }

    private Written release(final Words words, final long coordination) {
        final int owner = pen.id(words.after("by", ""));
        final long fencing = fencing(words);
        return Pen.done(new LeaseCommands.Release().with(coordination, pen.id(words.next()), owner, fencing));
    }

    /** {@code fencing l1}: the number with which that lease was granted; without it a number that no grant has. */
    private long fencing(final Words words) {
        final String lease = words.after("fencing", "");
        final LeaseSnapshot snapshot =
                lease.isEmpty() ? null : pen.machine().leases().snapshot(pen.handle(Labels.DEPENDENCY, lease));
        return snapshot == null ? 1 : snapshot.fencing();
    }

    @Override
    public Look look(final String what, final Words words) {
        return switch (what) {
            case "sync" -> {
                final long coordination = pen.scope(words.after("in", ""));
                final int name = pen.id(words.next());
                yield new Look(machine -> sync(machine, coordination, name));
            }
            case "results" -> {
                final long coordination = pen.scope(words.after("in", ""));
                final long generation = words.number("generation", 1);
                final int name = pen.id(words.next());
                yield new Look(machine -> results(machine.syncs().results(coordination, name, generation)));
            }
            case "lease" -> {
                final long handle = pen.handle(Labels.DEPENDENCY, words.next());
                yield new Look(machine -> lease(machine.leases().snapshot(handle)));
            }
            default -> null;
        };
    }

    private static String sync(final CoordinationMachine machine, final long coordination, final int name) {
        final SyncSnapshot snapshot = machine.syncs().snapshot(coordination, name);
        if (snapshot == null) {
            return "none";
        }
        final String missing = snapshot.missing().stream()
                .map(party -> machine.names().text(party))
                .collect(Collectors.joining(","));
        return snapshot.kind() + " " + snapshot.state() + " generation " + snapshot.generation() + ", "
                + snapshot.arrived() + " of " + snapshot.required() + (missing.isEmpty() ? "" : ", missing " + missing);
    }

    private static String results(final byte[][] results) {
        return results == null
                ? "none"
                : Arrays.stream(results)
                        .map(result -> result == null ? "-" : new String(result, StandardCharsets.UTF_8))
                        .collect(Collectors.joining(","));
    }

    private static String lease(final LeaseSnapshot lease) {
        return lease == null ? "none" : lease.mode() + (lease.isHeld() ? " held" : " waiting");
    }
}
