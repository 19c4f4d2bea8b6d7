package io.signalbox.kernel.pattern;

import io.signalbox.kernel.context.DocumentValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the placeholders of one pattern stand for while it is expanded. Grows with what it creates. */
final class PatternScope {
    private final Pattern pattern;
    private final PatternProblems problems;
    private final TreeMap<String, DocumentValue> values = new TreeMap<>();
    private final TreeMap<String, DocumentValue> chosen = new TreeMap<>();

    PatternScope(final Pattern pattern, final PatternProblems problems) {
        this.pattern = pattern;
        this.problems = problems;
    }

    Pattern pattern() {
        return pattern;
    }

    PatternProblems problems() {
        return problems;
    }

    void problem(final String path, final PatternFault fault, final String message) {
        problems.add(pattern, path, fault, message);
    }

    /**
     * What it was told; parameters that were not have their defaults.
     *
     * @param teller the section that tells it; null for whoever expands it.
     */
    void give(final Map<String, DocumentValue> given, final SectionFields teller) {
        for (final Map.Entry<String, DocumentValue> one : new TreeMap<>(given).entrySet()) {
            give(one.getKey(), one.getValue(), teller);
        }
        for (final PatternParameter parameter : pattern.parameters()) {
            if (values.containsKey(parameter.name())) {
                continue;
            }
            if (parameter.isRequired()) {
                problem(
                        "parameters." + parameter.name(),
                        PatternFault.MISSING_PARAMETER,
                        "parameter '" + parameter.name() + "' of pattern '" + pattern.name()
                                + "' has no default and was not given");
                values.put(parameter.name(), DocumentValue.NULL);
            } else {
                values.put(parameter.name(), parameter.defaultValue());
            }
        }
        PatternNames.GIVEN.forEach(name -> values.putIfAbsent(name, DocumentValue.of("")));
    }

    private void give(final String name, final DocumentValue value, final SectionFields teller) {
        final PatternParameter parameter = pattern.parameter(name);
        if (parameter != null && !parameter.takes(value)) {
            complain(
                    name,
                    PatternFault.INVALID_VALUE,
                    "parameter '" + name + "' of pattern '" + pattern.name() + "' must be of type " + parameter.type()
                            + ", got " + value,
                    teller);
            values.put(name, value);
        } else if (parameter != null || PatternNames.GIVEN.contains(name)) {
            values.put(name, value);
        } else if (PatternNames.isChosen(name)) {
            chosen.put(name, value);
        } else {
            final List<String> known = new ArrayList<>(PatternNames.GIVEN);
            pattern.parameters().forEach(each -> known.add(each.name()));
            complain(
                    name,
                    PatternFault.UNKNOWN_PARAMETER,
                    "pattern '" + pattern.name() + "' has no parameter '" + name + "'" + PatternNames.hint(name, known),
                    teller);
        }
    }

    private void complain(
            final String name, final PatternFault fault, final String message, final SectionFields teller) {
        if (teller == null) {
            problem(pattern.parameter(name) == null ? "" : "parameters." + name, fault, message);
        } else {
            teller.problem("parameters." + name, fault, message);
        }
    }

    /** The id of something that is created under a name: as it was chosen, else as it is by itself. */
    String idOf(final String name, final String byItself) {
        final DocumentValue id = chosen.get(name);
        return id == null || id.text().isEmpty() ? byItself : id.text();
    }

    void put(final String name, final DocumentValue value) {
        values.put(name, value);
    }

    void put(final String name, final String id) {
        values.put(name, DocumentValue.of(id));
    }

    void putAll(final String name, final List<String> ids) {
        values.put(name, DocumentValue.of(ids));
    }

    void remove(final List<String> names) {
        names.forEach(values::remove);
    }

    /** Every name and its value. */
    Map<String, DocumentValue> values() {
        return new TreeMap<>(values);
    }

    DocumentValue resolve(final DocumentValue value, final String path) {
        return Placeholders.resolve(
                value, path, this::value, (at, message) -> problem(at, PatternFault.INVALID_VALUE, message));
    }

    private DocumentValue value(final String name, final String path) {
        final DocumentValue whole = values.get(name);
        if (whole != null) {
            return whole;
        }
        final int dot = name.indexOf('.');
        final DocumentValue head = dot < 0 ? null : values.get(name.substring(0, dot));
        final DocumentValue found = head == null ? null : Condition.at(head, name.substring(dot + 1));
        if (found == null) {
            problem(path, PatternFault.UNKNOWN_PARAMETER, unknown(name));
        }
        return found;
    }

    private String unknown(final String name) {
        return "placeholder ${" + name + "} is not known here" + PatternNames.hint(name, List.copyOf(values.keySet()));
    }
}
