package io.signalbox.yaml;

import io.signalbox.kernel.workflow.RetryPolicy;
import java.time.Duration;

/**
 * When a failed attempt is followed by another. The pause before attempt {@code n + 1} (n from 1) is
 * {@code min(maxBackoff, backoff * factor^(n - 1))}, made shorter by at most the share {@code jitter}.
 *
 * @param max attempts after the first, 0 to {@link Limits#RETRY_MAX}
 * @param backoff the first pause, 0 to {@link Limits#DURATION_MAX}
 * @param factor growth of the pause, 1 to {@link Limits#RETRY_FACTOR_MAX}
 * @param maxBackoff the longest pause, not below {@code backoff}
 * @param jitter a share, 0 (always the same pause) to 1
 */
public record Retry(int max, Duration backoff, double factor, Duration maxBackoff, double jitter) {
    /** No second attempt. Its other numbers are those a file gets that gives only {@code max}. */
    public static final Retry NONE = new Retry(0, Duration.ofSeconds(1), 2.0, Duration.ofSeconds(60), 0.1);

    /** The same as the kernel knows it, with another number of attempts after the first. */
    public RetryPolicy policy(final int retriesMax) {
        return new RetryPolicy(retriesMax, backoff.toNanos(), factor, maxBackoff.toNanos(), jitter);
    }
}
