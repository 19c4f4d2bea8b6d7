package io.signalbox.kernel.board;

import io.signalbox.kernel.Coordination;
import io.signalbox.kernel.Kernel;
import io.signalbox.kernel.StepLoad;
import io.signalbox.kernel.WorkerTerms;
import io.signalbox.kernel.Workers;
import io.signalbox.kernel.board.BoardException.Reason;
import io.signalbox.kernel.context.DocumentJson;
import io.signalbox.kernel.context.DocumentValue;
import io.signalbox.kernel.pattern.Expansion;
import io.signalbox.kernel.pattern.Pattern;
import io.signalbox.kernel.pattern.PatternLibrary;
import io.signalbox.kernel.pattern.PatternStep;
import io.signalbox.kernel.pattern.Patterns;
import io.signalbox.kernel.pattern.TaskTemplate;
import io.signalbox.kernel.workflow.DefinitionCodec;
import io.signalbox.kernel.workflow.RunSnapshot;
import io.signalbox.kernel.workflow.RunState;
import io.signalbox.kernel.workflow.StepState;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Patterns that run: applied to work that is done, or generated with the task that they begin with. A ticket is a coordination of the kernel. All
 * steps of a pattern are started at once or none is, as a run of the kernel: journaled, resumed, explained, cancelled like any other. Any thread.
 *
 * <pre>{@code
 * CoordinationPatterns patterns = new CoordinationPatterns(kernel, PatternFiles.shipped())
 *         .handle("design_architecture", task -> Map.of("modules", 3))
 *         .handle("implement_module", task -> Map.of("module_" + task.input().get("module").asLong(), "done"))
 *         .handle("integrate_modules", task -> task.synthesis());
 * try (Workers workers = patterns.serve(WorkerTerms.ownThreads())) {
 *     PatternRun run = patterns.generate("ticket-123", "design_architecture", "parallel_implementation", Map.of("module_count", 3));
 *     run.await(Duration.ofMinutes(5));
 * }
 * }</pre>
 */
public final class CoordinationPatterns {
    private final Kernel kernel;
    private final PatternLibrary library;
    private final MergeFunctions mergeFunctions = new MergeFunctions();
    private final ConcurrentHashMap<String, TaskFunction> functions = new ConcurrentHashMap<>();
    private final Map<ByteBuffer, Integer> deployed = new HashMap<>(); // guarded by itself
    private final PatternMeter meter;
    private final PatternWork work;

    /** Patterns of a library, on a kernel. */
    public CoordinationPatterns(final Kernel kernel, final PatternLibrary library) {
        this.kernel = kernel;
        this.library = library;
        meter = new PatternMeter(kernel.metrics());
        work = new PatternWork(functions, mergeFunctions, meter, kernel::findCoordination);
    }

    /**
     * Tasks of this type are done so.
     *
     * @throws BoardException when they have code already.
     */
    public CoordinationPatterns handle(final String taskType, final TaskFunction function) {
        if (functions.putIfAbsent(taskType, function) != null) {
            throw new BoardException(Reason.DUPLICATE_ID, "tasks of type '" + taskType + "' have code already");
        }
        return this;
    }

    /** Functions of custom merges. */
    public MergeFunctions mergeFunctions() {
        return mergeFunctions;
    }

    /**
     * Do the steps of patterns from now on, those of earlier runs included.
     *
     * @param terms executor and parallelism; without functions of their own.
     * @return what is to be closed when it is over.
     */
    public Workers serve(final WorkerTerms terms) {
        return kernel.tasks()
                .serve(terms.only(task -> PatternStep.decode(task.step().payload()) != null)
                        .handleOthers(StepLoad.IO, work::perform));
    }

    // ------------------------------------------------------------------ generate

    /** As {@link #generate(String, TaskTemplate, String, Map)}, with a first task of this type. */
    public PatternRun generate(
            final String ticketId,
            final String initialTaskType,
            final String patternName,
            final Map<String, ?> parameters) {
        return generate(ticketId, TaskTemplate.of(initialTaskType), patternName, parameters);
    }

    /**
     * Start a pattern with the task that it begins with.
     *
     * @throws BoardException UNKNOWN_PATTERN.
     * @throws io.signalbox.kernel.pattern.InvalidPatternException when it cannot be expanded with these parameters.
     */
    public PatternRun generate(
            final String ticketId,
            final TaskTemplate initial,
            final String patternName,
            final Map<String, ?> parameters) {
        final Map<String, Object> all = withTicket(ticketId, parameters);
        return start(ticketId, Patterns.generate(pattern(patternName), initial, all, library), parameters, null);
    }

    // ------------------------------------------------------------------ apply

    /**
     * Apply a pattern to work that is done: {@code source_task_id} among the parameters names a completed task of the ticket's board, or a step of one of its
     * runs that has succeeded. Without it the pattern begins with its own tasks.
     *
     * @throws BoardException UNKNOWN_PATTERN; UNKNOWN_TASK or NOT_COMPLETED for the source.
     * @throws io.signalbox.kernel.pattern.InvalidPatternException when it cannot be expanded with these parameters.
     */
    public PatternRun applyPatternToTicket(
            final String ticketId, final String patternName, final Map<String, ?> parameters) {
        final Object source = parameters.get("source_task_id");
        final DocumentValue result = source == null ? null : sourceResult(ticketId, source.toString());
        return start(
                ticketId,
                Patterns.expand(pattern(patternName), withTicket(ticketId, parameters), library),
                parameters,
                result);
    }

    /**
     * Apply the pattern that the metadata of a ticket ask for: the one they name under {@code pattern}, else that of the first rule that matches them.
     *
     * @throws BoardException UNKNOWN_PATTERN when there is neither, and as {@link #applyPatternToTicket}.
     */
    public PatternRun applyByMetadata(
            final String ticketId,
            final Map<String, ?> metadata,
            final List<PatternRule> rules,
            final Map<String, ?> parameters) {
        if (metadata.get("pattern") instanceof String named) {
            return applyPatternToTicket(ticketId, named, parameters);
        }
        final DocumentValue document = DocumentValue.of(metadata);
        for (final PatternRule rule : rules) {
            if (rule.matches(document)) {
                final Map<String, Object> all = new TreeMap<>(rule.parameters());
                all.putAll(parameters);
                return applyPatternToTicket(ticketId, rule.pattern(), all);
            }
        }
        throw new BoardException(
                Reason.UNKNOWN_PATTERN, "no rule for the metadata of ticket '" + ticketId + "': " + document);
    }

    /**
     * Apply a pattern to every completed task that a rule selects, by what the task says about itself ({@code task_type, phase_id, priority} ...): one run for each,
     * which is its source.
     */
    public List<PatternRun> applyToMatching(final String ticketId, final PatternRule rule) {
        final List<PatternRun> runs = new ArrayList<>();
        for (final String source : matching(ticketId, rule)) {
            final Map<String, Object> all = new TreeMap<>(rule.parameters());
            all.put("source_task_id", source);
            runs.add(applyPatternToTicket(ticketId, rule.pattern(), all));
        }
        return runs;
    }

    private List<String> matching(final String ticketId, final PatternRule rule) {
        final List<String> ids = new ArrayList<>();
        final Coordination ticket = kernel.coordination(ticketId);
        for (final BoardTask task : new BoardStore(ticket).tasks()) {
            if (task.status() == TaskStatus.COMPLETED && rule.matches(task.document())) {
                ids.add(task.id());
            }
        }
        for (final RunSnapshot run : runs(ticket)) {
            run.steps().stream()
                    .filter(step -> step.state() == StepState.SUCCEEDED)
                    .filter(step -> rule.matches(DocumentJson.mapIn(
                            run.definition().steps().get(step.index()).payload())))
                    .forEach(step -> ids.add(step.id()));
        }
        return ids;
    }

    private List<RunSnapshot> runs(final Coordination ticket) {
        return kernel.tasks().runs().stream()
                .filter(run -> run.coordination() == ticket.handle())
                .toList();
    }

    private DocumentValue sourceResult(final String ticketId, final String source) {
        final Coordination ticket = kernel.coordination(ticketId);
        final BoardStore.Seen<BoardTask> task = new BoardStore(ticket).task(source);
        boolean isKnown = task != null;
        if (isKnown && task.value().status() == TaskStatus.COMPLETED) {
            return task.value().result();
        }
        for (final RunSnapshot run : runs(ticket)) {
            final RunResults results = new RunResults(run);
            isKnown |= results.state(source) != null;
            if (results.state(source) == StepState.SUCCEEDED) {
                return results.of(source);
            }
        }
        throw new BoardException(
                isKnown ? Reason.NOT_COMPLETED : Reason.UNKNOWN_TASK,
                isKnown
                        ? "Task " + source + " is not completed; a pattern is applied to work that is done"
                        : "ticket '" + ticketId + "' has no task '" + source + "'");
    }

    // ------------------------------------------------------------------ running

    private Pattern pattern(final String name) {
        final Pattern pattern = library.find(name);
        if (pattern == null) {
            throw new BoardException(
                    Reason.UNKNOWN_PATTERN,
                    "there is no pattern '" + name + "'; there are " + String.join(", ", library.names()));
        }
        return pattern;
    }

    /** Every pattern knows {@code ${ticket_id}}. */
    private static Map<String, Object> withTicket(final String ticketId, final Map<String, ?> parameters) {
        final Map<String, Object> all = new TreeMap<>(parameters);
        all.put("ticket_id", ticketId);
        return all;
    }

    private PatternRun start(
            final String ticketId,
            final Expansion expansion,
            final Map<String, ?> parameters,
            final DocumentValue sourceResult) {
        expansion.merges().forEach(merge -> mergeFunctions.check(merge.strategy(), merge.function()));
        expansion.joins().forEach(join -> mergeFunctions.check(join.strategy(), join.function()));
        final TreeMap<String, Object> inputs = new TreeMap<>();
        inputs.put("ticket_id", ticketId);
        inputs.put("pattern", expansion.pattern());
        inputs.put("source_task_id", expansion.id("source_task_id"));
        if (sourceResult != null) {
            inputs.put("source_result", sourceResult);
        }
        inputs.put("parameters", DocumentValue.of(new TreeMap<>(parameters)));
        final Coordination ticket = kernel.coordination(ticketId);
        final WorkflowDefinition definition = expansion.definition().withPayload(RunTelling.atStart(expansion));
        final PatternRun run = new PatternRun(
                ticket.start(deployed(definition), DocumentJson.bytes(DocumentValue.of(inputs))), expansion, meter);
        meter.started(expansion.pattern());
        RunTelling.start(ticket, run.handle().handle(), definition.payload());
        return run;
    }

    /** The same definition is kept once. */
    private int deployed(final WorkflowDefinition definition) {
        final ByteBuffer bytes = ByteBuffer.wrap(DefinitionCodec.encode(definition));
        synchronized (deployed) {
            return deployed.computeIfAbsent(bytes, absent -> kernel.deploy(definition));
        }
    }

    /** How the runs of a pattern have gone that the kernel still knows. Asked between two turns. */
    public PatternStatistics statistics(final String patternName) {
        int running = 0;
        int succeeded = 0;
        int ended = 0;
        long timeNs = 0;
        for (final RunSnapshot run : kernel.tasks().runs()) {
            if (!DocumentJson.mapIn(run.inputs()).textOf("pattern").equals(patternName)) {
                continue;
            }
            if (run.state().isFinal()) {
                ended++;
                timeNs += run.finishedNs() - run.startedNs();
                succeeded += run.state() == RunState.SUCCEEDED ? 1 : 0;
            } else {
                running++;
            }
        }
        return new PatternStatistics(
                patternName, running, succeeded, ended - succeeded, ended == 0 ? 0 : timeNs / ended);
    }
}
