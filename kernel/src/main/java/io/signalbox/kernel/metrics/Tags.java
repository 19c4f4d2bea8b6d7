package io.signalbox.kernel.metrics;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What goes along with a single measurement to whoever carries it away. Summaries do not look at it. Immutable.
 *
 * @param values text to text, sorted; at most {@value #COUNT_MAX}, each text of 1 to 100 characters.
 * @param correlationId what it belongs to, null for nothing; carried, never interpreted.
 */
public record Tags(SortedMap<String, String> values, String correlationId) {
    /** Most tags of one measurement. */
    public static final int COUNT_MAX = 16;

    /** Nothing. */
    public static final Tags NONE = new Tags(Collections.emptySortedMap(), null);

    public Tags {
        if (values.size() > COUNT_MAX) {
            throw new MetricException(
                    MetricException.Reason.INVALID_TAGS,
                    values.size() + " tags; at most " + COUNT_MAX + " are allowed");
        }
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        values.forEach((tag, value) -> {
            Names.require("a tag", tag, Names.LENGTH_MAX);
            Names.require("the value of tag " + tag, value, Names.LENGTH_MAX);
        });
        if (correlationId != null) {
            Names.require("the correlation id", correlationId, Names.LENGTH_MAX);
        }
    }

    /** Tags and their values in turn. */
    public static Tags of(final String... tagsAndValues) {
        if (tagsAndValues.length % 2 != 0) {
            throw new MetricException(
                    MetricException.Reason.INVALID_TAGS,
                    "tag " + tagsAndValues[tagsAndValues.length - 1] + " has no value");
        }
        final SortedMap<String, String> values = new TreeMap<>();
        for (int i = 0; i < tagsAndValues.length; i += 2) {
            final String tag = Names.require("a tag", tagsAndValues[i], Names.LENGTH_MAX);
            if (values.put(tag, tagsAndValues[i + 1]) != null) {
                throw new MetricException(MetricException.Reason.INVALID_TAGS, "tag " + tag + " stands twice");
            }
        }
        return new Tags(values, null);
    }

    /** As {@link #of(String...)}. */
    public static Tags of(final Map<String, String> values) {
        return new Tags(new TreeMap<>(values), null);
    }

    public Tags withCorrelationId(final String correlationId) {
        return new Tags(values, correlationId);
    }
}
