package io.signalbox.kernel;

import io.signalbox.kernel.context.IntelligenceKind;
import java.util.List;
import java.util.Map;

/**
 * What differs in one kind of shared intelligence between two versions of a context.
 *
 * @param kind of the five.
 * @param changed names that are new or have another value, with it.
 * @param removed names that are gone.
 */
public record ContextDifference(IntelligenceKind kind, Map<String, Object> changed, List<String> removed) {}
