package io.signalbox.kernel.machine;

import io.signalbox.kernel.event.Rejection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Contexts, as far as the random walk goes: types are shared, a quality is judged, attempts are limited. */
final class NaiveContexts implements NaiveKernel.NaiveRoom {
    static final int CONTEXTS_MAX = 5;
    static final int DOCUMENT_MAX = 420;
    static final int VERSIONS_MAX = 2;
    static final double THRESHOLD = 0.8;
    static final long EXECUTION_NS = 1_000_000_000L;

    /** Names of the signals, as the walk has interned them. */
    private static final int DISTRIBUTED = 10;

    private static final int UPDATED = 11;
    private static final int CLEARED = 12;
    private static final int AFTER_ALL_WAITS = 1 << 16;

    /** What a document says of one agent; {@code agent} 0 is one that nobody has named. */
    record Part(int agent, int concurrency, int retries, double minQuality, boolean isRequired) {}

    /** A document; a session of null is left out. */
    record Document(String session, List<Part> parts, Map<String, Object> types, int length) {}

    static final class Context {
        final long coordination;
        final int agent;
        Part part;
        long version;
        Map<String, Object> types = Map.of();
        final TreeMap<Long, Map<String, Object>> past = new TreeMap<>();
        String standing = "ASSIGNED";
        long attempts;
        int failures;
        int unmet;
        /** Deadlines, in the order in which the attempts began. */
        final List<Long> active = new ArrayList<>();

        Context(final long coordination, final int agent) {
            this.coordination = coordination;
            this.agent = agent;
        }

        void next(final Map<String, Object> newTypes) {
            if (version > 0) {
                past.put(version, types);
            }
            if (past.size() > VERSIONS_MAX) {
                past.remove(past.firstKey());
            }
            version++;
            types = newTypes;
        }

        long deadlineNs() {
            return active.stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
        }

        void end(final boolean hasSucceeded, final int leftUnmet) {
            active.remove((Object) deadlineNs());
            standing = hasSucceeded ? "COMPLETED" : "FAILED";
            failures = hasSucceeded ? 0 : failures + 1;
            unmet = leftUnmet;
        }
    }

    final List<Context> contexts = new ArrayList<>();
    private final Map<Long, Map<String, Object>> common = new HashMap<>();
    private final NaiveKernel kernel;

    NaiveContexts(final NaiveKernel kernel) {
        this.kernel = kernel;
    }

    List<Context> of(final long coordination) {
        return contexts.stream()
                .filter(context -> context.coordination == coordination)
                .sorted(Comparator.comparingInt(context -> context.agent))
                .toList();
    }

    private Context find(final long coordination, final int agent) {
        return of(coordination).stream()
                .filter(context -> context.agent == agent)
                .findFirst()
                .orElse(null);
    }

    @Override
    public void onClosed(final long coordination) {
        contexts.removeIf(context -> context.coordination == coordination);
        common.remove(coordination);
    }

    @Override
    public List<NaiveKernel.Timer> timers() {
        return contexts.stream()
                .map(context -> new NaiveKernel.Timer(
                        context.deadlineNs(),
                        0,
                        AFTER_ALL_WAITS + (int) context.coordination * NaiveKernel.NAMES.size() + context.agent,
                        () -> failByLimit(context)))
                .toList();
    }

    /** The kernel raises the completion that the agent owes. */
    private void failByLimit(final Context context) {
        kernel.then(() -> kernel.signals.failed(context.coordination, context.agent));
    }

    long distribute(final long coordination, final Document document) {
        if (!kernel.scopes.contains(coordination)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_COORDINATION);
        }
        if (document.length > DOCUMENT_MAX) {
            return NaiveKernel.refuse(Rejection.TOO_LONG);
        }
        if (document.session == null || document.session.isEmpty()) {
            return NaiveKernel.refuse(Rejection.MISSING_FIELD);
        }
        if (document.parts.isEmpty()) {
            return NaiveKernel.refuse(Rejection.NO_AGENTS);
        }
        if (document.parts.stream().anyMatch(part -> part.concurrency < 1)) {
            return NaiveKernel.refuse(Rejection.INVALID_FIELD);
        }
        if (document.parts.stream().anyMatch(part -> part.agent == 0)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_NAME);
        }
        final long fresh = document.parts.stream()
                .filter(part -> find(coordination, part.agent) == null)
                .count();
        if (contexts.size() + fresh > CONTEXTS_MAX) {
            return NaiveKernel.refuse(Rejection.CAPACITY_EXHAUSTED);
        }
        final Map<String, Object> all = merged(common.getOrDefault(coordination, Map.of()), document.types, false);
        common.put(coordination, all);
        for (final Context context : of(coordination)) {
            final boolean isNamed = document.parts.stream().anyMatch(part -> part.agent == context.agent);
            final Map<String, Object> types = merged(context.types, document.types, false);
            if (!isNamed && !types.equals(context.types)) {
                context.next(types);
            }
        }
        for (final Part part : document.parts) {
            Context context = find(coordination, part.agent);
            if (context == null) {
                context = new Context(coordination, part.agent);
                contexts.add(context);
                context.next(all);
            } else {
                context.next(merged(context.types, document.types, false));
            }
            context.part = part;
            context.standing = context.active.isEmpty() ? "ASSIGNED" : "RUNNING";
            context.failures = 0;
            context.unmet = 0;
        }
        final TreeMap<String, Object> message = new TreeMap<>();
        message.put("agent_count", document.parts.size());
        message.put("session_id", document.session);
        final String head = NaiveJson.text(message);
        message.put(
                "agents",
                document.parts.stream().map(part -> name(part.agent)).sorted().toList());
        final String named = NaiveJson.text(message);
        if (!document.types.isEmpty()) {
            message.put("changed", Map.of("type_registry", document.types));
        }
        kernel.signals.told(coordination, DISTRIBUTED, 0, List.of(), fitting(NaiveJson.text(message), named, head));
        return document.parts.size();
    }

    private static String name(final int agent) {
        return NaiveKernel.NAMES.get(agent - 1);
    }

    /** What the kernel says of a completion that leaves so much unmet: all of it is longer than a payload of the walk. */
    static String failure(final int agent, final int unmet) {
        return fitting("{\"agent_id\":\"" + name(agent) + "\",\"unmet_count\":" + unmet + "}");
    }

    private static String fitting(final String... texts) {
        for (final String text : texts) {
            if (text.length() <= NaiveKernel.PAYLOAD_MAX) {
                return text;
            }
        }
        return "";
    }

    private static String updated(
            final Map<String, Object> data,
            final List<String> removed,
            final boolean isDeep,
            final int count,
            final Object version) {
        final TreeMap<String, Object> message = new TreeMap<>();
        message.put("agent_count", count);
        message.put("mode", isDeep ? "deep" : "shallow");
        message.put("too_long", true);
        message.put("update_type", "type_registry");
        final String head = NaiveJson.text(message);
        message.put(version instanceof Map ? "versions" : "version", version);
        final String known = NaiveJson.text(message);
        message.remove("too_long");
        message.put("changed", data);
        message.put("removed", removed);
        return fitting(NaiveJson.text(message), known, head);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> merged(
            final Map<String, Object> older, final Map<String, Object> newer, final boolean isDeep) {
        final Map<String, Object> all = new TreeMap<>(older);
        newer.forEach((name, value) -> {
            final boolean isInner = isDeep && value instanceof Map && all.get(name) instanceof Map;
            all.put(
                    name,
                    isInner ? merged((Map<String, Object>) all.get(name), (Map<String, Object>) value, true) : value);
        });
        return all;
    }

    long update(
            final long coordination,
            final Map<String, Object> data,
            final List<String> removed,
            final List<Integer> targets,
            final boolean isDeep,
            final boolean increments,
            final long expected) {
        if (!kernel.scopes.contains(coordination)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_COORDINATION);
        }
        if (expected < -1) {
            return NaiveKernel.refuse(Rejection.INVALID_VALUE);
        }
        final List<Context> all = of(coordination);
        if (all.isEmpty()) {
            return 0;
        }
        for (final int target :
                targets.isEmpty() ? all.stream().map(context -> context.agent).toList() : targets) {
            final Context context = find(coordination, target);
            if (context == null) {
                return NaiveKernel.refuse(Rejection.UNKNOWN_CONTEXT);
            }
            if (expected != -1 && expected != context.version) {
                return NaiveKernel.refuse(Rejection.VERSION_MISMATCH);
            }
        }
        for (final Context context : all) {
            if (targets.isEmpty() || targets.contains(context.agent)) {
                final Map<String, Object> types = merged(context.types, data, isDeep);
                removed.forEach(types::remove);
                if (increments) {
                    context.next(types);
                } else {
                    context.types = types;
                }
            }
        }
        if (targets.isEmpty()) {
            final Map<String, Object> types = merged(common.get(coordination), data, isDeep);
            removed.forEach(types::remove);
            common.put(coordination, types);
            final Map<String, Object> versions = new TreeMap<>();
            all.forEach(context -> versions.put(name(context.agent), context.version));
            final boolean isOne = new HashSet<>(versions.values()).size() == 1;
            final String payload = updated(data, removed, isDeep, all.size(), isOne ? all.get(0).version : versions);
            kernel.signals.told(coordination, UPDATED, 0, List.of(), payload);
        }
        for (final int target : targets) {
            final String payload = updated(data, removed, isDeep, targets.size(), find(coordination, target).version);
            kernel.signals.told(coordination, UPDATED, target, List.of(target), payload);
        }
        return targets.isEmpty() ? all.size() : targets.size();
    }

    long clear(final long coordination) {
        if (!kernel.scopes.contains(coordination)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_COORDINATION);
        }
        final int count = of(coordination).size();
        if (count == 0) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_CONTEXT);
        }
        onClosed(coordination);
        kernel.signals.told(coordination, CLEARED, 0, List.of(), "{\"agent_count\":" + count + "}");
        return count;
    }

    long begin(final long coordination, final int agent) {
        if (!kernel.scopes.contains(coordination)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_COORDINATION);
        }
        final Context context = find(coordination, agent);
        if (context == null) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_CONTEXT);
        }
        final long refused = refusal(coordination, agent);
        if (refused != 0) {
            return refused;
        }
        context.active.add(kernel.nowNs + EXECUTION_NS);
        context.standing = "RUNNING";
        return ++context.attempts;
    }

    /** Why an agent may not begin, 0 when it may. */
    long refusal(final long coordination, final int agent) {
        final Context context = find(coordination, agent);
        if (context == null) {
            return 0;
        }
        if (context.active.size() >= context.part.concurrency) {
            return NaiveKernel.refuse(Rejection.CONCURRENCY_LIMIT_REACHED);
        }
        return context.failures > context.part.retries ? NaiveKernel.refuse(Rejection.RETRIES_EXHAUSTED) : 0;
    }

    long release(final long coordination, final int agent) {
        if (!kernel.scopes.contains(coordination)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_COORDINATION);
        }
        final Context context = find(coordination, agent);
        if (context == null) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_CONTEXT);
        }
        if (context.active.isEmpty()) {
            return NaiveKernel.refuse(Rejection.NO_ATTEMPT);
        }
        final int left = context.active.size() - 1;
        if (context.part.isRequired) {
            failByLimit(context);
        } else {
            context.active.remove((Object) context.deadlineNs());
            context.standing = context.active.isEmpty() ? "ASSIGNED" : "RUNNING";
        }
        return left;
    }

    /** Whoever is no longer registered gives back everything it was at. */
    void unregistered(final int agent) {
        contexts.stream()
                .filter(context -> context.agent == agent && !context.active.isEmpty())
                .sorted(Comparator.comparingInt(context -> (int) context.coordination))
                .forEach(context -> {
                    if (context.part.isRequired) {
                        context.active.forEach(deadline -> failByLimit(context));
                    } else {
                        context.active.clear();
                        context.standing = "ASSIGNED";
                    }
                });
    }

    /** How much a success leaves unmet. */
    int unmet(final long coordination, final int agent, final double quality) {
        final Context context = find(coordination, agent);
        if (context == null) {
            return 0;
        }
        final int belowThreshold = quality < THRESHOLD ? 1 : 0;
        final double wanted = context.part.minQuality;
        final int belowWanted = wanted >= 0 && !(quality >= wanted) ? 1 : 0;
        return belowThreshold + belowWanted;
    }

    void onCompletion(final long coordination, final int agent, final int completion, final int unmet) {
        final Context context = find(coordination, agent);
        if (context != null) {
            context.end(completion == 1, unmet);
        }
    }
}
