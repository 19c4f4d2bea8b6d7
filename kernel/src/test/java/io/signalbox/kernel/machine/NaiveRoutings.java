package io.signalbox.kernel.machine;

import io.signalbox.kernel.event.Rejection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

final class NaiveRoutings implements NaiveKernel.NaiveRoom {
    static final int DECISIONS_MAX = 5;
    static final int TASKS_MAX = 3;

    private static final List<String> SEVERITY =
            List.of("ERROR", "END", "RETRY", "PARALLEL", "CONDITIONAL", "BRANCH", "SKIP", "CONTINUE");

    /** What one router says, as the random walk makes it up. */
    record Said(int router, int nextTask, String decision, double confidence, int weight, boolean failed) {}

    /** One decision of the past. */
    record Decided(long coordination, int task, long number, String decision, int retries, List<Said> opinions) {}

    /** A task of a scope. */
    record Task(long coordination, int task) {}

    final List<Decided> history = new ArrayList<>();
    final Map<Task, Integer> retries = new HashMap<>();
    final Map<Task, List<Said>> given = new HashMap<>();
    final Map<Long, Long> numbers = new HashMap<>();
    private final NaiveKernel kernel;

    NaiveRoutings(final NaiveKernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public void onClosed(final long coordination) {
        retries.keySet().removeIf(task -> task.coordination == coordination);
        given.keySet().removeIf(task -> task.coordination == coordination);
        numbers.remove(coordination);
    }

    private boolean hasRoomFor(final Task task) {
        final List<Task> known = new ArrayList<>(retries.keySet());
        given.keySet().stream().filter(each -> !known.contains(each)).forEach(known::add);
        return known.contains(task) || known.size() < kernel.sized(TASKS_MAX);
    }

    private static Rejection wrong(final List<Said> opinions, final int countMax) {
        for (int i = 0; i < opinions.size(); i++) {
            final Said said = opinions.get(i);
            if (i == countMax) {
                return Rejection.TOO_LONG;
            }
            if (!(said.confidence >= 0 && said.confidence <= 1) || said.weight > 100) {
                return Rejection.INVALID_VALUE;
            }
            if (!NaiveKernel.isName(said.router) || !NaiveKernel.isNameOrNone(said.nextTask)) {
                return Rejection.UNKNOWN_NAME;
            }
        }
        return null;
    }

    /** Answers the decision and its number as {@code DECISION#NUMBER}, or a refusal. */
    Object decide(
            final long coordination,
            final int name,
            final boolean weighted,
            final boolean abstain,
            final int whenExhausted,
            final int retriesMax,
            final int known,
            final List<Said> own) {
        if (!kernel.scopes.contains(coordination)) {
            return Rejection.UNKNOWN_COORDINATION;
        }
        if (!NaiveKernel.isName(name)) {
            return Rejection.UNKNOWN_NAME;
        }
        if (whenExhausted < 0 || whenExhausted > 1 || retriesMax < 0 || retriesMax > 255 || known < 0) {
            return Rejection.INVALID_VALUE;
        }
        final Rejection wrong = wrong(own, 16);
        if (wrong != null) {
            return wrong;
        }
        final Task task = new Task(coordination, name);
        final List<Said> all = new ArrayList<>(own);
        all.addAll(given.getOrDefault(task, List.of()));
        String decision = consolidated(all, weighted, abstain);
        final int before = Math.max(known, retries.getOrDefault(task, 0));
        if (decision.equals("RETRY") && before >= retriesMax) {
            decision = SEVERITY.get(whenExhausted);
        }
        int after = 0;
        if (decision.equals("RETRY")) {
            after = before + 1;
        } else if (SEVERITY.indexOf(decision) < 2) {
            after = retries.getOrDefault(task, 0);
        }
        if (after > 0 && !hasRoomFor(task)) {
            return Rejection.CAPACITY_EXHAUSTED;
        }
        given.remove(task);
        retries.remove(task);
        if (after > 0) {
            retries.put(task, after);
        }
        final long number = numbers.merge(coordination, 1L, Long::sum);
        history.add(0, new Decided(coordination, name, number, decision, after, all));
        if (history.size() > kernel.sized(DECISIONS_MAX)) {
            history.remove(history.size() - 1);
        }
        return decision + "#" + number;
    }

    private static String consolidated(final List<Said> all, final boolean weighted, final boolean abstain) {
        final List<Said> heard = new ArrayList<>(all);
        heard.removeIf(said -> said.failed && abstain);
        if (heard.isEmpty()) {
            return "CONTINUE";
        }
        if (!weighted) {
            return SEVERITY.stream()
                    .filter(each -> heard.stream().anyMatch(said -> said.decision.equals(each)))
                    .findFirst()
                    .orElseThrow();
        }
        Said best = heard.get(0);
        for (final Said said : heard) {
            if (said.confidence * said.weight > best.confidence * best.weight) {
                best = said;
            }
        }
        return best.decision;
    }

    long give(final long coordination, final int name, final List<Said> opinions) {
        if (!kernel.scopes.contains(coordination)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_COORDINATION);
        }
        if (!NaiveKernel.isName(name)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_NAME);
        }
        final Rejection wrong = wrong(opinions, 1);
        if (wrong != null || opinions.isEmpty()) {
            return NaiveKernel.refuse(wrong == null ? Rejection.INVALID_VALUE : wrong);
        }
        final Task task = new Task(coordination, name);
        if (!hasRoomFor(task)) {
            return NaiveKernel.refuse(Rejection.CAPACITY_EXHAUSTED);
        }
        final List<Said> waiting = given.computeIfAbsent(task, key -> new ArrayList<>());
        for (int i = 0; i < waiting.size(); i++) {
            if (waiting.get(i).router == opinions.get(0).router) {
                waiting.set(i, opinions.get(0));
                return waiting.size();
            }
        }
        waiting.add(opinions.get(0));
        return waiting.size();
    }

    long reset(final long coordination, final int name) {
        if (!kernel.scopes.contains(coordination)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_COORDINATION);
        }
        if (!NaiveKernel.isName(name)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_NAME);
        }
        final Integer before = retries.remove(new Task(coordination, name));
        return before == null ? 0 : before;
    }

    long clear(final long coordination) {
        if (!kernel.scopes.contains(coordination)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_COORDINATION);
        }
        history.replaceAll(each -> each.coordination == coordination
                ? new Decided(-1, each.task, each.number, each.decision, each.retries, each.opinions)
                : each);
        return 0;
    }
}
