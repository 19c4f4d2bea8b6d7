package io.signalbox.kernel.machine;

import io.signalbox.kernel.event.Rejection;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/** Uploads, definitions and runs. What a step needs is looked up whenever it is asked; nothing is counted down. */
final class NaiveWorkflows implements NaiveKernel.NaiveRoom {
    static final int DEFINITIONS_MAX = 12;
    static final int DEFINITION_LENGTH_MAX = 1024;
    static final int RUNS_MAX = 3;
    static final int UPLOADS_MAX = 2;

    private static final int TIMED_OUT = 124;
    private static final byte[] NOTHING = {};
    private static final Set<String> ENDS_OF_STEPS = Set.of("SUCCEEDED", "SKIPPED", "FAILED", "CANCELLED");
    private static final Set<String> ENDS_OF_RUNS = Set.of("SUCCEEDED", "FAILED", "PARTLY_FAILED", "CANCELLED");

    /** What a definition says of one step; what it needs stands by index. */
    record Task(List<Integer> needs, int retriesMax, long pauseNs, int factor, long timeoutNs, boolean judges) {
        long pauseNs(final int failures) {
            long pause = pauseNs;
            for (int i = 0; i < failures; i++) {
                pause *= factor;
            }
            return pause;
        }
    }

    /** A definition that can run. */
    record Definition(int concurrencyMax, boolean failsFast, List<Task> tasks) {}

    /** Something on its way in; the walk knows what it will mean, null when it can never run. */
    static final class Upload {
        final int length;
        final long crc;
        final byte[] whole;
        final Definition meaning;
        final ByteArrayOutputStream content = new ByteArrayOutputStream();
        long handle;

        Upload(final int length, final long crc, final byte[] whole, final Definition meaning) {
            this.length = length;
            this.crc = crc;
            this.whole = whole;
            this.meaning = meaning;
        }

        boolean isSound() {
            final CRC32C actual = new CRC32C();
            actual.update(content.toByteArray());
            return content.size() == length && actual.getValue() == crc;
        }
    }

    static final class Step {
        final Task task;
        String state = "PENDING";
        int attempts;
        int failures;
        int exitCode;
        long sinceNs;
        long untilNs = Long.MAX_VALUE;
        byte[] worker = NOTHING;
        byte[] result = NOTHING;
        byte[] detail = NOTHING;

        Step(final Task task, final long nowNs) {
            this.task = task;
            this.sinceNs = nowNs;
        }

        boolean isInFlight() {
            return state.equals("ASSIGNED") || state.equals("STARTED");
        }

        boolean hasEnded() {
            return ENDS_OF_STEPS.contains(state);
        }
    }

    static final class Run {
        final long coordination;
        final Definition definition;
        final byte[] inputs;
        final long startedNs;
        final List<Step> steps;
        final List<Integer> line = new ArrayList<>();
        long handle;
        String state = "RUNNING";
        long finishedNs;
        long finish;

        Run(final long coordination, final Definition definition, final byte[] inputs, final long nowNs) {
            this.coordination = coordination;
            this.definition = definition;
            this.inputs = inputs;
            this.startedNs = nowNs;
            this.steps =
                    definition.tasks.stream().map(task -> new Step(task, nowNs)).toList();
        }

        boolean hasEnded() {
            return ENDS_OF_RUNS.contains(state);
        }

        boolean isRunning() {
            return state.equals("RUNNING");
        }

        boolean needs(final Step step, final Set<String> states) {
            return step.task.needs.stream().anyMatch(need -> states.contains(steps.get(need).state));
        }

        List<Integer> openNeeds(final Step step) {
            return step.task.needs.stream()
                    .filter(need -> !steps.get(need).hasEnded())
                    .toList();
        }

        boolean has(final String stateOfStep) {
            return steps.stream().anyMatch(step -> step.state.equals(stateOfStep));
        }
    }

    final List<Upload> uploads = new ArrayList<>();
    final List<Definition> definitions = new ArrayList<>();
    final List<Run> runs = new ArrayList<>();
    private final NaiveKernel kernel;
    private final Deque<Runnable> next = new ArrayDeque<>();
    private long finishes;

    NaiveWorkflows(final NaiveKernel kernel) {
        this.kernel = kernel;
    }

    long begin(final Upload upload) {
        if (upload.length < 0) {
            return NaiveKernel.refuse(Rejection.INVALID_VALUE);
        }
        if (upload.length > DEFINITION_LENGTH_MAX) {
            return NaiveKernel.refuse(Rejection.TOO_LONG);
        }
        if (uploads.size() == kernel.sized(UPLOADS_MAX)) {
            uploads.remove(0);
        }
        uploads.add(upload);
        return kernel.choose(handle -> upload.handle = handle);
    }

    private Upload upload(final long handle) {
        return uploads.stream()
                .filter(upload -> upload.handle == handle)
                .findFirst()
                .orElse(null);
    }

    long append(final long handle, final byte[] bytes, final int from, final int length) {
        final Upload upload = upload(handle);
        if (upload == null || from != upload.content.size() || length > upload.length - from) {
            return NaiveKernel.refuse(Rejection.INVALID_UPLOAD);
        }
        upload.content.write(bytes, from, length);
        return 0;
    }

    long deploy(final long handle) {
        final Upload upload = upload(handle);
        if (upload == null || !upload.isSound()) {
            return NaiveKernel.refuse(Rejection.INVALID_UPLOAD);
        }
        if (upload.meaning == null) {
            return NaiveKernel.refuse(Rejection.INVALID_DEFINITION);
        }
        if (definitions.size() == kernel.sized(DEFINITIONS_MAX)) {
            return NaiveKernel.refuse(Rejection.CAPACITY_EXHAUSTED);
        }
        definitions.add(upload.meaning);
        uploads.remove(upload);
        return definitions.size();
    }

    Run run(final long handle) {
        return runs.stream().filter(run -> run.handle == handle).findFirst().orElse(null);
    }

    long start(final long coordination, final int definition, final byte[] inputs) {
        if (!kernel.scopes.contains(coordination)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_COORDINATION);
        }
        if (inputs.length > NaiveKernel.PAYLOAD_MAX) {
            return NaiveKernel.refuse(Rejection.TOO_LONG);
        }
        if (definition < 1 || definition > definitions.size()) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_DEFINITION);
        }
        if (runs.size() == kernel.sized(RUNS_MAX) && runs.stream().noneMatch(Run::hasEnded)) {
            return NaiveKernel.refuse(Rejection.CAPACITY_EXHAUSTED);
        }
        if (runs.size() == kernel.sized(RUNS_MAX)) {
            runs.remove(runs.stream()
                    .filter(Run::hasEnded)
                    .min(Comparator.comparingLong(run -> run.finish))
                    .orElseThrow());
        }
        final Run run = new Run(coordination, definitions.get(definition - 1), inputs, kernel.nowNs);
        runs.add(run);
        opened(run);
        follow();
        return kernel.choose(handle -> run.handle = handle);
    }

    /** Why nothing can be said about this attempt; 0 when it can. */
    private long unfit(final long coordination, final int payload, final Run run, final int index, final int attempt) {
        if (!kernel.scopes.contains(coordination)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_COORDINATION);
        }
        if (payload > NaiveKernel.PAYLOAD_MAX) {
            return NaiveKernel.refuse(Rejection.TOO_LONG);
        }
        if (run == null) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_RUN);
        }
        if (index < 0 || index >= run.steps.size()) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_STEP);
        }
        final Step step = run.steps.get(index);
        if (step.hasEnded()) {
            return NaiveKernel.refuse(Rejection.ALREADY_CONCLUDED);
        }
        return step.isInFlight() && step.attempts == attempt ? 0 : NaiveKernel.refuse(Rejection.STALE_ATTEMPT);
    }

    long startStep(
            final long coordination, final long handle, final int index, final int attempt, final byte[] worker) {
        final Run run = run(handle);
        final long unfit = unfit(coordination, worker.length, run, index, attempt);
        if (unfit != 0) {
            return unfit;
        }
        final Step step = run.steps.get(index);
        if (!step.state.equals("ASSIGNED")) {
            return NaiveKernel.refuse(Rejection.STALE_ATTEMPT);
        }
        move(step, "STARTED");
        step.worker = worker;
        step.untilNs = deadline(step);
        return 0;
    }

    /** 1 succeeded, 2 failed, 3 skipped, 4 lost, 5 cancelled, 6 failed for good. */
    long finishStep(
            final long coordination,
            final long handle,
            final int index,
            final int attempt,
            final int ending,
            final int exitCode,
            final byte[] result,
            final byte[] detail) {
        final Run run = run(handle);
        final long unfit = unfit(coordination, Math.max(result.length, detail.length), run, index, attempt);
        if (unfit != 0) {
            return unfit;
        }
        if (ending < 1 || ending > 6) {
            return NaiveKernel.refuse(Rejection.INVALID_VALUE);
        }
        switch (ending) {
            case 1 -> ended(run, index, "SUCCEEDED", exitCode, result, detail);
            case 2 -> failed(run, index, exitCode, result, detail, true);
            case 3 -> ended(run, index, "SKIPPED", exitCode, result, detail);
            case 4 -> {
                move(run.steps.get(index), "PENDING");
                next.add(() -> readyIfPending(run, index));
            }
            case 5 -> cancelled(run, index);
            default -> failed(run, index, exitCode, result, detail, false);
        }
        follow();
        return 0;
    }

    long cancelRun(final long coordination, final long handle) {
        if (!kernel.scopes.contains(coordination)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_COORDINATION);
        }
        final Run run = run(handle);
        if (run == null) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_RUN);
        }
        if (!run.isRunning()) {
            return NaiveKernel.refuse(Rejection.ALREADY_CONCLUDED);
        }
        stop(run, "CANCELLING");
        follow();
        return 0;
    }

    long retryRun(final long coordination, final long handle) {
        if (!kernel.scopes.contains(coordination)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_COORDINATION);
        }
        final Run run = run(handle);
        if (run == null) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_RUN);
        }
        if (!kernel.scopes.contains(run.coordination)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_COORDINATION);
        }
        if (!run.hasEnded()) {
            return NaiveKernel.refuse(Rejection.NOT_FINISHED);
        }
        if (run.state.equals("SUCCEEDED")) {
            return NaiveKernel.refuse(Rejection.NOTHING_TO_RETRY);
        }
        for (final Step step : run.steps) {
            if (step.state.equals("FAILED") || step.state.equals("CANCELLED")) {
                move(step, "PENDING");
                step.failures = 0;
            }
        }
        run.state = "RUNNING";
        run.finishedNs = 0;
        opened(run);
        follow();
        return 0;
    }

    private void follow() {
        while (!next.isEmpty()) {
            next.remove().run();
        }
    }

    private void opened(final Run run) {
        next.add(() -> {
            IntStream.range(0, run.steps.size()).forEach(index -> settle(run, index));
            finishIfDone(run);
        });
    }

    private long deadline(final Step step) {
        return NaiveKernel.deadline(kernel.nowNs, step.task.timeoutNs);
    }

    private void move(final Step step, final String state) {
        step.state = state;
        step.sinceNs = kernel.nowNs;
        step.untilNs = Long.MAX_VALUE;
    }

    private void readyIfPending(final Run run, final int index) {
        if (run.isRunning() && run.steps.get(index).state.equals("PENDING")) {
            ready(run, index);
        }
    }

    private void ready(final Run run, final int index) {
        move(run.steps.get(index), "READY");
        run.line.add(index);
        next.add(() -> assign(run));
    }

    private void assign(final Run run) {
        while (run.isRunning() && !run.line.isEmpty() && hasPlace(run)) {
            final Step step = run.steps.get(run.line.remove(0));
            move(step, "ASSIGNED");
            step.attempts++;
            step.worker = NOTHING;
            step.untilNs = deadline(step);
        }
    }

    private static boolean hasPlace(final Run run) {
        final long inFlight = run.steps.stream().filter(Step::isInFlight).count();
        return run.definition.concurrencyMax == 0 || inFlight < run.definition.concurrencyMax;
    }

    private void failed(
            final Run run,
            final int index,
            final int exitCode,
            final byte[] result,
            final byte[] detail,
            final boolean mayRetry) {
        final Step step = run.steps.get(index);
        if (!mayRetry || step.failures >= step.task.retriesMax) {
            ended(run, index, "FAILED", exitCode, result, detail);
            return;
        }
        keep(step, exitCode, result, detail);
        move(step, "BACKING_OFF");
        step.untilNs = kernel.nowNs + step.task.pauseNs(step.failures);
        step.failures++;
        next.add(() -> assign(run));
    }

    private static void keep(final Step step, final int exitCode, final byte[] result, final byte[] detail) {
        step.exitCode = exitCode;
        step.result = result;
        step.detail = detail;
    }

    private void ended(
            final Run run,
            final int index,
            final String state,
            final int exitCode,
            final byte[] result,
            final byte[] detail) {
        final Step step = run.steps.get(index);
        keep(step, exitCode, result, detail);
        move(step, state);
        next.add(() -> afterEnd(run, index));
    }

    private void cancelled(final Run run, final int index) {
        run.line.remove((Integer) index);
        move(run.steps.get(index), "CANCELLED");
        next.add(() -> afterEnd(run, index));
    }

    private void afterEnd(final Run run, final int index) {
        if (run.steps.get(index).state.equals("FAILED") && run.isRunning() && run.definition.failsFast) {
            stop(run, "FAILING");
        }
        for (int other = 0; other < run.steps.size(); other++) {
            if (run.steps.get(other).task.needs.contains(index)) {
                settle(run, other);
            }
        }
        assign(run);
        finishIfDone(run);
    }

    private void settle(final Run run, final int index) {
        final Step step = run.steps.get(index);
        if (!run.isRunning()
                || !step.state.equals("PENDING")
                || !run.openNeeds(step).isEmpty()) {
            return;
        }
        if (step.task.judges) {
            ready(run, index);
        } else if (run.needs(step, Set.of("FAILED", "CANCELLED"))) {
            cancelled(run, index);
        } else if (run.needs(step, Set.of("SKIPPED"))) {
            ended(run, index, "SKIPPED", 0, NOTHING, NOTHING);
        } else {
            ready(run, index);
        }
    }

    private void stop(final Run run, final String state) {
        run.state = state;
        next.add(() -> {
            for (int index = 0; index < run.steps.size() && !run.hasEnded(); index++) {
                if (!run.steps.get(index).hasEnded()) {
                    cancelled(run, index);
                }
            }
            finishIfDone(run);
        });
    }

    private void finishIfDone(final Run run) {
        if (run.hasEnded() || !run.steps.stream().allMatch(Step::hasEnded)) {
            return;
        }
        if (run.state.equals("FAILING")) {
            run.state = "FAILED";
        } else if (run.state.equals("CANCELLING")) {
            run.state = "CANCELLED";
        } else {
            run.state = run.has("FAILED") ? "PARTLY_FAILED" : run.has("CANCELLED") ? "CANCELLED" : "SUCCEEDED";
        }
        run.finishedNs = kernel.nowNs;
        run.finish = ++finishes;
    }

    @Override
    public void onClosed(final long coordination) {
        inPlaces()
                .filter(run -> run.coordination == coordination && run.isRunning())
                .forEach(run -> stop(run, "CANCELLING"));
        follow();
    }

    /** The lower half of a handle is the place. */
    private Stream<Run> inPlaces() {
        return runs.stream().sorted(Comparator.comparingInt(run -> (int) run.handle));
    }

    private long nextDeadlineNs() {
        return runs.stream()
                .flatMap(run -> run.steps.stream())
                .mapToLong(step -> step.untilNs)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** Nobody else feels what happens here, so all that is due is one thing. */
    @Override
    public List<NaiveKernel.Timer> timers() {
        return List.of(new NaiveKernel.Timer(nextDeadlineNs(), 4, 0, this::pulse));
    }

    private void pulse() {
        while (nextDeadlineNs() <= kernel.nowNs) {
            final long dueNs = nextDeadlineNs();
            final Run run = inPlaces()
                    .filter(each -> each.steps.stream().anyMatch(step -> step.untilNs == dueNs))
                    .findFirst()
                    .orElseThrow();
            final int index = IntStream.range(0, run.steps.size())
                    .filter(each -> run.steps.get(each).untilNs == dueNs)
                    .findFirst()
                    .orElseThrow();
            if (run.steps.get(index).state.equals("BACKING_OFF")) {
                ready(run, index);
            } else {
                failed(run, index, TIMED_OUT, NOTHING, NOTHING, true);
            }
        }
        follow();
    }
}
