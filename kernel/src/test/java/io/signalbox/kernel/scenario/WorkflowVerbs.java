package io.signalbox.kernel.scenario;

import io.signalbox.kernel.command.TaskCommands;
import io.signalbox.kernel.command.WorkflowCommands;
import io.signalbox.kernel.workflow.DefinitionCodec;
import io.signalbox.kernel.workflow.RunSnapshot;
import io.signalbox.kernel.workflow.StepEnding;
import io.signalbox.kernel.workflow.StepSnapshot;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import io.signalbox.kernel.workflow.WorkflowPlan;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * {@code upload}, {@code chunk}, {@code deploy}, {@code start}, {@code started}, {@code finish}, {@code cancelrun}, {@code retry},
 * {@code child}, {@code alive}, {@code undeploy}, {@code look run}, {@code look step}.
 */
final class WorkflowVerbs implements Verbs {
    private final Pen pen;
    private final Map<String, WorkflowDefinition> definitions;

    WorkflowVerbs(final Pen pen, final Map<String, WorkflowDefinition> definitions) {
        this.pen = pen;
        this.definitions = definitions;
    }

    @Override
    public Written write(final String verb, final Words words, final String label, final long coordination) {
        return switch (verb) {
            case "upload" -> upload(words, label);
            case "chunk" -> chunk(words);
            case "deploy" -> Pen.done(new WorkflowCommands.Deploy().with(pen.handle(Labels.UPLOAD, words.next())));
            case "start" -> start(words, label, coordination);
            case "started" -> started(words, coordination);
            case "finish" -> finish(words, coordination);
            case "cancelrun" ->
                Pen.done(new WorkflowCommands.CancelRun().with(coordination, pen.handle(Labels.RUN, words.next())));
            case "retry" ->
                Pen.done(new WorkflowCommands.RetryRun().with(coordination, pen.handle(Labels.RUN, words.next())));
            case "child" -> child(words, label, coordination);
            case "alive" -> alive(words, coordination);
            case "undeploy" -> Pen.done(new TaskCommands.ReleaseDefinition().with(definitionId(words.next())));
            default -> null;
        };
    }

    private Written child(final Words words, final String label, final long coordination) {
        final Target target = new Target(words);
        final boolean releases = words.has("releasing");
        final byte[] inputs = Pen.utf8(words.after("inputs", ""));
        final String name = words.next();
        final TaskCommands.StartChild command = new TaskCommands.StartChild()
                .with(coordination, target.run, target.step, target.attempt, definitionId(name), inputs);
        return Pen.labelled(releases ? command.releasing() : command, Labels.RUN, label.isEmpty() ? name : label);
    }

    private Written alive(final Words words, final long coordination) {
        final Target target = new Target(words);
        final int owner = owner(words);
        final long leaseNs = leaseNs(words);
        return Pen.done(new TaskCommands.HeartbeatStep()
                .with(coordination, target.run, target.step, target.attempt, owner)
                .leaseNs(leaseNs));
    }

    private static long leaseNs(final Words words) {
        final String lease = words.after("lease", "0");
        return lease.equals("0") ? 0 : lease.charAt(0) == '-' ? -1 : Words.ns(lease);
    }

    private int owner(final Words words) {
        final String name = words.after("by", "");
        return name.isEmpty() ? 0 : pen.id(name);
    }

    private int definitionId(final String name) {
        return name.charAt(0) == '#' ? pen.id(name) : definition(name);
    }

    private byte[] content(final String name) {
        if (name.startsWith("junk")) {
            return Pen.utf8(name);
        }
        if (!definitions.containsKey(name)) {
            throw new IllegalArgumentException("no definition is called '" + name + "'");
        }
        return DefinitionCodec.encode(definitions.get(name));
    }

    private Written upload(final Words words, final String label) {
        final String name = words.next();
        final byte[] content = content(name);
        final CRC32C crc = new CRC32C();
        crc.update(content, 0, content.length);
        final int length = words.number("length", content.length);
        final long announced = words.has("damaged") ? crc.getValue() ^ 1 : crc.getValue();
        return Pen.labelled(
                new WorkflowCommands.BeginUpload().with(length, announced),
                Labels.UPLOAD,
                label.isEmpty() ? name : label);
    }

    private Written chunk(final Words words) {
        final String name = words.next();
        final byte[] content = content(words.after("of", name));
        final int from = words.number("from", 0);
        final int length = words.number("length", content.length - from);
        return Pen.done(
                new WorkflowCommands.AppendChunk().with(pen.handle(Labels.UPLOAD, name), content, from, length));
    }

    private Written start(final Words words, final String label, final long coordination) {
        final String name = words.next();
        final int definition = definitionId(name);
        final byte[] inputs = Pen.utf8(words.after("inputs", ""));
        return Pen.labelled(
                new WorkflowCommands.StartRun().with(coordination, definition, inputs),
                Labels.RUN,
                label.isEmpty() ? name : label);
    }

    /** The one of this name that was deployed last. */
    private int definition(final String name) {
        for (int id = pen.machine().workflows().definitionCount(); id > 0; id--) {
            final WorkflowPlan plan = pen.machine().workflows().definition(id);
            if (plan != null && plan.definition().name().equals(name)) {
                return id;
            }
        }
        throw new IllegalArgumentException("'" + name + "' was not deployed");
    }

    private Written started(final Words words, final long coordination) {
        final Target target = new Target(words);
        final byte[] worker = Pen.utf8(words.after("worker", ""));
        final long leaseNs = leaseNs(words);
        final int owner = owner(words);
        return Pen.done(new WorkflowCommands.StartStep()
                .with(coordination, target.run, target.step, target.attempt, worker)
                .leaseNs(leaseNs)
                .owner(owner));
    }

    private Written finish(final Words words, final long coordination) {
        final Target target = new Target(words);
        final byte[] result = Pen.utf8(words.after("result", ""));
        final byte[] detail = Pen.utf8(words.after("detail", ""));
        final int exitCode = words.number("exit", 0);
        final int quality = (int) Math.round(Double.parseDouble(words.after("quality", "1")) * 1_000_000);
        final int owner = owner(words);
        final String ending = words.next();
        final int code = ending.charAt(0) == '#'
                ? pen.id(ending)
                : StepEnding.valueOf(ending).code();
        return Pen.done(new WorkflowCommands.FinishStep()
                .with(coordination, target.run, target.step, target.attempt)
                .ending(code)
                .exitCode(exitCode)
                .quality(quality)
                .owner(owner)
                .result(result)
                .detail(detail));
    }

    /** {@code run/step}, with the current attempt unless another is named. */
    private final class Target {
        final long run;
        final int step;
        final int attempt;

        Target(final Words words) {
            final String[] parts = words.next().split("/");
            run = parts[0].charAt(0) == '#' ? pen.id(parts[0]) : pen.handle(Labels.RUN, parts[0]);
            step = parts[1].charAt(0) == '#' ? pen.id(parts[1]) : index(run, parts[1]);
            final StepSnapshot now = pen.machine().inspector().step(run, step);
            attempt = words.number("attempt", now == null ? 1 : now.attempts());
        }
    }

    /** Index of a step in a run, -1 when it has none of that id. */
    private int index(final long run, final String step) {
        final WorkflowPlan plan = pen.machine().inspector().plan(run);
        for (int i = 0; plan != null && i < plan.stepCount(); i++) {
            if (plan.step(i).id().equals(step)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public Look look(final String what, final Words words) {
        return switch (what) {
            case "run" -> {
                final long run = pen.handle(Labels.RUN, words.next());
                yield new Look(machine -> run(machine.inspector().run(run)));
            }
            case "step" -> {
                final String[] parts = words.next().split("/");
                final long run = pen.handle(Labels.RUN, parts[0]);
                final int step = index(run, parts[1]);
                yield new Look(machine -> step(machine.inspector().step(run, step)));
            }
            default -> null;
        };
    }

    private static String run(final RunSnapshot run) {
        return run == null ? "none" : run.state() + (run.finishedNs() == 0 ? " open" : " ended");
    }

    private static String step(final StepSnapshot step) {
        return step.state() + " attempts " + step.attempts() + " failures " + step.failures() + " exit "
                + step.exitCode() + " worker \"" + new String(step.worker(), StandardCharsets.UTF_8) + "\" result \""
                + new String(step.result(), StandardCharsets.UTF_8) + "\""
                + (step.winner() < 0 ? "" : " winner " + step.winner())
                + (step.quality() == 0 || step.quality() == 1 ? "" : " quality " + step.quality())
                + (step.blockedBy().isEmpty() ? "" : " blocked by " + step.blockedBy());
    }
}
