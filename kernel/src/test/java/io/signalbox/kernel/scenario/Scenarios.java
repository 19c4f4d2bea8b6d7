package io.signalbox.kernel.scenario;

import io.signalbox.kernel.context.ContextLimits;
import io.signalbox.kernel.machine.MachineLimits;
import io.signalbox.kernel.signal.SignalLimits;
import io.signalbox.kernel.state.StateLimits;
import io.signalbox.kernel.subscription.SubscriptionLimits;
import io.signalbox.kernel.workflow.StepDefinition;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads the scenario files. A file holds scenarios one after the other:
 *
 * <pre>
 * scenario  a diamond joins when both sides are done
 *   with    runsMax=1
 *   define  diamond  concurrency 2
 *   step    a
 *   step    b  needs a  retries 2  backoff 10ms
 *   0ms     open build                 -> build; opened build
 *   0ms     5000x await agent ann as w -> ...
 *   &amp;       close build                -> ...
 * </pre>
 *
 * What else may stand in the lines of a definition: {@link DefinitionWords}.
 */
public final class Scenarios {
    /** Where the files stand; tests run in the module's directory. */
    public static final Path ROOT = Path.of("src/test/resources/scenarios");

    /** Plays only some scenarios: {@code -Dscenario=diamond}. */
    public static final String ONLY = "scenario";

    /** What a line of limits may set, by name. */
    private static final Map<String, BiFunction<MachineLimits, Integer, MachineLimits>> LIMITS = Map.ofEntries(
            Map.entry("namesMax", MachineLimits::withNamesMax),
            Map.entry("nameLengthMax", MachineLimits::withNameLengthMax),
            Map.entry("coordinationsMax", MachineLimits::withCoordinationsMax),
            Map.entry("dependenciesMax", MachineLimits::withDependenciesMax),
            Map.entry("payloadLengthMax", MachineLimits::withPayloadLengthMax),
            Map.entry("definitionsMax", MachineLimits::withDefinitionsMax),
            Map.entry("definitionLengthMax", MachineLimits::withDefinitionLengthMax),
            Map.entry("runsMax", MachineLimits::withRunsMax),
            Map.entry("uploadsMax", MachineLimits::withUploadsMax),
            Map.entry("clientsMax", MachineLimits::withClientsMax),
            Map.entry("deferredMax", MachineLimits::withDeferredMax),
            Map.entry("tailCapacity", MachineLimits::withTailCapacity),
            Map.entry(
                    "subscriptionsMax", (limits, max) -> limits.withSubscriptions(subscriptions(limits, max, -1, -1))),
            Map.entry("outstandingMax", (limits, max) -> limits.withSubscriptions(subscriptions(limits, -1, max, -1))),
            Map.entry(
                    "outstandingBytesMax",
                    (limits, max) -> limits.withSubscriptions(subscriptions(limits, -1, -1, max))),
            Map.entry("agentsMax", MachineLimits::withAgentsMax),
            Map.entry("decisionsMax", MachineLimits::withDecisionsMax),
            Map.entry("routedTasksMax", MachineLimits::withRoutedTasksMax),
            Map.entry("contextsMax", (limits, max) -> limits.withContexts(contexts(limits, max, -1, -1, -1))),
            Map.entry(
                    "contextDocumentLengthMax",
                    (limits, max) -> limits.withContexts(contexts(limits, -1, max, -1, -1))),
            Map.entry("intelligenceBytesMax", (limits, max) -> limits.withContexts(contexts(limits, -1, -1, max, -1))),
            Map.entry("contextVersionsMax", (limits, max) -> limits.withContexts(contexts(limits, -1, -1, -1, max))),
            Map.entry("historyMax", (limits, max) -> limits.withSignals(signals(limits, max, -1, -1, -1, -1))),
            Map.entry("historyBytesMax", (limits, max) -> limits.withSignals(signals(limits, -1, max, -1, -1, -1))),
            Map.entry("kindsMax", (limits, max) -> limits.withSignals(signals(limits, -1, -1, max, -1, -1))),
            Map.entry("progressMax", (limits, max) -> limits.withSignals(signals(limits, -1, -1, -1, max, -1))),
            Map.entry("recipientsMax", (limits, max) -> limits.withSignals(signals(limits, -1, -1, -1, -1, max))),
            Map.entry("stateKeysMax", (limits, max) -> limits.withStates(states(limits, max, -1, -1, -1))),
            Map.entry("stateBytesMax", (limits, max) -> limits.withStates(states(limits, -1, max, -1, -1))),
            Map.entry("stateVersionsMax", (limits, max) -> limits.withStates(states(limits, -1, -1, max, -1))),
            Map.entry("stateVersionBytesMax", (limits, max) -> limits.withStates(states(limits, -1, -1, -1, max))));

    private static final Pattern REPEAT = Pattern.compile("(\\d+)x\\s+(.*)");

    private static SubscriptionLimits subscriptions(
            final MachineLimits limits, final int openMax, final int outstandingMax, final int bytesMax) {
        final SubscriptionLimits base = limits.subscriptions();
        return new SubscriptionLimits(
                openMax < 0 ? base.subscriptionsMax() : openMax,
                outstandingMax < 0 ? base.outstandingMax() : outstandingMax,
                bytesMax < 0 ? base.outstandingBytesMax() : bytesMax);
    }

    private static StateLimits states(
            final MachineLimits limits,
            final int keysMax,
            final int bytesMax,
            final int versionsMax,
            final int versionBytesMax) {
        final StateLimits base = limits.states();
        return new StateLimits(
                keysMax < 0 ? base.keysMax() : keysMax,
                bytesMax < 0 ? base.bytesMax() : bytesMax,
                versionsMax < 0 ? base.versionsMax() : versionsMax,
                versionBytesMax < 0 ? base.versionBytesMax() : versionBytesMax);
    }

    private static ContextLimits contexts(
            final MachineLimits limits,
            final int contextsMax,
            final int documentLengthMax,
            final int intelligenceBytesMax,
            final int versionsMax) {
        final ContextLimits base = limits.contexts();
        return new ContextLimits(
                contextsMax < 0 ? base.contextsMax() : contextsMax,
                documentLengthMax < 0 ? base.documentLengthMax() : documentLengthMax,
                intelligenceBytesMax < 0 ? base.intelligenceBytesMax() : intelligenceBytesMax,
                versionsMax < 0 ? base.versionsMax() : versionsMax);
    }

    private static SignalLimits signals(
            final MachineLimits limits,
            final int historyMax,
            final int historyBytesMax,
            final int kindsMax,
            final int progressMax,
            final int recipientsMax) {
        final SignalLimits base = limits.signals();
        return new SignalLimits(
                historyMax < 0 ? base.historyMax() : historyMax,
                historyBytesMax < 0 ? base.historyBytesMax() : historyBytesMax,
                kindsMax < 0 ? base.kindsMax() : kindsMax,
                progressMax < 0 ? base.progressMax() : progressMax,
                recipientsMax < 0 ? base.recipientsMax() : recipientsMax);
    }

    private Scenarios() {}

    /**
     * Every scenario, by file name and place; with the system property {@value #ONLY}, those whose file and title hold its text.
     *
     * @throws IllegalStateException when there is none.
     */
    public static List<Scenario> all() {
        final String only = System.getProperty(ONLY, "");
        try (Stream<Path> files = Files.walk(ROOT)) {
            final List<Scenario> scenarios = files.filter(
                            file -> file.toString().endsWith(".scenario"))
                    .sorted()
                    .flatMap(file -> read(file).stream())
                    .filter(scenario -> scenario.toString().contains(only))
                    .toList();
            if (scenarios.isEmpty()) {
                throw new IllegalStateException(
                        "no scenario below " + ROOT + " holds '" + only + "' in its file or title");
            }
            return scenarios;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The scenarios of one file. */
    public static List<Scenario> read(final Path file) {
        final List<Scenario> scenarios = new ArrayList<>();
        Draft draft = null;
        try {
            final List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            for (int i = 0; i < lines.size(); i++) {
                final String line = lines.get(i).strip();
                if (line.startsWith("scenario")) {
                    if (draft != null) {
                        scenarios.add(draft.done());
                    }
                    draft = new Draft(file, line.substring("scenario".length()).strip());
                } else if (!line.isEmpty() && !line.startsWith("#")) {
                    draft.add(i + 1, line);
                }
            }
            scenarios.add(draft.done());
            return scenarios;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Draft {
        private final Path file;
        private final String title;
        private final Map<String, WorkflowDefinition> definitions = new HashMap<>();
        private final List<Scenario.Line> lines = new ArrayList<>();
        private final List<StepDefinition> steps = new ArrayList<>();
        private MachineLimits limits;
        private Words definition;

        Draft(final Path file, final String title) {
            this.file = file;
            this.title = title;
        }

        void add(final int number, final String line) {
            final String[] parts = line.split("\\s+", 2);
            switch (parts[0]) {
                case "with" -> limits = limits(parts[1]);
                case "define" -> {
                    close();
                    definition = new Words(parts[1]);
                }
                case "step" -> steps.addAll(DefinitionWords.steps(new Words(parts[1])));
                default -> {
                    close();
                    command(number, parts[0], parts[1]);
                }
            }
        }

        private void command(final int number, final String time, final String rest) {
            final String[] sides = (rest + " ").split("\\s->\\s", 2);
            final Matcher repeat = REPEAT.matcher(sides[0].strip());
            final boolean repeated = repeat.matches();
            lines.add(new Scenario.Line(
                    number,
                    time,
                    repeated ? Integer.parseInt(repeat.group(1)) : 1,
                    (repeated ? repeat.group(2) : sides[0]).strip(),
                    sides.length == 1 ? "" : sides[1].strip()));
        }

        private void close() {
            if (definition != null) {
                final WorkflowDefinition whole = DefinitionWords.definition(definition, steps);
                definitions.put(whole.name(), whole);
                steps.clear();
                definition = null;
            }
        }

        private static MachineLimits limits(final String text) {
            MachineLimits limits = MachineLimits.small();
            for (final String pair : text.split("\\s+")) {
                final String[] parts = pair.split("=");
                final BiFunction<MachineLimits, Integer, MachineLimits> set = LIMITS.get(parts[0]);
                if (set == null) {
                    throw new IllegalArgumentException("no such limit: " + parts[0]);
                }
                limits = set.apply(limits, Integer.valueOf(parts[1]));
            }
            return limits;
        }

        Scenario done() {
            close();
            return new Scenario(file, title, limits, Map.copyOf(definitions), List.copyOf(lines));
        }
    }
}
