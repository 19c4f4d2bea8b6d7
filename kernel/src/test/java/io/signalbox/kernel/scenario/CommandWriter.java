package io.signalbox.kernel.scenario;

import io.signalbox.kernel.command.CommandView;
import io.signalbox.kernel.command.Commands;
import io.signalbox.kernel.state.ValueType;
import io.signalbox.kernel.store.SlotBuffer;
import io.signalbox.kernel.workflow.DefinitionCodec;
import io.signalbox.kernel.workflow.StepEnding;
import io.signalbox.kernel.workflow.WorkflowDefinition;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.zip.CRC32C;

/** One line of a scenario to the bytes of a command. */
final class CommandWriter {
    /** A kind of handle that no label names. */
    static final char NO_KIND = ' ';

    static final char COORDINATION = 'c';
    static final char DEPENDENCY = 'd';
    static final char UPLOAD = 'u';
    static final char RUN = 'r';

    /**
     * A command ready to be published.
     *
     * @param bytes of the command, neither position nor time in it yet.
     * @param kind of handle that it answers.
     * @param label that the handle gets, empty for none.
     */
    record Written(byte[] bytes, char kind, String label) {}

    private final ToIntFunction<String> nameIds;
    private final Labels labels;
    private final Map<String, WorkflowDefinition> definitions;
    private final RunSteps runSteps;
    private final AgentWriter agents = new AgentWriter(this::id);

    /** What is known of the runs. */
    interface RunSteps {
        /** Index of a step in a run, -1 when it has none of that id. */
        int index(long run, String step);

        /** Number of its current attempt. */
        int attempt(long run, int step);

        /** Id of a deployed definition by its name. */
        int definition(String name);
    }

    CommandWriter(
            final ToIntFunction<String> nameIds,
            final Labels labels,
            final Map<String, WorkflowDefinition> definitions,
            final RunSteps runSteps) {
        this.nameIds = nameIds;
        this.labels = labels;
        this.definitions = definitions;
        this.runSteps = runSteps;
    }

    /** {@code text} has no time column, repeat count or expectation any more. */
    Written write(final String text) {
        final Words words = new Words(text);
        final String verb = words.next();
        final String label = words.after("as", "");
        final String client = words.after("client", "");
        final String scope = words.after("in", "");
        final long coordination = scope.isEmpty() ? 0 : labels.handle(COORDINATION, scope);
        final Written written = switch (verb) {
            case "void" -> plain(0);
            case "unknown" -> plain(words.number("template", 127));
            case "upgrade" -> upgrade(Integer.parseInt(words.next()));
            case "open" -> open(words.next(), label);
            case "close" -> close(words.next());
            case "intern" -> intern(words.next());
            case "raise" -> raise(words, label);
            case "set" -> set(words);
            case "delete" -> delete(words, coordination);
            case "await" -> await(words, coordination, label);
            case "cancel" -> cancel(words.next(), coordination);
            case "mark" -> mark(words, coordination);
            case "score" -> score(words, coordination);
            case "upload" -> upload(words, label);
            case "chunk" -> chunk(words);
            case "deploy" -> deploy(words.next());
            case "start" -> start(words, coordination, label);
            case "started" -> started(words, coordination);
            case "finish" -> finish(words, coordination);
            case "cancelrun" -> cancelRun(words.next(), coordination);
            case "retry" -> retry(words.next(), coordination);
            case "register" -> done(agents.register(words));
            case "update" -> done(agents.update(words));
            case "unregister" -> done(agents.unregister(words));
            case "duty" -> done(agents.duty(words));
            case "beat" -> done(agents.beat(words));
            case "assign" -> done(agents.assign(words, coordination));
            case "release" -> done(agents.release(words, coordination));
            default -> throw new IllegalArgumentException("no such verb: " + text);
        };
        words.end();
        final SlotBuffer buffer = new SlotBuffer(0);
        buffer.wrap(written.bytes());
        if (!client.isEmpty()) {
            final String[] parts = client.split("#");
            buffer.putLong(CommandView.BLOCK_OFFSET + 16, Long.parseLong(parts[0]), ByteOrder.LITTLE_ENDIAN);
            buffer.putLong(CommandView.BLOCK_OFFSET + 24, Long.parseLong(parts[1]), ByteOrder.LITTLE_ENDIAN);
        }
        if (coordination != 0) {
            buffer.putLong(CommandView.BLOCK_OFFSET + 32, coordination, ByteOrder.LITTLE_ENDIAN);
        }
        return written;
    }

    private int id(final String name) {
        return name.isEmpty()
                ? 0
                : name.charAt(0) == '#' ? Integer.parseInt(name.substring(1)) : nameIds.applyAsInt(name);
    }

    private static byte[] utf8(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Written done(final SlotBuffer buffer) {
        return new Written(buffer.byteArray(), NO_KIND, "");
    }

    private static Written plain(final int template) {
        final SlotBuffer buffer = new SlotBuffer(Commands.PLAIN_LENGTH);
        Commands.encodeVoid(buffer);
        if (template != 0) {
            buffer.putShort(2, (short) template, ByteOrder.LITTLE_ENDIAN);
        }
        return done(buffer);
    }

    private static Written upgrade(final int version) {
        final SlotBuffer buffer = new SlotBuffer(Commands.UPGRADE_RULES_LENGTH);
        Commands.encodeUpgradeRules(buffer, version);
        return done(buffer);
    }

    private static Written open(final String name, final String label) {
        final byte[] bytes = utf8("-".equals(name) ? "" : name);
        final SlotBuffer buffer = new SlotBuffer(Commands.openCoordinationLength(bytes));
        Commands.encodeOpenCoordination(buffer, bytes);
        return new Written(buffer.byteArray(), COORDINATION, label.isEmpty() ? name : label);
    }

    private Written close(final String label) {
        final SlotBuffer buffer = new SlotBuffer(Commands.CLOSE_COORDINATION_LENGTH);
        Commands.encodeCloseCoordination(buffer, "kernel".equals(label) ? 0 : labels.handle(COORDINATION, label));
        return done(buffer);
    }

    private static Written intern(final String name) {
        final byte[] bytes = utf8("-".equals(name) ? "" : name);
        final SlotBuffer buffer = new SlotBuffer(Commands.internNameLength(bytes));
        Commands.encodeInternName(buffer, bytes);
        return done(buffer);
    }

    private Written raise(final Words words, final String label) {
        final int type = id(words.next());
        final int completion = words.has("succeeded") ? 1 : words.has("failed") ? 2 : words.number("completion", 0);
        final byte[] payload = utf8(words.after("payload", ""));
        final int sender = id(words.after("by", ""));
        final int about = id(words.after("about", ""));
        final int recipient = id(words.after("to", ""));
        final double quality = Double.parseDouble(words.after("quality", "NaN"));
        final int awaits = id(words.after("awaits", ""));
        final long timeoutNs = Words.ns(words.after("within", "0ns"));
        final SlotBuffer buffer = new SlotBuffer(Commands.raiseSignalLength(payload.length));
        Commands.encodeRaiseSignal(
                buffer,
                0,
                0,
                0,
                type,
                sender,
                about,
                recipient,
                completion,
                quality,
                awaits,
                timeoutNs,
                payload,
                0,
                payload.length);
        return new Written(buffer.byteArray(), awaits == 0 ? NO_KIND : DEPENDENCY, label);
    }

    private Written set(final Words words) {
        final int key = id(words.next());
        final ValueType type = ValueType.valueOf(words.after("type", "TEXT"));
        final int code = words.number("code", type.ordinal());
        final long expected = Long.parseLong(words.after("expect", "-1"));
        final int by = id(words.after("by", ""));
        final String text = type == ValueType.NULL ? "" : words.next();
        final byte[] value = switch (type) {
            case LONG -> word(Long.parseLong(text));
            case DOUBLE -> word(Double.doubleToRawLongBits(Double.parseDouble(text)));
            case BOOLEAN -> new byte[] {Byte.parseByte(text)};
            default -> utf8(text);
        };
        final SlotBuffer buffer = new SlotBuffer(Commands.setStateLength(value.length));
        Commands.encodeSetState(buffer, 0, 0, 0, key, code, expected, by, value);
        return done(buffer);
    }

    private static byte[] word(final long value) {
        final SlotBuffer buffer = new SlotBuffer(Long.BYTES);
        buffer.putLong(0, value, ByteOrder.LITTLE_ENDIAN);
        return buffer.byteArray();
    }

    private Written delete(final Words words, final long coordination) {
        final SlotBuffer buffer = new SlotBuffer(Commands.DELETE_STATE_LENGTH);
        final long expected = Long.parseLong(words.after("expect", "-1"));
        final int by = id(words.after("by", ""));
        Commands.encodeDeleteState(buffer, coordination, id(words.next()), expected, by);
        return done(buffer);
    }

    private Written await(final Words words, final long coordination, final String label) {
        final String what = words.next();
        final int kind = switch (what) {
            case "agent" -> 1;
            case "resource" -> 2;
            case "gate" -> 3;
            default -> Integer.parseInt(what);
        };
        final int flags = (words.has("success") ? 1 : 0) | (words.has("at-once") ? 2 : 0) | words.number("flags", 0);
        final int owner = id(words.after("owner", ""));
        final long after = Long.parseLong(words.after("after", "-1"));
        final long timeoutNs = Words.ns(words.after("within", "0ns"));
        final double threshold = Double.parseDouble(words.after("threshold", "0"));
        final SlotBuffer buffer = new SlotBuffer(Commands.DECLARE_DEPENDENCY_LENGTH);
        Commands.encodeDeclareDependency(
                buffer, coordination, kind, flags, owner, id(words.next()), after, timeoutNs, threshold);
        return new Written(buffer.byteArray(), DEPENDENCY, label);
    }

    private Written cancel(final String label, final long coordination) {
        final SlotBuffer buffer = new SlotBuffer(Commands.CANCEL_DEPENDENCY_LENGTH);
        Commands.encodeCancelDependency(buffer, coordination, labels.handle(DEPENDENCY, label));
        return done(buffer);
    }

    private Written mark(final Words words, final long coordination) {
        final SlotBuffer buffer = new SlotBuffer(Commands.MARK_RESOURCE_LENGTH);
        final int resource = id(words.next());
        Commands.encodeMarkResource(buffer, coordination, resource, "available".equals(words.next()));
        return done(buffer);
    }

    private Written score(final Words words, final long coordination) {
        final SlotBuffer buffer = new SlotBuffer(Commands.SCORE_GATE_LENGTH);
        final int gate = id(words.next());
        final String score = words.next();
        final boolean failed = "failed".equals(score);
        Commands.encodeScoreGate(buffer, coordination, gate, failed, failed ? 0 : Double.parseDouble(score));
        return done(buffer);
    }

    private byte[] content(final String name) {
        if (name.startsWith("junk")) {
            return utf8(name);
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
        final SlotBuffer buffer = new SlotBuffer(Commands.BEGIN_UPLOAD_LENGTH);
        Commands.encodeBeginUpload(buffer, length, announced);
        return new Written(buffer.byteArray(), UPLOAD, label.isEmpty() ? name : label);
    }

    private Written chunk(final Words words) {
        final String name = words.next();
        final byte[] content = content(words.after("of", name));
        final int from = words.number("from", 0);
        final int length = words.number("length", content.length - from);
        final SlotBuffer buffer = new SlotBuffer(Commands.appendChunkLength(length));
        Commands.encodeAppendChunk(buffer, labels.handle(UPLOAD, name), content, from, length);
        return done(buffer);
    }

    private Written deploy(final String label) {
        final SlotBuffer buffer = new SlotBuffer(Commands.DEPLOY_WORKFLOW_LENGTH);
        Commands.encodeDeployWorkflow(buffer, labels.handle(UPLOAD, label));
        return done(buffer);
    }

    private Written start(final Words words, final long coordination, final String label) {
        final String name = words.next();
        final int definition = name.charAt(0) == '#' ? id(name) : runSteps.definition(name);
        final byte[] inputs = utf8(words.after("inputs", ""));
        final SlotBuffer buffer = new SlotBuffer(Commands.startRunLength(inputs));
        Commands.encodeStartRun(buffer, coordination, definition, inputs);
        return new Written(buffer.byteArray(), RUN, label.isEmpty() ? name : label);
    }

    private Written started(final Words words, final long coordination) {
        final Target target = new Target(words);
        final byte[] worker = utf8(words.after("worker", ""));
        final SlotBuffer buffer = new SlotBuffer(Commands.startStepLength(worker));
        Commands.encodeStartStep(buffer, coordination, target.run, target.step, target.attempt, worker);
        return done(buffer);
    }

    private Written finish(final Words words, final long coordination) {
        final Target target = new Target(words);
        final byte[] result = utf8(words.after("result", ""));
        final byte[] detail = utf8(words.after("detail", ""));
        final int exitCode = words.number("exit", 0);
        final String ending = words.next();
        final int code = ending.charAt(0) == '#'
                ? id(ending)
                : StepEnding.valueOf(ending).code();
        final SlotBuffer buffer = new SlotBuffer(Commands.finishStepLength(result, detail));
        Commands.encodeFinishStep(
                buffer, coordination, target.run, target.step, target.attempt, code, exitCode, result, detail);
        return done(buffer);
    }

    private Written cancelRun(final String label, final long coordination) {
        final SlotBuffer buffer = new SlotBuffer(Commands.CANCEL_RUN_LENGTH);
        Commands.encodeCancelRun(buffer, coordination, labels.handle(RUN, label));
        return done(buffer);
    }

    private Written retry(final String label, final long coordination) {
        final SlotBuffer buffer = new SlotBuffer(Commands.RETRY_RUN_LENGTH);
        Commands.encodeRetryRun(buffer, coordination, labels.handle(RUN, label));
        return done(buffer);
    }

    /** {@code run/step}, with the current attempt unless another is named. */
    private final class Target {
        final long run;
        final int step;
        final int attempt;

        Target(final Words words) {
            final String[] parts = words.next().split("/");
            run = labels.handle(RUN, parts[0]);
            step = parts[1].charAt(0) == '#' ? id(parts[1]) : runSteps.index(run, parts[1]);
            attempt = words.number("attempt", runSteps.attempt(run, step));
        }
    }
}
