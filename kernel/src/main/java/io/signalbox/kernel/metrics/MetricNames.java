package io.signalbox.kernel.metrics;

import io.signalbox.kernel.command.CommandType;
import io.signalbox.kernel.event.FactType;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Under which names the kernel measures itself. Every command has a timing and a counter of its own name, {@code raise_signal}; every
 * fact has a counter, {@code state_set}. Nobody else may use them.
 */
public final class MetricNames {
    /** Timing: from the submission of what raised a signal to its delivery to a reader. */
    public static final String SIGNAL_PROPAGATION_TIME = "signal_propagation_time";

    /** Counter: signals raised. */
    public static final String SIGNALS_SENT = "signals_sent";

    /** Counter: signals delivered, once for each reader. */
    public static final String SIGNALS_RECEIVED = "signals_received";

    /** Timing: from the declaration of a wait to its resolution, by kernel time. */
    public static final String DEPENDENCY_RESOLUTION_TIME = "dependency_resolution_time";

    /** Timing: from the declaration of a wait to its failure, expiry or cancellation, by kernel time. */
    public static final String DEPENDENCY_UNRESOLVED_TIME = "dependency_unresolved_time";

    /** Timing: from the question about a task until the routers have spoken. */
    public static final String ROUTING_DECISION_TIME = "routing_decision_time";

    /** Counter: decisions about tasks. */
    public static final String ROUTING_DECISIONS_COUNT = "routing_decisions_count";

    /** Timing: from the submission of a command to the begin of its turn. */
    public static final String TURN_WAIT_TIME = "turn_wait_time";

    /** Gauge: commands that a turn applied. */
    public static final String TURN_COMMANDS = "turn_commands";

    /** Gauge: declared waits that have not ended. */
    public static final String WAITS_OPEN = "waits_open";

    /** Drops: signals that readers were too slow for, once for each reader. */
    public static final String SIGNALS_MISSED = "signals_missed";

    /** Drops: waits whose length is not known, because they were declared before this launch. */
    public static final String WAITS_OF_EARLIER_LAUNCHES = "waits_of_earlier_launches";

    /** Drops: single measurements that gave way to later ones before anybody took them. */
    public static final String MEASUREMENTS_DROPPED = "measurements_dropped";

    /** Drops: values that no histogram reaches to, counted as the largest one. */
    public static final String VALUES_BEYOND_RANGE = "values_beyond_range";

    /** Drops: commands not taken, because the ring was full and another thread was emptying it. */
    public static final String COMMANDS_BACK_PRESSURED = "commands_back_pressured";

    /** Drops: commands not taken or not answered, because the kernel was closed or has halted. */
    public static final String COMMANDS_HALTED = "commands_halted";

    /** Drops: commands not taken, because the calling thread had too little stack left. */
    public static final String COMMANDS_WITHOUT_STACK = "commands_without_stack";

    private static final Set<String> RESERVED = reserved();

    private MetricNames() {}

    /** Timing and counter of a command. */
    public static String of(final CommandType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    /** Counter of a fact. */
    public static String of(final FactType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    /** Whether the kernel measures under this name. */
    public static boolean isReserved(final String name) {
        return RESERVED.contains(name);
    }

    private static Set<String> reserved() {
        final Set<String> names = new TreeSet<>(Set.of(
                SIGNAL_PROPAGATION_TIME,
                SIGNALS_SENT,
                SIGNALS_RECEIVED,
                DEPENDENCY_RESOLUTION_TIME,
                DEPENDENCY_UNRESOLVED_TIME,
                TURN_WAIT_TIME,
                TURN_COMMANDS,
                WAITS_OPEN));
        for (final CommandType type : CommandType.values()) {
            names.add(of(type));
        }
        for (final FactType type : FactType.values()) {
            names.add(of(type));
        }
        return names;
    }
}
