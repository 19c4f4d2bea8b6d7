package io.signalbox.kernel.machine;

import io.signalbox.kernel.event.Rejection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

final class NaiveCoordinations {
    private final NaiveKernel kernel;
    private final Map<String, Long> handles = new HashMap<>();
    private final Map<Long, Long> lives = new HashMap<>();
    private final Map<Long, Long> heard = new HashMap<>();
    long forgotten;

    NaiveCoordinations(final NaiveKernel kernel) {
        this.kernel = kernel;
    }

    int open() {
        return handles.size();
    }

    long open(final String name) {
        if (name.isEmpty()) {
            return NaiveKernel.refuse(Rejection.INVALID_VALUE);
        }
        if (handles.containsKey(name)) {
            return handles.get(name);
        }
        if (handles.size() == kernel.sized(NaiveKernel.SCOPES_MAX)) {
            return NaiveKernel.refuse(Rejection.CAPACITY_EXHAUSTED);
        }
        return kernel.choose(handle -> {
            handles.put(name, handle);
            kernel.scopes.add(handle);
        });
    }

    long begin(final String name, final long timeToLiveNs) {
        if (name.trim().isEmpty()) {
            return NaiveKernel.refuse(Rejection.BLANK_NAME);
        }
        if (timeToLiveNs < 0) {
            return NaiveKernel.refuse(Rejection.INVALID_TIME_TO_LIVE);
        }
        if (handles.containsKey(name)) {
            return NaiveKernel.refuse(Rejection.DUPLICATE_COORDINATION);
        }
        final long answer = open(name);
        return answer < 0 && answer != NaiveKernel.CHOSEN
                ? answer
                : kernel.alsoNote(handle -> live(handle, timeToLiveNs));
    }

    long keep(final long coordination, final long timeToLiveNs) {
        if (!handles.containsValue(coordination)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_COORDINATION);
        }
        if (timeToLiveNs < -1) {
            return NaiveKernel.refuse(Rejection.INVALID_TIME_TO_LIVE);
        }
        if (timeToLiveNs >= 0) {
            live(coordination, timeToLiveNs);
        }
        return 0;
    }

    private void live(final long coordination, final long timeToLiveNs) {
        lives.put(coordination, timeToLiveNs);
        heard.put(coordination, kernel.nowNs);
    }

    /** A command that names it was accepted. */
    void heard(final long coordination) {
        final long life = lives.getOrDefault(coordination, 0L);
        if (life > 0 && kernel.nowNs - heard.get(coordination) > life / 64) {
            heard.put(coordination, kernel.nowNs);
        }
    }

    private long endNs(final long coordination) {
        final long life = lives.getOrDefault(coordination, 0L);
        return life == 0
                ? Long.MAX_VALUE
                : life > Long.MAX_VALUE / 2 ? Long.MAX_VALUE - 1 : heard.get(coordination) + life + life / 64;
    }

    long nextDeadlineNs() {
        return handles.values().stream().mapToLong(this::endNs).min().orElse(Long.MAX_VALUE);
    }

    /** The one whose time is over first, the lowest place among equals, is closed. */
    void pulse(final long nowNs) {
        handles.values().stream()
                .filter(handle -> endNs(handle) <= nowNs)
                .min(Comparator.<Long>comparingLong(this::endNs).thenComparing(handle -> handle & 0xFFFF_FFFFL))
                .ifPresent(handle -> {
                    close(handle);
                    forgotten++;
                });
    }

    long close(final long coordination) {
        if (!handles.containsValue(coordination)) {
            return NaiveKernel.refuse(Rejection.UNKNOWN_COORDINATION);
        }
        handles.values().remove(coordination);
        lives.remove(coordination);
        kernel.closed(coordination);
        return 0;
    }
}
