package io.signalbox.kernel;

import io.signalbox.kernel.context.DocumentValue;

/**
 * Something that a completion left unmet.
 *
 * @param criterion the section and the name: {@code success_criteria.min_quality}, {@code quality_gates.review}, or a limit such as
 *     {@code resource_allocation.max_execution_time_ms}.
 * @param operator how it was looked at: {@code at_least}, {@code at_most}, {@code equals}, {@code one_of}, {@code present}, {@code is_true},
 *     {@code gate_passed}.
 * @param wanted what was wanted.
 * @param found what was there; null when nothing was.
 */
public record UnmetCriterion(String criterion, String operator, Object wanted, Object found) {
    static UnmetCriterion of(final DocumentValue document) {
        final DocumentValue wanted = document.mapOf("wanted");
        final DocumentValue found = document.get("found");
        return new UnmetCriterion(
                document.textOf("criterion"),
                wanted.name(0),
                wanted.value(0).toObject(),
                found == null ? null : found.toObject());
    }

    @Override
    public String toString() {
        return criterion + ": wanted " + operator + " " + wanted + ", found " + (found == null ? "nothing" : found);
    }
}
