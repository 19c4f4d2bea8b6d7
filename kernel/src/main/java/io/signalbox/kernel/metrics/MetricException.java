package io.signalbox.kernel.metrics;

/** A recorder was asked for, or was given, something that it does not take. Nothing was recorded. */
public final class MetricException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** A name, unit, tag or correlation id is null, empty or nothing but spaces. */
        BLANK_NAME,
        /** A name, unit, tag or correlation id is longer than its limit, or holds control characters. */
        INVALID_NAME,
        /** The kernel measures under this name itself. */
        RESERVED_NAME,
        /** There are as many recorders as {@link MetricsConfig#recordersMax} allows. */
        REGISTRY_FULL,
        /** The name belongs to a recorder of another kind, unit or bound. */
        OTHER_DECLARATION,
        /** A duration or bound is below zero. */
        NEGATIVE_DURATION,
        /** A counter only goes up. */
        NEGATIVE_AMOUNT,
        /** A gauge or rate was given NaN or an infinity. */
        NOT_A_NUMBER,
        /** A rate is not in 0..100. */
        RATE_OUT_OF_RANGE,
        /** There are more tags than {@link Tags#COUNT_MAX}, one without a value, or one twice. */
        INVALID_TAGS
    }

    private final Reason reason;

    MetricException(final Reason reason, final String message) {
        super(reason + ": " + message);
        this.reason = reason;
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }
}
