package io.signalbox.kernel;

import io.signalbox.kernel.coordination.Coordinations;
import io.signalbox.kernel.dependency.Boards;
import io.signalbox.kernel.state.StateValue;
import io.signalbox.kernel.state.WellKnownKey;
import io.signalbox.kernel.store.OrderedLongMap;
import io.signalbox.kernel.workflow.RunSnapshot;
import io.signalbox.kernel.workflow.StepSnapshot;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What the keys show under which older systems kept the insides of their rooms. Here those are not keys: each is read from the room
 * that owns it, between two turns. The id in such a key is found by cutting off what stands before and behind it, so an id may hold
 * any character, and every coordination has keys of its own.
 */
final class KnownKeyViews {
    private static final String SIGNAL_HISTORY = "signal_history:";

    /** A key, and who knows what it shows for an id; null for nothing. */
    private record View(String before, String after, Function<String, String> shown) {
        String of(final String key) {
            return key.length() > before.length() + after.length() && key.startsWith(before) && key.endsWith(after)
                    ? shown.apply(key.substring(before.length(), key.length() - after.length()))
                    : null;
        }
    }

    private final Kernel kernel;
    private final long coordination;
    private final List<View> views;

    KnownKeyViews(final Kernel kernel, final long coordination) {
        this.kernel = kernel;
        this.coordination = coordination;
        views = List.of(
                new View("resource_", "_available", this::resource),
                new View("quality_gate_", "_score", this::gate),
                new View("signal_metrics:", "", this::signalMetrics),
                new View("task_result_", "", this::taskResult),
                new View("stage_", "_context", this::taskResult),
                new View(
                        "workflow_",
                        "_status",
                        id -> ofRun(id, run -> run.state().name())),
                new View("workflow_", "_start_time", id -> ofRun(id, run -> time(run, RunSnapshot::startedNs))),
                new View("workflow_", "_end_time", id -> ofRun(id, run -> time(run, RunSnapshot::finishedNs))));
    }

    /** What a key shows now, or null. */
    String read(final String key) {
        if (key.startsWith(SIGNAL_HISTORY)) {
            return signalHistory(key.substring(SIGNAL_HISTORY.length()));
        }
        final String ofAgents = new AgentKeyViews(kernel).read(key);
        if (ofAgents != null) {
            return ofAgents;
        }
        final String ofContexts = new ContextKeyViews(kernel, coordination).read(key);
        if (ofContexts != null) {
            return ofContexts;
        }
        return kernel.query(() -> views.stream()
                .map(view -> view.of(key))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null));
    }

    private String resource(final String id) {
        final long mark = onBoards(id, board -> board.resources, -1);
        return mark >= 0
                ? Boolean.toString(Double.longBitsToDouble(mark) > 0)
                : inState(WellKnownKey.RESOURCE.key(id), StateValue::asBoolean);
    }

    private String gate(final String id) {
        final long none = Double.doubleToRawLongBits(-1);
        final double score = Double.longBitsToDouble(onBoards(id, board -> board.gates, none));
        return Double.isNaN(score)
                ? "failed"
                : score >= 0 ? Double.toString(score) : inState(WellKnownKey.GATE.key(id), StateValue::asDouble);
    }

    /** What the board of this scope says, else the kernel-wide one. */
    private long onBoards(final String name, final Function<Boards.Board, OrderedLongMap> marks, final long none) {
        final int id = kernel.machine().names().find(name);
        return Stream.of((int) coordination, 0)
                .map(scope -> kernel.machine().dependencies().boards().board(scope))
                .filter(Objects::nonNull)
                .map(marks)
                .filter(board -> board.indexOf(id) >= 0)
                .map(board -> board.get(id, none))
                .findFirst()
                .orElse(none);
    }

    private String inState(final String key, final Function<StateValue, Object> read) {
        final int id = kernel.machine().names().find(key);
        final StateValue value =
                kernel.machine().states().snapshot(coordination).get(id);
        return value == null || value.isNull() ? null : String.valueOf(read.apply(value));
    }

    /** Oldest first; asked page by page, so that a long one holds nobody up. */
    private String signalHistory(final String name) {
        final long handle = kernel.query(() -> kernel.machine().coordinations().find(name));
        if (handle == 0) {
            return null;
        }
        final List<PastSignal> newestFirst =
                new Coordination(kernel, name, handle).signals().history(HistoryFilter.all());
        final StringJoiner entries = new StringJoiner(",", "[", "]");
        for (int i = newestFirst.size() - 1; i >= 0; i--) {
            entries.add(newestFirst.get(i).document().toString());
        }
        return entries.toString();
    }

    private String signalMetrics(final String name) {
        final Coordinations coordinations = kernel.machine().coordinations();
        final long handle = coordinations.find(name);
        return handle == 0
                ? null
                : "{\"signals_sent\": " + kernel.machine().signals().raised((int) handle) + "}";
    }

    private Stream<RunSnapshot> newestRunsFirst() {
        return LongStream.of(kernel.machine().inspector().runs())
                .mapToObj(handle -> kernel.machine().inspector().run(handle))
                .filter(run -> run != null && run.coordination() == coordination)
                .sorted(Comparator.comparingLong(RunSnapshot::startedNs)
                        .thenComparingLong(RunSnapshot::handle)
                        .reversed());
    }

    private String taskResult(final String task) {
        return newestRunsFirst()
                .map(run -> run.step(task))
                .filter(Objects::nonNull)
                .map(StepSnapshot::result)
                .filter(result -> result.length > 0)
                .map(result -> new String(result, StandardCharsets.UTF_8))
                .findFirst()
                .orElse(null);
    }

    private String ofRun(final String definition, final Function<RunSnapshot, String> read) {
        return newestRunsFirst()
                .filter(run -> run.definition().name().equals(definition))
                .findFirst()
                .map(read)
                .orElse(null);
    }

    private static String time(final RunSnapshot run, final ToLongFunction<RunSnapshot> read) {
        final long ns = read.applyAsLong(run);
        return ns == 0 ? null : Instant.ofEpochSecond(0, ns).toString();
    }
}
