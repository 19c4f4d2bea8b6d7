package io.signalbox.kernel.context;

import io.signalbox.kernel.event.Rejection;
import java.util.ArrayList;
import java.util.List;

/**
 * One thing that a completion is judged by.
 *
 * @param section where it stands: {@code success_criteria}, {@code output_requirements} or {@code quality_gates}.
 * @param name as it was written.
 * @param field what is looked at: a name in the result, or a path of names with points between them; the name of a gate.
 * @param test how.
 * @param wanted what is wanted of it; nothing where the test says all.
 */
record Criterion(String section, String name, String field, Test test, DocumentValue wanted) {
    private Criterion(final String section, final String name, final Test test, final DocumentValue wanted) {
        this(section, name, name, test, wanted);
    }

    /** How a value is looked at. */
    enum Test {
        /** It is there. */
        PRESENT("present"),
        /** It is there and not false. */
        TRUE("is_true"),
        EQUALS("equals"),
        AT_LEAST("at_least"),
        AT_MOST("at_most"),
        ONE_OF("one_of"),
        /** The gate of this name has this score, at least. */
        GATE("gate"),
        /** The gate of this name has the agent's own threshold, at least. */
        GATE_PASSED("gate_passed");

        private final String field;

        Test(final String field) {
            this.field = field;
        }

        /** What it is called in a document. */
        String field() {
            return field;
        }
    }

    static final String SUCCESS_CRITERIA = "success_criteria";
    static final String OUTPUT_REQUIREMENTS = "output_requirements";
    static final String QUALITY_GATES = "quality_gates";

    private static final List<Test> OPERATORS =
            List.of(Test.AT_LEAST, Test.AT_MOST, Test.EQUALS, Test.ONE_OF, Test.PRESENT);
    private static final String REQUIRED_FIELDS = "required_fields";
    private static final String MIN = "min_";
    private static final String MAX = "max_";

    /**
     * The criteria of one section: a map or a list. A text with a blank in it is a sentence, kept for people and not among them.
     *
     * @throws InvalidContextException when the kernel cannot know what is meant.
     */
    static List<Criterion> of(final String section, final DocumentValue document, final String where) {
        final List<Criterion> criteria = new ArrayList<>();
        if (document == null) {
            return criteria;
        }
        if (!document.isMap() && !document.isList()) {
            throw new InvalidContextException(
                    Rejection.INVALID_FIELD,
                    "'" + section + "' of " + where + " must be a map or a list, not " + document);
        }
        for (int i = 0; i < document.size(); i++) {
            if (document.isMap()) {
                add(criteria, section, document.name(i), document.value(i), where);
            } else {
                addElement(criteria, section, document.value(i), where);
            }
        }
        return criteria;
    }

    private static void addElement(
            final List<Criterion> criteria, final String section, final DocumentValue element, final String where) {
        final boolean isGate = section.equals(QUALITY_GATES);
        if (element.isText()) {
            if (!isSentence(element.text())) {
                criteria.add(new Criterion(
                        section,
                        element.text(),
                        isGate ? Test.GATE_PASSED : section.equals(OUTPUT_REQUIREMENTS) ? Test.PRESENT : Test.TRUE,
                        DocumentValue.NULL));
            }
            return;
        }
        final String key = isGate ? "gate" : "name";
        final String name = element.textOf(key);
        if (name.isEmpty()) {
            throw invalid(section, where, "a text, or a map with '" + key + "'", element);
        }
        final DocumentValue operators = DocumentMerge.without(element, List.of(key));
        if (isGate && operators.size() == 0) {
            criteria.add(new Criterion(section, name, Test.GATE_PASSED, DocumentValue.NULL));
        } else {
            add(criteria, section, name, operators, where);
        }
    }

    private static void add(
            final List<Criterion> criteria,
            final String section,
            final String name,
            final DocumentValue wanted,
            final String where) {
        if (section.equals(QUALITY_GATES)) {
            addGate(criteria, section, name, wanted, where);
            return;
        }
        switch (wanted.kind()) {
            case TEXT -> {
                if (!isSentence(wanted.text())) {
                    criteria.add(new Criterion(section, name, Test.EQUALS, wanted));
                }
            }
            case LONG, DOUBLE -> criteria.add(bound(section, name, wanted));
            case BOOLEAN, NULL -> criteria.add(new Criterion(section, name, Test.EQUALS, wanted));
            case LIST -> addList(criteria, section, name, wanted, where);
            case MAP -> addOperators(criteria, section, name, wanted, where);
        }
    }

    /** {@code min_x: 1} means that x is at least 1, {@code max_x} at most. */
    private static Criterion bound(final String section, final String name, final DocumentValue wanted) {
        if (name.startsWith(MIN)) {
            return new Criterion(section, name, name.substring(MIN.length()), Test.AT_LEAST, wanted);
        }
        return name.startsWith(MAX)
                ? new Criterion(section, name, name.substring(MAX.length()), Test.AT_MOST, wanted)
                : new Criterion(section, name, Test.EQUALS, wanted);
    }

    private static void addList(
            final List<Criterion> criteria,
            final String section,
            final String name,
            final DocumentValue list,
            final String where) {
        boolean isProse = list.holdsTextsOnly();
        for (int i = 0; i < list.size(); i++) {
            isProse &= isSentence(list.value(i).text());
        }
        if (name.equals(REQUIRED_FIELDS) && list.holdsTextsOnly()) {
            list.toTexts()
                    .forEach(each -> criteria.add(new Criterion(section, each, Test.PRESENT, DocumentValue.NULL)));
        } else if (!isProse) {
            throw invalid(section, where, "a value, a map of operators, or sentences", list);
        }
    }

    private static void addOperators(
            final List<Criterion> criteria,
            final String section,
            final String name,
            final DocumentValue operators,
            final String where) {
        for (int i = 0; i < operators.size(); i++) {
            final Test test = operator(operators.name(i));
            final DocumentValue wanted = operators.value(i);
            final boolean isSound = test != null
                    && switch (test) {
                        case AT_LEAST, AT_MOST -> wanted.isNumber();
                        case ONE_OF -> wanted.isList();
                        case PRESENT -> wanted.isTrue();
                        case EQUALS -> true;
                        case TRUE, GATE, GATE_PASSED -> false;
                    };
            if (!isSound) {
                throw invalid(
                        section,
                        where,
                        "at_least or at_most with a number, equals, one_of with a list, or present: true",
                        operators);
            }
            criteria.add(new Criterion(section, name, test, wanted));
        }
    }

    private static void addGate(
            final List<Criterion> criteria,
            final String section,
            final String gate,
            final DocumentValue wanted,
            final String where) {
        if (wanted.isText() && isSentence(wanted.text())) {
            return;
        }
        final DocumentValue threshold = wanted.isMap() && wanted.size() == 1
                ? wanted.name(0).equals("threshold") || wanted.name(0).equals(Test.AT_LEAST.field)
                        ? wanted.value(0)
                        : wanted
                : wanted;
        if (!threshold.isNumber() || !(threshold.asDouble() >= 0 && threshold.asDouble() <= 1)) {
            throw invalid(section, where, "a threshold in 0..1", wanted);
        }
        criteria.add(new Criterion(section, gate, Test.GATE, threshold));
    }

    private static Test operator(final String field) {
        for (final Test test : OPERATORS) {
            if (test.field.equals(field)) {
                return test;
            }
        }
        return null;
    }

    private static boolean isSentence(final String text) {
        return text.isEmpty() || text.indexOf(' ') >= 0;
    }

    private static InvalidContextException invalid(
            final String section, final String where, final String wanted, final DocumentValue found) {
        return new InvalidContextException(
                Rejection.INVALID_CRITERION,
                "the " + section + " of " + where + " must be " + wanted + ", not " + found);
    }

    /** As people and programs are told of it: {@code criterion}, {@code wanted}. */
    DocumentValue toDocument() {
        final String operator = test == Test.GATE ? Test.AT_LEAST.field : test.field;
        final DocumentValue what = test == Test.PRESENT || test == Test.TRUE || test == Test.GATE_PASSED
                ? DocumentValue.of((Object) true)
                : wanted;
        return DocumentValue.EMPTY_MAP
                .with("criterion", DocumentValue.of(section + "." + name))
                .with("wanted", DocumentValue.EMPTY_MAP.with(operator, what));
    }
}
