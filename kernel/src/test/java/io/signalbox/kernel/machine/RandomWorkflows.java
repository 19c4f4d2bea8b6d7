package io.signalbox.kernel.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.kernel.command.TaskCommands;
import io.signalbox.kernel.command.WorkflowCommands;
import io.signalbox.kernel.workflow.DefinitionCodec;
import io.signalbox.kernel.workflow.OnError;
import io.signalbox.kernel.workflow.RunSnapshot;
import io.signalbox.kernel.workflow.StepDefinition;
import io.signalbox.kernel.workflow.StepSnapshot;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.zip.CRC32C;

final class RandomWorkflows implements RandomRoom {
    private static final int STEPS_MAX = 5;

    private final RandomTrial trial;
    private final NaiveWorkflows naive;

    RandomWorkflows(final RandomTrial trial) {
        this.trial = trial;
        this.naive = trial.naive.workflows;
    }

    @Override
    public int weight() {
        return 7;
    }

    private int chance(final int bound) {
        return trial.random.nextInt(bound);
    }

    @Override
    public void step(final String what) {
        switch (chance(19)) {
            case 16 -> startChild(what);
            case 17 -> heartbeat(what);
            case 18 -> releaseSometimes(what);
            case 0 -> begin(what);
            case 1, 2 -> append(what);
            case 3 -> deploy(what);
            case 4, 5 -> start(what);
            case 6, 7, 8 -> startStep(what);
            case 9 -> cancelOrRetry(what);
            default -> finishStep(what);
        }
    }

    private void begin(final String what) {
        final WorkflowDefinition definition = definition();
        final byte[] whole = chance(10) == 0 ? new byte[chance(40)] : DefinitionCodec.encode(definition);
        final boolean isSound = whole.length > 40 && isSound(definition);
        final NaiveDefinition meaning = isSound ? new NaiveDefinition(definition) : null;
        final CRC32C crc = new CRC32C();
        crc.update(whole);
        final long said = chance(12) == 0 ? 0 : crc.getValue();
        final int length = chance(12) == 0 ? chance(3) * 1025 - 1 : whole.length;
        final long answer = trial.apply(new WorkflowCommands.BeginUpload().with(length, said));
        trial.expect(what, naive.begin(new NaiveWorkflows.Upload(length, said, whole, meaning)), answer);
    }

    /** A definition; one of its steps may be wrong, or there may be none. */
    private WorkflowDefinition definition() {
        final int count = chance(20) == 0 ? 0 : 1 + chance(STEPS_MAX);
        final OnError onError = RandomDefinition.onError(trial.random);
        final WorkflowDefinition sound = new RandomDefinition(trial.random, count, STEPS_MAX, 1)
                .make(onError, chance(3), chance(4) == 0 ? 10 + chance(60) : 0);
        if (count == 0 || chance(12) > 0) {
            return sound;
        }
        final List<StepDefinition> steps = new ArrayList<>(sound.steps());
        final int wrong = chance(count);
        steps.set(wrong, unsound(wrong, count));
        return WorkflowDefinition.of("w", steps).withLimits(sound.limits());
    }

    /** Whether it can run: it has steps, and none of those that {@link #unsound} makes. */
    private static boolean isSound(final WorkflowDefinition definition) {
        final List<StepDefinition> steps = definition.steps();
        return !steps.isEmpty()
                && steps.stream().map(StepDefinition::id).distinct().count() == steps.size()
                && steps.stream()
                        .noneMatch(step ->
                                step.needs().contains("nobody") || step.needs().contains(step.id()));
    }

    /** A step that needs itself or nobody knows whom, or is called like another one. */
    private StepDefinition unsound(final int index, final int count) {
        return switch (chance(count == 1 ? 2 : 3)) {
            case 0 -> StepDefinition.of("s" + index, "s" + index);
            case 1 -> StepDefinition.of("s" + index, "nobody");
            default -> StepDefinition.of("s" + (index + 1) % count);
        };
    }

    /** One that is on its way, or null for one that never was. */
    private NaiveWorkflows.Upload upload() {
        final List<NaiveWorkflows.Upload> uploads = naive.uploads;
        return uploads.isEmpty() || chance(10) == 0 ? null : uploads.get(chance(uploads.size()));
    }

    private void append(final String what) {
        final NaiveWorkflows.Upload upload = upload();
        final long handle = upload == null ? 7 : upload.handle;
        final byte[] whole = upload == null ? new byte[3] : upload.whole;
        final int done = upload == null || chance(12) == 0 ? 0 : Math.min(whole.length, upload.content.size());
        final int length = chance(3) == 0 ? chance(whole.length - done + 1) : whole.length - done;
        final long answer = trial.apply(new WorkflowCommands.AppendChunk().with(handle, whole, done, length));
        // the command carries the chunk's place in the array as its place in the whole
        trial.expect(what, naive.append(handle, whole, done, length), answer);
    }

    private void deploy(final String what) {
        final NaiveWorkflows.Upload upload = upload();
        final long handle = upload == null ? -1 : upload.handle;
        final long answer = trial.apply(new WorkflowCommands.Deploy().with(handle));
        trial.expect(what, naive.deploy(handle), answer);
    }

    private byte[] bytes() {
        return new byte[chance(20) == 0 ? NaiveKernel.PAYLOAD_MAX + 1 : chance(4)];
    }

    private void start(final String what) {
        final long scope = trial.scope();
        final int definition = chance(10) == 0 ? chance(3) * 40 - 1 : 1 + chance(Math.max(1, naive.definitions.size()));
        final byte[] inputs = bytes();
        final long answer = trial.apply(new WorkflowCommands.StartRun().with(scope, definition, inputs));
        trial.expect(what, naive.start(scope, definition, inputs), answer);
    }

    /** One that is known, or null for one that is not. */
    private NaiveRun run() {
        final List<NaiveRun> running =
                naive.runs.stream().filter(NaiveRun::isLive).toList();
        final List<NaiveRun> runs = running.isEmpty() || chance(3) == 0 ? naive.runs : running;
        return runs.isEmpty() || chance(12) == 0 ? null : runs.get(chance(runs.size()));
    }

    /** The scope that a run belongs to, or any. */
    private long scope(final NaiveRun run) {
        return run == null || chance(4) == 0 ? trial.scope() : run.coordination;
    }

    /** An attempt of a run: one in flight, or any. */
    private int step(final NaiveRun run) {
        if (run == null || chance(12) == 0) {
            return chance(STEPS_MAX + 2) - 1;
        }
        final List<NaiveRun.Step> inFlight =
                run.steps.stream().filter(NaiveRun.Step::isAwaited).toList();
        return inFlight.isEmpty() ? chance(run.steps.size()) : run.steps.indexOf(inFlight.get(chance(inFlight.size())));
    }

    private int attempt(final NaiveRun run, final int step) {
        final boolean isKnown = run != null && step >= 0 && step < run.steps.size();
        return isKnown && chance(12) > 0 ? run.steps.get(step).attempts : chance(4);
    }

    private void startStep(final String what) {
        final NaiveRun run = run();
        final long scope = scope(run);
        final long handle = run == null ? 5 : run.handle;
        final int step = step(run);
        final int attempt = attempt(run, step);
        final byte[] worker = bytes();
        final long leaseNs = chance(2) == 0 ? chance(40) - 1 : 0;
        final int owner = owner();
        final long answer = trial.apply(new WorkflowCommands.StartStep()
                .with(scope, handle, step, attempt, worker)
                .leaseNs(leaseNs)
                .owner(owner));
        trial.expect(what, naive.startStep(scope, handle, step, attempt, worker, leaseNs, owner), answer);
    }

    private int owner() {
        return chance(3);
    }

    private int definition(final int known) {
        return chance(10) == 0 ? chance(3) * 40 - 1 : 1 + chance(Math.max(1, known));
    }

    private void startChild(final String what) {
        final NaiveRun run = run();
        final long scope = scope(run);
        final long handle = run == null ? 5 : run.handle;
        final int step = step(run);
        final int attempt = attempt(run, step);
        final int definition = definition(naive.definitions.size());
        final boolean releases = chance(2) == 0;
        final byte[] inputs = bytes();
        final TaskCommands.StartChild command =
                new TaskCommands.StartChild().with(scope, handle, step, attempt, definition, inputs);
        final long answer = trial.apply(releases ? command.releasing() : command);
        trial.expect(what, naive.startChild(scope, handle, step, attempt, definition, releases, inputs), answer);
    }

    private void heartbeat(final String what) {
        final List<NaiveRun> leased = naive.runs.stream()
                .filter(each -> each.steps.stream().anyMatch(step -> step.leaseNs > 0))
                .toList();
        final boolean isApt = !leased.isEmpty() && chance(4) > 0;
        final NaiveRun run = isApt ? leased.get(chance(leased.size())) : run();
        final long scope = scope(run);
        final long handle = run == null ? 5 : run.handle;
        final int step = isApt ? leasedStep(run) : step(run);
        final int attempt = attempt(run, step);
        final int owner = isApt && chance(4) > 0 ? run.steps.get(step).owner : owner();
        final long leaseNs = chance(2) == 0 ? chance(40) - 1 : 0;
        final long answer = trial.apply(new TaskCommands.HeartbeatStep()
                .with(scope, handle, step, attempt, owner)
                .leaseNs(leaseNs));
        trial.expect(what, naive.heartbeat(scope, handle, step, attempt, owner, leaseNs), answer);
    }

    private static int leasedStep(final NaiveRun run) {
        return run.steps.stream().filter(step -> step.leaseNs > 0).findFirst().orElseThrow().index;
    }

    private void releaseSometimes(final String what) {
        final int definition = chance(3) == 0 ? definition(naive.definitions.size()) : 99;
        final long answer = trial.apply(new TaskCommands.ReleaseDefinition().with(definition));
        trial.expect(what, naive.release(definition), answer);
    }

    private void finishStep(final String what) {
        final NaiveRun run = run();
        final long scope = scope(run);
        final long handle = run == null ? 5 : run.handle;
        final int step = step(run);
        final int attempt = attempt(run, step);
        final int ending = chance(20) == 0 ? chance(2) * 7 : chance(2) == 0 ? 1 : 1 + chance(6);
        final int exitCode = chance(3);
        final int quality = chance(20) == 0 ? chance(2) * 1_000_002 - 1 : chance(5) * 250_000;
        final byte[] result = bytes();
        final byte[] detail = bytes();
        final int owner = owner();
        final long answer = trial.apply(new WorkflowCommands.FinishStep()
                .with(scope, handle, step, attempt)
                .ending(ending)
                .exitCode(exitCode)
                .quality(quality)
                .owner(owner)
                .result(result)
                .detail(detail));
        trial.expect(
                what,
                naive.finishStep(scope, handle, step, attempt, ending, exitCode, quality, owner, result, detail),
                answer);
    }

    private void cancelOrRetry(final String what) {
        final NaiveRun run = run();
        final long scope = scope(run);
        final long handle = run == null ? 5 : run.handle;
        if (chance(3) == 0) {
            final long answer = trial.apply(new WorkflowCommands.CancelRun().with(scope, handle));
            trial.expect(what, naive.cancelRun(scope, handle), answer);
        } else {
            final long answer = trial.apply(new WorkflowCommands.RetryRun().with(scope, handle));
            trial.expect(what, naive.retryRun(scope, handle), answer);
        }
    }

    @Override
    public void compare(final String what) {
        assertThat(trial.machine.workflows().definitionCount()).as(what).isEqualTo(naive.definitions.size());
        assertThat(LongStream.of(trial.machine.inspector().runs()))
                .as(what)
                .containsExactlyInAnyOrderElementsOf(
                        naive.runs.stream().map(run -> run.handle).toList());
        naive.runs.forEach(run -> compare(what, run, trial.machine.inspector().run(run.handle)));
    }

    static void compare(final String what, final NaiveRun run, final RunSnapshot snapshot) {
        assertThat(snapshot.state().name()).as(what).isEqualTo(run.state);
        assertThat(snapshot.coordination()).as(what).isEqualTo(run.coordination);
        assertThat(snapshot.startedNs()).as(what).isEqualTo(run.startedNs);
        assertThat(snapshot.finishedNs()).as(what).isEqualTo(run.finishedNs);
        assertThat(snapshot.inputs()).as(what).isEqualTo(run.inputs);
        assertThat(snapshot.steps()).as(what).hasSameSizeAs(run.steps);
        for (int i = 0; i < run.steps.size(); i++) {
            compare(
                    what + ", step " + i,
                    run,
                    run.steps.get(i),
                    snapshot.steps().get(i));
        }
    }

    static void compare(final String what, final NaiveRun run, final NaiveRun.Step step, final StepSnapshot snapshot) {
        assertThat(snapshot.state().name()).as(what).isEqualTo(step.state);
        assertThat(snapshot.attempts()).as(what).isEqualTo(step.attempts);
        assertThat(snapshot.failures()).as(what).isEqualTo(step.failures);
        assertThat(snapshot.exitCode()).as(what).isEqualTo(step.exitCode);
        assertThat(snapshot.sinceNs()).as(what).isEqualTo(step.sinceNs);
        assertThat(snapshot.untilNs()).as(what).isEqualTo(step.untilNs);
        assertThat(snapshot.winner()).as(what).isEqualTo(step.winner);
        assertThat(snapshot.quality()).as(what).isEqualTo(step.quality / 1e6);
        assertThat(snapshot.blockedBy())
                .as(what)
                .isEqualTo(
                        step.blockedBy < 0
                                ? ""
                                : run.pools.get(step.blockedBy).said.name());
        assertThat(snapshot.worker()).as(what).isEqualTo(step.worker);
        assertThat(snapshot.result()).as(what).isEqualTo(step.result);
        assertThat(snapshot.detail()).as(what).isEqualTo(step.detail);
        assertThat(snapshot.openNeeds())
                .as(what)
                .containsExactlyElementsOf(
                        run.openNeeds(step).stream().map(need -> "s" + need).toList());
    }
}
