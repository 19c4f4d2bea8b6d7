package io.signalbox.kernel.scenario;

import io.signalbox.kernel.event.Fact;
import io.signalbox.kernel.workflow.RunState;
import io.signalbox.kernel.workflow.WorkflowPlan;

final class WorkflowFacts implements RoomFacts {
    private final FactWords words;

    WorkflowFacts(final FactWords words) {
        this.words = words;
    }

    @Override
    public String print(final Fact fact) {
        return switch (fact.type()) {
            case UPLOAD_BEGUN -> "upload " + upload(fact) + " of " + fact.b();
            case CHUNK_APPENDED -> "chunk " + upload(fact) + " " + fact.b() + "+" + (int) fact.payload();
            case WORKFLOW_DEPLOYED -> "deployed " + fact.b();
            case UPLOAD_DROPPED -> "dropped " + upload(fact);
            case RUN_STARTED -> "run " + run(fact);
            case RUN_REOPENED -> "reopened " + run(fact);
            case RUN_CANCELLING, RUN_FINISHED -> RunState.of(fact.extra()) + " " + run(fact);
            case STEP_READY -> "ready " + step(fact);
            case TASK_ASSIGNED ->
                "assigned " + attempt(fact)
                        + (fact.c() == 0 ? "" : " to " + words.machine().names().text((int) fact.c()))
                        + words.until(fact.d());
            case STEP_STARTED -> "started " + attempt(fact) + words.until(fact.d());
            case STEP_SUCCEEDED ->
                "succeeded " + attempt(fact) + words.quoted(fact.payload()) + quality(fact) + winner(fact);
            case STEP_SKIPPED -> "skipped " + step(fact);
            case STEP_RETRIED -> "retried " + attempt(fact) + " exit " + (int) fact.c() + words.until(fact.d());
            case STEP_RELEASED -> "released " + attempt(fact);
            case STEP_FAILED -> "failed " + attempt(fact) + " exit " + (int) fact.c();
            case STEP_CANCELLED -> (fact.extra() == 1 ? "dropped " : "stopped ") + step(fact);
            case STEP_WAITING -> "waiting " + attempt(fact) + words.until(fact.d());
            case STEP_BLOCKED -> "blocked " + step(fact) + " by " + limit(fact, (int) fact.c());
            case LIMIT_REFILLED -> "refilled " + limit(fact, (int) fact.b());
            case RUN_COMPENSATING -> RunState.COMPENSATING + " " + run(fact);
            case CHILD_STARTED -> "child of " + attempt(fact) + words.until(fact.d());
            case DEFINITION_RELEASED -> "forgot " + fact.b();
            case STEP_HEARD -> "heard " + attempt(fact) + words.until(fact.d());
            case STEP_UNPLACED -> "unplaced " + step(fact);
            case STEP_PLACEABLE -> "placeable " + step(fact);
            default -> throw new IllegalStateException(fact.type() + " has no words yet");
        };
    }

    private String upload(final Fact fact) {
        return words.label(Labels.UPLOAD, fact.a());
    }

    private String run(final Fact fact) {
        return words.label(Labels.RUN, fact.run());
    }

    private String step(final Fact fact) {
        final WorkflowPlan plan = words.machine().inspector().plan(fact.run());
        return plan == null ? "#" + fact.step() : plan.step(fact.step()).id();
    }

    private static String quality(final Fact fact) {
        return fact.d() == 1_000_000 ? "" : " quality " + fact.d() / 1e6;
    }

    private String winner(final Fact fact) {
        final WorkflowPlan plan = words.machine().inspector().plan(fact.run());
        return fact.extra() == 0 || plan == null
                ? ""
                : " by " + plan.step(fact.extra() - 1).id();
    }

    private String limit(final Fact fact, final int limit) {
        final WorkflowPlan plan = words.machine().inspector().plan(fact.run());
        return plan == null
                ? "#" + limit
                : plan.definition().limits().get(limit).name();
    }

    private String attempt(final Fact fact) {
        return step(fact) + "#" + fact.attempt();
    }
}
