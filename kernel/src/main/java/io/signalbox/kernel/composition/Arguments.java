package io.signalbox.kernel.composition;

import io.signalbox.kernel.context.NearestName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was said, checked against the parameters there are. */
final class Arguments {
    private Arguments() {}

    /** Each parameter once. */
    static List<Parameter> distinct(final String who, final List<Parameter> parameters) {
        final long names = parameters.stream().map(Parameter::name).distinct().count();
        InvalidCompositionException.unless(names == parameters.size(), who + " declares a parameter twice");
        return List.copyOf(parameters);
    }

    /** Every parameter with its value, in declared order; a parameter without a value is left out. */
    static Map<String, Object> resolved(
            final String who, final List<Parameter> parameters, final Map<String, ?> given) {
        final List<String> known = parameters.stream().map(Parameter::name).toList();
        for (final String name : given.keySet()) {
            InvalidCompositionException.unless(
                    known.contains(name),
                    who + " has no parameter '" + name + "'"
                            + (known.isEmpty()
                                    ? "; it has none"
                                    : "; did you mean '" + NearestName.of(name, known) + "'?"));
        }
        final Map<String, Object> values = new LinkedHashMap<>();
        for (final Parameter parameter : parameters) {
            final Object value = given.get(parameter.name());
            InvalidCompositionException.unless(
                    value != null || !parameter.isRequired(), who + " needs '" + parameter.name() + "'");
            InvalidCompositionException.unless(
                    value == null || parameter.type().accepts(value),
                    who + " needs " + parameter.type() + " as '" + parameter.name() + "', not " + value);
            final Object said = value == null ? parameter.usual() : value;
            if (said != null) {
                values.put(parameter.name(), said);
            }
        }
        return Collections.unmodifiableMap(values);
    }
}
