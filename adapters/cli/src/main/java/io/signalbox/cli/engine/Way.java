package io.signalbox.cli.engine;

import io.signalbox.yaml.Run;
import io.signalbox.yaml.Template;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How an attempt is made.
 *
 * @param before what must succeed first, in turn: a correction and its check
 * @param run what is executed
 * @param env environment variables
 */
record Way(List<Run> before, Run run, Map<String, Template> env) {
    Way {
        before = List.copyOf(before);
        env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
    }
}
