package io.signalbox.kernel.composition;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What came of a step that may be done by a component.
 *
 * @param data what was made.
 * @param componentUsed whether the component made it; else the ordinary node did.
 * @param componentProblem why the component did not; empty when it did, or none was asked.
 */
public record NodeResult(Map<String, Object> data, boolean componentUsed, String componentProblem) {
    public NodeResult {
        data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
    }
}
