package io.signalbox.kernel.pattern;

import io.signalbox.kernel.context.DocumentValue;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** What can be said of a document before it has parameters: its keys, its parameters, the names in its placeholders. */
final class PatternShape {
    private static final String PARAMETERS = "parameters";

    private final PatternProblems problems;

    PatternShape(final PatternProblems problems) {
        this.problems = problems;
    }

    Pattern read(final DocumentValue document, final SortedMap<String, String> places, final String fileName) {
        final Pattern unnamed = new Pattern(fileName, "", List.of(), DocumentValue.EMPTY_MAP, places);
        if (!document.isMap()) {
            problems.add(
                    unnamed,
                    "",
                    PatternFault.INVALID_VALUE,
                    "a pattern must be a mapping, got " + PatternParameter.typeOf(document));
            return unnamed;
        }
        final String name = document.get("name") == null ? fileName : document.textOf("name");
        final Pattern named = new Pattern(name, "", List.of(), DocumentValue.EMPTY_MAP, places);
        if (name.isEmpty()) {
            problems.add(named, "name", PatternFault.MISSING_VALUE, "'name' must be the pattern's name, a text");
        }
        final List<PatternParameter> parameters = parameters(named, document.get(PARAMETERS));
        final DocumentValue body = Pattern.bodyOf(document);
        final Pattern pattern = new Pattern(name, document.textOf("description"), parameters, body, places);
        checkKeys(pattern, document);
        checkPlaceholders(pattern, body);
        return pattern;
    }

    // ------------------------------------------------------------------ parameters

    private List<PatternParameter> parameters(final Pattern named, final DocumentValue declared) {
        final List<PatternParameter> parameters = new ArrayList<>();
        if (declared == null || declared.kind() == DocumentValue.Kind.NULL) {
            return parameters;
        }
        if (!declared.isMap()) {
            problems.add(
                    named,
                    PARAMETERS,
                    PatternFault.INVALID_VALUE,
                    "'parameters' must be a mapping of names, as in" + " 'module_count: {default: 3}'");
            return parameters;
        }
        for (int i = 0; i < declared.size(); i++) {
            parameters.add(parameter(named, declared.name(i), declared.value(i)));
        }
        return parameters;
    }

    private PatternParameter parameter(final Pattern named, final String name, final DocumentValue value) {
        final String path = PARAMETERS + "." + name;
        if (!isName(name)) {
            problems.add(
                    named,
                    path,
                    PatternFault.INVALID_VALUE,
                    "a parameter's name has letters, digits and _, got '" + name + "'");
        }
        if (value.kind() == DocumentValue.Kind.NULL) {
            return new PatternParameter(name, "any", "", null);
        }
        if (!value.isMap()) {
            problems.add(
                    named,
                    path,
                    PatternFault.INVALID_VALUE,
                    "parameter '" + name + "' must be a mapping, as in '" + name + ": {default: 3}'");
            return new PatternParameter(name, "any", "", null);
        }
        checkKeys(named, path, value, PatternKeys.PARAMETER);
        final DocumentValue byDefault = value.get("default");
        final String said = value.textOf("type");
        if (value.get("type") != null && !PatternParameter.TYPES.contains(said)) {
            problems.add(
                    named,
                    path + ".type",
                    PatternFault.INVALID_VALUE,
                    "'type' must be one of " + String.join(", ", PatternParameter.TYPES)
                            + PatternNames.hint(said, PatternParameter.TYPES));
        }
        final boolean isPlain = byDefault == null || byDefault.kind() == DocumentValue.Kind.NULL;
        final String type = !said.isEmpty() ? said : isPlain ? "any" : PatternParameter.typeOf(byDefault);
        final PatternParameter parameter = new PatternParameter(name, type, value.textOf("description"), byDefault);
        if (!isPlain && !parameter.takes(byDefault)) {
            problems.add(
                    named,
                    path + ".default",
                    PatternFault.INVALID_VALUE,
                    "the default of '" + name + "' must be of type " + type + ", got "
                            + PatternParameter.typeOf(byDefault));
        }
        return parameter;
    }

    private static boolean isName(final String name) {
        for (int i = 0; i < name.length(); i++) {
            final char c = name.charAt(i);
            final boolean isDigit = c >= '0' && c <= '9';
            if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || isDigit && i > 0)) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    // ------------------------------------------------------------------ keys

    private void checkKeys(final Pattern pattern, final DocumentValue document) {
        checkKeys(pattern, "", document, PatternKeys.PATTERN_FILE);
        if (PatternKeys.SECTIONS.stream().noneMatch(section -> document.get(section) != null)) {
            problems.add(
                    pattern,
                    "",
                    PatternFault.NOTHING_TO_DO,
                    "pattern '" + pattern.name() + "' makes nothing; it needs one of "
                            + String.join(", ", PatternKeys.SECTIONS));
        }
        final DocumentValue main = pattern.body().get("pattern");
        if (main != null && main.isMap()) {
            final String type = main.textOf("type");
            final List<String> known = PatternKeys.ofType(type);
            if (known == null) {
                problems.add(
                        pattern,
                        "pattern.type",
                        PatternFault.UNKNOWN_TYPE,
                        "'type' of 'pattern' must be one of "
                                + String.join(", ", PatternKeys.TYPES) + ", got '" + type + "'"
                                + PatternNames.hint(type, PatternKeys.TYPES));
            } else {
                checkKeys(pattern, "pattern", main, known);
            }
        }
        checkEach(pattern, "sync_points", PatternKeys.SYNC_POINT);
        checkEach(pattern, "uses", PatternKeys.USE);
        checkSection(pattern, "loop", PatternKeys.LOOP);
        checkSection(pattern, "merge", PatternKeys.MERGE);
        checkSection(pattern, "join", PatternKeys.JOIN);
    }

    private void checkSection(final Pattern pattern, final String section, final List<String> known) {
        final DocumentValue value = pattern.body().get(section);
        if (value != null) {
            checkKeys(pattern, section, value, known);
        }
    }

    private void checkEach(final Pattern pattern, final String section, final List<String> known) {
        final DocumentValue list = pattern.body().get(section);
        for (int i = 0; list != null && list.isList() && i < list.size(); i++) {
            checkKeys(pattern, section + "[" + i + "]", list.value(i), known);
        }
    }

    private void checkKeys(
            final Pattern pattern, final String path, final DocumentValue value, final List<String> known) {
        for (int i = 0; value.isMap() && i < value.size(); i++) {
            final String key = value.name(i);
            final String at = Placeholders.join(path, key);
            if (!known.contains(key)) {
                problems.add(
                        pattern,
                        at,
                        PatternFault.UNKNOWN_KEY,
                        "unknown key '" + key + "' in " + (path.isEmpty() ? "the pattern" : "'" + path + "'")
                                + PatternNames.hint(key, known));
            } else if (PatternKeys.TASK_SECTIONS.contains(key)) {
                checkKeys(pattern, at, value.value(i), PatternKeys.TASK);
            } else if (key.equals("target_tasks") && value.value(i).isList()) {
                for (int task = 0; task < value.value(i).size(); task++) {
                    checkKeys(pattern, at + "[" + task + "]", value.value(i).value(task), PatternKeys.TARGET_TASK);
                }
            }
        }
    }

    // ------------------------------------------------------------------ placeholders

    private void checkPlaceholders(final Pattern pattern, final DocumentValue body) {
        final TreeSet<String> uses = new TreeSet<>();
        final DocumentValue used = body.get("uses");
        for (int i = 0; used != null && i < used.size(); i++) {
            uses.add(used.value(i).textOf("id"));
        }
        Placeholders.resolve(
                body,
                "",
                (name, path) -> {
                    if (!isKnown(pattern, uses, name, path)) {
                        problems.add(pattern, path, PatternFault.UNKNOWN_PARAMETER, unknown(pattern, name));
                    }
                    return DocumentValue.NULL;
                },
                (path, message) -> problems.add(pattern, path, PatternFault.INVALID_VALUE, message));
    }

    private static boolean isKnown(
            final Pattern pattern, final SortedSet<String> uses, final String name, final String path) {
        final int dot = name.indexOf('.');
        final String head = dot < 0 ? name : name.substring(0, dot);
        return PatternNames.GIVEN.contains(head)
                || pattern.parameter(head) != null
                || PatternNames.isCreated(head)
                || dot > 0 && uses.contains(head)
                || PatternNames.REPEATED.contains(head) && path.startsWith("pattern.target_tasks[");
    }

    static String unknown(final Pattern pattern, final String name) {
        return "placeholder ${" + name + "} is not known here" + PatternNames.hint(name, PatternNames.known(pattern));
    }
}
