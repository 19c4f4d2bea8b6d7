package io.signalbox.kernel.machine;

import io.signalbox.kernel.event.Rejection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The states of all scopes, and who waits for one. */
final class NaiveStates implements NaiveKernel.NaiveRoom {
    /** What a wait asks, and the version at which it held, -1 before. */
    static final class Ask {
        final int key;
        final int operator;
        final Object operand;
        long held = -1;

        Ask(final int key, final int operator, final Object operand) {
            this.key = key;
            this.operator = operator;
            this.operand = operand;
        }
    }

    final Map<NaiveDependencies.Wait, Ask> asks = new LinkedHashMap<>();
    private final NaiveKernel kernel;
    private final Map<Long, NaiveState> scopes = new HashMap<>();

    NaiveStates(final NaiveKernel kernel) {
        this.kernel = kernel;
    }

    NaiveState of(final long coordination) {
        return scopes.computeIfAbsent(coordination, handle -> new NaiveState(kernel.sized(1)));
    }

    @Override
    public void onClosed(final long coordination) {
        scopes.remove(coordination);
    }

    /** Why it is refused whatever the scope holds; 0 when it is not. */
    private long unfit(final long coordination, final int length, final int by, final int key) {
        if (!kernel.scopes.contains(coordination)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_COORDINATION);
        }
        if (length > NaiveKernel.PAYLOAD_MAX) {
            return NaiveKernel.refuse(Rejection.TOO_LONG);
        }
        return NaiveKernel.isNameOrNone(by) && NaiveKernel.isName(key) ? 0 : NaiveKernel.refuse(Rejection.UNKNOWN_NAME);
    }

    /** A key that is a name, where none is asked for. */
    private static final int ANY_KEY = 1;

    private long changed(final long coordination, final long answer) {
        if (answer > 0) {
            for (int key = 1; key <= NaiveKernel.NAMES.size(); key++) {
                final int changed = key;
                asks.forEach((wait, ask) -> {
                    if (wait.isPending() && wait.coordination == coordination && ask.key == changed) {
                        settle(wait, ask);
                    }
                });
            }
            kernel.syncs.onStateChanged(coordination, of(coordination).values);
        }
        return answer;
    }

    private void settle(final NaiveDependencies.Wait wait, final Ask ask) {
        final NaiveState state = of(wait.coordination);
        if (state.holds(ask.key, ask.operator, ask.operand)) {
            kernel.dependencies.end(wait, "RESOLVED");
            ask.held = state.version;
        }
    }

    long set(final long coordination, final int key, final long expected, final int by, final Object value) {
        final long unfit = unfit(coordination, NaiveState.length(value), by, key);
        return unfit != 0 ? unfit : changed(coordination, of(coordination).set(key, expected, value));
    }

    long delete(final long coordination, final int key, final long expected, final int by) {
        final long unfit = unfit(coordination, 0, by, ANY_KEY);
        return unfit != 0 ? unfit : changed(coordination, of(coordination).delete(key, expected));
    }

    long update(
            final long coordination,
            final long expected,
            final int by,
            final int length,
            final List<NaiveState.Change> changes,
            final List<NaiveState.Tell> tells) {
        final long unfit = unfit(coordination, length, by, ANY_KEY);
        if (unfit != 0) {
            return unfit;
        }
        final long answer = of(coordination)
                .update(expected, changes, NaiveKernel.NAMES.size(), () -> refusalToTell(coordination, tells));
        if (answer > 0) {
            tells.forEach(tell -> kernel.signals.told(coordination, tell));
        }
        return changed(coordination, answer);
    }

    /** What the first is refused for that is. */
    private long refusalToTell(final long coordination, final List<NaiveState.Tell> tells) {
        for (int i = 0; i < tells.size(); i++) {
            final long refusal =
                    i < 8 ? kernel.signals.refusal(coordination, tells.get(i)) : NaiveKernel.refuse(Rejection.TOO_LONG);
            if (refusal != 0) {
                return refusal;
            }
        }
        return 0;
    }

    long clear(final long coordination, final int by) {
        final long unfit = unfit(coordination, 0, by, ANY_KEY);
        return unfit != 0 ? unfit : changed(coordination, of(coordination).clear());
    }

    long rollBack(final long coordination, final long target, final int by) {
        final long unfit = unfit(coordination, 0, by, ANY_KEY);
        return unfit != 0 ? unfit : changed(coordination, of(coordination).rollback(target));
    }

    long forget(final long coordination) {
        final long unfit = unfit(coordination, 0, 0, ANY_KEY);
        return unfit != 0 ? unfit : of(coordination).forget();
    }

    long declareMerge(final long coordination, final int key, final String rule) {
        final long unfit = unfit(coordination, 0, 0, key);
        return unfit != 0 ? unfit : of(coordination).declareMerge(key, rule);
    }

    long merge(final long coordination, final int key, final int by, final Object value) {
        final long unfit = unfit(coordination, NaiveState.length(value), by, key);
        return unfit != 0 ? unfit : changed(coordination, of(coordination).merge(key, value, NaiveKernel.PAYLOAD_MAX));
    }

    /** Everything of the wait but its deadline is as the command says. */
    long await(final NaiveDependencies.Wait wait, final int operator, final Object operand) {
        if (!kernel.scopes.contains(wait.coordination)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_COORDINATION);
        }
        if (NaiveState.length(operand) > NaiveKernel.NAME_LENGTH_MAX) {
            return NaiveKernel.refuse(Rejection.TOO_LONG);
        }
        if ((wait.flags & ~10) != 0 || !takes(operator, operand)) {
            return NaiveKernel.refuse(Rejection.INVALID_VALUE);
        }
        if (!NaiveKernel.isName(wait.target)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_NAME);
        }
        final long refusal = kernel.dependencies.refusal(wait);
        if (refusal < 0) {
            return refusal;
        }
        wait.deadlineNs = NaiveKernel.deadline(kernel.nowNs, wait.timeoutNs);
        wait.isPart = (wait.flags & 8) != 0;
        final Ask ask = new Ask(wait.target, operator, operand);
        settle(wait, ask);
        asks.keySet().retainAll(kernel.dependencies.waits.values());
        if (wait.isPending() && (wait.flags & 2) != 0) {
            wait.state = "FAILED";
        }
        asks.put(wait, ask);
        return kernel.dependencies.declared(wait);
    }

    private static boolean takes(final int operator, final Object operand) {
        return switch (operator) {
            case 1, 2 -> operand == NaiveState.NULL;
            case 3, 4 -> true;
            case 5, 6, 7, 8 -> operand != NaiveState.NULL;
            case 9, 10, 11 -> operand != NaiveState.NULL && operand instanceof String;
            case 12 -> operand instanceof Long;
            default -> false;
        };
    }
}
