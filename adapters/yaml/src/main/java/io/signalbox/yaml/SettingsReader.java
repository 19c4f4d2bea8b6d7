package io.signalbox.yaml;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what both {@code defaults} and a step can say: timeout, retry, result. */
final class SettingsReader {
    private final Problems problems;
    private final Values values;

    SettingsReader(final Problems problems) {
        this.problems = problems;
        this.values = new Values(problems);
    }

    Optional<Duration> timeout(final Fields fields, final Optional<Duration> otherwise) {
        return fields.get("timeout")
                .map(node -> values.duration(node, "'timeout' of " + fields.owner(), false))
                .orElse(otherwise);
    }

    ResultKind result(final Fields fields, final ResultKind otherwise) {
        return fields.get("result")
                .flatMap(node -> values.choice(
                        node, "'result' of " + fields.owner(), List.of(ResultKind.values()), ResultKind::word))
                .orElse(otherwise);
    }

    /** What is not said is taken from {@code otherwise}. */
    Retry retry(final Fields fields, final Retry otherwise, final boolean isMaxNeeded) {
        final Optional<YamlNode> found = fields.get("retry");
        if (found.isEmpty()) {
            return otherwise;
        }
        final YamlNode node = found.get();
        final String owner = "'retry' of " + fields.owner();
        if (node instanceof YamlNode.Scalar) {
            final int max = values.wholeNumber(node, owner, 0, Limits.RETRY_MAX).orElse(otherwise.max());
            return new Retry(max, otherwise.backoff(), otherwise.factor(), otherwise.maxBackoff(), otherwise.jitter());
        }
        return retry(node, Fields.of(problems, node, owner, KnownKeys.RETRY), otherwise, isMaxNeeded);
    }

    private Retry retry(final YamlNode node, final Fields retry, final Retry otherwise, final boolean isMaxNeeded) {
        final String of = " of " + retry.owner();
        if (isMaxNeeded && retry.get("max").isEmpty() && otherwise.max() == 0 && node instanceof YamlNode.Mapping) {
            problems.add(
                    node, retry.owner() + " has no 'max'; say how many attempts may follow the first, as in 'max: 3'");
        }
        final int max = retry.get("max")
                .flatMap(value -> values.wholeNumber(value, "'max'" + of, 0, Limits.RETRY_MAX))
                .orElse(otherwise.max());
        final Duration backoff = retry.get("backoff")
                .flatMap(value -> values.duration(value, "'backoff'" + of, true))
                .orElse(otherwise.backoff());
        final double factor = retry.get("factor")
                .flatMap(value -> values.number(value, "'factor'" + of, 1, Limits.RETRY_FACTOR_MAX))
                .orElse(otherwise.factor());
        final double jitter = retry.get("jitter")
                .flatMap(value -> values.number(value, "'jitter'" + of, 0, 1))
                .orElse(otherwise.jitter());
        final Duration widened = backoff.compareTo(otherwise.maxBackoff()) > 0 ? backoff : otherwise.maxBackoff();
        final Duration maxBackoff = retry.get("max_backoff")
                .flatMap(value -> values.duration(value, "'max_backoff'" + of, true))
                .orElse(widened);
        if (maxBackoff.compareTo(backoff) < 0) {
            problems.add(
                    retry.get("max_backoff").orElse(node),
                    "'max_backoff'" + of + " is " + Durations.format(maxBackoff) + ", shorter than 'backoff' "
                            + Durations.format(backoff) + "; make it at least as long");
        }
        return new Retry(max, backoff, factor, maxBackoff, jitter);
    }

    /** What a step or a block of steps needs; each with its node. */
    List<YamlNode.Scalar> needs(final Fields fields) {
        return fields.get("needs")
                .map(found -> strings(found, "'needs' of " + fields.owner()))
                .orElse(List.of());
    }

    Optional<OnFailure> onFailure(final Fields fields) {
        return fields.get("on_failure")
                .flatMap(node -> values.choice(
                        node, "'on_failure' of " + fields.owner(), List.of(OnFailure.values()), OnFailure::word));
    }

    /** Strings of a list, or of a single string; each with its node. */
    List<YamlNode.Scalar> strings(final YamlNode node, final String what) {
        final List<YamlNode.Scalar> strings = new ArrayList<>();
        if (node instanceof YamlNode.Sequence sequence) {
            for (final YamlNode item : sequence.items()) {
                values.string(item, "an entry of " + what).ifPresent(text -> strings.add((YamlNode.Scalar) item));
            }
        } else if (node instanceof YamlNode.Scalar scalar && scalar.kind() == YamlNode.Kind.STRING) {
            strings.add(scalar);
        } else {
            problems.add(node, what + " must be a string or a list of strings, got " + Describe.value(node));
        }
        return strings;
    }
}
