package io.signalbox.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Text to nodes. Works on the parser's events and not on the library's own composer, so that depth, aliases and size are checked
 * before anything deep or large is built, and so that all duplicate keys are reported and not only the first.
 */
final class YamlComposer {
    private static final int RESOLVED_LENGTH_MAX = 1_000;

    /** The scanner copies its window whenever it grows: a long value in a small one costs the square of its length. */
    private static final int BUFFER_LENGTH_MIN = 1_024;

    private static final int BUFFER_LENGTH_MAX = 256 * 1_024;

    private final ScalarResolver resolver = new CoreSchema().getScalarResolver();
    private final Map<Anchor, YamlNode> anchors = new HashMap<>();
    private final Problems problems;
    private final Iterator<Event> events;
    private int aliases;

    private YamlComposer(final Problems problems, final Iterator<Event> events) {
        this.problems = problems;
        this.events = events;
    }

    /**
     * The only document of a text.
     *
     * @throws FatalProblem if there is none, more than one, or one that is not YAML or past a limit
     */
    static YamlNode compose(final Problems problems) {
        final String text = problems.source().text();
        final LoadSettings settings = LoadSettings.builder()
                .setSchema(new CoreSchema())
                .setAllowDuplicateKeys(false)
                .setMaxAliasesForCollections(Limits.ALIASES_MAX)
                .setCodePointLimit(Limits.FILE_LENGTH_MAX)
                .setUseMarks(true)
                .setBufferSize(Math.max(BUFFER_LENGTH_MIN, Math.min(text.length(), BUFFER_LENGTH_MAX)))
                .build();
        try {
            return new YamlComposer(
                            problems, new Parse(settings).parseString(text).iterator())
                    .document();
        } catch (final ReaderException e) {
            throw new FatalProblem(
                    problems.source().place(offsetOfCodePoint(text, e.getPosition())),
                    String.format(
                            "a character U+%04X is not allowed in YAML; write it as an escape in double quotes",
                            e.getCodePoint()));
        } catch (final MarkedYamlEngineException e) {
            throw notYaml(problems.source(), e);
        } catch (final YamlEngineException e) {
            throw new FatalProblem(Place.WHOLE_FILE, "not YAML: " + e.getMessage());
        }
    }

    private static int offsetOfCodePoint(final String text, final int codePoints) {
        return text.offsetByCodePoints(0, Math.min(codePoints, text.codePointCount(0, text.length())));
    }

    private static FatalProblem notYaml(final SourceText source, final MarkedYamlEngineException e) {
        final Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
        final Place place = mark.map(YamlComposer::place).orElse(Place.WHOLE_FILE);
        if (place.line() > 0) {
            final String before = source.lineBefore(place);
            if (e.getMessage().contains("\\t") || (before.isBlank() && before.contains("\t"))) {
                return new FatalProblem(place, "a tab cannot indent in YAML; use spaces");
            }
        }
        final String context = e.getContext() == null || e.getContext().isBlank() ? "" : " " + e.getContext();
        final String begun = e.getContextMark()
                .map(YamlComposer::place)
                .filter(begin -> !context.isEmpty() && begin.line() != place.line())
                .map(begin -> " that begins on line " + begin.line())
                .orElse("");
        return new FatalProblem(place, "not YAML: " + e.getProblem() + context + begun);
    }

    private YamlNode document() {
        events.next();
        Event event = events.next();
        if (event.getEventId() == Event.ID.StreamEnd) {
            throw emptyFile();
        }
        final YamlNode root = node(events.next(), 1);
        events.next();
        event = events.next();
        if (event.getEventId() != Event.ID.StreamEnd) {
            throw new FatalProblem(
                    place(event), "a second document begins; a file has one document, put it into a file of its own");
        }
        if (root instanceof YamlNode.Scalar scalar && scalar.kind() == YamlNode.Kind.NULL) {
            throw emptyFile();
        }
        return root;
    }

    private static FatalProblem emptyFile() {
        return new FatalProblem(
                Place.WHOLE_FILE,
                "the file is empty; a workflow file has at least 'steps:' with one step, a pattern file one of"
                        + " 'pattern:', 'loop:', 'merge:' and 'join:'");
    }

    private YamlNode node(final Event event, final int depth) {
        if (event instanceof AliasEvent alias) {
            return alias(alias);
        }
        final YamlNode node;
        if (event instanceof ScalarEvent scalar) {
            node = scalar(scalar);
        } else {
            if (depth > Limits.DEPTH_MAX) {
                throw new FatalProblem(
                        place(event),
                        "lists and mappings go more than " + Limits.DEPTH_MAX + " deep; make the file flatter");
            }
            refuseTag((CollectionStartEvent) event);
            node = event instanceof MappingStartEvent ? mapping(event, depth) : sequence(event, depth);
        }
        if (node.size() > Limits.NODES_MAX) {
            throw new FatalProblem(
                    node.place(), "more than " + Limits.NODES_MAX + " values with all aliases written out; use fewer");
        }
        ((NodeEvent) event).getAnchor().ifPresent(anchor -> anchors.put(anchor, node));
        return node;
    }

    private YamlNode alias(final AliasEvent alias) {
        aliases++;
        if (aliases > Limits.ALIASES_MAX) {
            throw new FatalProblem(place(alias), "more than " + Limits.ALIASES_MAX + " aliases; write the values out");
        }
        final YamlNode node = anchors.get(alias.getAlias());
        if (node == null) {
            throw new FatalProblem(
                    place(alias),
                    "alias '*" + JsonText.cut(alias.getAlias().getValue()) + "' names no value that ends before it;"
                            + " put '&" + JsonText.cut(alias.getAlias().getValue()) + "' at an earlier value");
        }
        return node;
    }

    private YamlNode sequence(final Event start, final int depth) {
        final List<YamlNode> items = new ArrayList<>();
        int size = 1;
        Event event = events.next();
        while (event.getEventId() != Event.ID.SequenceEnd) {
            final YamlNode item = node(event, depth + 1);
            size = Math.min(size + item.size(), Limits.NODES_MAX + 1);
            items.add(item);
            event = events.next();
        }
        return new YamlNode.Sequence(place(start), end(event), size, List.copyOf(items));
    }

    private YamlNode mapping(final Event start, final int depth) {
        final Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        int size = 1;
        Event event = events.next();
        while (event.getEventId() != Event.ID.MappingEnd) {
            final YamlNode key = node(event, depth + 1);
            final YamlNode value = node(events.next(), depth + 1);
            size = Math.min(size + value.size() + 1, Limits.NODES_MAX + 1);
            if (key instanceof YamlNode.Scalar scalar) {
                addEntry(entries, scalar, value);
            } else {
                problems.add(
                        key, "a key must be text, got a " + Describe.kind(key) + "; quote it if it is meant as text");
            }
            event = events.next();
        }
        return new YamlNode.Mapping(place(start), end(event), size, List.copyOf(entries.values()));
    }

    private void addEntry(final Map<String, YamlNode.Entry> entries, final YamlNode.Scalar key, final YamlNode value) {
        if (key.value().equals("<<")) {
            problems.add(key, "merge keys ('<<') are not part of YAML 1.2; write the keys out");
            return;
        }
        final YamlNode.Entry before = entries.putIfAbsent(key.value(), new YamlNode.Entry(key, value));
        if (before != null) {
            problems.add(
                    key,
                    "key '" + JsonText.cut(key.value()) + "' is already on line "
                            + before.key().place().line() + "; keep one of the two");
        }
    }

    private YamlNode.Scalar scalar(final ScalarEvent event) {
        final String value = event.getValue();
        final boolean isResolvable = value.length() <= RESOLVED_LENGTH_MAX;
        final Tag plain = isResolvable ? resolver.resolve(value, true) : Tag.STR;
        final Tag tag;
        if (event.getTag().isEmpty()) {
            tag = event.isPlain() ? plain : Tag.STR;
        } else if (event.getTag().get().equals("!") || event.getTag().get().equals(Tag.STR.getValue())) {
            tag = Tag.STR;
        } else {
            tag = plain;
            if (!tag.getValue().equals(event.getTag().get())) {
                throw foreignTag(event, event.getTag().get());
            }
        }
        return new YamlNode.Scalar(place(event), end(event), kind(tag), value);
    }

    private static YamlNode.Kind kind(final Tag tag) {
        if (tag.equals(Tag.INT)) {
            return YamlNode.Kind.INTEGER;
        } else if (tag.equals(Tag.FLOAT)) {
            return YamlNode.Kind.DECIMAL;
        } else if (tag.equals(Tag.BOOL)) {
            return YamlNode.Kind.BOOLEAN;
        }
        return tag.equals(Tag.NULL) ? YamlNode.Kind.NULL : YamlNode.Kind.STRING;
    }

    private static void refuseTag(final CollectionStartEvent event) {
        final String expected = event instanceof MappingStartEvent ? Tag.MAP.getValue() : Tag.SEQ.getValue();
        final String tag = event.getTag().orElse(expected);
        if (!tag.equals(expected)) {
            throw foreignTag(event, tag);
        }
    }

    private static FatalProblem foreignTag(final Event event, final String tag) {
        return new FatalProblem(
                place(event), "tag '" + JsonText.cut(tag) + "' does not fit this value; leave the tag out");
    }

    private static Place place(final Event event) {
        return event.getStartMark().map(YamlComposer::place).orElse(Place.WHOLE_FILE);
    }

    private static Place end(final Event event) {
        return event.getEndMark().map(YamlComposer::place).orElse(Place.WHOLE_FILE);
    }

    private static Place place(final Mark mark) {
        return new Place(mark.getLine() + 1, mark.getColumn() + 1);
    }
}
