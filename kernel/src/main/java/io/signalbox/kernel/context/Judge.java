package io.signalbox.kernel.context;

import io.signalbox.kernel.names.NameTable;
import java.util.ArrayList;
import java.util.List;

/** What a completion leaves unmet of what was wanted. Changes nothing. Turn only. */
final class Judge {
    private static final String QUALITY = "quality";
    private static final String QUALITY_SCORE = "quality_score";
    private static final String THRESHOLD = "resource_allocation.quality_threshold";

    private final GateScores gates;
    private final NameTable names;

    Judge(final GateScores gates, final NameTable names) {
        this.gates = gates;
        this.names = names;
    }

    /**
     * Everything that is unmet, as documents of {@code criterion, wanted} and, when there is anything, {@code found}.
     *
     * @param quality of the completion, NaN when it states none.
     * @param result what it says of the work, a map.
     */
    List<DocumentValue> unmet(
            final long coordination, final Distribution.Part part, final double quality, final DocumentValue result) {
        final List<DocumentValue> unmet = new ArrayList<>();
        final DocumentValue stated = quality(quality, result);
        final double threshold = part.allocation().qualityThreshold();
        if (stated != null && stated.isNumber() && stated.asDouble() < threshold) {
            unmet.add(limit(THRESHOLD, Criterion.Test.AT_LEAST.field(), DocumentValue.of((Object) threshold))
                    .with("found", stated));
        }
        for (final Criterion criterion : part.assignment().criteria()) {
            final DocumentValue found = found(coordination, criterion, stated, result);
            if (!isMet(criterion, found, threshold)) {
                final DocumentValue document = criterion.toDocument();
                unmet.add(found == null ? document : document.with("found", found));
            }
        }
        return unmet;
    }

    /** What is wanted of a limit. */
    static DocumentValue limit(final String name, final String operator, final DocumentValue wanted) {
        return DocumentValue.EMPTY_MAP
                .with("criterion", DocumentValue.of(name))
                .with("wanted", DocumentValue.EMPTY_MAP.with(operator, wanted));
    }

    /** The quality that a completion states, in its own field or in its result; null when it states none. */
    private static DocumentValue quality(final double quality, final DocumentValue result) {
        if (quality >= 0 && quality <= 1) {
            return DocumentValue.of((Object) quality);
        }
        final DocumentValue score = result.get(QUALITY_SCORE);
        return score == null ? result.get(QUALITY) : score;
    }

    private DocumentValue found(
            final long coordination,
            final Criterion criterion,
            final DocumentValue stated,
            final DocumentValue result) {
        return switch (criterion.test()) {
            case GATE, GATE_PASSED -> {
                final int gate = names.find(criterion.field());
                final double score = gate == 0 ? GateScores.NEVER : gates.score(coordination, gate);
                yield score == GateScores.NEVER
                        ? null
                        : Double.isNaN(score) ? DocumentValue.of("failed") : DocumentValue.of((Object) score);
            }
            case PRESENT, TRUE, EQUALS, AT_LEAST, AT_MOST, ONE_OF -> {
                final DocumentValue inResult = at(result, criterion.field());
                final boolean isQuality =
                        criterion.field().equals(QUALITY) || criterion.field().equals(QUALITY_SCORE);
                yield inResult == null && isQuality ? stated : inResult;
            }
        };
    }

    /** The value of a name, or at the end of a path of names with points between them. */
    private static DocumentValue at(final DocumentValue result, final String name) {
        final DocumentValue own = result.get(name);
        final int point = name.indexOf('.');
        if (own != null || point < 0) {
            return own;
        }
        final DocumentValue inner = result.get(name.substring(0, point));
        return inner == null ? null : at(inner, name.substring(point + 1));
    }

    private static boolean isMet(final Criterion criterion, final DocumentValue found, final double threshold) {
        if (found == null) {
            return false;
        }
        final DocumentValue wanted = criterion.wanted();
        return switch (criterion.test()) {
            case PRESENT -> true;
            case TRUE -> found.kind() != DocumentValue.Kind.NULL && !isFalse(found);
            case EQUALS -> isSame(found, wanted);
            case AT_LEAST, GATE -> found.isNumber() && order(found, wanted) >= 0;
            case AT_MOST -> found.isNumber() && order(found, wanted) <= 0;
            case ONE_OF -> isOneOf(found, wanted);
            case GATE_PASSED -> found.isNumber() && found.asDouble() >= threshold;
        };
    }

    private static boolean isFalse(final DocumentValue value) {
        return value.kind() == DocumentValue.Kind.BOOLEAN && !value.isTrue();
    }

    private static boolean isOneOf(final DocumentValue found, final DocumentValue list) {
        for (int i = 0; i < list.size(); i++) {
            if (isSame(found, list.value(i))) {
                return true;
            }
        }
        return false;
    }

    /** Equal; numbers by their value. */
    private static boolean isSame(final DocumentValue one, final DocumentValue two) {
        return one.isNumber() && two.isNumber() ? order(one, two) == 0 : one.equals(two);
    }

    private static int order(final DocumentValue one, final DocumentValue two) {
        return one.kind() == DocumentValue.Kind.LONG && two.kind() == DocumentValue.Kind.LONG
                ? Long.compare(one.asLong(), two.asLong())
                : Double.compare(one.asDouble() + 0.0, two.asDouble() + 0.0);
    }
}
