package io.signalbox.kernel.machine;

import io.signalbox.kernel.event.Rejection;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/** Uploads, definitions and runs; what happens in a run is in {@link NaiveRuns}. */
final class NaiveWorkflows implements NaiveKernel.NaiveRoom {
    static final int DEFINITIONS_MAX = 12;
    static final int DEFINITION_LENGTH_MAX = 1024;
    static final int RUNS_MAX = 3;
    static final int UPLOADS_MAX = 2;
    static final int RUN_DEPTH_MAX = 1;

    /** Something on its way in; the walk knows what it will mean, null when it can never run. */
    static final class Upload {
        final int length;
        final long crc;
        final byte[] whole;
        final NaiveDefinition meaning;
        final ByteArrayOutputStream content = new ByteArrayOutputStream();
        long handle;

        Upload(final int length, final long crc, final byte[] whole, final NaiveDefinition meaning) {
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

    final List<Upload> uploads = new ArrayList<>();
    final List<NaiveDefinition> definitions = new ArrayList<>();
    final List<NaiveRun> runs = new ArrayList<>();
    private final NaiveKernel kernel;
    private final NaiveRuns flow = new NaiveRuns();

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
        if (definitions.contains(null)) {
            final int free = definitions.indexOf(null);
            definitions.set(free, upload.meaning);
            uploads.remove(upload);
            return free + 1L;
        }
        if (definitions.size() == kernel.sized(DEFINITIONS_MAX)) {
            return NaiveKernel.refuse(Rejection.CAPACITY_EXHAUSTED);
        }
        definitions.add(upload.meaning);
        uploads.remove(upload);
        return definitions.size();
    }

    NaiveRun run(final long handle) {
        return runs.stream().filter(run -> run.handle == handle).findFirst().orElse(null);
    }

    long start(final long coordination, final int definition, final byte[] inputs) {
        if (!kernel.scopes.contains(coordination)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_COORDINATION);
        }
        if (inputs.length > NaiveKernel.PAYLOAD_MAX) {
            return NaiveKernel.refuse(Rejection.TOO_LONG);
        }
        if (!isKnown(definition)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_DEFINITION);
        }
        if (!makePlace()) {
            return NaiveKernel.refuse(Rejection.CAPACITY_EXHAUSTED);
        }
        flow.nowNs = kernel.nowNs;
        final NaiveRun run = new NaiveRun(coordination, definitions.get(definition - 1), inputs, kernel.nowNs);
        runs.add(run);
        flow.opened(run);
        flow.follow();
        return kernel.choose(handle -> run.handle = handle);
    }

    private boolean isKnown(final int definition) {
        return definition >= 1 && definition <= definitions.size() && definitions.get(definition - 1) != null;
    }

    /** Whether one more run has a place; the one that ended first and is not kept gives it up. */
    private boolean makePlace() {
        if (runs.size() < kernel.sized(RUNS_MAX)) {
            return true;
        }
        final NaiveRun oldest = runs.stream()
                .filter(run -> run.hasEnded() && !run.isKept())
                .min(Comparator.comparingLong(run -> run.finish))
                .orElse(null);
        return runs.remove(oldest);
    }

    long startChild(
            final long coordination,
            final long handle,
            final int index,
            final int attempt,
            final int definition,
            final boolean releases,
            final byte[] inputs) {
        final NaiveRun run = run(handle);
        final long unfit = unfit(coordination, inputs.length, run, index, attempt);
        if (unfit != 0) {
            return unfit;
        }
        final NaiveRun.Step step = run.steps.get(index);
        if (!step.isInFlight()) {
            return NaiveKernel.refuse(Rejection.STALE_ATTEMPT);
        }
        if (!isKnown(definition)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_DEFINITION);
        }
        if (run.depth >= RUN_DEPTH_MAX) {
            return NaiveKernel.refuse(Rejection.TOO_DEEP);
        }
        if (!makePlace()) {
            return NaiveKernel.refuse(Rejection.CAPACITY_EXHAUSTED);
        }
        flow.nowNs = kernel.nowNs;
        final NaiveRun child = new NaiveRun(run.coordination, definitions.get(definition - 1), inputs, kernel.nowNs);
        runs.add(child);
        flow.wentOn(run, step, child);
        if (releases) {
            definitions.set(definition - 1, null);
        }
        flow.follow();
        return kernel.choose(chosen -> child.handle = chosen);
    }

    long release(final int definition) {
        if (!isKnown(definition)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_DEFINITION);
        }
        definitions.set(definition - 1, null);
        return 0;
    }

    long heartbeat(
            final long coordination,
            final long handle,
            final int index,
            final int attempt,
            final int owner,
            final long leaseNs) {
        final NaiveRun run = run(handle);
        final long unfit = unfit(coordination, 0, run, index, attempt);
        if (unfit != 0) {
            return unfit;
        }
        final NaiveRun.Step step = run.steps.get(index);
        if (!step.isInFlight()) {
            return NaiveKernel.refuse(Rejection.STALE_ATTEMPT);
        }
        if (isOfAnother(step, owner)) {
            return NaiveKernel.refuse(Rejection.NOT_YOUR_TASK);
        }
        if (leaseNs < 0) {
            return NaiveKernel.refuse(Rejection.INVALID_VALUE);
        }
        if (step.is("ASSIGNED")) {
            step.leaseNs = leaseNs > 0
                    ? leaseNs
                    : step.leaseNs > 0 ? step.leaseNs : step.said.scheduling().leaseNs();
            step.owner = step.leaseNs > 0 && owner != 0 ? owner : step.owner;
        }
        if (step.leaseNs > 0) {
            flow.nowNs = kernel.nowNs;
            flow.heard(run, step);
        }
        return 0;
    }

    private static boolean isOfAnother(final NaiveRun.Step step, final int owner) {
        return owner != 0 && step.owner != 0 && step.owner != owner;
    }

    /** Why nothing can be said about this attempt; 0 when it can. */
    private long unfit(
            final long coordination, final int payload, final NaiveRun run, final int index, final int attempt) {
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
        final NaiveRun.Step step = run.steps.get(index);
        if (step.hasEnded()) {
            return NaiveKernel.refuse(Rejection.ALREADY_CONCLUDED);
        }
        return step.isAwaited() && step.attempts == attempt ? 0 : NaiveKernel.refuse(Rejection.STALE_ATTEMPT);
    }

    long startStep(
            final long coordination,
            final long handle,
            final int index,
            final int attempt,
            final byte[] worker,
            final long leaseNs,
            final int owner) {
        final NaiveRun run = run(handle);
        final long unfit = unfit(coordination, worker.length, run, index, attempt);
        if (unfit != 0) {
            return unfit;
        }
        final NaiveRun.Step step = run.steps.get(index);
        if (!step.is("ASSIGNED")) {
            final boolean isTaken = step.is("STARTED") && owner != 0 && step.owner != owner;
            return NaiveKernel.refuse(isTaken ? Rejection.NOT_YOUR_TASK : Rejection.STALE_ATTEMPT);
        }
        if (isOfAnother(step, owner)) {
            return NaiveKernel.refuse(Rejection.NOT_YOUR_TASK);
        }
        if (leaseNs < 0) {
            return NaiveKernel.refuse(Rejection.INVALID_VALUE);
        }
        flow.nowNs = kernel.nowNs;
        flow.started(run, step, worker, leaseNs, owner);
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
            final int quality,
            final int owner,
            final byte[] result,
            final byte[] detail) {
        final NaiveRun run = run(handle);
        final long unfit = unfit(coordination, Math.max(result.length, detail.length), run, index, attempt);
        if (unfit != 0) {
            return unfit;
        }
        final NaiveRun.Step step = run.steps.get(index);
        if (isOfAnother(step, owner)) {
            return NaiveKernel.refuse(Rejection.NOT_YOUR_TASK);
        }
        if (ending < 1 || ending > 6 || quality < 0 || quality > 1_000_000 || (ending == 4 && step.is("WAITING"))) {
            return NaiveKernel.refuse(Rejection.INVALID_VALUE);
        }
        flow.nowNs = kernel.nowNs;
        switch (ending) {
            case 1 -> flow.succeeded(run, step, exitCode, quality, result, detail);
            case 2 -> flow.failed(run, step, exitCode, result, detail, true);
            case 3 -> flow.ended(run, step, "SKIPPED", exitCode, result, detail);
            case 4 -> flow.lost(run, step);
            case 5 -> flow.cancelled(run, step, false);
            default -> flow.failed(run, step, exitCode, result, detail, false);
        }
        flow.follow();
        return 0;
    }

    long cancelRun(final long coordination, final long handle) {
        if (!kernel.scopes.contains(coordination)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_COORDINATION);
        }
        final NaiveRun run = run(handle);
        if (run == null) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_RUN);
        }
        if (!run.isRunning()) {
            return NaiveKernel.refuse(Rejection.ALREADY_CONCLUDED);
        }
        flow.nowNs = kernel.nowNs;
        flow.stop(run, "CANCELLING");
        flow.follow();
        return 0;
    }

    long retryRun(final long coordination, final long handle) {
        if (!kernel.scopes.contains(coordination)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_COORDINATION);
        }
        final NaiveRun run = run(handle);
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
        flow.nowNs = kernel.nowNs;
        flow.reopened(run);
        flow.follow();
        return 0;
    }

    @Override
    public void onClosed(final long coordination) {
        flow.nowNs = kernel.nowNs;
        inPlaces()
                .filter(run -> run.coordination == coordination && run.isRunning())
                .forEach(run -> flow.stop(run, "CANCELLING"));
        flow.follow();
    }

    /** The lower half of a handle is the place. */
    private Stream<NaiveRun> inPlaces() {
        return runs.stream().sorted(Comparator.comparingInt(run -> (int) run.handle));
    }

    /** Nobody else feels what happens here, so all that is due is one thing. */
    @Override
    public List<NaiveKernel.Timer> timers() {
        return List.of(new NaiveKernel.Timer(NaiveRuns.nextDeadlineNs(runs), 4, 0, this::pulse));
    }

    private void pulse() {
        flow.nowNs = kernel.nowNs;
        flow.pulse(runs);
        flow.follow();
    }
}
