package io.signalbox.yaml;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A workflow that a step of another one stands for. Its steps are among those of the file that calls it, with the call's id and a slash before their own.
 *
 * @param id of the step that calls it
 * @param scope id of the call in whose file that step stands; empty for the file itself
 * @param source its file
 * @param sourceText the whole text of that file
 * @param inputs a value for each input it declares
 * @param outputs what it gives to its caller, in declared order; placeholders mean its own steps and inputs
 */
public record Call(
        String id,
        String scope,
        Path source,
        String sourceText,
        Map<String, Argument> inputs,
        Map<String, Argument> outputs) {

    /** What an input gets, or an output is: exactly one of the two. */
    public record Argument(Optional<JsonNode> literal, Optional<Template> template) {
        static Argument of(final JsonNode literal) {
            return new Argument(Optional.of(literal), Optional.empty());
        }

        static Argument of(final Template template) {
            return new Argument(Optional.empty(), Optional.of(template));
        }
    }

    /** Copies the maps and keeps their order. */
    public Call {
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    }

    /** The name of something inside a call. */
    static String inside(final String call, final String name) {
        return call + "/" + name;
    }

    /** The same, called by a workflow that is called itself. */
    Call within(final String call) {
        return new Call(
                inside(call, id), scope.isEmpty() ? call : inside(call, scope), source, sourceText, inputs, outputs);
    }
}
