package io.signalbox.yaml;

import java.util.List;
import java.util.Optional;

/** A YAML value with its place. An alias is the node it stands for. */
sealed interface YamlNode {

    /** Where it begins. */
    Place place();

    /** Where it ends: the first character after it. */
    Place end();

    /** How many nodes it is with all inside it, each alias counted with all it stands for. */
    int size();

    /** What a scalar is under the core schema. */
    enum Kind {
        STRING,
        INTEGER,
        DECIMAL,
        BOOLEAN,
        NULL
    }

    /** A single value, as it is written. */
    record Scalar(Place place, Place end, Kind kind, String value) implements YamlNode {
        @Override
        public int size() {
            return 1;
        }
    }

    /** A list. */
    record Sequence(Place place, Place end, int size, List<YamlNode> items) implements YamlNode {}

    /** Keys and values in order; duplicate keys are already taken out. */
    record Mapping(Place place, Place end, int size, List<Entry> entries) implements YamlNode {
        /** The value of that key, or empty. */
        Optional<YamlNode> value(final String key) {
            return entries.stream()
                    .filter(entry -> entry.key().value().equals(key))
                    .findFirst()
                    .map(Entry::value);
        }
    }

    /** One key with its value. */
    record Entry(Scalar key, YamlNode value) {}
}
