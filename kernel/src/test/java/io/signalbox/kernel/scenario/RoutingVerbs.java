package io.signalbox.kernel.scenario;

import io.signalbox.kernel.command.RoutingCommands;
import io.signalbox.kernel.routing.Finding;
import io.signalbox.kernel.routing.Opinion;
import io.signalbox.kernel.routing.OpinionWriter;
import io.signalbox.kernel.routing.RoutedDecision;
import io.signalbox.kernel.routing.RouterOpinion;
import io.signalbox.kernel.routing.RoutingDecision;
import io.signalbox.kernel.routing.RoutingStats;
import io.signalbox.kernel.routing.RoutingStrategy;
import io.signalbox.kernel.routing.Verdict;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * {@code decide TASK ROUTER:DECISION[:CONFIDENCE[:STRATEGY[:NEXT]]] ...}, {@code opine TASK OPINION}, {@code reset-retries TASK},
 * {@code clear-routing}, {@code look history}, {@code look routing}, {@code look retries TASK}. A router whose decision is
 * {@code FAILED} has thrown.
 */
final class RoutingVerbs implements Verbs {
    private static final int CONFIDENCE_AT = 8;

    private final Pen pen;

    RoutingVerbs(final Pen pen) {
        this.pen = pen;
    }

    @Override
    public Written write(final String verb, final Words words, final String label, final long coordination) {
        return switch (verb) {
            case "decide" -> decide(words, coordination);
            case "opine" -> opine(words, coordination);
            case "reset-retries" ->
                Pen.done(new RoutingCommands.ResetRetries().with(coordination, pen.id(words.next())));
            case "clear-routing" -> Pen.done(new RoutingCommands.Clear().with(coordination));
            default -> null;
        };
    }

    private Written decide(final Words words, final long coordination) {
        final RoutingCommands.RecordDecision decide = new RoutingCommands.RecordDecision();
        final int task = pen.id(words.next());
        final int policy = words.number("policy", words.has("weighted") ? 1 : 0);
        final int failing = words.number("failing", words.has("abstain") ? 1 : 0);
        final int retriesMax = words.number("retries", 0);
        final int whenExhausted = words.number("exhausted", words.has("then-end") ? 1 : 0);
        final int known = words.number("known", 0);
        final long took = Words.ns(words.after("took", "0ns"));
        final long ran = Long.parseLong(words.after("ran", "0"));
        final long version = Long.parseLong(words.after("state", "-1"));
        final byte[] correlation = Pen.utf8OrNothing(words.after("correlation", "-"));
        final byte[] opinions = opinions(words);
        return Pen.done(decide.with(coordination, task, opinions, opinions.length)
                .policy(policy, failing)
                .retries(retriesMax, whenExhausted)
                .retryCount(known)
                .routingTimeNs(took)
                .executionTimeMs(ran)
                .stateVersion(version)
                .correlation(correlation));
    }

    private Written opine(final Words words, final long coordination) {
        final int task = pen.id(words.next());
        final byte[] opinion = opinions(words);
        return Pen.done(new RoutingCommands.GiveOpinion().with(coordination, task, opinion, opinion.length));
    }

    /** The opinions that the rest of the line names; {@code cut} leaves out the last byte, {@code no-number} has no confidence. */
    private byte[] opinions(final Words words) {
        final boolean cut = words.has("cut");
        final boolean noNumber = words.has("no-number");
        final OpinionWriter writer = new OpinionWriter();
        while (!words.isEmpty()) {
            final String[] parts = words.next().split(":");
            writer.add(opinion(parts), pen::id);
        }
        final ByteBuffer bytes = ByteBuffer.wrap(writer.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        if (noNumber) {
            bytes.putDouble(CONFIDENCE_AT, Double.NaN);
        }
        final byte[] opinions = new byte[writer.length() - (cut ? 1 : 0)];
        bytes.get(opinions);
        return opinions;
    }

    private static RouterOpinion opinion(final String... parts) {
        final boolean failed = "FAILED".equals(parts[1]);
        final double confidence = parts.length > 2 ? Double.parseDouble(parts[2]) : 1;
        final RoutingStrategy strategy = parts.length > 3 ? RoutingStrategy.valueOf(parts[3]) : RoutingStrategy.CUSTOM;
        final String next = parts.length > 4 ? parts[4] : "";
        final Opinion opinion = failed
                ? Opinion.failed("boom")
                : new Opinion(RoutingDecision.valueOf(parts[1]), confidence, Finding.SAID, "so", next, List.of());
        return new RouterOpinion(parts[0], strategy, strategy.weight(), opinion);
    }

    @Override
    public Look look(final String what, final Words words) {
        final long scope = pen.scope(words.after("in", ""));
        return switch (what) {
            case "history" -> {
                final int task = pen.id(words.after("task", ""));
                final int limit = words.number("limit", 100);
                yield new Look(machine -> machine.routings().history(scope, task, limit).stream()
                        .map(decision -> decision(decision, machine.names()::text))
                        .collect(Collectors.joining(", ", "[", "]")));
            }
            case "routing" -> new Look(machine -> stats(machine.routings().stats(scope)));
            case "retries" -> {
                final int task = pen.id(words.next());
                yield new Look(machine -> Integer.toString(machine.routings().retries(scope, task)));
            }
            default -> null;
        };
    }

    private static String decision(final RoutedDecision decision, final IntFunction<String> names) {
        return Verdict.number(decision.verdict()) + " " + names.apply(decision.task()) + " "
                + Verdict.decision(decision.verdict())
                + decision.opinions(names).stream()
                        .map(each -> each.router() + ":" + each.opinion().decision())
                        .toList();
    }

    private static String stats(final RoutingStats stats) {
        return stats.totalRoutings() + " " + stats.decisions() + " " + stats.strategies() + " opinions "
                + stats.opinions() + " failed " + stats.routersFailed() + " exhausted " + stats.retriesExhausted()
                + " time " + stats.minRoutingTimeNs() + "/" + stats.avgRoutingTimeNs() + "/" + stats.maxRoutingTimeNs();
    }
}
