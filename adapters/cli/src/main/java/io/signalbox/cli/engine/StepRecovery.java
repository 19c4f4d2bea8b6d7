package io.signalbox.cli.engine;

import io.signalbox.cli.view.StepState;
import io.signalbox.kernel.recovery.ErrorDescription;
import io.signalbox.kernel.recovery.RecoveryDecision;
import io.signalbox.kernel.recovery.RecoveryHistory;
import io.signalbox.kernel.recovery.RecoveryPolicy;
import io.signalbox.kernel.workflow.StepSnapshot;
import io.signalbox.yaml.Plan;
import io.signalbox.yaml.Recovery;
import io.signalbox.yaml.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a step's recovery has come to. The kernel's {@link RecoveryPolicy} decides after each failure; its decisions are journaled with the failures, so that
 * an attempt does the same before and after a crash. When the next attempt begins is the machine's matter. Any thread; no state.
 */
final class StepRecovery {
    private static final String RETRY = "retry";
    private static final String ALTERNATIVE = "alternative";
    private static final String DEGRADE = "degrade";
    private static final String CORRECT = "correct ";
    private static final String ESCALATE = "escalate";

    private final RunFolder folder;
    private final Plan.PlannedStep planned;
    private final Recovery recovery;
    private final RecoveryPolicy policy;

    StepRecovery(final RunFolder folder, final Plan.PlannedStep planned) {
        this.folder = folder;
        this.planned = planned;
        recovery = planned.step().flow().recovery();
        policy = recovery.policy(planned.step().retry());
    }

    /** Whether the step has none but its retries. */
    static boolean isNone(final Plan.PlannedStep planned) {
        return planned.step().flow().recovery().equals(Recovery.NONE);
    }

    /** What was decided after each failure since the run was started or resumed anew. */
    RecoveryHistory history(final StepSnapshot step) {
        final Optional<AttemptRecord.Recovered> noted = AttemptRecord.recovered(step.detail());
        RecoveryHistory history = RecoveryHistory.of(folder.id(), planned.id());
        if (noted.isPresent() && noted.get().decisions().size() == step.failures()) {
            for (final String word : noted.get().decisions()) {
                history = history.then(decision(word, history));
            }
            return history;
        }
        for (int i = 0;
                i < step.failures();
                i++) { // nothing is noted of an attempt that ended otherwise: the usual chain
            history = history.then(policy.decide(ErrorDescription.ofText(""), history));
        }
        return history;
    }

    private RecoveryDecision decision(final String word, final RecoveryHistory before) {
        if (word.startsWith(CORRECT)) {
            final String rule = word.substring(CORRECT.length());
            return new RecoveryDecision.Correct(rule, rule);
        }
        return switch (word) {
            case ALTERNATIVE -> {
                final int used = before.count(RecoveryDecision.Alternative.class);
                yield new RecoveryDecision.Alternative(
                        used + 1, policy.alternatives().get(used));
            }
            case DEGRADE ->
                new RecoveryDecision.Degrade(policy.levels().get(before.count(RecoveryDecision.Degrade.class)));
            case ESCALATE -> new RecoveryDecision.Escalate("");
            default -> new RecoveryDecision.Retry(before.count(RecoveryDecision.Retry.class) + 1, 0);
        };
    }

    private static String word(final RecoveryDecision decision) {
        if (decision instanceof RecoveryDecision.Correct correct) {
            return CORRECT + correct.patternId();
        } else if (decision instanceof RecoveryDecision.Alternative) {
            return ALTERNATIVE;
        } else if (decision instanceof RecoveryDecision.Degrade) {
            return DEGRADE;
        }
        return decision instanceof RecoveryDecision.Escalate ? ESCALATE : RETRY;
    }

    /** What is to be done about a failure: the history with it, as it is journaled, and whether the step is over. */
    AttemptRecord.Recovered judge(final StepSnapshot before, final int attempt, final AttemptResult failed) {
        final RecoveryHistory history = history(before);
        final RecoveryDecision decision = policy.decide(description(failed), history);
        final List<String> words = new ArrayList<>();
        history.decisions().forEach(each -> words.add(word(each)));
        final boolean isGivenUp = decision instanceof RecoveryDecision.GiveUp;
        if (!isGivenUp) {
            words.add(word(decision));
        }
        return new AttemptRecord.Recovered(words, attempt, isGivenUp || decision instanceof RecoveryDecision.Escalate);
    }

    private static ErrorDescription description(final AttemptResult failed) {
        final List<String> lines = new ArrayList<>(List.of(failed.message()));
        lines.addAll(failed.stderrTail());
        final String end = failed.state() == StepState.TIMED_OUT
                ? Recovery.TIMEOUT
                : Recovery.exit(failed.exitCode().orElse(1));
        return ErrorDescription.ofProcess(end, String.join("\n", lines));
    }

    /** Whether a step failed because a person is to be asked; one of which nothing is noted has failed otherwise, and then one is asked too. */
    static boolean asksAPerson(final StepSnapshot step) {
        return AttemptRecord.recovered(step.detail())
                .map(noted -> noted.decisions().contains(ESCALATE))
                .orElse(true);
    }

    /** The result of an attempt that executes nothing, if the next one is such. */
    Optional<tools.jackson.databind.JsonNode> fallback(final RecoveryHistory history) {
        return history.level().equals(Recovery.FALLBACK) ? recovery.fallback() : Optional.empty();
    }

    /** The way that was tried last; behind a correction, if that was decided last. */
    Way way(final RecoveryHistory history) {
        final List<Run> before = new ArrayList<>();
        if (last(history).orElse(null) instanceof RecoveryDecision.Correct correct) {
            correction(correct).ifPresent(found -> {
                before.add(found.run());
                found.check().ifPresent(before::add);
            });
        }
        if (history.path().isEmpty()) {
            return new Way(
                    before,
                    StepAttempts.executed(planned.step().run()),
                    planned.step().env());
        }
        final Recovery.Alternative way = recovery.alternatives().get(Integer.parseInt(history.path()) - 1);
        return new Way(before, way.run(), way.env());
    }

    private Optional<Recovery.Correction> correction(final RecoveryDecision.Correct correct) {
        for (int i = 0; i < recovery.rules().size(); i++) {
            if (policy.patterns().get(i).patternId().equals(correct.patternId())) {
                return recovery.rules().get(i).correction();
            }
        }
        return Optional.empty();
    }

    private static Optional<RecoveryDecision> last(final RecoveryHistory history) {
        final List<RecoveryDecision> decisions = history.decisions();
        return decisions.isEmpty() ? Optional.empty() : Optional.of(decisions.get(decisions.size() - 1));
    }

    /** What an attempt behind a failure is told in its environment. */
    Map<String, String> variables(final RecoveryHistory history, final StepSnapshot step) {
        final Map<String, String> variables = new LinkedHashMap<>();
        if (!history.level().isEmpty()) {
            variables.put("SIGNALBOX_LEVEL", history.level());
        }
        AttemptRecord.recovered(step.detail())
                .filter(noted -> step.failures() > 0)
                .ifPresent(noted -> {
                    variables.put("SIGNALBOX_ERROR", AttemptRecord.message(step.detail()));
                    variables.put(
                            "SIGNALBOX_ERROR_LOG",
                            folder.attempt(planned.id(), noted.failedAttempt())
                                    .stderr()
                                    .toString());
                });
        return variables;
    }

    /** What a person is told of an attempt that is not the same again. */
    Optional<String> notice(final RecoveryHistory history, final int attempt) {
        final String who = planned.id() + ": attempt " + attempt;
        final RecoveryDecision last = last(history).orElse(null);
        if (last instanceof RecoveryDecision.Alternative alternative) {
            return Optional.of(who + " tries alternative " + alternative.number() + " of "
                    + recovery.alternatives().size());
        } else if (last instanceof RecoveryDecision.Degrade degrade) {
            return Optional.of(who + " does with less: level " + degrade.level());
        }
        return last instanceof RecoveryDecision.Correct correct
                ? Optional.of(who + " comes behind the correction of '" + correct.patternId() + "'")
                : Optional.empty();
    }
}
