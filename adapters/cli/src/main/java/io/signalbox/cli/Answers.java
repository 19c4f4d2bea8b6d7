package io.signalbox.cli;

import io.signalbox.cli.engine.CommandException;
import io.signalbox.cli.engine.ExitCode;
import io.signalbox.cli.engine.Explanation;
import io.signalbox.cli.engine.HistoryEntry;
import io.signalbox.cli.engine.Inspection;
import io.signalbox.cli.engine.Replayed;
import io.signalbox.cli.engine.RunAnswer;
import io.signalbox.cli.engine.RunAsk;
import io.signalbox.cli.engine.RunFolder;
import io.signalbox.cli.engine.RunListing;
import io.signalbox.cli.view.JsonView;
import io.signalbox.cli.view.OutputFile;
import io.signalbox.journal.replay.SignalAccount;
import io.signalbox.kernel.SignalExplanation;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers about runs as JSON. */
final class Answers {
    private Answers() {}

    /** Asks something of a run and says what came of it; what cannot be done is wrong use. */
    static int tell(final Console console, final RunFolder folder, final RunAsk ask, final boolean isJson)
            throws CommandException {
        final RunAnswer answer = console.engine().get().ask(folder, ask);
        if (!answer.isDone()) {
            throw new CommandException(ExitCode.WRONG_USE, answer.message());
        }
        if (isJson) {
            final ObjectNode node = JsonView.MAPPER.createObjectNode();
            node.put("run", folder.id());
            node.put("message", answer.message());
            console.out().println(JsonView.MAPPER.writeValueAsString(node));
        } else {
            console.out().println(answer.message());
        }
        return ExitCode.DONE.code();
    }

    static ArrayNode history(final List<HistoryEntry> history) {
        final ArrayNode nodes = JsonView.MAPPER.createArrayNode();
        for (final HistoryEntry entry : history) {
            final ObjectNode node = nodes.addObject();
            node.put("position", entry.position());
            node.put("time", entry.time().toString());
            final ArrayNode changes = node.putArray("changes");
            entry.changes().forEach(changes::add);
        }
        return nodes;
    }

    static ObjectNode listing(final RunListing run) {
        final ObjectNode node = JsonView.MAPPER.createObjectNode();
        node.put("run", run.runId());
        node.put("workflow", run.workflow());
        node.put("state", run.word().replace(' ', '_'));
        node.put("live", run.isLive());
        node.put("steps_over", run.stepsOver());
        node.put("steps", run.steps());
        node.put("started", run.started().toString());
        node.put("elapsed_ms", run.elapsedMs());
        if (!run.asking().isEmpty()) {
            final ArrayNode asking = node.putArray("asking");
            run.asking().forEach(asking::add);
        }
        return node;
    }

    static ObjectNode inspection(final Inspection inspection) {
        final ObjectNode node = listing(inspection.listing());
        node.put("folder", inspection.folder().toString());
        node.put("source", inspection.source().toString());
        node.put("position", inspection.position());
        node.put("definition_digest", inspection.pinned().digest());
        inspection.pinned().origin().ifPresent(origin -> node.put("origin", origin));
        inspection.resultDigest().ifPresent(digest -> node.put("result_digest", digest));
        final ArrayNode warnings = node.putArray("warnings");
        inspection.warnings().forEach(warnings::add);
        final ArrayNode steps = node.putArray("step_list");
        for (final Inspection.Step step : inspection.steps()) {
            step(steps.addObject(), step);
        }
        return node;
    }

    private static void step(final ObjectNode node, final Inspection.Step step) {
        node.put("id", step.id());
        node.put("state", step.state().word());
        node.put("attempts", step.attempts());
        step.exitCode().ifPresent(exitCode -> node.put("exit_code", exitCode));
        node.put("elapsed_ms", step.elapsedMs());
        step.result().ifPresent(result -> node.put("result", result));
        if (!step.message().isEmpty()) {
            node.put("message", step.message());
        }
        final ArrayNode outputs = node.putArray("outputs");
        for (final OutputFile output : step.outputs()) {
            final ObjectNode file = outputs.addObject();
            file.put("name", output.name());
            file.put("path", output.path().toString());
            file.put("size_bytes", output.sizeBytes());
            file.put("sha256", output.sha256());
        }
    }

    static ArrayNode explanations(final List<Explanation> explanations) {
        final ArrayNode nodes = JsonView.MAPPER.createArrayNode();
        for (final Explanation explanation : explanations) {
            final ObjectNode node = nodes.addObject();
            node.put("step", explanation.step());
            node.put("state", explanation.state().word());
            final ArrayNode reasons = node.putArray("reasons");
            explanation.reasons().forEach(reasons::add);
        }
        return nodes;
    }

    static ArrayNode accounts(final List<SignalAccount> accounts, final String agent) {
        final ArrayNode nodes = JsonView.MAPPER.createArrayNode();
        for (final SignalAccount account : accounts) {
            final ObjectNode node = nodes.addObject();
            node.put("position", account.position());
            node.put("index", account.index());
            node.put("type", account.type());
            node.put("sender", account.sender());
            final ArrayNode recipients = node.putArray("recipients");
            account.recipients().forEach(recipients::add);
            node.put("coordination", account.coordination());
            node.put("raised", Instant.ofEpochSecond(0, account.raisedNs()).toString());
            node.put("agent", agent);
            node.put("verdict", account.verdict().name().toLowerCase(Locale.ROOT));
            if (account.deliveredNs() >= 0) {
                node.put(
                        "delivered",
                        Instant.ofEpochSecond(0, account.deliveredNs()).toString());
            }
            final ArrayNode reasons = node.putArray("reasons");
            account.reasons().forEach(reasons::add);
        }
        return nodes;
    }

    /** A verdict as a person reads it. */
    static String word(final SignalExplanation.Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static ObjectNode replayed(final String runId, final Replayed replayed) {
        final ObjectNode node = JsonView.MAPPER.createObjectNode();
        node.put("run", runId);
        node.put("commands", replayed.commands());
        node.put("position", replayed.position());
        node.put("state_digest", replayed.stateDigest());
        node.put("marks_met", replayed.marksMet());
        return node;
    }
}
